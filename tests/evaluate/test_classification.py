import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, precision_recall_fscore_support

from pipeline.errors import InputError
from pipeline.evaluate.classification import evaluate_sentiment, evaluate_stance, score
from pipeline.evaluate.judging import Judged


class WordClassifier:
    """Favours a text that says yes, is against one that says no, and is as sure as it is told to be."""

    name = "words"
    revision = "1"

    def __init__(self, sure=0.8):
        self.sure = sure
        self.labels = {
            "stance": ("favor", "neutral", "against"),
            "sentiment": ("positive", "neutral", "negative"),
        }
        self.pairs = []

    def probabilities(self, pairs):
        self.pairs = list(pairs)
        rest = (1 - self.sure) / 2
        rows = np.full((len(pairs), 3), rest, dtype=np.float32)
        for row, pair in zip(rows, pairs, strict=True):
            row[0 if "yes" in pair.text else 2 if "no" in pair.text else 1] = self.sure
        return {"stance": rows, "sentiment": rows}


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_three_way_stance(tmp_path):
    labels = ["favor", "against", "neutral", "favor"]
    texts = ["yes", "no", "maybe", "no"]
    gold = write(
        tmp_path / "gold.jsonl",
        [{"text": text, "target": "t", "label": label} for text, label in zip(texts, labels, strict=True)],
    )
    scores = evaluate_stance(gold, WordClassifier())
    assert scores["n"] == 4
    assert scores["accuracy"]["value"] == 0.75
    assert scores["per_label"]["favor"]["precision"]["value"] == 1.0
    assert scores["per_label"]["favor"]["recall"]["value"] == 0.5
    assert scores["macro_f1"]["value"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert scores["ece"]["value"] == pytest.approx(0.05)


def test_a_resample_that_lacks_a_label_does_not_count_it_as_missed(tmp_path):
    rows = [("yes", "favor")] * 6 + [("maybe", "neutral")] * 5 + [("no", "against")]
    gold = write(
        tmp_path / "gold.jsonl",
        [{"text": text, "target": f"t{n}", "label": label} for n, (text, label) in enumerate(rows)],
    )
    assert evaluate_stance(gold, WordClassifier())["macro_f1"] == {"value": 1.0, "low": 1.0, "high": 1.0}


def test_a_two_way_file_is_answered_with_its_own_labels(tmp_path):
    gold = write(
        tmp_path / "gold.jsonl",
        [
            {"text": "maybe", "target": "t", "label": "favor"},
            {"text": "no", "target": "t", "label": "against"},
        ],
    )
    scores = evaluate_stance(gold, WordClassifier())
    assert set(scores["per_label"]) == {"favor", "against"}
    assert scores["accuracy"]["value"] == 1.0


def test_votes_count_by_majority_and_ties_are_dropped(tmp_path):
    votes = [["agrees", "agrees", "neutral"], ["agrees", "disagrees"], ["disagrees"] * 3]
    gold = write(
        tmp_path / "gold.jsonl",
        [{"sentence": text, "target": "t", "votes": of} for text, of in zip(["yes", "?", "no"], votes, strict=True)],
    )
    scores = evaluate_stance(gold, WordClassifier())
    assert (scores["n"], scores["dropped"]) == (2, 1)
    assert scores["macro_f1"]["value"] == 1.0


def test_sentiment_hands_on_where_the_target_stands(tmp_path):
    row = {"sentence": "He said yes.", "target": "He", "start": 0, "end": 2, "label": "positive"}
    classifier = WordClassifier()
    scores = evaluate_sentiment(write(tmp_path / "gold.jsonl", [row]), classifier)
    assert scores["accuracy"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert classifier.pairs[0].mentions == ((0, 2),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "a", "target": "t", "label": "maybe"}, r"gold.jsonl:2 \(label\)"),
        ({"text": "a", "target": "t"}, r"gold.jsonl:2 \(label\)"),
        ({"text": " ", "target": "t", "label": "favor"}, r"gold.jsonl:2 \(text\)"),
        ({"text": "a", "label": "favor"}, r"gold.jsonl:2 \(target\)"),
        ({"text": "a", "target": "t", "votes": ["yes"]}, r"gold.jsonl:2 \(label\)"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path, row, message):
    good = {"text": "yes", "target": "t", "label": "favor"}
    gold = write(tmp_path / "gold.jsonl", [good, row])
    with pytest.raises(InputError, match=message) as caught:
        evaluate_stance(gold, WordClassifier())
    assert caught.value.fix


def test_a_range_outside_the_sentence_is_named(tmp_path):
    row = {"sentence": "He.", "target": "He", "start": 2, "end": 9, "label": "neutral"}
    with pytest.raises(InputError, match="no range in the text"):
        evaluate_sentiment(write(tmp_path / "gold.jsonl", [row]), WordClassifier())


def test_nothing_to_score_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no rows"):
        evaluate_stance(write(tmp_path / "gold.jsonl", []), WordClassifier())


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.floats(0.34, 1)), min_size=3, max_size=60))
def test_scores_are_those_of_scikit_learn(rows):
    gold, answers, confidence = (np.array(column) for column in zip(*rows, strict=True))
    gold[:3] = [0, 1, 2]
    judged = Judged(
        labels=("favor", "neutral", "against"),
        gold=gold,
        answers=answers,
        confidence=confidence,
        clusters=np.arange(len(gold)),
    )
    scores = score(judged)
    precision, recall, f1, _ = precision_recall_fscore_support(gold, answers, labels=[0, 1, 2], zero_division=np.nan)
    for index, label in enumerate(judged.labels):
        of = scores["per_label"][label]
        if of["precision"]["value"] is not None:
            assert of["precision"]["value"] == pytest.approx(precision[index])
        assert of["recall"]["value"] == pytest.approx(recall[index])
        assert of["f1"]["value"] == pytest.approx(np.nan_to_num(f1[index]))
    assert scores["macro_f1"]["value"] == pytest.approx(np.nan_to_num(f1).mean())
    assert scores["accuracy"]["value"] == pytest.approx(accuracy_score(gold, answers))
    for one in (scores["macro_f1"], scores["accuracy"], scores["ece"]):
        assert 0 <= one["low"] <= one["high"] <= 1


