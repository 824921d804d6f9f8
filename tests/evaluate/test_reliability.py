from __future__ import annotations

import pytest

from pipeline.evaluate.reliability import Outcome, reliability


def _articles(confidence, right, articles=20, each=10):
    """Articles of `each` judgements, of which the first `right` of ten are right."""
    return [[Outcome(confidence, at % 10 < right) for at in range(each)] for _ in range(articles)]


def test_what_is_right_as_often_as_it_says_has_no_error():
    found = reliability(_articles(0.7, 7), resamples=50)
    assert found["calibration_error"]["value"] == pytest.approx(0)
    assert found["right"]["value"] == pytest.approx(0.7)
    assert found["confidence"] == 0.7
    assert found["brier"]["value"] == pytest.approx(0.21)
    assert found["bins"] == [
        {"from": 0.7, "to": 0.8, "n": 200, "confidence": 0.7, "right": 0.7, "low": 0.7, "high": 0.7},
    ]


def test_error_is_the_distance_weighed_by_how_many():
    sure, doubtful = _articles(0.95, 5, articles=3), _articles(0.25, 5, articles=1)
    found = reliability(sure + doubtful, resamples=50)
    assert found["calibration_error"]["value"] == pytest.approx(0.75 * 0.45 + 0.25 * 0.25)
    assert [each["n"] for each in found["bins"]] == [10, 30]
    assert found["n"] == 40


def test_certainty_itself_falls_into_the_last_bin():
    found = reliability([[Outcome(1.0, True), Outcome(0.0, False)]], resamples=10)
    assert [(each["from"], each["n"]) for each in found["bins"]] == [(0.0, 1), (0.9, 1)]
    assert found["calibration_error"]["value"] == 0


def test_articles_without_judgements_count_for_nothing():
    assert reliability([[], *_articles(0.7, 7)], resamples=50)["n"] == 200
    assert reliability([[], []], resamples=10)["calibration_error"]["value"] is None


def test_intervals_come_from_articles():
    mixed = [[Outcome(0.8, True)] * 10, [Outcome(0.8, False)] * 10] * 10
    found = reliability(mixed, resamples=200)
    assert found["right"]["low"] < 0.5 < found["right"]["high"]
