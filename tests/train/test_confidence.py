from __future__ import annotations

import json
import math

import pytest

from pipeline.attribute.confidence import probability
from pipeline.train.confidence import Example, fit, fit_confidence

ROWS = [
    "Anna Lind said that the vote was fair.",
    "Rain fell on the hills.",
    "“It was not,” said Ben Carr of the union.",
]


def test_as_many_right_as_wrong_is_no_reason_to_leave_where_a_fit_starts():
    assert fit([Example(features={"a": 1.0}, right=right) for right in (True, False)], {"a": 0.0}) == {"a": 0.0}


def test_a_fit_finds_the_odds_that_made_the_judgements():
    examples = [Example(features={"a": 1.0}, right=at % 4 > 0) for at in range(4000)]
    assert fit(examples, {})["a"] == pytest.approx(math.log(3), abs=0.02)


def test_few_judgements_move_a_coefficient_little():
    few, many = ([Example(features={"a": 1.0}, right=True)] * n for n in (2, 200))
    assert 0 < fit(few, {})["a"] < fit(many, {})["a"] / 2


def test_judgements_of_what_is_still_found_are_used(tmp_path):
    sentences, judged = tmp_path / "rows.jsonl", tmp_path / "judged.jsonl"
    sentences.write_text("\n".join(json.dumps({"sentence": text}) for text in ROWS), encoding="utf-8")
    start = ROWS[0].index("that")
    rows = [
        {
            "row": 0,
            "attributions": [
                {"source": [0, 9], "content": [[start, len(ROWS[0]) - 1]], "right": True},
                {"source": [0, 4], "content": [[0, 4]], "right": False},
            ],
            "voices": [{"author": False, "cue": [10, 14], "right": True}],
        },
        {"row": 1, "attributions": [], "voices": [{"author": True, "cue": None, "right": True}]},
        {"row": 2, "attributions": [], "voices": [{"author": False, "cue": [0, 1], "right": True}, None]},
    ]
    judged.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    fitted = fit_confidence(sentences, judged)
    assert (fitted.attributions, fitted.voices) == (1, 2)


def test_a_probability_has_its_limits():
    assert probability({}, {}) == 0.5
    assert probability({"a": 1.0}, {"a": 40.0}) <= 1
