"""The parts of 审核发布: batches under way, the history of releases."""

from __future__ import annotations

from tidy.language import _
from ui import who
from ui.who import Person
from ui.work import history, parts, release


def show(person: Person) -> None:
    """Show who works here and the chosen part."""
    who.change()
    parts.show("review", {
        "batches": (_("待发布"), lambda: release.show(person)),
        "history": (_("发布历史"), lambda: history.show(person)),
    })  # fmt: skip
