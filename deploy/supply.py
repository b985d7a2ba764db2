"""What the program is made of: ``python -m deploy.supply licences | sbom | secrets | audit | audit-online``.

``licences`` lists every pinned library with its licence and says which ones need a look; ``sbom`` prints the
same as a CycloneDX 1.6 document with the hashes of requirements.txt; ``secrets`` looks for keys and passwords
in the files under version control; ``audit`` holds the pinned versions against the kept list of advisories and the
installed ones against the pinned, without a network; ``audit-online`` asks PyPI besides. 1 when something needs a look.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy import audit
from deploy.libraries import ROOT, Library, libraries

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
MADE = {".git", ".venv", "var", "site", ".ruff_cache", ".mypy_cache", ".pytest_cache", ".hypothesis"}
BINARY = {".png", ".pdf", ".xls", ".xlsx", ".docx", ".pptx", ".woff2", ".gz", ".parquet"}


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


def controlled(root: Path) -> list[str]:
    """Return the files under version control; where there is no git, all but what set-up and work have made."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        paths = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
        return sorted(path.as_posix() for path in paths if path.parts[0] not in MADE)
    return list(filter(None, listed.split("\0")))


def secrets(root: Path = ROOT) -> Iterator[str]:
    """Yield ``file:line: kind`` for everything under version control that looks like a secret."""
    for name in controlled(root):
        path = root / name
        if path.suffix in BINARY or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for kind, pattern in SECRETS.items():
                made_up = name.startswith("tests/") and kind == MADE_UP
                if not made_up and pattern.search(line[:2_000]):
                    yield f"{name}:{number}: {kind}"


def show_sbom() -> int:
    """Print the bill of materials."""
    print(json.dumps(sbom(), ensure_ascii=False, indent=1))
    return 0


def show_secrets() -> int:
    """Print what looks like a secret."""
    found = list(secrets())
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


def show_licences() -> int:
    """Print the libraries with their licences, an exclamation mark before those that need a look."""
    for one in libraries():
        mark = " " if not one.licence or FREE.search(one.licence) else "!"
        print(f"{mark} {one.name:28} {one.version:14} {one.licence or 'not installed on this system'}")
    return 0


def show_audit() -> int:
    """Print what is known against the pinned libraries without a network."""
    pinned = libraries()
    found = [*audit.known(pinned), *audit.other_than_pinned(pinned)]
    print(
        "\n".join(
            [*found, f"{len(pinned)} libraries against {len(audit.kept())} kept advisories: {len(found)} to look at"]
        )
    )
    return 1 if found else 0


def show_audit_online() -> int:
    """The same, and what PyPI knows; a library that could not be asked about is not called sound."""
    kept, (found, unasked) = show_audit(), audit.online()
    print("\n".join([*found, f"PyPI: {len(found)} to look at; not asked: {' '.join(unasked) or 'none'}"]))
    return 1 if kept or found or unasked else 0


COMMANDS = {"sbom": show_sbom, "secrets": show_secrets, "licences": show_licences, "audit": show_audit,
            "audit-online": show_audit_online}  # fmt: skip


def main() -> int:
    """Run the asked for part; 1 when something needs a look."""
    command = COMMANDS.get(sys.argv[1]) if len(sys.argv) == 2 else None
    if command is None:
        print(__doc__, file=sys.stderr)
        return 2
    return command()


if __name__ == "__main__":
    sys.exit(main())
