"""Every numeral of the sources is a figure or stands in the ledger, and every place is exact."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from tests.data.seeds import SEEDS, needs_seeds, span, text
from tidy import numerals
from tidy.schema import DATA, read_table

pytestmark = needs_seeds
SOURCES = tuple(read_table("sources")["source_id"])


def table(name: str) -> pd.DataFrame:
    """A table of data/ without typed columns, as it stands in the file."""
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("source_id", SOURCES)
def test_figures_and_ledger_are_all_numerals_and_share_none(source_id: str) -> None:
    found = {(one.start, one.end) for one in numerals.scan(text(source_id))}
    figures = [span(place) for place in table("observations").query("source_id == @source_id")["locator"]]
    inside = {one for one in found if any(start <= one[0] and one[1] <= end for start, end in figures)}
    ledger = {span(place) for place in table("numerals_not_figures").query("source_id == @source_id")["locator"]}

    assert inside | ledger == found
    assert not inside & ledger


@pytest.mark.parametrize(
    ("name", "column"),
    [("observations", "as_printed"), ("numerals_not_figures", "printed"), ("known_errors", "printed")],
)
def test_each_place_holds_what_is_printed(name: str, column: str) -> None:
    wrong = []
    for row in table(name).to_dict("records"):
        start, end = span(row["locator"])
        if text(row["source_id"])[start:end] != row[column]:
            wrong.append((row["source_id"], row["locator"], row[column]))

    assert wrong == []


def test_each_reporter_is_named_at_its_place() -> None:
    wrong = []
    for row in table("reporters").query("locator != ''").to_dict("records"):
        start, end = span(row["locator"])
        names = {row["name"], *row["aliases"].split("|")}
        if not any(text(row["source_id"])[start:end] in name for name in names):
            wrong.append(row["reporter_id"])

    assert wrong == []


def test_the_texts_are_the_ones_that_were_read() -> None:
    for row in table("sources").to_dict("records"):
        content = (SEEDS / f"{row['source_id']}.txt").read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"], row["source_id"]
