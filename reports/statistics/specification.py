"""The specification curve: agreement under every choice that a reviewer might have made instead.

Source: Simonsohn, Simmons & Nelson, Nature Human Behaviour 4 (2020), https://doi.org/10.1038/s41562-020-0912-z.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from reports.judgements.table import Judgements
from reports.statistics.agreement import KEYS, measure
from reports.statistics.intervals import DRAWS, Draws
from reports.statistics.ratings import Ratings, ratings

_COEFFICIENTS = tuple(key for key in KEYS if key not in ("percent", "cohen", "scott"))
_MOST_LEFT_OUT = 12


def specification_curve(judgements: Judgements, question: str, draws: Draws = DRAWS) -> dict[str, Any]:
    """Agreement under all choices of coefficient, arm, units, labels, and without each annotator.

    ``{rows [{coefficient, arm, units, annotators, labels, value, low, high}], without_value n, lowest, median, highest,
    sentence}``, rows from the lowest value to the highest; or ``{"undefined": reason}``. Arm ``all | blind | shown``,
    units ``two or more | three or more`` judgements, labels ``as asked | neutral or not``, annotators ``all |
    without NAME`` (from the base specification only). Read it as: does the verdict hang on one choice?
    """
    rows, unknown = [], 0
    for choice, rated in _data_choices(judgements, question):
        for key, estimate in measure(rated, _COEFFICIENTS, draws=draws).items():
            if "undefined" in estimate:
                unknown += 1
            else:
                limits = {name: estimate[name] for name in ("value", "low", "high")}
                rows.append({"coefficient": key, **choice, **limits})
    if not rows:
        return {"undefined": "agreement is undefined under every choice"}
    rows.sort(key=lambda row: row["value"])
    values = [row["value"] for row in rows]
    return {
        "rows": rows,
        "without_value": unknown,
        "lowest": values[0],
        "median": float(np.median(values)),
        "highest": values[-1],
        "sentence": f"Over {len(rows)} defensible specifications agreement runs from {values[0]:.2f} to "
        f"{values[-1]:.2f}, median {np.median(values):.2f}.",
    }


def _data_choices(judgements: Judgements, question: str) -> Iterator[tuple[dict[str, str], Ratings]]:
    rows = judgements.of(question).first_looks()
    arms = [arm for arm in ("blind", "shown") if rows.is_("arm", arm).any()]
    for arm in ("all", *arms) if len(arms) > 1 else ("all",):
        part = rows if arm == "all" else rows.where(rows.is_("arm", arm))
        rated = ratings(part, question, like=rows)
        for (units, some), (labels, read) in product(_units(rated), _labels(judgements, question)):
            named = {"arm": arm, "units": units, "annotators": "all", "labels": labels}
            yield named, _read_as(rated.keep(some), read)
    rated = ratings(rows, question)
    if 3 <= len(rated.annotators) <= _MOST_LEFT_OUT:
        for place, name in enumerate(rated.annotators):
            named = {"arm": "all", "units": "two or more", "annotators": f"without {name}", "labels": "as asked"}
            yield named, rated.keep(rated.annotator != place)


def _units(rated: Ratings) -> list[tuple[str, Any]]:
    judged = np.bincount(rated.unit, minlength=rated.units)[rated.unit]
    choices = [("two or more", judged >= 2)]
    return [*choices, ("three or more", judged >= 3)] if 0 < (judged >= 3).sum() < (judged >= 2).sum() else choices


def _labels(judgements: Judgements, question: str) -> list[tuple[str, Any]]:
    names = judgements.scheme_of(question).label_names
    if "neutral" not in names or len(names) < 3:
        return [("as asked", None)]
    into = np.array([int(name != "neutral") for name in names])
    return [("as asked", None), ("neutral or not", into)]


def _read_as(rated: Ratings, into: Any) -> Ratings:  # noqa: ANN401 - an array, or None
    return rated if into is None else rated.merged(into, ("neutral", "not neutral"))
