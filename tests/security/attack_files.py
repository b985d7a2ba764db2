"""Files made to do harm: what they are called, their bytes, and what their uploader must be told."""

from __future__ import annotations

import io
import struct
import zipfile

from tests.security.attack_books import BIG, BOOKS
from tests.security.attack_papers import PAPERS
from tests.security.attack_parts import Attack, packed


def archive_bomb() -> bytes:
    """A zip with one file of 60 MB of zeros."""
    return packed({"数据.csv": bytes(60 << 20)}, level=1)


def lying_archive() -> bytes:
    """A zip whose directory says that 60 MB are 10 bytes."""
    made = bytearray(packed({"a.csv": b"1," * (30 << 20)}))
    at = made.rindex(b"PK\x01\x02") + 24
    made[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(made)


def linked_archive() -> bytes:
    """A zip with a link of the file system in the place of a file."""
    link = zipfile.ZipInfo("数据.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def shared_archive() -> bytes:
    """A zip whose four hundred entries are all the same 3 MB."""
    content = b"".join(b"%d,%d\n" % (n, n * n) for n in range(200_000))
    made = packed({"a.csv": content})
    at, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    entry = made[at:end]
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 400, 400, 400 * len(entry), at, 0)
    return made[:at] + entry * 400 + tail


def locked_archive() -> bytes:
    """A zip that says it has a password."""
    made = bytearray(packed({"a.csv": b"1,2"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + place] |= 1
    return bytes(made)


ATTACKS: dict[str, Attack] = BOOKS | PAPERS | {
    "an archive bomb": ("all.zip", archive_bomb, BIG),
    "an archive that lies": ("lie.zip", lying_archive, f"{BIG}|损坏"),
    "too many files": ("many.zip", lambda: packed({f"{n}.csv": b"1" for n in range(501)}), "超过"),
    "ways out of an archive": ("slip.zip", lambda: packed({"../../../../tmp/slipped.csv": "单位,会员\n甲,1\n", "/etc/slipped.csv": "单位,会员\n乙,2\n", "..\\..\\slipped.csv": "单位,会员\n丙,3\n"}), ""),
    "an archive in an archive": ("nest.zip", lambda: packed({"inner.zip": archive_bomb()}), ""),
    "a link in an archive": ("link.zip", linked_archive, ""),
    "one file told four hundred times": ("shared.zip", shared_archive, f"超过|{BIG}|损坏"),
    "an archive with a password": ("locked.zip", locked_archive, "密码"),
}  # fmt: skip
# Take seconds to refuse: tried by ``python -m benchmarks.attacks``, which measures them, and not at every run of the tests.
SLOW = frozenset((
    "two million cells", "a repeated row of a billion", "ten thousand sheets", "ten thousand columns",
    "a PDF of a hundred thousand pages", "a Word file of two hundred thousand paragraphs",
    "a web page of half a million cells", "a text of ten megabytes of figures",
))  # fmt: skip