def test_a_row_without_its_target_is_answered_by_the_rule_that_runs_have(tmp_path):
    row = {"text": "yes", "target": "t", "label": "neutral"}
    gold = write(tmp_path / "gold.jsonl", [{**row, "reason": "target not mentioned"}, {**row, "reason": "a hunch"}])
    classifier = WordClassifier()
    scores = evaluate_stance(gold, classifier)
    assert scores["by_rule"] == len(classifier.pairs) == 1


def test_labels_that_people_could_give_are_open_to_the_model(tmp_path):
    rows = [{"text": "maybe", "target": "t", "label": "favor"}, {"text": "no", "target": "t", "label": "against"}]
    assert evaluate_stance(write(tmp_path / "gold.jsonl", rows), WordClassifier())["accuracy"]["value"] == 1
    could = [row | {"scores": {"favor": 0, "neutral": 0, "against": 1}} for row in rows]
    assert evaluate_stance(write(tmp_path / "gold.jsonl", could), WordClassifier())["accuracy"]["value"] == 0.5


def test_mentions_are_every_place_that_means_the_target(tmp_path):
    gold = write(
        tmp_path / "gold.jsonl",
        [{"text": "he, yes he", "target": "t", "label": "favor", "mentions": [[0, 2], [8, 10]]}],
    )
    classifier = WordClassifier()
    evaluate_stance(gold, classifier)
    assert classifier.pairs[0].mentions == ((0, 2), (8, 10))


@pytest.mark.parametrize("mentions", ["0-2", [[0, 99]], [0, 2], [[2, 1]]])
def test_mentions_that_are_none_are_refused(tmp_path, mentions):
    gold = write(tmp_path / "gold.jsonl", [{"text": "he", "target": "t", "label": "favor", "mentions": mentions}])
    with pytest.raises(InputError, match="mentions"):
        evaluate_stance(gold, WordClassifier())


def test_a_row_s_text_is_its_document_unless_it_says_otherwise(tmp_path):
    row = {"text": "it rained for days", "target": "a carbon tax", "label": "neutral"}
    rows = [row, {**row, "text": "a tax"}, {**row, "foreign": 0}, {**row, "foreign": 300}, {**row, "target": "Marta"}]
    classifier = WordClassifier()
    evaluate_stance(write(tmp_path / "gold.jsonl", rows), classifier)
    assert [pair.foreign for pair in classifier.pairs] == [4, 0, 0, 300, 0]


@pytest.mark.parametrize("foreign", [-1, "many", True, 1.5])
def test_words_that_are_no_number_are_refused(tmp_path, foreign):
    row = {"text": "it rained", "target": "a carbon tax", "label": "neutral", "foreign": foreign}
    with pytest.raises(InputError, match="foreign"):
        evaluate_stance(write(tmp_path / "gold.jsonl", [row]), WordClassifier())


def test_gold_of_one_label_can_be_missed(tmp_path):
    rows = [{"text": text, "target": "t", "label": "favor"} for text in ("yes", "no", "maybe", "yes it is")]
    scores = evaluate_stance(write(tmp_path / "gold.jsonl", rows), WordClassifier())
    assert scores["accuracy"]["value"] == 0.5
    assert scores["confusion"]["favor"] == {"favor": 2, "neutral": 1, "against": 1}
    assert scores["ece"]["value"] == pytest.approx(0.3)


def test_a_mark_of_byte_order_is_no_part_of_gold(tmp_path):
    path = write(tmp_path / "gold.jsonl", [{"text": "yes", "target": "t", "label": "favor"}] * 2)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert evaluate_stance(path, WordClassifier())["n"] == 2


@pytest.mark.parametrize("line", ["[" * 100_000, '{"label": ' + "1" * 5000 + "}", '{"text": "a \\ud800"}', "[1]"])
def test_a_line_that_cannot_be_used_is_named(tmp_path, line):
    path = write(tmp_path / "gold.jsonl", [{"text": "yes", "target": "t", "label": "favor"}])
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(InputError, match=r"gold.jsonl:2: (this is no|a text holds half)"):
        evaluate_stance(path, WordClassifier())
