"""Documents that are carried out: titled blocks are files, ``sh`` blocks are commands, on a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r'^```(?P<lang>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL)
LEFT_OUT = shutil.ignore_patterns(".*", "var", "site", "__pycache__", "peers")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file it is for, its text."""

    lang: str
    title: str
    body: str


def blocks(text: str) -> list[Block]:
    """Return the fenced blocks of a Markdown text, in order."""
    return [Block(found["lang"], found["title"] or "", found["body"]) for found in BLOCK.finditer(text)]


def sections(text: str, level: str) -> dict[str, str]:
    """Return a document's sections of a heading level by their headings."""
    parts = re.split(rf"^{level} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def copy(folder: Path) -> Path:
    """Return a copy of the project in a folder."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    return folder


def write(block: Block, folder: Path) -> None:
    """Bring a titled block into the copy: a new file, lines to append, or lines to replace (diff)."""
    name = block.title.removesuffix(" (append)")
    path = folder / name
    if block.lang == "diff":
        path.write_text(_replaced(path.read_text(encoding="utf-8"), block.body, name), encoding="utf-8")
    elif name != block.title:
        before = path.read_text(encoding="utf-8")
        between = "\n" if name.endswith(".po") else ""
        path.write_text(before + ("" if before.endswith("\n") else "\n") + between + block.body, encoding="utf-8")
    else:
        assert not path.exists(), f"{name} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")


def _replaced(text: str, diff: str, name: str) -> str:
    """Replace each run of ``-`` lines by the ``+`` lines that follow it; ends of lines may be left out."""
    for found in re.finditer(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.MULTILINE):
        old, new = ("\n".join(line[1:] for line in part.splitlines()) for part in found.groups())
        assert text.count(old) == 1, f"{name}: {old!r} stands there {text.count(old)} times"
        text = text.replace(old, new)
    return text


def commands(block: Block) -> Iterator[tuple[str, int]]:
    """Yield a shell block's commands with the exit status that a trailing ``# exit N`` announces."""
    for line in block.body.replace("\\\n", " ").splitlines():
        command, _hash, said = line.partition(" #")
        announced = re.search(r"exit (\d)", said)
        if command.strip():
            yield command.strip(), int(announced[1]) if announced else 0


def run(command: str, folder: Path, said: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a folder with this Python and a store of its own."""
    words = re.sub(r"(^|\s)python(?= )", rf"\g<1>{sys.executable}", command)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PILOTS_", "LC_", "PYTEST_"))}
    surroundings = {**kept, "PILOTS_STORE": str(folder / ".kept"), "LANG": "zh_CN.UTF-8", **more}
    return subprocess.run(
        words, shell=True, cwd=folder, env=surroundings, input=said, capture_output=True, text=True, timeout=600
    )


def run_together(commands: Sequence[tuple[Path, str]]) -> list[tuple[int, str]]:
    """Run commands of the form ``python -m …``, each in its folder, in one interpreter; return exit status and words."""
    words = [(str(folder), shlex.split(command)[2:]) for folder, command in commands]
    done = run("python -m tests.docs.together", commands[0][0], json.dumps(words))
    assert done.returncode == 0, done.stderr[-4000:]
    return [(status, text) for status, text in json.loads(done.stdout)]


def carry_out(command: str, status: int, folder: Path, **more: str) -> str:
    """Run a command, insist on its exit status, and return what it said."""
    done = run(command, folder, **more)
    return insist(command, status, done.returncode, done.stdout + done.stderr)


def insist(command: str, status: int, found: int, said: str) -> str:
    """Hold that a command ended as announced and without a traceback; return what it said."""
    assert found == status, f"{command}: {found}\n{said[-4000:]}"
    assert "Traceback" not in said, said[-4000:]
    return said
