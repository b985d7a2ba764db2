"""Who a person is and what their roles let them do; nothing here knows Streamlit or a provider."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ROLES = ("viewer", "analyst", "reviewer", "admin")
# What holding a role lets a person do beside it. An administrator looks after people and settings
# and publishes nothing, so that nobody can both grant rights and use them unseen.
INCLUDES = {
    "viewer": {"viewer"},
    "analyst": {"viewer", "analyst"},
    "reviewer": {"viewer", "analyst", "reviewer"},
    "admin": {"viewer", "admin"},
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the roles they have; local mode gives everyone all of them.

    ``name`` is what history and the audit log show and is different for different accounts;
    ``cities`` (names, as 嘉兴市) limits whose figures they publish, empty for everyone's.
    """

    name: str
    roles: tuple[str, ...] = ROLES
    cities: tuple[str, ...] = ()
    id: str = ""

    def may(self, role: str) -> bool:
        """Tell whether the person has a role or one that includes it."""
        return any(role in INCLUDES.get(own, ()) for own in self.roles)

    def covers(self, cities: Iterable[str]) -> bool:
        """Tell whether the person may work on the figures of all these cities ('' is the whole province)."""
        return not self.cities or set(cities) <= set(self.cities)


NOBODY = Person("", roles=())
READER = Person("", roles=("viewer",))
