"""Web pages: the visible text, block by block; headings by their tags."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.report_text.model import Piece
from loaders.report_text.plain import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "iframe", "svg", "select", "button"))
_BLOCKS = frozenset(
    ("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "ul", "ol", "br",
     "blockquote", "dd", "dt", "td", "th", "title", "header", "footer", "figcaption", "body")
)  # fmt: skip
_HEADING = re.compile(r"h([1-6])$")


def pieces(path: str) -> Iterator[Piece]:
    """Yield the blocks of visible text. Runs in the sandbox."""
    import lxml.html

    source = _text(Path(path).read_bytes())
    root = lxml.html.document_fromstring(source)
    lines: list[list[Any]] = [["", 0]]
    _walk(root, lines, 0)
    for text, level in lines:
        words = " ".join(str(text).split())
        if words:
            yield Piece(words, level)


def _text(data: bytes) -> str:
    """The page as text: BOM, UTF-8 or GB18030 by trial; a declared charset when neither fits."""
    if data[:64].lower().lstrip().startswith(b"mime-version"):
        data = _from_archive(data)
    try:
        text = decode(data)
    except ValueError:
        text = data.decode("latin-1")
    except Exception:
        declared = _CHARSET.search(data[:4096])
        text = data.decode(declared[1].decode() if declared else "utf-8", "replace")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _from_archive(data: bytes) -> bytes:
    """The page inside a saved web archive (.mht)."""
    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            return body if isinstance(body, bytes) else data
    return data


def _walk(node: Any, lines: list[list[Any]], level: int) -> None:
    """Collect text in order; every block begins a line."""
    tag = node.tag if isinstance(node.tag, str) else ""
    if (tag in _SILENT and tag != "head") or not tag:
        _tail(node, lines, level)
        return
    heading = _HEADING.match(tag)
    own = int(heading[1]) if heading else level
    if tag in _BLOCKS:
        lines.append(["", own])
    lines[-1][0] += node.text or ""
    for child in node:
        _walk(child, lines, own)
    if tag in _BLOCKS:
        lines.append(["", level])
    _tail(node, lines, level)


def _tail(node: Any, lines: list[list[Any]], level: int) -> None:
    lines[-1][0] += node.tail or ""
