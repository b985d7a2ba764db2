"""The sample files are what their maker makes, say that they are invented, and hold the faults they promise."""

from __future__ import annotations

import io
import zipfile

import pytest

from loaders.loading import load
from scripts import samples

FAULTS = {
    "示例1-组织与会员.xlsx": {"above_maximum", "unknown_reporter", "total_differs"},
    "示例2-医疗互助.xlsx": {"formula_error", "duplicate_key", "hidden_data", "jump"},
    "示例3-填报表.xlsx": set(),
    "示例4-工作报告.docx": {"figure_open"},
    "示例5-通讯.txt": {"figure_open"},
}


def parts(content: bytes) -> dict[str, bytes] | bytes:
    """The members of an office file, which packs differently from one library version to the next."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_sample_is_what_its_maker_makes(name: str) -> None:
    assert parts((samples.HERE / name).read_bytes()) == parts(samples.SAMPLES[name]())


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_sample_holds_the_faults_it_promises(name: str) -> None:
    assert {problem.code for problem in load(samples.HERE / name).problems} == FAULTS[name]


def test_every_sample_says_that_it_is_one() -> None:
    names = {path.name for path in samples.HERE.iterdir()} - {"README.md"}
    assert names == set(samples.SAMPLES)
    assert all(name.startswith("示例") for name in names)
    told = (samples.HERE / "README.md").read_text(encoding="utf-8")
    assert all(name in told for name in names)
