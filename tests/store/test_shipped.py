"""The figures that come with the program: published once, replaced by a newer program, never over an office's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import NotFound, Store, open_store
from tests.store.conftest import SHIPPED, Opener, figures, values, write_data
from tidy.problems import DataProblems


def test_shipped_figures_are_the_first_release_and_come_in_once(opened: Opener) -> None:
    store, again = opened(), opened()
    assert [release.kind for release in again.releases()] == ["shipped"]
    assert len(values(store)) == len(SHIPPED)


def test_a_newer_program_replaces_what_the_older_shipped(opened: Opener, data: Path) -> None:
    opened()
    write_data(data, figures(*SHIPPED[:2], ("r1", "members", "2017", "stock", "1500人"), prefix="new-"))
    store = opened()
    assert set(values(store)) == {"new-1", "new-2", "new-3"}
    assert store.releases()[1].withdraws == (1,)


def test_an_older_program_beside_a_newer_one_does_not_publish_again(opened: Opener, data: Path) -> None:
    opened()
    newer = figures(*SHIPPED[:2], prefix="new-")
    write_data(data, newer)
    opened()
    write_data(data, figures(*SHIPPED, prefix="shipped-"))
    assert set(values(opened())) == {"new-1", "new-2"}


def test_what_an_office_corrected_outlives_a_newer_program(opened: Opener, data: Path) -> None:
    store = opened()
    store.publish(figures(("r1", "members", "2017", "stock", "1300人"), prefix="ours"), by="甲", note="更正")
    write_data(data, figures(*SHIPPED, ("r3", "members", "2020", "stock", "5人"), prefix="new-"))
    believed = values(opened())
    assert believed["ours1"] == 1300
    assert "new-1" not in believed
    assert believed["new-7"] == 5


def test_a_faulty_shipped_table_stops_the_start_naming_file_and_line(tmp_path: Path, data: Path) -> None:
    write_data(data, figures(*SHIPPED).assign(indicator_id=["members", "nonsense", *["members"] * 4]))
    with pytest.raises(DataProblems, match=r"observations\.csv!3: .*nonsense"):
        open_store(str(tmp_path / "other"), data=data)


def test_missing_shipped_tables_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"observations\.csv"):
        open_store(str(tmp_path / "other"), data=tmp_path / "nothing")


def test_the_real_tables_open(tmp_path: Path) -> None:
    from tidy.schema import DATA, read_table

    if not (DATA / "observations.csv").exists():
        pytest.skip("data/observations.csv is not there yet")
    store: Store = open_store(str(tmp_path / "store"))
    assert len(store.observations(columns=["value"])) == len(read_table("observations"))
    store.close()
