"""What the program is made of: ``python -m deploy.supply licences | sbom | secrets``.

``licences`` lists every pinned library with its licence and says which ones need a look; ``sbom`` prints the
same as a CycloneDX 1.6 document with the hashes of requirements.txt; ``secrets`` looks for keys and passwords
in the files under version control and is part of ``make lint``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Licences under which the program may be given away without a further duty than to name them.
FREE = re.compile(r"\b(MIT|BSD|Apache|ISC|PSF|Python|MPL|Unlicense|HPND|CC0|0BSD|Zlib|Public Domain)", re.IGNORECASE)
MADE_UP = "password in an address"  # tests of addresses need some
SECRETS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "cloud key": re.compile(r"\b(AKIA[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,20}|AKID[0-9A-Za-z]{32})\b"),
    "token": re.compile(r"\b(gh[pousr]_[0-9A-Za-z]{36}|glpat-[\w-]{20}|xox[baprs]-[\w-]{10,}|sk-[A-Za-z0-9]{32,})\b"),
    "signed token": re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"),
    MADE_UP: re.compile(r"://[^/\s:@{}]+:(?!\*{3}@)[^/\s:@{}]{3,}@[\w.-]+"),
    "secret": re.compile(
        r"""(?i)\b(cookie_secret|client_secret|password|passwd|api_key)\s*[=:]\s*["'](?=[^"']*\d)[\w+/=-]{16,}["']"""
    ),
}
BINARY = {".png", ".pdf", ".xls", ".xlsx", ".docx", ".pptx", ".woff2", ".gz", ".parquet"}


@dataclass(frozen=True, slots=True)
class Library:
    """A pinned library."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]


def libraries(requirements: Path = ROOT / "requirements.txt") -> list[Library]:
    """Return the pinned libraries by name, with the licence that the installed one states."""
    text = requirements.read_text(encoding="utf-8")
    starts = list(PINNED.finditer(text))
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return [
        Library(start[1], start[2], licence(start[1]), tuple(HASH.findall(text[start.end() : end])))
        for start, end in zip(starts, ends, strict=True)
    ]


def licence(name: str) -> str:
    """Return what an installed library says of its licence; '' where it is not installed here."""
    try:
        said: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")
    ]
    stated = (said.get("License") or "").strip().partition("\n")[0]
    return str(said.get("License-Expression") or ", ".join(classified) or stated or "?")


def sbom() -> dict[str, Any]:
    """Return the libraries as a CycloneDX document."""
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {"type": "application", "name": "grassroots-union-pilots"}},
        "components": [_component(one) for one in libraries()],
    }  # fmt: skip


def _component(one: Library) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "library", "name": one.name, "version": one.version,
                             "purl": f"pkg:pypi/{one.name.lower().replace('_', '-')}@{one.version}"}  # fmt: skip
    if one.licence:
        found["licenses"] = [{"license": {"name": one.licence}}]
    # The lock file holds the hash of every file of a release: they stand as properties, not as one component's hashes.
    found["properties"] = [{"name": "pip:sha256", "value": value} for value in one.hashes]
    return found


def secrets(root: Path = ROOT) -> Iterator[str]:
    """Yield ``file:line: kind`` for everything under version control that looks like a secret."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = root / name
        if path.suffix in BINARY or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for kind, pattern in SECRETS.items():
                made_up = name.startswith("tests/") and kind == MADE_UP
                if not made_up and pattern.search(line[:2_000]):
                    yield f"{name}:{number}: {kind}"


def main() -> int:
    """Run the asked for part; 1 when something needs a look."""
    asked = sys.argv[1] if len(sys.argv) == 2 else ""
    if asked == "sbom":
        print(json.dumps(sbom(), ensure_ascii=False, indent=1))
        return 0
    if asked == "secrets":
        found = list(secrets())
        print("\n".join(found), end="\n" if found else "")
        return 1 if found else 0
    if asked == "licences":
        table = libraries()
        for one in table:
            mark = " " if not one.licence or FREE.search(one.licence) else "!"
            print(f"{mark} {one.name:28} {one.version:14} {one.licence or 'not installed on this system'}")
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
