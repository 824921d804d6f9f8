"""The whole analysis: JSON without nan, repeatable, and with a reason in every part that cannot be had."""

from __future__ import annotations

import json

import numpy as np
import pytest

from reports.statistics.analysis import analyse
from reports.statistics.conclusions import conclusions
from reports.statistics.corrected import Corpus, corrected_shares
from reports.statistics.student import student_point
from tests.agreement.make import judgements_of
from tests.agreement.project import Project, judged, predicted, sentences

SECTIONS = {
    "level", "labels", "instruction", "headline", "design", "distribution", "agreement", "verdict",
    "with_annotators_drawn", "analytic", "weighted", "paradox", "per_category", "coincidences", "per_group", "rounds",
    "round_difference", "pairs", "annotators", "anchoring", "model", "consensus", "specification", "disagreements",
    "precision",
}  # fmt: skip


def _rows(*units, **more):
    return [
        {"unit": f"u{number}", "annotator": "abcdef"[who], "label": label, **more}
        for number, labels in enumerate(units)
        for who, label in enumerate(labels)
        if label != "-"
    ]


DEGENERATE = {
    "nothing": [],
    "one judgement": _rows("x"),
    "one annotator": _rows("x", "y", "x"),
    "one label": _rows("xxx", "xxx", "xxx"),
    "no overlap": _rows("x-", "-y", "x-"),
    "three items": _rows("xy", "xx", "yy"),
    "one article": _rows("xy", "xx", "yy", cluster="a"),
    "full agreement": _rows("xxx", "yyy", "xxx", "yyy"),
    "full disagreement": _rows("xyz", "yzx", "zxy"),
    "a model nobody judged with": _rows("xy", "xx", model_label="x", arm="shown", shown="x"),
    "a model outside the scheme": _rows("xy", "xx", model_label="q", arm="blind"),
    "hostile names": [{"unit": "<script>", "annotator": "\u202e", "label": "'\"&"}] * 1,
}


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_projects_are_analysed_without_a_fall(name):
    found = analyse(judgements_of(DEGENERATE[name]), resamples=40)
    json.dumps(found, allow_nan=False)
    for question in found["questions"].values():
        assert set(question) == SECTIONS
        assert question["verdict"]["level"] in {"reliable", "tentative", "not reliable", "unknown"}


def test_a_whole_project_gives_every_section():
    project = Project(articles=30)
    found = analyse(judged(project), predicted(project), resamples=60, seed=3)
    again = analyse(judged(project), predicted(project), resamples=60, seed=3)
    assert json.dumps(found, allow_nan=False) == json.dumps(again)
    stance = found["questions"]["stance"]
    undefined = [name for name in SECTIONS if isinstance(stance[name], dict) and "undefined" in stance[name]]
    assert sorted(undefined) == ["round_difference", "rounds"]
    assert found["input"]["clustered_by"] == "article"
    assert found["conclusions"]["stance"]["human_units"] < found["conclusions"]["stance"]["model_units"] == 300


def test_full_agreement_on_few_units_is_no_verdict():
    few, many = _rows("xx", "yy", "xx"), _rows(*["xx", "yy"] * 20)
    found = [analyse(judgements_of(rows), resamples=40)["questions"]["label"]["verdict"] for rows in (few, many)]
    assert [each["level"] for each in found] == ["unknown", "reliable"]
    assert "rule of three" in found[0]["sentence"]


def test_rounds_are_compared():
    rows = [row | {"round": "1"} for row in _rows(*["xy", "yx", "xx"] * 8)]
    rows += [row | {"round": "2", "unit": row["unit"] + "b"} for row in _rows(*["yy", "xx", "xx"] * 8)]
    found = analyse(judgements_of(rows), resamples=60)["questions"]["label"]
    assert [each["round"] for each in found["rounds"]] == ["1", "2"]
    assert found["round_difference"]["low"] > 0


def test_the_correction_takes_out_the_models_bias():
    project = Project(articles=300, model_bias=0.2, blind=0.3, skill=1.0)
    facts = sentences(project)
    truth = np.mean([fact["truth"] == 0 for fact in facts])
    found = conclusions(judged(project), "stance", predicted(facts=facts))
    favor = found["groups"]["all"][0]["labels"]["favor"]
    assert favor["model"]["value"] > truth + 0.1
    assert favor["corrected"]["low"] < truth < favor["corrected"]["high"]
    width = {name: favor[name]["high"] - favor[name]["low"] for name in ("human", "corrected")}
    assert width["corrected"] < width["human"]
    assert found["evidence"] == "blind judgements"
    assert len(found["groups"]["speaker and target"]) == 2
    assert found["groups"]["month"][0]["name"].keys() == {"month"}


def test_a_perfect_model_needs_no_correction():
    random = np.random.default_rng(0)
    labels = np.eye(2)[random.integers(0, 2, 400)]
    judged_units = random.random(400) < 0.3
    corpus = Corpus(
        model=labels,
        people=labels * judged_units[:, None],
        judged=judged_units,
        weight=np.ones(400),
        cluster=np.arange(400) // 4,
    )
    first = corrected_shares(corpus)[0]
    assert first["corrected"]["value"] == pytest.approx(first["model"]["value"])


def test_few_human_labels_give_no_corrected_share():
    project = Project(articles=5, sentences=4)
    found = conclusions(judged(project), "stance", predicted(project))
    assert "fewer than 20" in found["groups"]["all"][0]["labels"]["favor"]["corrected"]["undefined"]


def test_without_a_corpus_there_are_no_conclusions():
    assert "no predictions" in conclusions(judged(), "stance", None)["undefined"]


def test_points_of_students_t():
    assert student_point(0.975, 1) == pytest.approx(12.7062, abs=1e-4)
    assert student_point(0.975, 49) == pytest.approx(2.00958, abs=1e-5)
