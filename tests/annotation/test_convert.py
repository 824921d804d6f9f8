"""What comes back from Label Studio, in all its shapes, as one row a question and a person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotation.page import controls
from annotation.page.convert import judgements
from pipeline.config import Config
from pipeline.labels import Target
from reports.judgements.label_studio_export import export_rows
from tests import strategies
from tests.annotation.made import MODEL, article, config_of, item, schemes, task, words
from tests.annotation.test_interface import fits

CONFIG = Config()
NAMES = {"Ann Lee": ("Ann Lee", "d:ann"), "Lee": ("Ann Lee", "d:ann"), "NATO": ("NATO", "d:nato")}


def person(value):
    return str(value["id"] if isinstance(value, dict) else value)


def choice(control: str, *values: str) -> dict:
    return {"from_name": control, "to_name": "sentence", "type": "choices", "value": {"choices": list(values)}}


def typed(control: str, text: str | list[str]) -> dict:
    return {"from_name": control, "to_name": "sentence", "type": "textarea", "value": {"text": text}}


def answered(made: dict, *results: dict, **more: object) -> dict:
    """The task with one annotation: `results`, or else what the model says, begun from the task's prediction."""
    shown = made["predictions"][0] if made["predictions"] else {}
    whole = {
        "id": 7,
        "completed_by": 3,
        "result": list(results) or shown["result"],
        "was_cancelled": False,
        "lead_time": 2.5,
        "created_at": "2026-11-23T00:26:42.168784Z",
        "updated_at": "2026-11-23T01:26:42.168784Z",
        "prediction": {"id": 1, **shown} if shown else {},
        "parent_prediction": 1 if shown else None,
    }
    return {"id": 1, "data": made["data"], "annotations": [whole | more], "predictions": [1]}


def rows(exported: dict, speakers=NAMES) -> dict:
    found = judgements(exported, person=person, speakers=speakers)
    return {(row.question, row.target): row for row in found}


def test_what_was_accepted():
    found = rows(answered(task(article(), item(2), CONFIG)))
    assert {key: (row.label, row.shown_label, row.origin) for key, row in found.items()} == {
        ("speaker", None): ("Bo Lee", "Bo Lee", "accepted"),
        ("stance", "Ann Lee"): ("against", "against", "accepted"),
        ("sentiment", "Ann Lee"): ("negative", "negative", "accepted"),
        ("stance", "the toll"): ("against", "against", "accepted"),
    }
    row = found["speaker", None]
    assert (row.speaker_id, row.model_shown, row.annotator, row.annotation_id) == ("d:bo", MODEL, "3", "7")
    assert (row.seconds, row.inclusion_probability, row.arm, row.occasion, row.gold) == (2.5, 0.25, "shown", 1, False)
    assert (row.created, row.updated) == ("2026-11-23T00:26:42.168784Z", "2026-11-23T01:26:42.168784Z")


def test_what_was_changed():
    found = rows(
        answered(task(article(), item(2), CONFIG), choice("speaker", "__author__"), choice("stance_2", "favor"))
    )
    assert found.keys() == {("speaker", None), ("stance", "the toll")}
    speaker, stance = found["speaker", None], found["stance", "the toll"]
    assert (speaker.label, speaker.speaker_id, speaker.shown_label, speaker.origin) == (
        "author", "d:author", "Bo Lee", "changed",
    )  # fmt: skip
    assert (stance.label, stance.shown_label, stance.origin) == ("favor", "against", "changed")


def test_in_the_blind_arm_nothing_was_shown():
    made = task(article(), item(2, arm="blind"), CONFIG)
    exported = answered(made, choice("speaker", "NATO"), choice("stance_1", "neutral"))
    exported["predictions"] = [{"id": 5, "model_version": "late@1", "result": [choice("stance_1", "favor")]}]
    exported["annotations"][0]["parent_prediction"] = 5
    for row in rows(exported).values():
        assert (row.arm, row.shown_label, row.model_shown, row.origin) == ("blind", None, None, "manual")


@pytest.mark.parametrize("copy", [{}, None, 1, {"id": 1, "result": []}])
def test_without_the_copy_the_prediction_it_began_from_counts(copy):
    made = task(article(), item(2), CONFIG)
    exported = answered(made, prediction=copy, parent_prediction=12)
    exported["predictions"] = [
        {"id": 11, "model_version": "other@1", "result": [choice("stance_1", "favor")]},
        {"id": 12, "model_version": "this@2", "result": [choice("stance_1", "neutral")]},
    ]
    row = rows(exported)["stance", "Ann Lee"]
    assert (row.shown_label, row.model_shown, row.origin) == ("neutral", "this@2", "changed")


def test_an_annotation_posted_from_elsewhere_saw_nothing():
    made = task(article(), item(2), CONFIG)
    exported = answered(made, prediction={}, parent_prediction=None)
    exported["predictions"] = [{"id": 12, **made["predictions"][0]}]
    assert {row.origin for row in rows(exported).values()} == {"manual"}


@pytest.mark.parametrize(
    ("text", "label", "speaker_id"),
    [
        ("Bill Nelson", "Bill Nelson", None),
        ("  lee ", "Ann Lee", "d:ann"),
        ("ann\nLEE", "Ann Lee", "d:ann"),
        (["NATO"], "NATO", "d:nato"),
        ([], "unknown", None),
        ("  ", "unknown", None),
        ("<b>😀</b>", "<b>😀</b>", None),
    ],
)
def test_typed_names_become_speakers_of_the_article_where_they_are(text, label, speaker_id):
    made = task(article(), item(2), CONFIG)
    row = rows(answered(made, choice("speaker", "__other__"), typed("speaker_other", text)))["speaker", None]
    assert (row.label, row.speaker_id, row.origin) == (label, speaker_id, "changed")


