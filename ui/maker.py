"""The second process: works out what the server asks for and draws it. ``python -m ui.maker``, started by ui/elsewhere.

Questions come by standard input and answers go by standard output, both pickled, between two processes of
the same program alone; it ends with the server.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
from typing import IO, Any

from tidy import language
from tidy.exhibit import Exhibit
from tidy.logs import set_up
from ui import cached, collector, show
from ui.elsewhere import READY, Answers, Question, receive, send

log = logging.getLogger("pilots.ui")


def answer(question: Question) -> Answers:
    """Return what is made, each with its drawing; ``None`` where the server had better do it itself."""
    with language.using(question.lang):
        try:
            if not cached.is_served(question.load_id):
                return None
            made = [cached.made(*one) for one in question.wanted]
            return [(one, _drawing(one, question.mode)) for one in made]
        except Exception:  # the server meets it too, and says so to the reader
            log.exception("the server has to work it out itself")
            return None


def _drawing(made: Any, mode: str) -> Any:
    """What a page shows of an exhibit: its drawing, or the rows of a table; nothing of whatever else is made."""
    if not isinstance(made, Exhibit) or made.empty:
        return None
    return cached.listed(made, show.readable) if made.kind == "table" else cached.drawn(made, mode)


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until the server is gone."""
    cached.store()
    collector.set_aside()
    send(answers, READY)
    while True:
        try:
            question = pickle.loads(receive(questions))
        except EOFError:
            return
        try:
            said = pickle.dumps(answer(question), pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError):
            said = pickle.dumps(None)
        send(answers, said)


def main() -> int:
    """Serve the process that has started this one; what anything prints goes to standard error."""
    set_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the server, whose end ends this too
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    collector.shorten()
    serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
