"""What figures are made of: plain dictionaries in plotly's vocabulary, and the figure that holds them.

Plotly's own objects check every property as it is set, which takes ten times as long as all
else that a figure needs (docs/performance.md). A :class:`Figure` is a ``plotly`` figure that
makes these objects when somebody asks for them, as tests do, which checks every property then;
a page only needs the dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Self

import plotly.graph_objects as go

Trace = dict[str, Any]


def scatter(**properties: Any) -> Trace:
    """Return a scatter trace; properties that are ``None`` are left out."""
    return _trace("scatter", properties)


def bar(**properties: Any) -> Trace:
    """Return a bar trace."""
    return _trace("bar", properties)


def cells(**properties: Any) -> Trace:
    """Return a heatmap trace."""
    return _trace("heatmap", properties)


def _trace(kind: str, properties: dict[str, Any]) -> Trace:
    return {"type": kind} | {name: value for name, value in properties.items() if value is not None}


class Drawing:
    """A figure in the making: its traces and its layout, both of which may be changed freely."""

    def __init__(self, layout: dict[str, Any]) -> None:
        """Begin with a layout and no trace."""
        self.traces: list[Trace] = []
        self.frames: list[dict[str, Any]] = []
        self.layout = layout  # the caller's own dictionary, never a shared one

    def add(self, traces: Iterable[Trace]) -> Self:
        """Add traces over those that are there."""
        self.traces += traces
        return self

    def set(self, **properties: Any) -> Self:
        """Set properties of the layout; a dictionary is merged into the one that is there."""
        for name, value in properties.items():
            there = self.layout.get(name)
            self.layout[name] = there | value if isinstance(value, dict) and isinstance(there, dict) else value
        return self

    def x(self, **properties: Any) -> Self:
        """Set properties of the axis across."""
        return self.set(xaxis=properties)

    def y(self, **properties: Any) -> Self:
        """Set properties of the axis upwards."""
        return self.set(yaxis=properties)

    def annotate(self, **annotation: Any) -> Self:
        """Add words at a place."""
        self.layout["annotations"] = [*self.layout.get("annotations", []), annotation]
        return self

    def line(self, axis: str, place: float, style: dict[str, Any], ends: tuple[float, float] = (0, 1)) -> Self:
        """Add a line across the plot area at ``place`` of ``axis`` (x or y), between two shares of its height or width."""
        other = "y" if axis == "x" else "x"
        shape = {"type": "line", f"{axis}0": place, f"{axis}1": place, f"{other}0": ends[0], f"{other}1": ends[1],
                 f"{axis}ref": axis, f"{other}ref": f"{other} domain", "line": style}  # fmt: skip
        self.layout["shapes"] = [*self.layout.get("shapes", []), shape]
        return self


class Figure(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A finished figure: plain dictionaries until plotly's objects are asked for."""

    plain: dict[str, Any]
    made: bool

    def __init__(self, drawing: Drawing) -> None:
        """Take over what was drawn; nothing is checked or copied yet."""
        plain: dict[str, Any] = {"data": drawing.traces, "layout": drawing.layout}
        object.__setattr__(self, "plain", plain | ({"frames": drawing.frames} if drawing.frames else {}))
        object.__setattr__(self, "made", False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as dictionaries."""
        return _again, (self.to_dict(),)

    def __getattr__(self, name: str) -> Any:
        """Make plotly's objects when one of their attributes is first missed."""
        if name.startswith("__") or self.__dict__.get("made", True):
            raise AttributeError(name)
        object.__setattr__(self, "made", True)
        super().__init__(**deepcopy(self.plain))
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as dictionaries, which must not be changed."""
        if self.made:
            return dict(super().to_dict())
        return self.plain | {"data": [dict(trace) for trace in self.plain["data"]]}

    def trace_name(self, number: int) -> str:
        """Return the name of a trace."""
        return str(self.plain["data"][number].get("name", ""))

    @property
    def description(self) -> str:
        """The text alternative, one sentence."""
        return str(self.plain["layout"].get("meta", {}).get("description", ""))


def _again(plain: dict[str, Any]) -> Figure:
    drawing = Drawing(plain["layout"])
    drawing.traces, drawing.frames = plain["data"], plain.get("frames", [])
    return Figure(drawing)
