"""What a person is told who may not do something."""

from __future__ import annotations

from store import StoreError


class Forbidden(StoreError):
    """Raised on the server for an act or a page without the right; its text is for the person.

    A ``StoreError``, so that every place that says what the store refuses says this too.
    """
