import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError, InputError
from pipeline.evaluate.certainty import reliability_bins, risk_coverage
from pipeline.evaluate.charts import Evaluated, draw
from pipeline.evaluate.classification import compare, score
from pipeline.evaluate.judging import Judged, judge
from pipeline.evaluate.labelled import read_labelled
from pipeline.evaluate.latency import TimedClassifier
from pipeline.prelabel.classifier import Pair
from tests.evaluate.test_classification import WordClassifier, write

LABELS = ("favor", "neutral", "against")


def judged(gold, answers, confidence):
    rows = len(gold)
    return Judged(
        labels=LABELS,
        gold=np.array(gold),
        answers=np.array(answers),
        confidence=np.array(confidence, dtype=float),
        clusters=np.arange(rows),
    )


ROWS = st.lists(st.tuples(st.floats(0.34, 1), st.booleans()), min_size=2, max_size=40)


def risk_of(rows):
    sure, right = (np.array(column) for column in zip(*rows, strict=True))
    return risk_coverage(sure, right, np.arange(len(rows)))


@given(ROWS)
@settings(max_examples=15)
def test_the_area_is_the_mean_risk_of_answering_one_more_at_a_time(rows):
    ranked = sorted({sure for sure, _ in rows}, reverse=True)
    answered = [[right for sure, right in rows if sure >= least] for least in ranked]
    expected = sum(
        (len(now) - len(before)) / len(rows) * (1 - sum(now) / len(now))
        for before, now in zip([[], *answered], answered, strict=False)
    )
    assert risk_of(rows)["area"]["value"] == pytest.approx(expected)


@given(ROWS, st.randoms())
@settings(max_examples=15)
def test_neither_order_nor_ties_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert risk_of(rows)["curve"] == risk_of(shuffled)["curve"]
    assert risk_of(rows)["curve"][-1] == pytest.approx((1.0, 1 - sum(right for _, right in rows) / len(rows)))


def test_abstaining_where_unsure_pays_only_if_the_model_knows():
    knows = risk_of([(0.9, True)] * 8 + [(0.5, False)] * 2)
    guesses = risk_of([(0.9, False)] * 2 + [(0.5, True)] * 8)
    half = knows["points"][0]
    assert (half["coverage"], half["threshold"], half["accuracy"]["value"]) == (0.8, 0.9, 1.0)
    assert knows["points"][-1]["accuracy"]["value"] == 0.8
    assert knows["area"]["value"] == pytest.approx(0.04)
    assert guesses["area"]["value"] > 0.2


def test_bins_hold_what_was_as_sure_and_make_up_the_calibration_error():
    one = judged([0, 0, 1, 2], [0, 0, 0, 2], [0.9, 0.9, 0.9, 0.5])
    bins = reliability_bins(one.confidence, one.right)
    assert [(each["n"], round(each["confidence"], 2), round(each["accuracy"], 2)) for each in bins] == [
        (1, 0.5, 1.0),
        (3, 0.9, 0.67),
    ]
    error = sum(each["n"] * abs(each["confidence"] - each["accuracy"]) for each in bins) / 4
    assert score(one)["ece"]["value"] == pytest.approx(error)


def test_confusion_counts_every_row_once_by_gold_then_answer():
    table = score(judged([0, 0, 1, 2], [0, 2, 1, 1], [0.8] * 4))["confusion"]
    assert table["favor"] == {"favor": 1, "neutral": 0, "against": 1}
    assert table["against"] == {"favor": 0, "neutral": 1, "against": 0}


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)), min_size=4, max_size=40))
@settings(max_examples=8)
def test_a_comparison_is_the_difference_of_scores_and_turns_round(rows):
    gold, first, second = (list(column) for column in zip(*rows, strict=True))
    gold[:3] = [0, 1, 2]
    one, other = judged(gold, first, [0.9] * len(gold)), judged(gold, second, [0.7] * len(gold))
    there, back = compare(one, other), compare(other, one)
    for name in ("macro_f1", "accuracy", "ece"):
        assert there[name]["value"] == pytest.approx(score(one)[name]["value"] - score(other)[name]["value"])
        assert there[name]["low"] == pytest.approx(-back[name]["high"])
    assert there["only_first_right"] == back["only_second_right"]


