"""Judgements from a Label Studio export."""

from __future__ import annotations

import json

import pytest

from pipeline.errors import InputError
from reports.judgements.reading import read_judgements
from tests.agreement.files import balanced


def test_a_label_studio_export(tmp_path):
    def annotation(who, label, **more):
        results = [
            {"from_name": "stance_1", "type": "choices", "value": {"choices": [label]}, "origin": "manual"},
            {"from_name": "comment", "type": "textarea", "value": {"text": ["hm"]}},
        ]
        return {"completed_by": who, "result": results, "lead_time": 4.5, **more}

    prediction = {"model_version": "m@1", "result": [{"from_name": "stance_1", "value": {"choices": ["favor"]}}]}
    tasks = [
        {
            "id": 7,
            "data": {"sentence_id": "s1", "doc_id": "d1", "target_1": "the tax", "sentence": "We need it."},
            "annotations": [
                annotation(1, "favor", prediction=prediction),
                annotation({"id": 2, "email": "x@example.org"}, "against"),
                {"completed_by": 3, "result": [], "was_cancelled": True},
            ],
        }
    ]
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks))
    judgements = read_judgements(path)
    assert judgements.question.names == ("stance",)
    assert judgements.unit.names[0] == "s1 → the tax"
    assert judgements.clustered_by == "article"
    assert judgements.texts["s1 → the tax"] == "We need it."
    assert judgements.factors["shown"].value(0) == "favor"
    assert judgements.factors["model"].value(0) == "m@1"
    assert judgements.numbers["seconds"][0] == 4.5
    reasons = {each.reason: each.count for each in balanced(judgements).left_out}
    assert reasons == {"no choice, but textarea": 2, "skipped by the annotator": 1}


def _choice(control, *labels, **more):
    return {"from_name": control, "type": "choices", "value": {"choices": list(labels)}, **more}


def _export(tmp_path, *tasks):
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks))
    return path


def test_an_export_keeps_second_looks_apart(tmp_path):
    def task(occasion, label):
        data = {
            "sentence_id": "s1",
            "occasion": occasion,
            "asks": {"question1_1": {"question": "Ton", "target": "Steuer"}},
        }
        return {"data": data, "annotations": [{"completed_by": 1, "result": [_choice("question1_1", label)]}]}

    judgements = read_judgements(_export(tmp_path, task(1, "favor"), task(2, "against")))
    assert judgements.question.names == ("Ton",)
    assert judgements.unit.names == ("s1 → Steuer",)
    assert len(judgements) == 2
    assert len(judgements.first_looks()) == 1


def test_typed_speakers_are_told_apart(tmp_path):
    def annotation(who, name):
        typed = {"from_name": "speaker_other", "type": "textarea", "value": {"text": [name]}}
        return {"completed_by": who, "result": [_choice("speaker", "__other__"), typed]}

    task = {"data": {"sentence_id": "s1"}, "annotations": [annotation(1, "Bo  Holm"), annotation(2, "Ann Holm")]}
    judgements = read_judgements(_export(tmp_path, task))
    assert set(judgements.label.names) == {"Bo Holm", "Ann Holm"}
    assert not judgements.account.left_out


def test_halves_of_characters_in_an_export_do_no_harm(tmp_path):
    task = {
        "id": 1,
        "data": {"text": "a\ud83d", "doc_id": "d\ud83d"},
        "annotations": [{"completed_by": 1, "result": [_choice("tone", "x\ud83d")]}],
    }
    judgements = read_judgements(_export(tmp_path, task))
    assert judgements.digest()
    assert (judgements.label.names, judgements.texts["1"]) == (("x\ufffd",), "a\ufffd")


def test_answers_for_several_regions_are_no_answers_for_the_item(tmp_path):
    result = [_choice("kind", "a", id="r1"), _choice("kind", "b", id="r2"), _choice("tone", "good")]
    task = {"id": 1, "data": {"text": "t"}, "annotations": [{"completed_by": 1, "result": result}]}
    judgements = read_judgements(_export(tmp_path, task))
    assert judgements.question.names == ("tone",)
    assert [(each.reason, each.count) for each in balanced(judgements).left_out] == [
        ("no choice, but the answers of several regions", 2)
    ]


@pytest.mark.parametrize(
    "task",
    [
        {"data": {}, "annotations": [5]},
        {"data": "x", "annotations": [{"completed_by": 1, "result": []}]},
        {"data": {}, "annotations": [{"completed_by": 1, "result": [{"value": {"choices": ["a"]}}]}]},
        {"data": {}, "annotations": None},
        {"data": {}, "annotations": [{"completed_by": 1, "result": [{"from_name": "c", "value": "a"}]}]},
    ],
)
def test_a_task_of_another_shape_is_named(tmp_path, task):
    with pytest.raises(InputError, match="none that Label Studio writes") as caught:
        read_judgements(_export(tmp_path, {"id": 1, "data": {}, "annotations": []}, {"id": 2, **task}))
    assert caught.value.where.line == 2


def test_a_task_that_nothing_names_is_none(tmp_path):
    task = {"data": {"text": "t"}, "annotations": [{"completed_by": 1, "result": [_choice("tone", "good")]}]}
    with pytest.raises(InputError, match="none that Label Studio writes"):
        read_judgements(_export(tmp_path, task, task))


def test_one_choice_may_stand_by_itself(tmp_path):
    result = {"from_name": "tone", "type": "choices", "value": {"choices": "good"}}
    task = {"id": 1, "data": {}, "annotations": [{"completed_by": 1, "result": [result]}]}
    assert read_judgements(_export(tmp_path, task)).label.names == ("good",)
