"""One spelling for names that people type differently: width, blanks, punctuation, numbering, footnotes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

FOOTNOTES = re.compile(r"[①-⑳⑴-⒇*＊†‡¹²³]+")
NUMBERING = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}(?:[、.．)）](?!\d)))"
)
PARTIAL = re.compile(r"^\s*(?:#|[其]\s*中\s*[:：、，]?)\s*")
NOISE = re.compile(r"[\s\u200b\ufeff、,。.·•・;:\"'“”‘’()<>《》〈〉【】\[\]{}\-—–―_/\\|!?~]+")


@lru_cache(maxsize=65_536)
def key(text: str) -> str:
    """Return the spelling under which ``text`` is looked up.

    Full width becomes half width, blanks (全角空格 too), punctuation, list numbering, ``其中`` and
    footnote marks go, Latin letters become small: ``一、会　员（数）①`` → ``会员数``.
    """
    plain = NUMBERING.sub("", PARTIAL.sub("", FOOTNOTES.sub("", text)))
    return NOISE.sub("", unicodedata.normalize("NFKC", plain)).lower()


def is_partial(text: str) -> bool:
    """Tell whether a heading announces only some of the parts (``其中：女会员``, ``#女会员``)."""
    return ("其" in text or "#" in text) and bool(PARTIAL.match(NUMBERING.sub("", text)))
