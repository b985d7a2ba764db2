"""A file's way from upload to ready, with the real loaders and a real store."""

from __future__ import annotations

import threading

import pytest

from store import NotFound, Store
from tests.ui.work.made import GOOD, REPORT, workbook
from tidy import language
from ui.work import drafts, rows
from ui.work.drafts import Work

ME, OTHER = "王芳", "李强"
STRANGE = ("不存在的小镇", 800, 20)
WORDS = ("云栖小镇", "八百多家企业的职工", 20)


def read(content: bytes, name: str = "甲县.xlsx") -> Work:
    return drafts.read_in(drafts.receive(name, content, ME).draft.id, ME)


def test_a_good_workbook_is_ready_at_once(store: Store) -> None:
    work = read(workbook())
    assert work.ready
    assert len(work.figures) == 4
    members = work.figures.query("indicator_id == 'union_members' and reporter_id == 'dream-town'").iloc[0]
    assert (members["value"], members["period"], members["locator"]) == (1200, "2019", "会员!B4")
    assert work.draft.state["summary"]["reporters"] == ["dream-town", "yunqi-town"]


def test_a_received_file_is_safe_before_it_is_read(store: Store) -> None:
    content = workbook()
    work = drafts.receive("甲县.xlsx", content, ME)
    assert drafts.open_work(work.draft.id).stage == drafts.RECEIVED
    assert store.draft_content(work.draft.id) == content


def test_a_broken_file_says_what_to_do_and_is_kept(store: Store) -> None:
    work = read(b"PK\x03\x04 this is no workbook")
    assert work.stage == drafts.REFUSED
    assert not work.ready
    assert work.problems[0].advice
    assert work.problems[0].file == "甲县.xlsx"


def test_a_strange_name_is_a_problem_at_its_cell_until_it_is_remembered(store: Store) -> None:
    work = read(workbook([GOOD[0], STRANGE]))
    problem = next(p for p in work.open_problems if p.code == "unknown_reporter")
    assert (problem.sheet, problem.cell, problem.text) == ("会员", "A5", "不存在的小镇")
    assert not work.ready
    store.save_alias("reporter", problem.text, "yunqi-town", by=ME)
    again = drafts.read_in(work.draft.id, ME)
    assert again.ready
    assert [p["code"] for p in again.draft.state["solved"]] == ["unknown_reporter"]


def test_a_cell_is_mended_in_place_and_the_sheet_checked_again(store: Store) -> None:
    content = workbook([GOOD[0], WORDS])
    work = read(content)
    assert [p.cell for p in work.open_problems] == ["B5"]
    mended = drafts.decide(work.draft.id, ME, {"cells": {"会员!B5": "801"}})
    assert mended.ready
    assert 801 in set(mended.figures["value"])
    assert store.draft_content(work.draft.id) == content


def test_a_mended_file_updates_the_draft_and_says_what_it_solved(store: Store) -> None:
    work = read(workbook([GOOD[0], WORDS]))
    mended = drafts.replace_file(work.draft.id, workbook([GOOD[0], ("云栖小镇", 801, 20)]), ME)
    assert mended.draft.id == work.draft.id
    assert mended.ready
    assert len(mended.draft.state["solved"]) == 1


def test_leaving_a_cell_out_keeps_the_rest(store: Store) -> None:
    work = read(workbook([GOOD[0], WORDS]))
    left = drafts.acknowledge(work.draft.id, ME, work.open_problems, "县里再核", leave_out=True)
    assert left.ready
    assert len(left.figures) == 3
    assert left.draft.state["acknowledged"].popitem()[1] == {"reason": "县里再核", "by": ME}


def test_what_people_said_survives_another_reading(store: Store) -> None:
    work = read(workbook())
    drafts.edit(work.draft.id, ME, {"会员!B4": {"as_printed": "1250"}})
    drafts.judge(work.draft.id, ME, {"会员!C4": rows.REFUSED}, "估计数")
    again = drafts.read_in(work.draft.id, ME)
    assert sorted(again.figures["value"]) == [20, 800, 1250]


