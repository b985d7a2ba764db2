"""What a wrong number may have been before a finger slipped."""

from __future__ import annotations


def slip(written: float, meant: float) -> int:
    """Return how like a typing slip it is to write ``written`` for ``meant``: 0 not at all, 3 very.

    >>> slip(132, 123), slip(120, 12), slip(183, 123), slip(500, 123)
    (3, 2, 2, 0)
    """
    if meant < 0 or written == meant:
        return 0
    if written == -meant or _is(written, meant * 10) or _is(written * 10, meant) or _is(written, meant * 100):
        return 2
    a, b = _digits(written), _digits(meant)
    if len(a) == len(b):
        return _same_length(a, b)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    dropped = len(longer) - len(shorter) == 1 and len(shorter) > 1
    return int(dropped and any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))) * 2


def _same_length(a: str, b: str) -> int:
    places = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(places) == 1:
        return 2
    swapped = (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    )
    return 3 if swapped else 0


def _is(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1.0)


def _digits(number: float) -> str:
    return f"{abs(number):.10g}"
