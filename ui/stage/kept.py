"""An arrangement that nobody has saved, in the page's address: a reload, a bookmark or a colleague finds it again."""

from __future__ import annotations

import base64
import json
import zlib

from exports.plans import BUILDERS
from ui.stage.arrangement import Arrangement, Planned, from_saved, to_saved

MOST = 200_000  # bytes of an arrangement unpacked; an address from elsewhere must not swell here
SLIDES = 200


def text(arrangement: Arrangement) -> str:
    """Return an arrangement as a text for an address."""
    whole = json.dumps({"name": arrangement.name, **to_saved(arrangement)}, ensure_ascii=False)
    return base64.urlsafe_b64encode(zlib.compress(whole.encode("utf-8"), 9)).decode("ascii").rstrip("=")


def arrangement(name: str, packed: str) -> Arrangement | None:
    """Return the arrangement of story ``name`` that :func:`text` wrote; ``None`` for another story's or a forged one."""
    try:
        whole = zlib.decompressobj().decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), MOST)
        saved = json.loads(whole)
        found = from_saved(name, saved)
        sound = saved["name"] == name and len(found.slides) <= SLIDES and all(_known(one) for one in found.slides)
    except (ValueError, zlib.error, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return found if sound else None


def _known(one: Planned) -> bool:
    """Tell whether a slide is one that the desk could have made: a known figure, headline numbers, or lines of text."""
    declared = one.declared
    lines = declared.get("text", [])
    return (
        declared.get("builder", "by_city") in BUILDERS
        and isinstance(declared.get("with", {}), dict)
        and isinstance(lines, list)
        and all(isinstance(line, str | dict) for line in lines)
    )
