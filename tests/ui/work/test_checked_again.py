"""Figures edited one by one: each edit is checked again and says what it solved and what it brought up."""

from __future__ import annotations

import pytest

from store import Store
from tests.ui.work.made import GOOD, REPORT, workbook
from ui.who import Person
from ui.work import adapter, drafts, problems, rows
from ui.work.drafts import Work

ME = "王芳"
WORDS = ("云栖小镇", "八百多家企业的职工", 20)
STRANGE = ("不存在的小镇", 800, 20)


def read(content: bytes, name: str = "甲县.xlsx") -> Work:
    return drafts.read_in(drafts.receive(name, content, ME).draft.id, ME)


def codes(work: Work, name: str) -> list[str]:
    return [one["code"] for one in work.draft.state[name]]


def test_a_phrase_that_can_be_read_solves_the_problem_of_its_cell(store: Store) -> None:
    work = read(workbook([GOOD[0], WORDS]))
    edited = drafts.edit(work.draft.id, ME, {"会员!B5": {"as_printed": "801"}})
    assert edited.ready
    assert (codes(edited, "solved"), codes(edited, "appeared")) == (["number_in_text"], [])
    assert 801 in set(edited.figures["value"])


def test_an_edit_that_makes_two_figures_clash_says_so(store: Store) -> None:
    work = read(workbook())
    edited = drafts.edit(work.draft.id, ME, {"会员!B5": {"reporter_id": "dream-town"}})
    assert codes(edited, "appeared") == ["duplicate_key"]
    assert not edited.ready
    assert drafts.edit(work.draft.id, ME, {"会员!B5": {"reporter_id": "yunqi-town"}}).ready


def test_figures_given_a_reporter_one_by_one_solve_a_strange_heading(store: Store) -> None:
    work = read(workbook([GOOD[0], STRANGE]))
    half = drafts.edit(work.draft.id, ME, {"会员!B5": {"reporter_id": "yunqi-town"}})
    assert [p.code for p in half.open_problems] == ["unknown_reporter"]
    whole = drafts.edit(work.draft.id, ME, {"会员!C5": {"reporter_id": "yunqi-town"}})
    assert whole.ready
    assert codes(whole, "solved") == ["unknown_reporter"]


def test_what_was_read_stays_beside_what_was_edited(store: Store) -> None:
    work = read(workbook())
    edited = drafts.edit(work.draft.id, ME, {"会员!B4": {"as_printed": "1250"}})
    as_read = rows.unpack(edited.draft.state["table"])
    assert as_read.set_index("row").loc["会员!B4", "value"] == 1200


def judged(text: str) -> Work:
    """A report of one figure, adopted as members of a pilot in 2019."""
    work = read(text.encode(), "报告.txt")
    fields = {"reporter_id": "dream-town", "indicator_id": "union_members", "period": "2019", "measure": "stock"}
    pending = list(work.table.loc[work.table["verdict"].eq(rows.PENDING), "row"])
    drafts.edit(work.draft.id, ME, dict.fromkeys(pending, fields))
    return drafts.judge(work.draft.id, ME, dict.fromkeys(pending, rows.ACCEPTED))


def test_a_report_that_says_two_things_is_told_before_publication(store: Store) -> None:
    work = judged("2019年，梦想小镇工会会员1300人。会员已达1400人。")
    assert {p.code for p in work.open_problems} == {"duplicate_key"}
    one = work.open_problems[:1]
    assert drafts.acknowledge(work.draft.id, ME, one, "前一个是年中数", leave_out=True).ready