def test_a_model_does_not_differ_from_itself():
    one = judged([0, 1, 2, 0], [0, 1, 1, 2], [0.9, 0.8, 0.7, 0.6])
    same = compare(one, one)
    for name in ("macro_f1", "accuracy", "ece", "risk_area"):
        assert same[name] == {"value": 0, "low": 0, "high": 0}


def test_a_paired_difference_is_surer_than_the_scores_it_is_of():
    draw_ = np.random.default_rng(0)
    gold = draw_.integers(0, 3, 200)
    answers = np.where(draw_.random(200) < 0.6, gold, 0)
    better = np.where(draw_.random(200) < 0.1, gold, answers)
    one, other = judged(gold, better, [0.8] * 200), judged(gold, answers, [0.8] * 200)
    difference, alone = compare(one, other)["accuracy"], score(one)["accuracy"]
    assert difference["low"] > 0
    assert difference["high"] - difference["low"] < alone["high"] - alone["low"]


def test_a_model_without_a_label_of_gold_is_refused(tmp_path):
    gold = write(tmp_path / "gold.jsonl", [{"text": "yes", "target": "t", "label": "neutral"}])
    two_way = WordClassifier()
    two_way.labels = {"stance": ("favor", "against")}
    rows = read_labelled(gold, "stance").rows
    with pytest.raises(ConfigError, match="gold has stance neutral, which the model words never answers") as caught:
        judge(rows, two_way, "stance")
    assert "model_labels" in caught.value.fix


def test_votes_may_be_labels_and_sentiment_needs_no_place(tmp_path):
    rows = [
        {"sentence": "a", "target": "t", "votes": ["favor", "agrees", "neutral"]},
        {"text": "b", "target": "t", "votes": ["neutral"]},
    ]
    read = read_labelled(write(tmp_path / "a.jsonl", rows), "stance").rows
    assert [row.label for row in read] == ["favor", "neutral"]
    row = {"text": "b", "target": "t", "votes": ["positive"]}
    (one,) = read_labelled(write(tmp_path / "b.jsonl", [row]), "sentiment").rows
    assert (one.label, one.pair.mentions) == ("positive", ())


def test_what_is_timed_answers_as_before():
    pairs = [Pair(text=word, target="t") for word in ("yes", "no", "yes")]
    timed = TimedClassifier(WordClassifier())
    assert (timed.probabilities(pairs)["stance"] == WordClassifier().probabilities(pairs)["stance"]).all()
    latency = timed.latency(pairs)
    assert latency["pairs"] == 2
    assert 0 < latency["ms_p50"] <= latency["ms_p95"]


@pytest.fixture
def scores():
    return score(judged([0, 1, 2, 0], [0, 1, 1, 2], [0.9, 0.8, 0.7, 0.6]))


def test_a_plot_shows_both_models_and_is_the_same_every_time(tmp_path, scores):
    models = [Evaluated("one", scores), Evaluated("two <script>\x1b[31m", scores)]
    for name in ("a.svg", "b.svg"):
        draw(tmp_path / name, "Stance on gold.jsonl", models)
    first, second = ((tmp_path / name).read_text(encoding="utf-8") for name in ("a.svg", "b.svg"))
    assert first == second
    words = re.findall(r">([^<>]+)</text>", first)
    assert {"Stance on gold.jsonl", "favor", "neutral", "against"} <= set(words)
    assert "<script>" not in first
    assert "\x1b" not in first


@pytest.mark.parametrize(("name", "says"), [("plot.doc", "written as .doc"), ("no/plot.svg", "cannot be written")])
def test_a_plot_that_cannot_be_written_is_said_to_be(tmp_path, scores, name, says):
    with pytest.raises(InputError, match=says) as caught:
        draw(tmp_path / name, "t", [Evaluated("one", scores)])
    assert caught.value.fix


def test_a_plot_of_answers_that_are_as_sure_as_each_other_shows_their_point(tmp_path):
    draw(tmp_path / "a.SVG", "t", [Evaluated("one", score(judged([0, 1], [0, 0], [0.7, 0.7])))])
    abstaining = (tmp_path / "a.SVG").read_text().split('id="axes_3"')[1]
    assert abstaining.count("#0342b4") >= 2


def test_scores_can_be_written_as_json(scores):
    assert json.loads(json.dumps(scores))["n"] == 4
