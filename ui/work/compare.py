"""What a draft would change: figure by figure against what is published."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from store.base import KEY
from tidy import periods

COMPARED = ("value", "low", "high", "unit", "qualifier")
NEW, CHANGED, WITHDRAWN, UNCHANGED = "new", "changed", "withdrawn", "unchanged"
KINDS = (NEW, CHANGED, WITHDRAWN, UNCHANGED)
JUMP = 2.0  # a figure that more than doubles or halves against the year before is flagged
SMALL = 10.0  # counts below this leap for no reason
POINTS = 20.0  # shares: percentage points


def compare(
    fresh: pd.DataFrame, published: pd.DataFrame, replaced_sources: tuple[str, ...] = (), gone: Sequence[str] = ()
) -> pd.DataFrame:
    """Return one row a figure of either side with ``kind``, old and new values, change and ``jump``.

    ``published`` are all believed figures; only those that ``fresh`` touches appear, and as withdrawn those of
    ``replaced_sources`` (earlier versions of the same files) that ``fresh`` no longer holds, marked ``replaced``,
    and those whose ids are in ``gone``.
    """
    keys = list(KEY)
    taken_back = published["observation_id"].isin(list(gone))
    old = published[published["source_id"].isin(replaced_sources) | _touched(published, fresh) | taken_back]
    new, old = _counted(fresh), _counted(old)
    both = new.merge(old, how="outer", on=[*keys, "nth"], suffixes=("", "_old"), indicator=True)
    both["kind"] = both["_merge"].map({"left_only": NEW, "right_only": WITHDRAWN, "both": CHANGED}).astype("str")
    both.loc[both["_merge"].eq("both") & _same(both), "kind"] = UNCHANGED
    taken_back = both["observation_id_old"].isin(list(gone))
    both["replaced"] = both["source_id_old"].isin(replaced_sources) & ~taken_back
    stays = both["kind"].eq(WITHDRAWN) & ~both["replaced"] & ~taken_back
    both = both[~stays].drop(columns="_merge").reset_index(drop=True)
    both["change"] = both["value"] - both["value_old"]
    both["before"] = _year_before(both, published)
    both["jump"] = _leaps(both)
    return both


def _touched(published: pd.DataFrame, fresh: pd.DataFrame) -> pd.Series:
    asked = pd.MultiIndex.from_frame(fresh[list(KEY)])
    return pd.Series(pd.MultiIndex.from_frame(published[list(KEY)]).isin(asked), index=published.index)


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    """Number the figures of one key, so that two of them do not multiply in the join."""
    kept = table[[*KEY, *COMPARED, "as_printed", "source_id", "observation_id", "locator"]].copy()
    return kept.assign(nth=kept.groupby(list(KEY)).cumcount())


def _same(both: pd.DataFrame) -> pd.Series:
    same = pd.Series(True, index=both.index)
    for name in COMPARED:
        left, right = both[name], both[f"{name}_old"]
        same &= (left == right) | (left.isna() & right.isna())
    return same


def _year_before(both: pd.DataFrame, published: pd.DataFrame) -> pd.Series:
    """The published value of the same figure a year earlier, NaN where there is none."""
    keys = [key for key in KEY if key != "period"]
    known = published[[*keys, "period", "value"]].drop_duplicates([*keys, "period"], keep="last")
    earlier = both[[*keys, "period"]].assign(period=both["period"].map(year_before))
    return earlier.merge(known, how="left", on=[*keys, "period"])["value"].set_axis(both.index)


def year_before(period: str) -> str:
    """Return the same period one year earlier, empty when it states none or is open at its beginning."""
    year = periods.year_of(period) if period and not period.startswith(periods.OPEN) else None
    return period.replace(str(year), str(year - 1)) if year and "/" not in period else ""


def _leaps(both: pd.DataFrame) -> pd.Series:
    now, before = both["value"], both["before"].where(both["before"].notna(), both["value_old"])
    far = (now > JUMP * before) | (now * JUMP < before)
    sizeable = pd.concat([now.abs(), before.abs()], axis=1).max(axis=1) >= SMALL
    share = both["unit"].eq("%")
    return ((share & ((now - before).abs() > POINTS)) | (~share & far & sizeable)) & both["kind"].isin([NEW, CHANGED])


def counts(compared: pd.DataFrame) -> dict[str, int]:
    """Return how many figures are new, changed, withdrawn, unchanged, and how many leap."""
    found = compared["kind"].value_counts()
    return {kind: int(found.get(kind, 0)) for kind in KINDS} | {"jump": int(compared["jump"].sum())}


def groups(compared: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the change groups that need a reason: (kind, indicator) of what is changed, leaps or is withdrawn."""
    asked = compared[compared["kind"].isin([CHANGED, WITHDRAWN]) | compared["jump"]]
    kinds = asked["kind"].where(asked["kind"].ne(NEW), "jump")
    return sorted(set(zip(kinds, asked["indicator_id"], strict=True)))
