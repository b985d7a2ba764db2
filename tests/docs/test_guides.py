"""What README and guides say can be done: their commands run in order, their pictures and links exist."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.docs import walk
from ui import guides

DOCS = walk.ROOT / "docs"
SPOKEN = [walk.ROOT / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md")]
GUIDES = sorted(path for name in guides.names() for path in DOCS.glob(f"{name}*.md"))
PAGES = [*SPOKEN, *GUIDES, DOCS / "architecture.md", DOCS / "index.md"]
COMMAND = re.compile(r"`(python -m [^`]+)`")
TARGET = re.compile(r"\bmake ([a-z-]+)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
# What serves, tests or takes long is shown elsewhere: tests/browser, CI.
ELSEWHERE = (
    "python -m ui.server",
    "python -m scripts.demo",
    "python -m pytest",
    "python -m benchmarks",
    "python -m deploy.check",
)


def commands(path: Path) -> list[tuple[str, int]]:
    """Every command of a page in order: the shell blocks, then those named in the text."""
    text = path.read_text(encoding="utf-8")
    if path.name == "CONTRIBUTING.md":  # its examples are carried out on a copy, by test_examples.py
        text = text.partition("## Walked examples")[0] + text.partition("## Dependencies")[2]
    shell = [one for block in walk.blocks(text) if block.lang == "sh" for one in walk.commands(block)]
    named = [(found, 0) for found in COMMAND.findall(text)]
    return [
        one
        for one in dict.fromkeys([*shell, *named])
        if one[0].startswith("python") and not one[0].startswith(ELSEWHERE)
    ]


def desk(folder: Path) -> Path:
    """Return a folder that looks like the project but keeps what commands write, with a store of its own."""
    for one in walk.ROOT.iterdir():
        if one.is_dir() and not one.name.startswith(".") and one.name not in ("var", "site"):
            os.symlink(one, folder / one.name)
    os.symlink(walk.ROOT / "requirements.txt", folder / "requirements.txt")
    return folder


WITH_COMMANDS = [path for path in [*SPOKEN, *GUIDES] if commands(path)]


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, tuple[Path, list[tuple[int, str]]]]:
    """Each page's desk and how its commands ended there."""
    desks = {path: desk(tmp_path_factory.mktemp("desk")) for path in WITH_COMMANDS}
    asked = [(path, command) for path in WITH_COMMANDS for command, _status in commands(path)]
    done = walk.run_together([(desks[path], command) for path, command in asked])
    return {
        path: (desks[path], [one for (of, _command), one in zip(asked, done, strict=True) if of == path])
        for path in WITH_COMMANDS
    }


@pytest.mark.slow
@pytest.mark.parametrize("path", WITH_COMMANDS, ids=lambda path: path.name)
def test_the_commands_of_a_page_run(path: Path, ended: dict[Path, tuple[Path, list[tuple[int, str]]]]) -> None:
    folder, done = ended[path]
    for (command, status), (found, said) in zip(commands(path), done, strict=True):
        walk.insist(command, status, found, said)
        for made in re.findall(r"(?:-o|--out|backup|export) (\S+)", command):
            assert (folder / made).exists(), command


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_make_target_that_a_page_names_exists(path: Path) -> None:
    there = set(re.findall(r"^([a-z-]+):.*##", (walk.ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    spans = re.findall(r"`[^`\n]+`|^make .*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for span in spans for name in TARGET.findall(span)} <= there


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_picture_and_link_leads_somewhere(path: Path) -> None:
    targets = [name for name in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in name]
    assert not [name for name in targets if not (path.parent / name).exists()]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_the_help_page_can_show_a_guide_with_its_pictures(path: Path) -> None:
    pieces = list(guides.pieces(path.read_text(encoding="utf-8")))
    pictures = [picture for _words, picture in pieces if picture]
    assert all((guides.DOCS / picture[1]).is_file() for picture in pictures)
    assert path.name.startswith("operators") or pictures
    assert not any("](" in words for words, _picture in pieces)


def test_every_guide_is_there_in_both_languages() -> None:
    names = {path.name for path in GUIDES}
    assert names == {f"{name}{ending}" for name in guides.names() for ending in (".md", ".en.md")}


def test_no_picture_is_kept_for_nothing_and_all_are_small() -> None:
    named = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    kept = list((DOCS / "pictures").iterdir())
    assert not [path.name for path in kept if path.name not in named]
    assert sum(path.stat().st_size for path in kept) < 1_500_000
