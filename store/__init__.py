"""Releases of figures: published, superseded, undone, never edited in place. The only SQL."""

from store.base import AuditEntry, Draft, Release, Review, User
from store.errors import (
    ChangedUnderneath,
    DraftChanged,
    NotFound,
    RefusedFigures,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    WrongUse,
)
from store.store import Store, open_store

__all__ = [
    "AuditEntry", "ChangedUnderneath", "Draft", "DraftChanged", "NotFound", "RefusedFigures", "Release", "Review",
    "Store", "StoreBusy", "StoreDamaged", "StoreError", "StoreFull", "StoreReadOnly", "User", "WrongUse", "open_store",
]  # fmt: skip
