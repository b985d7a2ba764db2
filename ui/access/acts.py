"""What each call of the store needs: the one table of rights. What is not in it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Calls of ``store.Store`` by the role that may make them.
RIGHTS: dict[str, str] = {
    **dict.fromkeys((
        "observations", "aggregate", "reporters", "indicators", "sources", "load_id", "releases", "diff", "aliases",
        "recall", "recall_all", "views", "save_view", "delete_view",
    ), "viewer"),
    **dict.fromkeys((
        "drafts", "draft", "draft_content", "save_draft", "delete_draft", "reviews", "review", "publish", "files",
        "content", "save_alias", "remember", "log",
    ), "analyst"),
    **dict.fromkeys(("undo",), "reviewer"),
    **dict.fromkeys((
        "users", "user", "save_user", "audit", "status", "verify", "backup", "delete_alias", "forget",
    ), "admin"),
}  # fmt: skip
UNSAVED = "unsaved"  # what somebody typed and did not save yet
ADMIN_LOGS = ("setting", "verify", "layout_forgotten")
REVIEWERS = ("approved", "returned")
# Only the command line, whose user holds the files of the store anyway.
NEVER = ("restore", "export", "sweep", "close")


def needed(call: str, args: tuple[Any, ...], given: Mapping[str, Any]) -> str | None:
    """Return the role that a call with these arguments needs, ``None`` when nobody may make it here."""
    if call == "review" and _argument(args, given, 1, "act") in REVIEWERS:
        return "reviewer"
    if call == "remember" and _argument(args, given, 0, "kind") == "setting":
        return "admin"
    if call == "forget" and _argument(args, given, 0, "kind") == UNSAVED:
        return "analyst"
    if call == "log" and _argument(args, given, 0, "action") in ADMIN_LOGS:
        return "admin"
    return RIGHTS.get(call)


def author(call: str, args: tuple[Any, ...], given: Mapping[str, Any]) -> str | None:
    """Return in whose name a call is made, ``None`` where it names nobody."""
    said = _argument(args, given, 1, "who") if call == "log" else given.get("by", given.get("owner"))
    return None if said is None or call == "drafts" else str(said)


def _argument(args: tuple[Any, ...], given: Mapping[str, Any], place: int, name: str) -> Any:
    return args[place] if len(args) > place else given.get(name)
