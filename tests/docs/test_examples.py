"""The walked examples of CONTRIBUTING.md work, each on its own copy of the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import walk

TEXT = (walk.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = walk.sections(walk.sections(TEXT, "##")["Walked examples"], "###")
# What an example's commands must have said beside ending well.
SAYS = {
    "An indicator": "night_schools",
    "An alias": "union_associations",
    "A check": "passed",
    "A chart": "passed",
    "A page": "passed",
    "A language": "Tout est en ordre",
    "A story": "",
}


def test_every_example_is_known() -> None:
    assert set(EXAMPLES) == set(SAYS)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_works(name: str, tmp_path: Path) -> None:
    folder = walk.copy(tmp_path / "project")
    blocks = walk.blocks(EXAMPLES[name])
    for block in blocks:
        if block.title:
            walk.write(block, folder)
    told = [walk.carry_out(*one, folder) for block in blocks if block.lang == "sh" for one in walk.commands(block)]
    assert told
    assert re.search(SAYS[name], "\n".join(told))
    for made in re.findall(r"--?o(?:ut)? (\S+)", EXAMPLES[name]):
        assert (folder / made).stat().st_size


def test_every_path_of_the_table_exists() -> None:
    table = walk.sections(TEXT, "##")["Where to change a thing"]
    named = [name for name in re.findall(r"`([\w./<>-]+)`", table) if "/" in name or "." in name]
    assert len(named) > 30
    missing = [name for name in named if not list(walk.ROOT.glob(name.replace("<table>", "*").rstrip("/")))]
    assert missing == [".en.md"]
