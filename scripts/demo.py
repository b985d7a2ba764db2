"""A throw-away app full of samples: ``python -m scripts.demo [--port N]`` (make demo); all of it is gone afterwards.

The sound samples are published, the faulty ones wait as drafts of 演示, which say that they are samples; every page says that these are demonstration data.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from store import open_store
from tidy import samples

ROOT = Path(__file__).resolve().parent.parent
WHO = "演示"


def fill(url: str) -> None:
    """Publish the sound samples into the store at ``url``; the faulty ones, and all of them on a refusal, become drafts."""
    paths = list(samples.files().values())
    workbooks = [path for path in paths if path.suffix == ".xlsx"]
    faulty, sound = workbooks[:2], [path for path in paths if path not in workbooks[:2]]
    command = [
        sys.executable,
        "-m",
        "loaders",
        "load",
        *map(str, sound),
        "--by",
        WHO,
        "--note",
        f"示例，{samples.INVENTED}",
    ]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PILOTS_STORE": url}, stderr=subprocess.DEVNULL)
    store = open_store(url)
    for path in faulty if done.returncode == 0 else [*faulty, *sound]:
        state = {"stage": "received", "sample": samples.REHEARSAL}
        store.save_draft(by=WHO, kind="file", file_name=path.name, content=path.read_bytes(), state=state)
    store.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill a store in a temporary folder and serve it until stopped."""
    parser = argparse.ArgumentParser(prog="python -m scripts.demo")
    parser.add_argument("--port", default="8501")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_about: sys.exit(0))  # leave through the end of the with block
    with tempfile.TemporaryDirectory(prefix="pilots-demo-") as folder:
        url = str(Path(folder) / "store")
        fill(url)
        print(f"演示数据 · demonstration data: http://127.0.0.1:{given.port}  (Ctrl-C)", flush=True)
        environment = {**os.environ, "PILOTS_STORE": url, "PILOTS_DEMO": "1"}
        server = subprocess.Popen([sys.executable, "-m", "ui.server", "--port", given.port], cwd=ROOT, env=environment)
        try:
            return server.wait()
        except (KeyboardInterrupt, SystemExit):
            server.terminate()
            server.wait(20)
            return 0


if __name__ == "__main__":
    sys.exit(main())
