"""Why a file cannot be read: one exception that carries the message for its uploader."""

from __future__ import annotations

from tidy.problems import Problem


class Refused(Exception):
    """Raised where a file cannot be read at all; carries one clear :class:`Problem`."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.problem = Problem(code=code, message=message, advice=advice)
