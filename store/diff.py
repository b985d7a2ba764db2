"""What differs between two vintages, figure by figure, with the release that made the difference."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from store import parquet, releases
from store.base import KEY, AsOf, Filters, Release, Vintage, filters
from store.reader import Reader
from store.veil import Veil
from tidy import suppression

MANY = 200_000  # figures of a release from which all of both vintages are compared
COMPARED = ("value", "low", "high", "unit", "qualifier", "as_printed")
NAMED = ("reporter_name", "indicator_name", "city")
COLUMNS = ("change", *KEY, *NAMED, *(f"{name}_{side}" for name in COMPARED for side in ("old", "new")),
           "release_id", "by", "note")  # fmt: skip


def between(reader: Reader, veil: Veil, a: AsOf, b: AsOf = None) -> pd.DataFrame:
    """Return one row a figure that was added, changed or withdrawn from vintage ``a`` to ``b``.

    ``release_id``, ``by`` and ``note`` are of the release that did it: the reason. That a hidden
    figure was changed is told, not from what to what.
    """
    history = releases.every(reader.catalogue)
    before, after = releases.vintage(history, a), releases.vintage(history, b)
    wanted = _touched(reader, before, after)
    both = _side(reader, a, "old", wanted).merge(_side(reader, b, "new", wanted), how="outer", on=[*KEY, "nth"])
    both["change"] = _kind(both)
    changed = both[both["change"] != ""].reset_index(drop=True)
    for name in NAMED:
        changed[name] = changed[f"{name}_new"].fillna(changed[f"{name}_old"])
    texts = [name for name in changed if changed[name].dtype == "str"]
    changed[texts] = changed[texts].fillna("")
    return _veiled(_with_reasons(changed, history, before, after)[list(COLUMNS)], veil)


def _veiled(changed: pd.DataFrame, veil: Veil) -> pd.DataFrame:
    for side in () if veil.thresholds.off else ("old", "new"):
        names = {f"{name}_{side}": name for name in COMPARED}
        masked = suppression.mask(changed[[*KEY, *names]].rename(columns=names), veil.hidden())
        changed = changed.assign(**{long: masked[name] for long, name in names.items()})
    return changed


def _touched(reader: Reader, before: Vintage, after: Vintage) -> Filters:
    """What can differ: reporters and indicators of the releases that only one of the vintages believes."""
    apart = {r.id: r for v in (before, after) for r in v.releases if (r in before.releases) != (r in after.releases)}
    if any(release.rows > MANY for release in apart.values()):
        return Filters()
    tables = [reader.objects.local(release.sha256) for release in apart.values()]
    touched = pd.concat([parquet.read(path, ["reporter_id", "indicator_id"]).drop_duplicates() for path in tables] or
                        [pd.DataFrame(columns=["reporter_id", "indicator_id"])])  # fmt: skip
    return filters(reporters=list(touched["reporter_id"]), indicators=list(touched["indicator_id"]))


def _side(reader: Reader, as_of: AsOf, side: str, wanted: Filters) -> pd.DataFrame:
    """One vintage's figures, those of one key numbered in the order of their sources."""
    columns = (*KEY, *COMPARED, *NAMED, "source_id", "observation_id", "release_id")
    figures = reader.at(as_of).observations(wanted, columns)
    figures = figures.sort_values(["source_id", "observation_id"])
    figures["nth"] = figures.groupby(list(KEY)).cumcount()
    here = [*COMPARED, *NAMED, "release_id"]
    return figures[[*KEY, "nth", *here]].rename(columns={name: f"{name}_{side}" for name in here})


def _kind(both: pd.DataFrame) -> pd.Series:
    old, new = both["release_id_old"].isna(), both["release_id_new"].isna()
    differs = pd.Series(False, index=both.index)
    for name in COMPARED:
        left, right = both[f"{name}_old"], both[f"{name}_new"]
        differs |= (left != right) & ~(left.isna() & right.isna())
    kind = pd.Series("", index=both.index).mask(differs, "changed")
    return kind.mask(old, "added").mask(new, "withdrawn")


def _with_reasons(changed: pd.DataFrame, history: Sequence[Release], before: Vintage, after: Vintage) -> pd.DataFrame:
    """Name the release behind each row: the figure's own, or the one that withdrew what stood there."""
    fresh = {r.id for r in after.releases} - {r.id for r in before.releases}
    by_id = {release.id: release for release in history}
    withdrawer = {gone: r.id for r in history for gone in r.withdraws}
    last = max(fresh, default=max(by_id, default=0))
    rows = zip(changed["release_id_new"], changed["release_id_old"], strict=True)
    reasons = [int(new) if new in fresh else withdrawer.get(old, last) for new, old in rows]
    return changed.assign(
        release_id=pd.Series(reasons, dtype="int64"),
        by=pd.Series([by_id[n].by for n in reasons], dtype="str"),
        note=pd.Series([by_id[n].note for n in reasons], dtype="str"),
    )
