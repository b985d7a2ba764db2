"""Logs say what happened, never who."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from store import Store
from tests.store.conftest import figures
from tidy import logs


@pytest.fixture
def ours() -> Iterator[logging.Logger]:
    """The program's logger, put back afterwards."""
    logger = logging.getLogger("pilots")
    before = logger.handlers, logger.propagate, logger.level
    yield logger
    logger.handlers, logger.propagate, logger.level = before


@pytest.mark.usefixtures("ours")
def test_json_lines_without_personal_data(
    embedded: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PILOTS_LOG", "json")
    logs.set_up()
    embedded.publish(figures(("r3", "members", "2019", "stock", "13人")), by="张三", note="李四的表")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["event"], line["kind"], line["release"], line["rows"]) for line in lines] == [
        ("released", "publish", 2, 1)
    ]
    assert "张三" not in str(lines)
    assert "李四" not in str(lines)


@pytest.mark.usefixtures("ours")
def test_text_lines(embedded: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("PILOTS_LOG", raising=False)
    logs.set_up()
    embedded.undo(1, by="张三", why="李四的错")
    assert "released release=2 kind=undo rows=0" in capsys.readouterr().err
