"""Whether a pinned library is known to be vulnerable: against the kept list, and with a network against PyPI's.

``deploy/advisories.csv`` holds advisories against libraries that we use and the version that mended them, so that no
update by hand goes back behind one. It is short and kept by people; what was found since is known to PyPI only,
hence ``online``: pip-audit over the lock file, which says which libraries it could not ask about.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path

from packaging.version import Version

from deploy.libraries import ROOT, Library

KEPT = Path(__file__).with_name("advisories.csv")
AUDIT = (
    sys.executable, "-m", "uv", "tool", "run", "pip-audit==2.10.1", "--progress-spinner", "off", "--format", "json",
    "--disable-pip", "--require-hashes", "--requirement", str(ROOT / "requirements.txt"),
)  # fmt: skip
Run = Callable[[Sequence[str]], str]


def kept() -> list[dict[str, str]]:
    """Return the kept advisories."""
    with KEPT.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def known(libraries: Iterable[Library]) -> Iterator[str]:
    """Yield a line for each advisory of the kept list that a pinned version has not mended."""
    advisories = kept()
    for one in libraries:
        for row in advisories:
            if row["library"] == one.name.lower() and Version(one.version) < Version(row["fixed_in"]):
                yield f"{one.name} {one.version}: {row['id']}, {row['what']} → {row['fixed_in']}"


def other_than_pinned(libraries: Iterable[Library]) -> Iterator[str]:
    """Yield a line for each library that is installed in another version than the lock file says."""
    pinned: dict[str, set[str]] = {}
    for one in libraries:
        pinned.setdefault(one.name, set()).add(one.version)
    for name, versions in pinned.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        if installed not in versions:
            yield f"{name}: installed {installed}, pinned {' / '.join(sorted(versions))} → make run"


def run(command: Sequence[str]) -> str:
    """Return what a command prints; '' when it cannot be run."""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def online(run: Run = run) -> tuple[list[str], list[str]]:
    """Return what PyPI knows against pinned libraries, and the libraries it could not be asked about.

    pip-audit itself says "no known vulnerabilities" when it could ask about none.
    """
    try:
        asked = json.loads(run(AUDIT))["dependencies"]
    except (ValueError, KeyError):
        return [], ["all"]
    found = [
        f"{one['name']} {one['version']}: {fault['id']} → {' / '.join(fault['fix_versions']) or 'not mended yet'}"
        for one in asked
        for fault in one.get("vulns", ())
    ]
    return found, [one["name"] for one in asked if "skip_reason" in one]
