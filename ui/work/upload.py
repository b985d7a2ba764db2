"""The parts of 数据填报: drafts, forms, reminders, correcting one figure."""

from __future__ import annotations

from tidy.language import _
from ui import who
from ui.choice import Choice
from ui.who import Person
from ui.work import chase, correct, desk, forms, parts


def show(choice: Choice, person: Person) -> None:
    """Show who works here and the chosen part."""
    who.change()
    parts.show("upload", {
        "drafts": (_("上传与草稿"), lambda: desk.show(person)),
        "forms": (_("生成填报表"), forms.show),
        "chase": (_("催报"), lambda: chase.show(choice)),
        "correct": (_("更正一个数"), lambda: correct.show(choice, person)),
    })  # fmt: skip