def test_a_typed_name_left_behind_does_not_count():
    made = task(article(), item(2), CONFIG)
    row = rows(answered(made, choice("speaker", "Bo Lee"), typed("speaker_other", "Nobody")))["speaker", None]
    assert row.label == "Bo Lee"


def test_a_speaker_no_longer_offered_is_looked_up_by_name():
    made = task(article(), item(2), CONFIG)
    exported = answered(made, choice("speaker", "Lee"))
    assert rows(exported)["speaker", None].speaker_id == "d:ann"
    assert rows(exported, {})["speaker", None].label == "Lee"


def test_flags_and_comment_go_with_every_row():
    made = task(article(), item(2), CONFIG)
    results = [choice("stance_1", "favor"), choice("stance_2", "favor"), choice("flags", "sarcasm", "needs-discussion")]
    found = rows(answered(made, *results, typed("comment", [" why ", "é😀"])))
    assert {row.flags for row in found.values()} == {("sarcasm", "needs-discussion")}
    assert {row.comment for row in found.values()} == {"why\né😀"}


def test_a_skip_is_one_row():
    made = task(article(), item(2), CONFIG)
    (row,) = rows(answered(made, was_cancelled=True)).values()
    assert (row.question, row.label, row.target, row.skipped, row.origin) == (
        "skipped",
        "skipped",
        None,
        True,
        "manual",
    )
    assert row.shown_label is None


def test_what_is_not_asked_or_left_open_gives_no_row():
    made = task(article(), item(2, asks_speaker=False, targets=(Target(name="Ann Lee"),)), CONFIG)
    assert rows(answered(made)).keys() == {("stance", "Ann Lee"), ("sentiment", "Ann Lee")}
    assert rows(answered(made, choice("stance_1"))) == {}
    assert rows({"id": 1, "data": made["data"]}) == {}


def test_of_several_annotations_by_one_person_the_last_counts():
    made = task(article(), item(2), CONFIG)
    exported = answered(made, choice("stance_1", "favor"))
    first = exported["annotations"][0]
    exported["annotations"] = [
        {**first, "id": 9, "completed_by": {"id": 3, "email": "x@y.z"}, "updated_at": "2026-11-23T04:00:00+02:00",
         "result": [choice("stance_1", "neutral")]},
        {**first, "id": 8, "completed_by": 3, "updated_at": "2026-11-23T01:59:59.9Z",
         "created_at": "2027-01-01T00:00:00Z"},
        {**first, "id": 10, "completed_by": 4, "updated_at": datetime(2026, 11, 23, tzinfo=UTC)},
    ]  # fmt: skip
    found = judgements(exported, person=person, speakers=NAMES)
    assert {(row.annotator, row.annotation_id, row.label) for row in found} == {
        ("3", "9", "neutral"),
        ("4", "10", "favor"),
    }
    assert {row.updated for row in found} == {"2026-11-23T02:00:00.000000Z", "2026-11-23T00:00:00.000000Z"}


def test_several_people_each_have_their_rows():
    made = task(article(), item(2), CONFIG)
    exported = answered(made)
    exported["annotations"] += [{**exported["annotations"][0], "id": 8, "completed_by": 4}]
    found = judgements(exported, person=person, speakers=NAMES)
    assert [row.annotator for row in found] == ["3"] * 4 + ["4"] * 4


def test_an_export_read_by_the_report_has_no_answer_to_what_was_not_asked(tmp_path):
    exported = answered(task(article(), item(2), CONFIG))
    (tmp_path / "export.json").write_text(json.dumps([exported]), encoding="utf-8")
    found = export_rows(tmp_path / "export.json").columns
    assert sorted(zip(found["question"], map(str, found["target"]), strict=True)) == [
        ("sentiment", "Ann Lee"), ("speaker", "None"), ("stance", "Ann Lee"), ("stance", "the toll"),
    ]  # fmt: skip


@given(strategies.articles(), schemes(), st.lists(words, max_size=3, unique=True), st.data())
def test_accepting_a_page_gives_back_what_the_model_said(any_article, scheme, targets, data):
    assume(fits(scheme) and any_article.sentences)
    sentence = data.draw(st.sampled_from(any_article.sentences))
    slots = controls.slots_of(scheme)
    asked = tuple(Target(name=name) for name in targets)[:slots]
    one = replace(item(targets=asked), sentence_id=sentence.sentence_id)
    made = task(any_article, one, config_of(scheme))
    exported = {**made, "annotations": answered(made)["annotations"]}
    found = judgements(exported, person=person, speakers={})
    assert all(row.origin == "accepted" and row.label == row.shown_label for row in found)
    voice = any_article.speaker_of(sentence)
    speakers = [(row.label, row.speaker_id) for row in found if row.question == "speaker" and row.target is None]
    shown = [option.get("speaker_id") for option in made["data"]["speakers"]]
    if voice.speaker_id in shown and voice.kind != "author":
        assert (voice.name.replace("\x00", "␀"), voice.speaker_id) in speakers
