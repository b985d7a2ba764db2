"""Keep what was worked out: Streamlit's own cache hashes every argument anew, a tenth of a cached page's time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from threading import RLock
from typing import Any, TypeVar

from ui import turns

Work = TypeVar("Work", bound=Callable[..., Any])
_NOTHING = object()
_forget: list[Callable[[], None]] = []
_cells: dict[Callable[..., Any], Callable[..., _Cell]] = {}


class _Cell:
    """The place of one value; whoever asks while it is being worked out waits for it."""

    __slots__ = ("lock", "value")

    def __init__(self) -> None:
        self.lock, self.value = RLock(), _NOTHING

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; who waits for it lets others have the turn, lest the one waited for needs it."""
        if not self.lock.acquire(blocking=False):
            with turns.away():
                self.lock.acquire()
        try:
            yield
        finally:
            self.lock.release()


class Same:
    """Makes an object without a hash part of a key: equal to itself alone, and kept alive by the key."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it


class Aside:
    """Carries along what is no part of a key: any two are equal."""

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Aside)


def kept(most: int) -> Callable[[Work], Work]:
    """Keep the ``most`` last used answers of a function of hashable arguments, for all sessions of this process.

    An answer is shared and must not be changed in place. Nothing is kept of a call that fails.
    """

    def decorate(work: Work) -> Work:
        @lru_cache(maxsize=most)
        def cell(*_arguments: Any) -> _Cell:
            return _Cell()

        @wraps(work)
        def answer(*arguments: Any) -> Any:
            own = cell(*arguments)
            if own.value is _NOTHING:
                with own.held():
                    if own.value is _NOTHING:
                        own.value = work(*arguments)
            return own.value

        _forget.append(cell.cache_clear)
        _cells[answer] = cell
        return answer  # type: ignore[return-value]

    return decorate


def put(work: Callable[..., Any], value: Any, *arguments: Any) -> None:
    """Keep ``value`` as the answer of a kept function to these arguments: somebody else has worked it out."""
    _cells[work](*arguments).value = value


def is_kept(work: Callable[..., Any], *arguments: Any) -> bool:
    """Tell whether a kept function knows its answer to these arguments."""
    return _cells[work](*arguments).value is not _NOTHING


def forget() -> None:
    """Keep nothing of what was kept so far: another store has been opened."""
    for clear in _forget:
        clear()
