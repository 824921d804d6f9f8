"""Who speaks is a question like others: the run's own answer is the speaker of each sentence."""

from __future__ import annotations

import json

import pytest

from reports.document.compose import compose
from reports.document.document import Missing
from reports.judgements.reading import read_judgements
from reports.judgements.run_tables import read_predictions
from reports.statistics.analysis import analyse
from tests.agreement.judged_run import judge
from tests.agreement.make import judgements_of


def _mostly_right(row, who):
    """Everybody sees one mistake in ten sentences, and does not see it where the speaker is shown."""
    wrong = row["question"] == "speaker" and row["arm"] == "blind" and row["sentence_id"].endswith(("3", "6"))
    return f"{row['label']}, or not" if wrong else row["label"]


@pytest.fixture
def report(run):
    judge(run, _mostly_right)
    return analyse(read_judgements(run), read_predictions(run), resamples=40)


def test_the_speaker_of_a_sentence_is_the_models_label(run):
    judge(run, lambda row, who: row["label"])
    rows = read_judgements(run).of("speaker")
    assert [rows.factors["model_label"].value(row) for row in range(len(rows))] == [
        rows.label.value(row) for row in range(len(rows))
    ]
    assert (rows.numbers["model_confidence"] > 0).all()


def test_what_showing_the_speaker_did_is_measured(report):
    found = report["questions"]["speaker"]["anchoring"]
    assert found["acceptance"]["shown"]["value"] == 1
    assert 0 < found["acceptance"]["blind"]["value"] < 1
    assert found["by_confidence"]


def test_the_machines_speakers_are_scored_against_people_who_did_not_see_them(report):
    found = report["questions"]["speaker"]["model"]
    blind = report["questions"]["speaker"]["anchoring"]["acceptance"]["blind"]["value"]
    assert found["score"]["accuracy"]["value"] == pytest.approx(blind)
    assert "error" in found["calibration"]


def test_the_corpus_is_told_by_speaker_and_not_grouped_by_it(report):
    found = report["conclusions"]["speaker"]
    assert found["model"] == "attribution"
    assert not [name for name in found["groups"] if "speaker" in name]
    assert "speaker" not in report["questions"]["speaker"]["per_group"]


def test_no_report_on_a_run_asks_for_what_the_run_has(report):
    said = [
        block.reason + block.remedy
        for chapter in compose(report).chapters
        for block in chapter.blocks
        if isinstance(block, Missing)
    ]
    untrue = ("no model's labels", "no such item went out blind", "no predictions over", "which target, speaker")
    assert not [words for words in said if any(each in words for each in untrue)]


def test_a_speaker_that_only_the_machine_names_is_a_mistake_and_no_gap():
    rows = [
        {"unit": f"s{number}", "annotator": who, "question": "speaker", "label": "Ann", "arm": "blind",
         "model_label": "Ben" if number else "Ann"}
        for number in range(4) for who in "AB"
    ]  # fmt: skip
    judgements = judgements_of(rows)
    assert judgements.scheme_of("speaker").label_names == ("Ann", "Ben")
    assert analyse(judgements, resamples=10)["questions"]["speaker"]["model"]["score"]["accuracy"]["value"] == 0.25


def test_a_blind_arm_without_the_models_labels_is_not_said_to_be_missing():
    rows = [
        {"unit": f"s{number}", "annotator": who, "label": "yes", **arm}
        for number in range(4) for who in "AB"
        for arm in [{"arm": "blind"} if number % 2 else {"arm": "shown", "shown": "yes"}]
    ]  # fmt: skip
    found = analyse(judgements_of(rows), resamples=10)["questions"]["label"]["anchoring"]
    assert "are not known" in found["acceptance"]["effect"]["undefined"]


def test_speakers_stand_by_how_many_named_them():
    rows = [
        {"unit": f"s{number}", "annotator": "A", "question": "speaker", "label": label}
        for number, label in enumerate(["Zoe", "Ann", "Zoe", "Bob", "Zoe", "Bob"])
    ]
    assert judgements_of(rows).scheme_of("speaker").label_names == ("Zoe", "Bob", "Ann")
    json.dumps(analyse(judgements_of(rows), resamples=5), allow_nan=False)


def test_many_speakers_are_scored_without_a_matrix_of_them_all():
    rows = [
        {"unit": f"s{number}", "annotator": who, "question": "speaker", "label": f"name {number % 400}",
         "model_label": f"name {number % 400 if number % 5 else 0}", "arm": "blind" if number % 3 else "shown"}
        for number in range(1200) for who in "AB"
    ]  # fmt: skip
    judgements = judgements_of(rows)
    predictions = judgements_of([{**row, "annotator": "m"} for row in rows[::2]])
    found = analyse(judgements, predictions, resamples=20)
    model = found["questions"]["speaker"]["model"]
    assert model["score"]["accuracy"]["value"] == pytest.approx(0.8, abs=0.01)
    assert "too many for a matrix" in model["confusion"]["undefined"]
    assert len(found["conclusions"]["speaker"]["labels"]) == 30
    compose(found)