def test_two_people_at_once_lose_nothing(store: Store) -> None:
    id = read(workbook()).draft.id
    cells = {ME: ("B4", "B5"), OTHER: ("C4", "C5")}

    def work(who: str) -> None:
        for cell in cells[who]:
            drafts.edit(id, who, {f"会员!{cell}": {"note": f"{who}{cell}"}})

    people = [threading.Thread(target=work, args=(who,)) for who in cells]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert set(drafts.open_work(id).said("edits")) == {f"会员!{cell}" for own in cells.values() for cell in own}


def test_a_report_waits_for_a_person_and_every_numeral_is_accounted_for(store: Store) -> None:
    work = read(REPORT.encode(), "梦想小镇.txt")
    table = work.table
    assert work.kind == "report"
    assert not work.ready
    assert (table["verdict"] == rows.PENDING).sum() == 2
    assert set(table.loc[table["verdict"] == rows.REFUSED, "as_printed"].map(lambda text: text[:4])) >= {"2019"}
    proposed = table[table["verdict"] == rows.PENDING]
    for row in proposed.itertuples():
        assert REPORT[int(row.start) : int(row.end)] == row.as_printed


def test_a_judged_report_is_ready(store: Store) -> None:
    work = read(REPORT.encode(), "梦想小镇.txt")
    pending = list(work.table.loc[work.table["verdict"] == rows.PENDING, "row"])
    fields = {"reporter_id": "dream-town", "indicator_id": "union_members", "period": "2019", "measure": "stock"}
    drafts.edit(work.draft.id, ME, {pending[0]: fields})
    drafts.judge(work.draft.id, ME, {pending[0]: rows.ACCEPTED})
    done = drafts.judge(work.draft.id, ME, {pending[1]: rows.REFUSED}, "重复")
    assert done.ready
    row = done.figures.iloc[0]
    assert (row["value"], row["high"], row["qualifier"], row["as_printed"]) == (1300, 1400, "at_least", "1300余人")


def test_a_deleted_draft_is_not_found(store: Store) -> None:
    work = read(workbook())
    store.delete_draft(work.draft.id, by=ME)
    with pytest.raises(NotFound):
        drafts.edit(work.draft.id, ME, {"会员!B4": {"note": "晚了"}})


def test_a_mended_file_overrules_cells_mended_before(store: Store) -> None:
    work = read(workbook([GOOD[0], WORDS]))
    drafts.decide(work.draft.id, ME, {"cells": {"会员!B5": "801"}})
    mended = drafts.replace_file(work.draft.id, workbook([GOOD[0], ("云栖小镇", 802, 20)]), ME)
    assert 802 in set(mended.figures["value"])


def test_a_name_learnt_elsewhere_makes_a_draft_stale_until_it_is_read_again(store: Store) -> None:
    work = read(workbook([GOOD[0], STRANGE]))
    assert not drafts.stale(work)
    store.save_alias("reporter", STRANGE[0], "yunqi-town", by=OTHER)
    assert drafts.stale(drafts.open_work(work.draft.id))
    assert not drafts.stale(drafts.read_in(work.draft.id, ME))


@pytest.mark.parametrize(("first", "then"), [("zh", "en"), ("en", "zh")])
def test_findings_are_told_in_the_reader_s_language_whoever_had_the_file_read(
    store: Store, first: str, then: str
) -> None:
    strange = workbook([GOOD[0], WORDS, STRANGE])
    told = {}
    for lang in (first, then):
        with language.using(lang):
            id = drafts.read_in(drafts.receive(f"{lang}.xlsx", strange, ME).draft.id, ME).draft.id
            told[lang] = {p.code: p.message for p in drafts.open_work(id).problems}
        if lang == first:
            kept = id
    assert set(told[first].values()).isdisjoint(told[then].values())
    with language.using(then):
        assert {p.code: p.message for p in drafts.open_work(kept).problems} == told[then]
        drafts.edit(kept, ME, {"会员!B5": {"as_printed": "801"}})
    with language.using(first):
        assert [p.message for p in drafts.open_work(kept).findings("solved")] == [told[first]["number_in_text"]]
