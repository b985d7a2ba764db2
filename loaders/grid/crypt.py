"""Workbooks protected with Excel's own default password open as if there were none; others are refused."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msoffcrypto

from loaders.refusal import Refused
from tidy.language import _

DEFAULT = "VelvetSweatshop"  # Excel writes it itself for a workbook that may be read by everyone


class Locked(Exception):
    """Raised by a reader that finds the workbook encrypted."""


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Give a decrypted copy of ``path`` while the block runs; ``Refused`` when a real password is set."""
    out = io.BytesIO()
    try:
        with path.open("rb") as file:
            book = msoffcrypto.OfficeFile(file)
            book.load_key(password=DEFAULT)
            book.decrypt(out)
    except Exception as error:  # the library raises a dozen kinds for a wrong key or a damaged header
        raise Refused("password", _("文件设有打开密码"), _("请在表格软件中取消密码后另存再上传")) from error
    with tempfile.NamedTemporaryFile(suffix=".bin") as copy:
        copy.write(out.getvalue())
        copy.flush()
        yield Path(copy.name)
