"""Runs the commands of all pages one after the other in this interpreter: starting one for each takes most of the time.

Reads a JSON list of folders and arguments (``["/tmp/desk", ["store", "status"]]`` for ``python -m store status``) and
writes one of ``[exit status, what was said]``. Each runs as ``python -m`` would run it, in its folder, with the store
that is kept there, in a context of its own.
"""

from __future__ import annotations

import contextlib
import contextvars
import io
import json
import os
import runpy
import sys
import traceback


def run(folder: str, words: list[str]) -> tuple[int, str]:
    """Run one command; return its exit status and what it said, a traceback included."""
    os.chdir(folder)
    os.environ["PILOTS_STORE"] = f"{folder}/.kept"
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    status: object = 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        sys.argv = words
        try:
            runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        except SystemExit as end:
            status = end.code
        except BaseException:
            traceback.print_exc()
            status = 1
    text = said.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    return (status, text) if isinstance(status, int) else (int(status is not None), f"{text}{status or ''}")


if __name__ == "__main__":
    done = [contextvars.copy_context().run(run, *one) for one in json.load(sys.stdin)]
    json.dump(done, sys.stdout)
