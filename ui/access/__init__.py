"""Who may come in and what they may do; docs/security.md describes it for the people who run it."""

from ui.access.gate import allowed, current, enter, offered, require, sign_out_button
from ui.access.guard import guarded
from ui.access.person import ROLES, Person
from ui.access.refused import Forbidden

__all__ = [
    "ROLES",
    "Forbidden",
    "Person",
    "allowed",
    "current",
    "enter",
    "guarded",
    "offered",
    "require",
    "sign_out_button",
]
