"""Worked examples from the literature: their judgements and what others computed from them (facts, with sources).

`NONE` stands for a missing judgement. Values with many digits were computed by the R and Python package irrCAC, by
``krippendorff`` and by statsmodels; those with few digits are printed in the sources.
"""

from __future__ import annotations

from typing import Any

NONE = None

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C; irrCAC's cac.raw4raters. Units x raters.
KRIPPENDORFF = [
    [1, 1, NONE, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [NONE, 5, 5, 5], [NONE, NONE, 1, 1], [NONE, NONE, 3, NONE],
]  # fmt: skip
KRIPPENDORFF_ALPHA = {
    "nominal": 0.743421052631579,
    "ordinal": 0.8153875037548813,
    "interval": 0.8491071428571428,
    "ratio": 0.797402774711612,
}
KRIPPENDORFF_WEIGHTED: dict[str, dict[str, float]] = {
    "identity": {
        "gwet": 0.775444068127, "fleiss": 0.761169275422, "alpha": 0.743421052632, "conger": 0.762817441303,
        "brennan_prediger": 0.772727272727,
    },
    "linear": {
        "gwet": 0.858739136433, "fleiss": 0.817944767097, "alpha": 0.800383877159, "conger": 0.813776319966,
        "brennan_prediger": 0.848484848485,
    },
    "quadratic": {
        "gwet": 0.914000723552, "fleiss": 0.864935064935, "alpha": 0.849107142857, "conger": 0.857710656223,
        "brennan_prediger": 0.901515151515,
    },
    "ordinal": {
        "gwet": 0.898939769908, "fleiss": 0.850206189397, "alpha": 0.833638025594, "conger": 0.843659525188,
        "brennan_prediger": 0.886363636364,
    },
    "radical": {
        "gwet": 0.819811702198, "fleiss": 0.789924094651, "alpha": 0.771981312139, "conger": 0.788340007583,
        "brennan_prediger": 0.812627079504,
    },
    "ratio": {
        "gwet": 0.85736755783, "fleiss": 0.821338343945, "alpha": 0.797402774712, "conger": 0.81196517587,
        "brennan_prediger": 0.840236692761,
    },
    "circular": {
        "gwet": 0.830195139461, "fleiss": 0.807199770158, "alpha": 0.789980267899, "conger": 0.805348881367,
        "brennan_prediger": 0.823546999489,
    },
    "bipolar": {
        "gwet": 0.900373015443, "fleiss": 0.85307255014, "alpha": 0.834990520024, "conger": 0.844871752036,
        "brennan_prediger": 0.888149168452,
    },
}  # fmt: skip
KRIPPENDORFF_AC1_ERROR = 0.14295
"""Printed by irrCAC for the same data."""

# The example of Wikipedia's article on Krippendorff's alpha. Units x raters.
WIKIPEDIA = [
    [NONE, 1, NONE], [NONE, NONE, NONE], [NONE, 2, 2], [NONE, 1, 1], [NONE, 3, 3], [3, 3, 4], [4, 4, 4], [1, 3, NONE],
    [2, NONE, 2], [1, NONE, 1], [1, NONE, 1], [3, NONE, 3], [3, NONE, 3], [NONE, NONE, NONE], [3, NONE, 4],
]  # fmt: skip
WIKIPEDIA_ALPHA = {"nominal": 0.691358024691358, "ordinal": 0.8067214199413152, "interval": 0.8108448928121059}

# irrCAC's distrib.6raters (Gwet). Units x categories, counts.
GWET_COUNTS = [
    [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1],
]  # fmt: skip
GWET_VALUES = {
    "gwet": 0.444800732936, "fleiss": 0.413926499033, "alpha": 0.420438426821, "conger": 0.427221172023,
    "brennan_prediger": 0.438888888889,
}  # fmt: skip

# Fleiss (1971), as in Wikipedia and statsmodels. Units x categories, counts.
FLEISS_COUNTS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
FLEISS_VALUES = {
    "gwet": 0.225614150817, "fleiss": 0.209930704422, "alpha": 0.215574056533, "conger": 0.217042467838,
    "brennan_prediger": 0.222527472527,
}  # fmt: skip

# statsmodels' tests; numbers from Randolph's calculator. Units x categories, counts.
RANDOLPH_COUNTS = [[7, 1], [3, 5]]
RANDOLPH_VALUES = {"fleiss": 0.16190476190476205, "brennan_prediger": 0.2142857142857144}

# statsmodels' tests; numbers printed by SAS. First rater x second rater, units.
SAS_TABLE = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
SAS_COHEN = 0.48416289592760187
SAS_COHEN_LINEAR = 0.4701195219123506


def rows_of_counts(counts: list[list[int]]) -> list[list[Any]]:
    """Units x categories, counts, as units x raters."""
    return [[label for label, count in enumerate(unit) for _ in range(count)] for unit in counts]


def rows_of_table(table: list[list[int]]) -> list[list[Any]]:
    """A two-rater table as units x raters."""
    return [
        [first, second] for first, row in enumerate(table) for second, count in enumerate(row) for _ in range(count)
    ]