@pytest.mark.parametrize(("qualifier", "low", "high"), [
    ("exact", 1300, 1300), ("at_least", 1300, None), ("at_most", 0, 1300), ("approx", 1250, 1350),
])  # fmt: skip
def test_a_persons_qualifier_and_value_overrule_the_phrase(
    store: Store, qualifier: str, low: float, high: float | None
) -> None:
    work = judged("2019年，梦想小镇工会会员1200人。")
    row = work.figures["locator"].iloc[0]
    change = {"value": "1300", "qualifier": qualifier}
    figure = drafts.edit(work.draft.id, ME, {row: change}).figures.iloc[0]
    assert (figure["value"], figure["qualifier"], figure["as_printed"]) == (1300, qualifier, "1200人")
    assert figure["low"] == low
    assert (figure["high"] == high) if high is not None else figure["high"] != figure["high"]


def test_a_new_phrase_says_again_what_the_figure_means(store: Store) -> None:
    work = judged("2019年，梦想小镇工会会员1200人。")
    row = work.figures["locator"].iloc[0]
    drafts.edit(work.draft.id, ME, {row: {"value": "1.3万", "qualifier": "at_most"}})
    assert drafts.open_work(work.draft.id).figures["value"].iloc[0] == 13000
    figure = drafts.edit(work.draft.id, ME, {row: {"as_printed": "1100余人"}}).figures.iloc[0]
    assert (figure["value"], figure["qualifier"]) == (1100, "at_least")


def test_names_of_the_roster_and_of_the_office_are_put_into_a_reports_figures(store: Store) -> None:
    table = read(REPORT.encode(), "梦想小镇.txt").table
    figures = table[table["verdict"].eq(rows.PENDING)]
    assert set(figures["reporter_id"]) == {"dream-town"}
    assert "union_members" in set(figures["indicator_id"])
    name = figures["indicator_name"].iloc[-1]
    store.save_alias("indicator", name, "union_organisations", by=ME)
    again = read((REPORT + "\n").encode(), "又一份.txt").table
    own = again[again["indicator_name"].eq(name)]
    assert len(own)
    assert set(own["indicator_id"]) == {"union_organisations"}


def test_a_headings_unit_is_remembered_for_the_form(store: Store) -> None:
    work = read(workbook([("梦想小镇", 2, 30), ("云栖小镇", 3, 20)]))
    adapter.remember_head(work.draft.state["layout"], "工会会员数", "工会会员数（万人）", ME)
    assert drafts.stale(work)
    next_year = read(workbook([("梦想小镇", 4, 30), ("云栖小镇", 3, 20)], year=2020), "明年.xlsx")
    members = next_year.figures.query("indicator_id == 'union_members'")
    assert set(members["value"]) == {40_000, 30_000}


def answered(work: Work, monkeypatch: pytest.MonkeyPatch, **said: object) -> Work:
    """Save the answers to the first problem of a group as the page does, and open the draft again."""
    group = [problem for problem in work.open_problems if problem.code == work.open_problems[0].code]
    table = problems._table(group, group[0].code)
    for column, value in said.items():
        table.loc[0, column] = value
    monkeypatch.setattr(problems.st, "rerun", lambda **_where: None)
    problems._save(work, group[0].code, group, table, Person(ME))
    return drafts.open_work(work.draft.id)


def test_what_is_filled_in_beside_a_problem_is_saved(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    named = answered(read(workbook([GOOD[0], STRANGE])), monkeypatch, 是指="云栖小镇")
    assert named.ready
    assert store.aliases("reporter")[STRANGE[0]] == "yunqi-town"
    mended = answered(read(workbook([GOOD[0], WORDS]), "乙县.xlsx"), monkeypatch, 改为="801")
    assert 801 in set(mended.figures["value"])
    out = answered(read(workbook([GOOD[0], WORDS]), "丙县.xlsx"), monkeypatch, 不发布=True, 理由="单位没有报")
    assert out.ready
    assert {one["reason"] for one in out.said("acknowledged").values()} == {"单位没有报"}
    left = answered(read(workbook([GOOD[0], WORDS]), "丁县.xlsx"), monkeypatch, 理由="只写理由")
    assert not left.ready  # an error wants more than a reason
