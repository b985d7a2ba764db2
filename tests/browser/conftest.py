"""A real app on a free port of 127.0.0.1."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import free_port, serving

PICTURES = Path(os.environ.get("PILOTS_PICTURES", "/tmp/pilots-pictures"))


@dataclass
class App:
    """A served app: its address, the folder of its store and the number of its process."""

    url: str
    folder: Path
    pid: int


@contextlib.contextmanager
def served(folder: Path, **environment: str) -> Iterator[App]:
    """Serve the app as ``make run`` does, on a store of its own; stop exactly what was started.

    Its policy lets no string be evaluated in the page: ``wait_for_function`` takes functions.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "ui.server", "--port", str(port)]
    environment = {"PILOTS_STORE": str(folder / "store"), **environment}
    with serving(command, f"{url}/_stcore/health", folder / "app.log", **environment) as process:
        yield App(url, folder, process.pid)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One app for all tests that only look."""
    with served(tmp_path_factory.mktemp("app")) as one:
        yield one


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app with a store of its own for a module whose tests publish one after the other."""
    with served(tmp_path_factory.mktemp("desk")) as one:
        yield one


@pytest.fixture
def own(tmp_path: Path) -> Iterator[App]:
    """An app with a store of its own, for tests that publish."""
    with served(tmp_path) as one:
        yield one


@pytest.fixture(autouse=True)
def windows_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """No window of a test goes on asking the server that the next test uses."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()
