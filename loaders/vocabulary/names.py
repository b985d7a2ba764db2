"""A table of names: what a spelling stands for, and what an unknown one may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from loaders.vocabulary.keys import key

KEPT = 4096  # spellings whose suggestions are remembered: offices repeat their own
LIKE = 0.66  # a suggestion shares at least this much of its sound or its letters


class Names:
    """Names and aliases of one kind of thing (indicators, reporters) with the ids they stand for."""

    def __init__(self, names: Mapping[str, str], aliases: Iterable[tuple[str, str]]) -> None:
        """``names`` maps id → name as it is shown; ``aliases`` are (spelling, id)."""
        self.names = dict(names)
        self._ids: dict[str, tuple[str, ...]] = {}
        self._suggested: dict[str, list[str]] = {}
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
        self._suggested.clear()

    def suggest(self, text: str, most: int = 3) -> list[str]:
        """Return the names nearest in sound or letters, best first; for a person to choose from."""
        wanted = key(text)
        if wanted not in self._suggested:
            if len(self._suggested) >= KEPT:
                self._suggested.clear()
            self._suggested[wanted] = self._nearest(wanted) if wanted else []
        return self._suggested[wanted][:most]

    def _nearest(self, wanted: str) -> list[str]:
        sound = pinyin(wanted)
        by_sound = self._near_in_sound(sound)
        letters, sounds = SequenceMatcher(autojunk=False), SequenceMatcher(autojunk=False)
        letters.set_seq2(wanted)
        sounds.set_seq2(sound)
        signs = set(wanted)
        scored = [
            (max(_likeness(letters, spelling) if not signs.isdisjoint(spelling) else 0.0,
                 _likeness(sounds, own) if near else 0.0), id)
            for (spelling, own, id), near in zip(self._sounds, by_sound, strict=True)
        ]  # fmt: skip
        best: dict[str, float] = {}
        for score, id in scored:
            if score >= LIKE:
                best[id] = max(score, best.get(id, 0.0))
        return [self.names.get(id, id) for id in sorted(best, key=lambda id: (-best[id], id))]

    def _near_in_sound(self, sound: str) -> list[bool]:
        """Tell of each spelling whether its letters can be :data:`LIKE` those of ``sound``: most cannot."""
        if not sound or not self._sounds:
            return [False] * len(self._sounds)
        shared = np.minimum(self._bags, _bag(sound)).sum(axis=1)
        return (2 * shared >= LIKE * (self._bags.sum(axis=1) + len(sound)) - 1e-9).tolist()  # type: ignore[no-any-return]

    @cached_property
    def _bags(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.array([_bag(own) for _spelling, own, _id in self._sounds])

    @cached_property
    def _sounds(self) -> list[tuple[str, str, str]]:
        return [(spelling, pinyin(spelling), ids[0]) for spelling, ids in self._ids.items()]


def _likeness(matcher: SequenceMatcher[str], other: str) -> float:
    """Return how alike ``other`` and the matcher's second text are; 0 below :data:`LIKE`."""
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    return matcher.ratio()


def _bag(text: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return how often each letter comes in ``text``; what is no letter counts as one more."""
    places = np.array([ord(sign) - 97 if "a" <= sign <= "z" else 26 for sign in text], dtype=np.int64)
    return np.bincount(places, minlength=27)


@lru_cache(maxsize=16_384)
def pinyin(text: str) -> str:
    """Return how ``text`` sounds, without tones: 梦想 → mengxiang; a name in Latin letters stays."""
    from pypinyin import lazy_pinyin  # half a second to load; only a message about a stranger needs it

    return "".join(lazy_pinyin(text))
