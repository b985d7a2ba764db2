"""Where a store lives: PILOTS_STORE read into a catalogue, a home for objects, a cache and an engine.

* ``var/store`` or ``sqlite:///path``: a folder with an SQLite catalogue (the default);
* ``postgresql://user@host/db?files=/srv/figures``: a PostgreSQL catalogue, objects in a shared
  folder or, by any fsspec URL, in object storage; ``cache=`` names the local folder for derived files;
* ``engine=sc://host:15002`` on either: the analytic queries run on Spark or Sail over Spark Connect.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from store.errors import WrongUse
from tidy.language import _

DEFAULT = Path(__file__).resolve().parent.parent / "var" / "store"
_DATABASE_FILES = {".db", ".sqlite", ".sqlite3"}
_OURS = ("files", "cache", "engine")


@dataclass(frozen=True, slots=True)
class Location:
    """The parts of a store's address; ``folder`` is None when the catalogue is a server."""

    catalogue: str
    objects: str
    cache: Path
    engine: str
    folder: Path | None

    @property
    def embedded(self) -> bool:
        """True for the SQLite size, which needs nothing to be started."""
        return self.folder is not None

    def with_cache_elsewhere(self) -> Location:
        """Return the same place with its derived files in a temporary folder: ours cannot be written."""
        return replace(self, cache=_temporary(self.catalogue))


def locate(url: str | None = None) -> Location:
    """Read ``url`` (default: PILOTS_STORE, else a folder under var/); raise ``WrongUse`` if unknown."""
    text = url or os.environ.get("PILOTS_STORE") or str(DEFAULT)
    scheme = urlsplit(text).scheme
    if scheme in ("", "file", "sqlite"):
        return _embedded(text, scheme)
    if scheme.partition("+")[0] in ("postgresql", "postgres"):
        return _server(text)
    raise WrongUse(_("不认识的存储地址 {url} → 用目录、sqlite:/// 或 postgresql://").format(url=_hidden(text)))


def _embedded(text: str, scheme: str) -> Location:
    path_text, _mark, query = text.partition("?")
    path_text = path_text.removeprefix(f"{scheme}://") if scheme else path_text
    if scheme == "sqlite":  # SQLAlchemy's habit: three slashes relative, four absolute
        path_text = path_text.removeprefix("/")
    try:
        given, options = Path(path_text).expanduser().absolute(), _options(query)
    except RuntimeError as error:  # ~somebody who has no home here
        raise WrongUse(_("不认识的存储地址 {url} → 用目录、sqlite:/// 或 postgresql://").format(url=text)) from error
    is_file = given.suffix in _DATABASE_FILES and not given.is_dir()
    folder = given.with_suffix(".d") if is_file else given
    database = given if is_file else folder / "catalogue.sqlite"
    return Location(
        catalogue=f"sqlite:///{database}",
        objects=options.get("files", str(folder / "objects")),
        cache=Path(options.get("cache", folder / "derived")),
        engine=options.get("engine", "duckdb"),
        folder=folder,
    )


def _server(text: str) -> Location:
    parts = urlsplit(text)
    options = _options(parts.query)
    if "files" not in options:
        raise WrongUse(_("{url} 缺少 files= → 请写明各服务器共用的数据文件目录").format(url=_hidden(text)))
    rest = {name: values for name, values in parse_qs(parts.query).items() if name not in _OURS}
    catalogue = urlunsplit(("postgresql+psycopg", parts.netloc, parts.path, urlencode(rest, doseq=True), ""))
    cache = options.get("cache", _temporary(f"{catalogue}|{options['files']}"))
    return Location(catalogue, options["files"], Path(cache), options.get("engine", "duckdb"), None)


def _temporary(name: str) -> Path:
    mine = hashlib.sha256(name.encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"pilots-{os.getuid()}" / mine


def _hidden(url: str) -> str:
    """The address without its password, fit for a message."""
    return re.sub(r"(//[^:/@]*):[^@/]*@", r"\1:***@", url)


def _options(query: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(query).items()}
