"""Columns of few words over many cells: each word once, and its number in every cell."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

Codes = np.ndarray[Any, np.dtype[np.integer[Any]]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Objects = np.ndarray[Any, np.dtype[np.object_]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


class Coded:
    """Numbers for things, each thing once, in the order they come."""

    def __init__(self, *things: Hashable) -> None:
        self.things: list[Any] = list(dict.fromkeys(things))
        self._numbers: dict[Any, int] = {thing: n for n, thing in enumerate(self.things)}

    def number(self, thing: Hashable) -> int:
        """Return the number of a thing, a new one for a new thing."""
        found = self._numbers.get(thing)
        if found is None:
            found = self._numbers[thing] = len(self.things)
            self.things.append(thing)
        return found

    def numbers(self, things: Iterable[Hashable]) -> Codes:
        """Return the numbers of things, as narrow as all the numbers allow; of none, one to stand for it."""
        found = [self.number(thing) for thing in things] or [0]
        return np.array(found, np.min_scalar_type(-len(self.things) - 1))


class Shared:
    """A column of words that many cells share."""

    def __init__(self, said: Iterable[str], codes: Codes) -> None:
        """``codes`` give for each cell which of the things ``said`` it has."""
        self._words = Coded()
        self._codes: Codes = self._words.numbers(said)[codes]

    @classmethod
    def one(cls, word: str, size: int) -> Shared:
        """Return a column of ``size`` cells that say the same."""
        return cls([word], np.zeros(size, np.int8))

    @classmethod
    def of(cls, words: Objects) -> Shared:
        """Return a column of words that stand cell by cell."""
        codes, distinct = pd.factorize(words)
        return cls(distinct, codes)

    @classmethod
    def joined(cls, parts: Sequence[Shared]) -> Shared:
        """Return several columns as one, one below the other."""
        if len(parts) == 1:
            return parts[0]
        made = cls((), np.empty(0, np.int8))
        made._codes = np.concatenate([made._words.numbers(one._words.things)[one._codes] for one in parts])
        return made

    def put(self, places: Codes | Flags, said: Sequence[str], which: Codes) -> None:
        """Put words into some places: ``which`` tells for each what of ``said`` it gets."""
        numbers = self._words.numbers(said)
        self._codes = self._codes.astype(np.promote_types(self._codes.dtype, numbers.dtype), copy=False)
        self._codes[places] = numbers[which]

    def says(self, word: str) -> bool:
        """Tell whether any cell says a word."""
        return word in self._words.things and bool((self._codes == self._words.number(word)).any())

    def objects(self) -> Objects:
        """Return the words cell by cell."""
        words: Objects = objects(self._words.things or [""])[self._codes]
        return words

    def categorical(self) -> pd.Categorical:
        """Return the column as pandas knows it; the words stay plain objects."""
        words = pd.Index(self._words.things, dtype=object)
        return pd.Categorical.from_codes(self._codes, dtype=pd.CategoricalDtype(words), validate=False)


def is_shared(kind: Any) -> bool:
    """Tell whether a column of this type holds words that cells share (:meth:`Shared.categorical`), which may be any."""
    return isinstance(kind, pd.CategoricalDtype) and kind.categories.dtype == object


def objects(items: Sequence[object]) -> Objects:
    """Return things as an array that keeps them as they are."""
    made = np.empty(len(items), dtype=object)
    made[:] = items
    return made


def spread(things: Iterable[Any], codes: Codes, say: Callable[[Any], str]) -> Shared:
    """Say something of each thing once and hand it to every cell that has the thing."""
    return Shared(map(say, things), codes)


def flags(things: Sequence[Any], codes: Codes, say: Callable[[Any], bool]) -> Flags:
    """Ask something of each thing once and hand the answer to every cell that has the thing."""
    asked = np.fromiter(map(say, things), bool, len(things))
    return asked[codes] if asked.any() else np.zeros(len(codes), bool)


def first_of_each(*codes: Codes) -> tuple[Codes, Codes]:
    """Return where each combination of codes first comes, and the number of each cell's combination."""
    key = np.zeros(len(codes[0]), np.int64)
    for one in codes:
        key = key * (int(one.max(initial=0)) + 2) + one + 1
    numbers, distinct = pd.factorize(key)
    firsts = np.empty(len(distinct), np.int64)
    firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return firsts, numbers
