"""Attacks by files and what their uploader is told; by addresses and connections: test_door, test_tokens, test_guard.

None may end the process, read another file, reach the network, or take more than the reader's limits
(loaders/room.py), or a gigabyte in this process.
"""

from __future__ import annotations

import io
import resource
import socket
import threading
from pathlib import Path

import openpyxl
import pytest

from loaders import sandbox
from loaders.loading import load
from tests.security import attack_table
from tests.security.attack_files import ATTACKS, SLOW
from tests.security.attack_parts import packed, sheet, table, workbook
from tests.security.conftest import Site
from ui.work import archives

ARCHIVES = [name for name, (file, _make, _said) in ATTACKS.items() if file.endswith(".zip")]
FILES = [name for name in ATTACKS if name not in ARCHIVES and name not in SLOW]


def told(name: str) -> str:
    """Read the file of an attack as an upload is read; return everything its uploader is told or shown."""
    file, make, _said = ATTACKS[name]
    loaded = load(make(), file)
    shown = loaded.cells.to_csv(index=False) if len(loaded.cells) else ""
    return loaded.kind + "\n" + "\n".join(str(problem) for problem in loaded.problems) + shown


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file(name: str) -> None:
    said = ATTACKS[name][2]
    found = told(name)
    assert any(word in found for word in said.split("|")), found[:600]
    for secret in ("root:x:", "Traceback", "hahaha"):
        assert secret not in found
    if said and "|" not in said:
        assert found.startswith("refused")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20  # kilobytes


@pytest.mark.parametrize("name", [name for name in ARCHIVES if ATTACKS[name][2]])
def test_a_hostile_archive(name: str) -> None:
    file, make, said = ATTACKS[name]
    with pytest.raises(archives.Refusal) as refused:
        list(archives.files(make(), file))
    assert any(word in str(refused.value) for word in said.split("|"))


def test_the_page_of_attacks_tells_what_happens() -> None:
    """docs/attacks.md lists every attack, with the words that the tests above have heard."""
    written = attack_table.rows()
    assert list(written) == list(ATTACKS)
    assert len(written) >= 100
    for name, said in written.items():
        assert said, name
        assert any(word in said for word in ATTACKS[name][2].split("|")), (name, said)


def test_names_in_an_archive_lead_nowhere() -> None:
    file, make, _said = ATTACKS["ways out of an archive"]
    assert [name for name, _content in archives.files(make(), file)] == ["slipped.csv"] * 3


@pytest.mark.parametrize("name", ["links to other workbooks", "remote document type", "markdown in a label"])
def test_nothing_outside_is_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(5)

    def listen() -> None:
        try:
            connection, _address = server.accept()
        except OSError:
            return
        asked.append(connection.recv(100))

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    port = str(server.getsockname()[1])
    file, make, _said = ATTACKS[name]
    parts = _parts(make())
    load(
        packed(
            {part: content.replace(b"127.0.0.1:9", f"127.0.0.1:{port}".encode()) for part, content in parts.items()}
        ),
        file,
    )
    server.close()
    assert not asked


def test_the_reading_process_has_no_network() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    try:
        assert sandbox.call("tests.security.reach:reaches", server.getsockname()[1]) is False
    finally:
        server.close()


def _parts(content: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", [
    "../../../etc/passwd.xlsx", "..\\..\\boot.xlsx", "a" * 300 + ".xlsx", "x." + "y" * 300, "名\x00字.xlsx", "=cmd|'/c calc'!A0.xlsx",
    "<script>alert(1)</script>.xlsx", "con.xlsx", "\u202excod.xlsx", "  .xlsx", ".xlsx", "", "a\nb.xlsx", "$(reboot).xlsx",
])  # fmt: skip
def test_a_hostile_name(name: str) -> None:
    loaded = load(workbook(sheet(table())), name or "x")
    assert loaded.kind == "workbook"
    assert len(loaded.cells) == 2
    assert not Path("/tmp/passwd.xlsx").exists()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1|x",
        "-2+3 x",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        '=HYPERLINK("http://127.0.0.1:9","x")',
        "=cmd|'/c calc'!A0",
    ],
)
def test_a_formula_in_a_label_stays_text_in_every_table_file(text: str) -> None:
    from exports import safe

    assert safe.csv_text(text).startswith("'")
    book = openpyxl.Workbook()
    safe.put_text(book.active["A1"], text)
    buffer = io.BytesIO()
    book.save(buffer)
    cell = openpyxl.load_workbook(buffer).active["A1"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


@pytest.mark.browser
def test_all_at_once_in_the_real_app(browser, local: Site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Every hostile file goes through the real page; each gets its line, nothing runs, the server lives."""
    from tests.browser.steps import PATIENCE, settle

    paths = []
    for name in ("dimension bomb", "entity bomb", "external entity", "script in a label", "markdown in a label", "cut in the middle",
                 "zip bomb", "an archive bomb", "too many files", "a program", "a pickle", "macros"):  # fmt: skip
        file, make, _said = ATTACKS[name]
        path = tmp_path / file
        path.write_bytes(make())
        paths.append(path)
    context = browser.new_context(viewport={"width": 1400, "height": 1600}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda request: None if request.url.startswith((local.url, "data:", "blob:")) else ran.append(request.url),
    )
    page.goto(f"{local.url}/upload")
    settle(page)
    page.get_by_label("您的姓名").fill("<b>王芳</b>")
    page.get_by_role("button", name="确定").click()
    page.locator('input[type="file"]').wait_for(state="attached")
    page.locator('input[type="file"]').set_input_files([str(path) for path in paths])
    page.get_by_text("个未成功").wait_for(timeout=180_000)
    settle(page)
    said = page.locator('[data-testid="stMain"]').inner_text()
    assert all(path.name in said for path in paths)
    assert not ran
    assert page.locator('[data-testid="stException"]').count() == 0
    assert local.healthy()
    context.close()


def test_two_sessions_never_see_each_others_upload(local: Site) -> None:
    """An upload is kept under the session's secret id; without it there is nothing to fetch."""
    for path in (
        "/_stcore/upload_file/",
        "/_stcore/upload_file/a/b",
        "/media/",
        "/media/../etc/passwd",
        "/media/%2e%2e/x",
    ):
        answer = local.ask(path)
        assert answer.status >= 301 or '<div id="root">' in answer.text  # nothing, or the empty page of the app
        assert "root:x:" not in answer.text


@pytest.mark.parametrize("query", [
    "city=<script>alert(1)</script>", "lang=../../etc", "as_of=%00", "as_of=9999-99-99", "page=__import__('os')", "draft=../../x",
    "ids=' OR 1=1 --", "year=1;DROP TABLE releases", "indicator=${7*7}", "city=" + "x" * 6000, "view[]=1&view[]=2",
])  # fmt: skip
def test_a_forged_address(local: Site, query: str) -> None:
    from urllib.parse import quote

    assert local.ask(f"/insurance?{quote(query, safe='=&')}").status == 200
    assert local.healthy()
