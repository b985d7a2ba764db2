"""A report as rows of the tidy table."""

from __future__ import annotations

from loaders.figures.observations import observations
from tidy.schema import OBSERVATION_COLUMNS


def test_a_report_becomes_rows_with_the_columns_of_the_table(tmp_path):
    path = tmp_path / "work.txt"
    path.write_text("截至2018年6月，会员达24万人。2017年救助困难职工2704户。计划培训300人。", encoding="utf-8")
    members, families, target = observations(path)
    assert set(OBSERVATION_COLUMNS) <= set(members)
    assert (members["period"], members["period_type"], members["measure"]) == ("2018-06", "instant", "stock")
    assert (families["period_type"], families["source_id"], families["locator"]) == ("interval", "work", "29-34")
    assert target["measure"] == "target"
    assert "1" in str(members["note"])
