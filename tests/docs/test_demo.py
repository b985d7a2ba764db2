"""``make demo`` serves the samples and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import demo
from store import open_store
from tests.docs.walk import ROOT
from tests.serving import await_answer, free_port
from tidy import samples


@pytest.mark.slow
def test_the_demonstration_shows_every_sample_and_its_store_is_gone_afterwards(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "scripts.demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)})
    try:
        await_answer(f"http://127.0.0.1:{port}/health", process)
        (folder,) = tmp_path.glob("pilots-demo-*")
        every_sample_is_published_or_waits_as_a_draft(str(folder / "store"))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert not list(tmp_path.glob("pilots-demo-*"))


def every_sample_is_published_or_waits_as_a_draft(url: str) -> None:
    store = open_store(url)
    waiting = {draft.file_name for draft in store.drafts()}
    published = {file.name for release in store.releases()[1:] for file in store.files(release.id)}
    assert waiting | published >= set(samples.files())
    assert {(draft.owner, draft.state["sample"]) for draft in store.drafts()} == {(demo.WHO, samples.REHEARSAL)}
    assert samples.INVENTED in store.releases()[-1].note
    store.close()
