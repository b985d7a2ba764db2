"""Files of every kind that is read, broken by chance: name with ending → what makes the next one."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from loaders.loading import Wishes, load, read_workbook
from loaders.refusal import Refused
from tests.loaders.grid import books
from tests.security.attack_parts import document, packed, pdf, sheet, table, workbook

PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels",
         "[Content_Types].xml", "content.xml", "word/document.xml")  # fmt: skip
WORDS = ("嘉兴市", "工会会员数", "49万余人", "3—5人", "增长95%以上", "2018年", "合计", "单位：万人", "", "=1+1", "<b>", "&amp;", "0", "1e309",
         "-", "一、", "其中", "（人）", "\x00", "\ufeff", '"', ",", "\n", "\t", "A" * 300)  # fmt: skip


def mutated(chance: random.Random, content: bytes, most: int = 12) -> bytes:
    """Return a file with a few bytes changed, cut out or doubled, and now and then a word of ours put in."""
    made = bytearray(content)
    for _change in range(chance.randint(1, most)):
        at = chance.randrange(len(made) or 1)
        kind = chance.random()
        if kind < 0.5 and made:
            made[at] = chance.randrange(256)
        elif kind < 0.7:
            del made[at : at + chance.randint(1, 64)]
        elif kind < 0.85:
            made[at:at] = made[: chance.randint(0, 64)]
        else:
            made[at:at] = chance.choice(WORDS).encode()
    return bytes(made)


def grid(chance: random.Random, mark: str) -> bytes:
    """Return a table in text whose cells are words of tables in any place."""
    rows = [[chance.choice(WORDS) for _column in range(chance.randint(1, 6))] for _row in range(chance.randint(1, 8))]
    text = "\n".join(mark.join(row) for row in rows).encode(chance.choice(("utf-8", "gb18030", "utf-16")), "replace")
    return mutated(chance, text, 3)


@cache
def seed(name: str) -> bytes:
    """Return a good file of a kind."""
    if name == "docx":
        return document("会员49万余人，增长5%。")
    if name == "pdf":
        return pdf(b"BT /F1 12 Tf 72 700 Td (Members 490,000 in 2018) Tj ET")
    if name == "xlsx":
        return workbook(sheet(table()))
    if name == "txt":
        return "会员49万余人，增长5%。嘉兴市职工夜校3—5所。".encode()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        made: Callable[[Path], Path] = {"csv": partial(books.csv, encoding="utf-8"), "html": books.html, "xml": books.spreadsheetml,
                                        "ods": books.ods, "xls": books.biff5, "strict": books.strict,
                                        "fods": partial(books.ods, flat=True)}[name]  # fmt: skip
        return made(Path(folder) / f"a.{name}").read_bytes()


def whole(name: str) -> Callable[[random.Random], bytes]:
    """Break a file of this kind byte by byte."""
    return lambda chance: mutated(chance, seed(name))


def inside(name: str) -> Callable[[random.Random], bytes]:
    """Break one part inside a good package, so that the archive around it is whole."""

    def make(chance: random.Random) -> bytes:
        parts = unpacked(name)
        part = chance.choice([one for one in PARTS if one in parts])
        return packed(parts | {part: mutated(chance, parts[part])})

    return make


@cache
def unpacked(name: str) -> dict[str, bytes]:
    """Return the parts of a good package."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(seed(name))) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


TABLES: dict[str, Callable[[random.Random], bytes]] = {
    "comma.csv": partial(grid, mark=","), "tab.csv": partial(grid, mark="\t"), "broken.csv": whole("csv"),
    "broken.html": whole("html"), "broken.xml": whole("xml"), "broken.fods": whole("fods"), "broken.txt": whole("txt"),
}  # fmt: skip
FILES: dict[str, Callable[[random.Random], bytes]] = {
    "broken.xlsx": whole("xlsx"), "parts.xlsx": inside("xlsx"), "strict.xlsx": inside("strict"), "broken.ods": whole("ods"),
    "parts.ods": inside("ods"), "broken.xls": whole("xls"), "broken.docx": whole("docx"), "parts.docx": inside("docx"),
    "broken.pdf": whole("pdf"),
}  # fmt: skip


def read_apart(path: Path) -> None:
    """Read a file as an upload is read, in a process that can die; raise ``Refused`` where it is refused."""
    loaded = load(path, path.name)
    if loaded.kind == "refused":
        first = loaded.problems[0]
        raise Refused(first.code, first.message, first.advice)


def read_here(path: Path) -> None:
    """Read a file in this process: what nobody foresaw is seen as it is."""
    if path.suffix == ".txt":
        read_apart(path)
    else:
        read_workbook(path, path.name, Wishes())
