"""What a reader can choose on the pages, by the address and by pressing (AppTest)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pages.test_pages import PAGES, own_store, run, sound  # noqa: F401


def titles(app: Any) -> list[str]:
    charts = [json.loads(chart.proto.spec)["layout"]["title"]["text"] for chart in app.get("plotly_chart")]
    return [text.split("<br>")[0] for text in charts]


def press(app: Any, label: str) -> Any:
    return next(button for button in app.button if button.label == label).click().run()


def test_cities_are_compared_on_two_indicators() -> None:
    app = run("compare", of="cities", cities="嘉兴市~金华市", indicator="insurance_enrolment~union_members")
    sound(app)
    said = " ".join(titles(app))
    assert "医疗互助参保人数" in said
    assert "工会会员数" in said
    painted = " ".join(chart.proto.spec for chart in app.get("plotly_chart"))
    assert "嘉兴市" in painted
    assert "温州市" not in painted


def test_the_two_periods_are_the_reader_s() -> None:
    chosen = {"indicator": "insurance_enrolment", "view": "slope", "from": "2015", "to": "2016"}
    app = run("compare", **chosen)
    sound(app)
    (chart,) = app.get("plotly_chart")
    ids = {data[0] for trace in json.loads(chart.proto.spec)["data"] for data in trace.get("customdata") or []}
    free = run("compare", indicator="insurance_enrolment", view="slope")
    others = {
        data[0]
        for trace in json.loads(free.get("plotly_chart")[0].proto.spec)["data"]
        for data in trace.get("customdata") or []
    }
    assert len(ids) == len(others) == 2
    assert ids != others


@pytest.mark.parametrize(("scale", "unit", "said"), [("1", "单位：人", "248,500"), ("1e4", "单位：万人", "24.85")])
def test_the_table_is_in_the_unit_asked_for(scale: str, unit: str, said: str) -> None:
    app = run("builder", rows="reporter_id", indicators="union_members", scale=scale)
    sound(app)
    table = next(block.proto.body for block in app.get("html") if "three-line" in block.proto.body)
    assert unit in table
    assert f"<td>{said}</td>" in table


def test_a_target_is_declared_and_lights_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from tidy.targets import Target
    from ui import targets

    app = run("coverage", indicator="membership_rate", view="targets")
    sound(app)
    assert "还没有为这个指标声明目标" in " ".join(info.value for info in app.info)
    monkeypatch.setattr(targets, "declared", lambda: (Target("membership_rate", 95, 85, "某文件"),))
    app = run("coverage", indicator="membership_rate", view="targets")
    sound(app)
    spec = app.get("plotly_chart")[0].proto.spec
    assert "● 达标" in json.dumps(json.loads(spec), ensure_ascii=False)
    assert "某文件" in json.dumps(json.loads(spec), ensure_ascii=False)
    cards = " ".join(caption.value for caption in run("overview").caption)
    assert "● 达标" in cards


def test_welcome_goes_away_when_told() -> None:
    app = run("overview")
    assert "第一次使用" in " ".join(block.value for block in app.markdown)
    app = press(app, "知道了")
    sound(app)
    assert "第一次使用" not in " ".join(block.value for block in app.markdown)


@pytest.mark.parametrize("name", PAGES)
def test_a_run_sets_no_widget_that_its_reader_has_set(name: str) -> None:
    """What a run sets, the browser sets anew and draws again: only what is called otherwise now may be."""
    app = run(name, city="嘉兴市", type="园区")
    sound(app.run())
    assert [widget.key for widget in widgets(app) if widget.proto.set_value] == []
    called = {widget.key: str(widget.proto.options) for widget in widgets(app)}
    app.multiselect(key="filter_city").select("杭州市").run()
    sound(app)
    assert app.multiselect(key="filter_city").value == ["嘉兴市", "杭州市"]
    assert [
        widget.key
        for widget in widgets(app)
        if widget.proto.set_value and called[widget.key] == str(widget.proto.options)
    ] == []


def widgets(app: Any) -> list[Any]:
    return [widget for kind in (app.multiselect, app.selectbox, app.button_group, app.radio) for widget in kind]
