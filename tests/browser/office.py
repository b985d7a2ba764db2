"""LibreOffice as a county's clerk uses it: opens a workbook, types figures into cells, saves it in a format."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "xls": "MS Excel 97"}
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Clerk"/></library:library>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Clerk" script:language="StarBasic">
Sub Fill(source As String, cells As String, target As String, format As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = &quot;Hidden&quot;
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), &quot;_blank&quot;, 0, hidden())
  For Each one In Split(cells, &quot;;&quot;)
    parts = Split(one, &quot;=&quot;)
    place = Split(parts(0), &quot;.&quot;)
    book.Sheets.getByIndex(CInt(place(0))).getCellRangeByName(place(1)).Value = Val(parts(1))
  Next
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = &quot;FilterName&quot;
  saved(0).Value = format
  book.storeToURL(ConvertToURL(target), saved())
  book.close(True)
End Sub
</script:module>"""


def filled(source: Path, cells: Mapping[str, float], ending: str, folder: Path) -> Path:
    """Return ``source`` with ``cells`` ("0.C5": sheet number, place) typed in and saved as ``ending`` by LibreOffice."""
    if not shutil.which("soffice"):
        pytest.skip("no LibreOffice: install Debian's package libreoffice-calc")
    target = folder / f"{source.stem}-{ending}.{ending}"
    said = ";".join(f"{place}={value}" for place, value in cells.items())
    macro = f'macro:///Standard.Clerk.Fill("{source}","{said}","{target}","{FILTERS[ending]}")'
    command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder / 'profile'}", macro]
    for _turn in range(2):  # the first start makes the profile and forgets the library in it
        _teach(folder / "profile" / "user" / "basic" / "Standard")
        subprocess.run(command, timeout=180, check=True, capture_output=True)
        if target.exists():
            return target
    raise RuntimeError("LibreOffice saved nothing")


def _teach(basic: Path) -> None:
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (basic / "Clerk.xba").write_text(MODULE, encoding="utf-8")
