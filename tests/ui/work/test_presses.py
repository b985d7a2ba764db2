"""Presses on the analysts' pages: judging a report, timing a release, two people at once, looking after the store."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from store import Store
from tests.ui.work.made import GOOD, REPORT, workbook
from tests.ui.work.test_pages import at_root, drafted, run, sound
from ui.work import batches, drafts, preview, rows

__all__ = ["at_root"]
ME, OTHER = "王芳", "李强"


def judge(id: str) -> str:
    """The figure of a report that is in hand when its review is opened."""
    table = drafts.open_work(id).table
    waiting = table[table["verdict"].eq(rows.PENDING)].sort_values(["confidence", "start"])
    return str(waiting["row"].iloc[0])


def test_a_figure_of_a_report_is_adopted_with_what_was_changed(store: Store, at_root: None) -> None:
    id = drafted(REPORT.encode(), "报告.txt")
    row = judge(id)
    app = sound(run("upload", draft=id, step="review"))
    app.text_input(key=f"r_value_{id}_{row}").input("1350").run()
    app.selectbox(key=f"r_qualifier_{id}_{row}").select("approx").run()
    again = sound(run("upload", draft=id, step="review"))  # a refresh before the press
    assert again.text_input(key=f"r_value_{id}_{row}").value == "1350"
    sound(again.button(key="reader_accept").click().run())
    figure = drafts.open_work(id).figures.set_index("locator").loc[row]
    assert (figure["value"], figure["qualifier"]) == (1350, "approx")


def test_figures_above_a_confidence_are_adopted_and_the_rest_refused_with_a_reason(store: Store, at_root: None) -> None:
    id = drafted((REPORT + "会员家庭约五十户有困难。").encode(), "报告.txt")
    app = sound(run("upload", draft=id, step="review"))
    app.slider(key="reader_least").set_value(0.5).run()
    sound(app.button(key="reader_bulk_accept").click().run())
    assert len(drafts.open_work(id).figures)
    if drafts.open_work(id).pending:
        app.text_input(key="reader_bulk_reason").input("与会员无关").run()
        sound(app.button(key="reader_bulk_refuse").click().run())
    work = drafts.open_work(id)
    assert work.pending == 0
    assert work.ready


def test_a_refused_figure_keeps_its_reason_and_next_passes_over(store: Store, at_root: None) -> None:
    id = drafted(REPORT.encode(), "报告.txt")
    row = judge(id)
    app = sound(run("upload", draft=id, step="review"))
    sound(app.button(key="reader_next").click().run())
    assert drafts.open_work(id).pending == 2
    sound(app.button(key="reader_previous").click().run())
    app.selectbox(key="reader_reason").select_index(0).run()
    sound(app.button(key="reader_refuse").click().run())
    assert drafts.open_work(id).draft.state["refusals"][row]


def test_a_timed_release_is_on_no_page_before_its_moment(store: Store, at_root: None) -> None:
    id = batches.begin([drafts.open_work(drafted(workbook(), "甲县.xlsx"))], ME).draft.id
    app = sound(run("review", batch=id))
    app.toggle(key=f"review_later_{id}").set_value(True).run()
    app.date_input(key=f"review_day_{id}").set_value(date.today() + timedelta(days=3)).run()
    sound(app.button(key="review_publish").click().run())
    members = {"reporters": ["dream-town"], "indicators": ["union_members"], "years": [2019]}
    assert store.observations(**members).empty
    assert list(store.observations(as_of=datetime.now(UTC) + timedelta(days=4), **members)["value"]) == [1200]


def test_a_moment_in_the_past_cannot_be_chosen(store: Store, at_root: None) -> None:
    id = batches.begin([drafts.open_work(drafted(workbook(), "甲县.xlsx"))], ME).draft.id
    app = run("review", batch=id)
    app.toggle(key=f"review_later_{id}").set_value(True).run()
    app.time_input(key=f"review_time_{id}").set_value(datetime.min.time()).run()
    assert app.button(key="review_publish").disabled


def test_two_people_at_once_on_one_period(store: Store, at_root: None) -> None:
    mine = batches.begin([drafts.open_work(drafted(workbook(), "甲县.xlsx"))], ME).draft.id
    changed = workbook([("梦想小镇", 1250, 31), GOOD[1]])
    theirs = batches.begin([drafts.open_work(drafted(changed, "乙县.xlsx"))], OTHER).draft.id
    first, second = run("review", batch=mine), run("review", name=OTHER, batch=theirs)
    sound(first.button(key="review_publish").click().run())
    second.button(key="review_publish").click().run()  # a page that was open before
    assert len(store.releases()) == 2
    assert any("有变化" in one.value for one in second.warning)
    again = sound(run("review", name=OTHER, batch=theirs))
    sound(again.button(key="review_refresh").click().run())
    compared = batches.Batch(store.draft(theirs)).compared
    assert compared["kind"].value_counts().to_dict() == {"changed": 2, "unchanged": 2}
    assert again.button(key="review_publish").disabled  # the changes have no reasons yet
    reasons = {f"{kind}|{indicator}": "年报核定" for kind, indicator in batches.Batch(store.draft(theirs)).groups}
    batches.save(theirs, OTHER, reasons=reasons)
    sound(run("review", name=OTHER, batch=theirs).button(key="review_publish").click().run())
    assert set(store.observations(reporters=["dream-town"], years=[2019])["value"]) == {1250, 31}


def test_who_corrected_a_member_cannot_approve_the_batch(store: Store, at_root: None) -> None:
    store.remember(*batches.SECOND_PERSON, True, by="管理员")
    id = drafted(workbook(), "甲县.xlsx")
    drafts.edit(id, OTHER, {"会员!B4": {"as_printed": "1250"}})
    batch = batches.begin([drafts.open_work(id)], ME).draft.id
    batches.submit(batch, ME)
    app = run("review", name=OTHER, batch=batch)
    app.button(key="review_approve").click().run()
    assert any("不能审核自己" in error.value for error in app.error)


def test_the_store_is_verified_at_a_press(store: Store, at_root: None) -> None:
    app = sound(run("admin", part="store"))
    sound(app.button(key="upkeep_verify").click().run())
    assert any("一致" in one.value for one in app.success)


@pytest.mark.parametrize("part", ["correct", "register"])
def test_what_is_missing_is_said(store: Store, at_root: None, part: str) -> None:
    app = sound(run("upload", part=part))
    if part == "correct":
        app.button(key="correct_save").click().run()
        assert [one.value for one in app.warning] == ["请写更正后的数和理由。"]
    else:
        assert any("请写单位全称" in one.value for one in app.caption)


def test_the_difference_is_narrowed_by_city_reporter_and_indicator(store: Store, at_root: None) -> None:
    batch = batches.begin(
        [drafts.open_work(drafted(workbook([*GOOD, ("美妆小镇", 700, 9)]), "甲县.xlsx"))], ME
    ).draft.id
    app = sound(run("review", batch=batch))
    city = app.multiselect(key=f"diff_city_batch_{batch}")
    assert city.options == ["杭州市", "湖州市"]
    city.select("杭州市").run()
    reporters = app.multiselect(key=f"diff_reporter_id_batch_{batch}")
    assert set(reporters.options) == {"云栖小镇", "梦想小镇"}  # those of the city alone
    reporters.select("梦想小镇").run()
    app.multiselect(key=f"diff_indicator_id_batch_{batch}").select("工会会员数").run()
    shown = next(one.value for one in app.dataframe if "本次" in one.value)
    assert list(zip(shown["填报单位"], shown["本次"], strict=True)) == [("梦想小镇", "1,200人")]
    assert len(batches.Batch(store.draft(batch)).compared) == 6  # what is published stays whole


def test_the_log_is_told_in_words_and_keeps_the_entry_as_it_is(store: Store, at_root: None) -> None:
    batches.publish(batches.begin([drafts.open_work(drafted(workbook(), "甲县.xlsx"))], ME).draft.id, ME, None)
    shown = sound(run("admin", part="log")).dataframe[0].value
    row = shown[shown["做了什么"].eq("发布")].iloc[0]
    assert row["详情"].startswith("第 2 批 · 4 个数 · 新填报：甲县.xlsx")
    assert row["原始记录"].startswith("{")


def test_the_english_difference_keeps_the_kind_of_a_change_beside_its_size(store: Store, at_root: None) -> None:
    batch = batches.begin([drafts.open_work(drafted(workbook(), "甲县.xlsx"))], ME).draft.id
    app = sound(run("review", batch=batch, lang="en"))
    shown = next(one.value for one in app.dataframe if "Size of change" in one.value)
    assert shown["Change"].str.contains("New").all()


def test_words_that_are_read_as_a_figure_are_shown_as_data(store: Store, at_root: None) -> None:
    work = drafts.open_work(drafted(workbook([GOOD[0], ("云栖小镇", "八百多", 20)]), "甲县.xlsx"))
    roles, _tables = preview._roles(work)
    assert set(roles.set_index("cell").loc[["B5", "C5"], "role"]) == {"data"}
    assert 800 in set(work.figures["value"])


def test_who_opens_a_draft_that_nobody_has_read_yet_gets_it_read(store: Store, at_root: None) -> None:
    id = drafts.receive("甲县.xlsx", workbook(), OTHER).draft.id
    sound(run("upload"))
    assert drafts.open_work(id).stage == drafts.RECEIVED  # another person's, not opened
    sound(run("upload", draft=id))
    assert drafts.open_work(id).ready
