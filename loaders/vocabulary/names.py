"""A table of names: what a spelling stands for, and what an unknown one may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from loaders.vocabulary.keys import key

LIKE = 0.66  # a suggestion shares at least this much of its sound or its letters


class Names:
    """Names and aliases of one kind of thing (indicators, reporters) with the ids they stand for."""

    def __init__(self, names: Mapping[str, str], aliases: Iterable[tuple[str, str]]) -> None:
        """``names`` maps id → name as it is shown; ``aliases`` are (spelling, id)."""
        self.names = dict(names)
        self._ids: dict[str, tuple[str, ...]] = {}
        for spelling, target in [*((name, id) for id, name in names.items()), *aliases]:
            self._add(key(spelling), target)

    def _add(self, spelling: str, target: str) -> None:
        known = self._ids.get(spelling, ())
        if spelling and target not in known:
            self._ids[spelling] = (*known, target)

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids that ``text`` names exactly: none for a stranger, several when it is ambiguous."""
        return self._ids.get(key(text), ())

    def prefer(self, aliases: Mapping[str, str]) -> None:
        """Let an office's own ``aliases`` (spelling → id) overrule what the spelling meant before."""
        self._ids |= {key(spelling): (target,) for spelling, target in aliases.items()}

    def suggest(self, text: str, most: int = 3) -> list[str]:
        """Return the names nearest in sound or letters, best first; for a person to choose from."""
        wanted, sound = key(text), pinyin(key(text))
        if not wanted:
            return []
        scored = [
            (max(_likeness(wanted, spelling), _likeness(sound, own) if own and sound else 0.0), id)
            for spelling, own, id in self._sounds
        ]
        best: dict[str, float] = {}
        for score, id in scored:
            if score >= LIKE:
                best[id] = max(score, best.get(id, 0.0))
        return [self.names.get(id, id) for id in sorted(best, key=lambda id: (-best[id], id))[:most]]

    @cached_property
    def _sounds(self) -> list[tuple[str, str, str]]:
        return [(spelling, pinyin(spelling), ids[0]) for spelling, ids in self._ids.items()]


def _likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE else 0.0


@lru_cache(maxsize=16_384)
def pinyin(text: str) -> str:
    """Return how ``text`` sounds, without tones: 梦想 → mengxiang; a name in Latin letters stays."""
    from pypinyin import lazy_pinyin  # half a second to load; only a message about a stranger needs it

    return "".join(lazy_pinyin(text))
