"""A story as PDF: pages with text, source lines and page numbers.

Headless Chromium prints the HTML deck where one is installed; else LibreOffice converts the
PPTX; with neither, a message says what to install.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

from exports.image import browser
from exports.story import Story
from tidy.language import _

TIME_LIMIT = 180  # seconds
_CLOCK = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)(\d{14})")


class CannotPrint(RuntimeError):
    """Raised, with advice in the reader's language, where this machine can make no PDF."""


@lru_cache(maxsize=1)
def office() -> str | None:
    """Return the path of an installed LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def write(story: Story, html: Callable[[], bytes], pptx: Callable[[], bytes]) -> bytes:
    """Return ``story`` as PDF, from its HTML deck or else from its PPTX, whichever can be printed here.

    Raises :class:`CannotPrint` with advice.
    """
    reasons = []
    for program, convert, content in ((browser(), from_html, html), (office(), from_office, pptx)):
        if program is None:
            continue
        try:
            return still(convert(program, content()), story.vintage)
        except (subprocess.SubprocessError, OSError) as error:
            reasons.append(f"{Path(program).name}: {type(error).__name__}")
    if reasons:
        raise CannotPrint(_("生成 PDF 失败（{reasons}）→ 请改用 PPTX 或 DOCX").format(reasons=", ".join(reasons)))
    raise CannotPrint(_("本机没有 Chromium，也没有 LibreOffice，无法生成 PDF → 请安装其一，或改用 PPTX、DOCX"))


def from_html(program: str, content: bytes) -> bytes:
    """Return what Chromium prints of an HTML deck; raises ``SubprocessError`` or ``OSError``."""
    with tempfile.TemporaryDirectory() as folder:
        page, paper = Path(folder) / "deck.html", Path(folder) / "deck.pdf"
        page.write_bytes(content)
        options = [
            "--headless", "--disable-gpu", "--no-first-run", f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", "--virtual-time-budget=20000", f"--print-to-pdf={paper}",
        ]  # fmt: skip
        # Chromium refuses its sandbox to root, as in containers.
        options += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        _run([program, *options, f"{page.as_uri()}#print"])
        return paper.read_bytes()


def from_office(program: str, content: bytes) -> bytes:
    """Return what LibreOffice makes of a PPTX; raises ``SubprocessError`` or ``OSError``."""
    with tempfile.TemporaryDirectory() as folder:
        deck = Path(folder) / "deck.pptx"
        deck.write_bytes(content)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        _run([program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(deck)])
        return deck.with_suffix(".pdf").read_bytes()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=TIME_LIMIT)


def still(content: bytes, day: date) -> bytes:
    """Return a PDF with every clock reading replaced by ``day``."""
    return _CLOCK.sub(lambda found: found.group(1) + f"{day:%Y%m%d}000000".encode(), content)
