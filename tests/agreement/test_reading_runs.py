"""Judgements and predictions of a run."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import RunError
from pipeline.labels import DEFAULT_SCHEME
from reports.judgements.reading import read_judgements
from reports.judgements.run_tables import OUT_OF_FRAME, read_predictions
from reports.statistics.ratings import ratings
from tests.agreement.files import balanced


def _run(tmp_path, annotations, **tables):
    (tmp_path / "manifest.json").write_text('{"format": 1}')
    for name, rows in {"annotations": annotations, **tables}.items():
        (tmp_path / name).mkdir()
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / name / "chunk-00000.parquet")
    return tmp_path


def _answer(who, label, **more):
    return {"sentence_id": "s1", "target": "tax", "question": "stance", "annotator": who, "label": label, **more}


def test_a_gold_item_is_no_gold_label(tmp_path):
    run = _run(tmp_path, [_answer("a", "favor", gold=True), _answer("b", "neutral", gold=False)])
    assert "gold" not in read_judgements(run).factors


def test_judgements_of_sentences_that_are_gone_stay_in_their_article(tmp_path):
    run = _run(tmp_path, [_answer("a", "favor", doc_id="d1"), _answer("b", "neutral", doc_id="d1")])
    judgements = read_judgements(run)
    assert judgements.clustered_by == "article"
    assert "2 judgements are of sentences that the run no longer has" in judgements.account.notes


def test_a_run_is_read_by_the_labels_of_its_latest_push(tmp_path):
    run = _run(tmp_path, [_answer("a", "favor"), _answer("b", "unclear")])
    assert len(read_judgements(run)) == 1
    labels = [{"name": name} for name in ("favor", "neutral", "against", "unclear")]
    asked = {"name": "stance", "instruction": "", "labels": labels, "level": "nominal"}
    for name, when, config in (("old", "2026-01-01", {}), ("new", "2026-01-02", {"prelabel": {"questions": [asked]}})):
        (run / "annotation" / name).mkdir(parents=True)
        state = {"format": 1, "pushed": {"when": when, "config": config}}
        (run / "annotation" / name / "project.json").write_text(json.dumps(state))
    assert len(read_judgements(run)) == 2


def test_a_damaged_table_is_named(tmp_path):
    run = _run(tmp_path, [_answer("a", "favor")])
    (run / "annotations" / "chunk-00000.parquet").write_text("no table")
    with pytest.raises(RunError, match="cannot be read") as caught:
        read_judgements(run)
    assert "pull --full" in caught.value.fix


@pytest.mark.parametrize("missing", ["sentence_id", "question", "annotator", "label"])
def test_a_table_that_lacks_a_column_is_named(tmp_path, missing):
    answer = _answer("a", "favor")
    del answer[missing]
    with pytest.raises(RunError, match=f"no column '{missing}'"):
        read_judgements(_run(tmp_path, [answer]))


def test_the_corpus_is_what_people_could_be_asked_about(tmp_path):
    sentences = [
        {"sentence_id": "s1", "doc_id": "d", "kind": "body", "attribution_id": "a1", "text": "x", "speaker": "m"},
        {"sentence_id": "s2", "doc_id": "d", "kind": "body", "attribution_id": None, "text": "x", "speaker": None},
        {"sentence_id": "s3", "doc_id": "d", "kind": "headline", "attribution_id": "a2", "text": "x", "speaker": "m"},
    ]
    said = {"doc_id": "d", "target": "tax", "question": "stance", "label": "favor", "model": "m@1", "scores": []}
    run = _run(tmp_path, [_answer("a", "favor")], sentences=sentences)
    rows = pa.Table.from_pylist([{"sentence_id": s, **said} for s in ("s1", "s2", "s3")])
    (run / "predictions").mkdir()
    pq.write_table(rows, run / "predictions" / "chunk-00000.parquet")
    assert read_predictions(run, DEFAULT_SCHEME).unit.names == ("s1 → tax", "s1")
    settings = {"annotation": {"sentences": "all"}}
    (run / "manifest.json").write_text(json.dumps({"format": 1, "config": settings}))
    corpus = read_predictions(run, DEFAULT_SCHEME)
    assert corpus.unit.names == ("s1 → tax", "s2 → tax", "s1")
    assert [(each.reason, each.count) for each in balanced(corpus).left_out] == [(OUT_OF_FRAME, 2)]


def test_a_run_with_annotations(tmp_path):
    (tmp_path / "manifest.json").write_text('{"format": 1}')

    def write(name, rows):
        (tmp_path / name).mkdir()
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / name / "chunk-00000.parquet")

    write("documents", [{"doc_id": "d", "source": "Daily", "date": "2026-01-02", "text": "We need it. We do."}])
    sentence = {"doc_id": "d", "speaker": "Minister", "text": "We need it."}
    write("sentences", [{"sentence_id": "s1", **sentence}, {"sentence_id": "s2", **sentence}])
    common = {"target": "tax", "question": "stance"}
    model = {**common, "label": "favor", "model": "m@1", "scores": [("favor", 0.8), ("neutral", 0.1), ("against", 0.1)]}
    kind = pa.map_(pa.string(), pa.float64())
    rows = [
        {"sentence_id": s, "doc_id": "d", **{k: v for k, v in model.items() if k != "scores"}} for s in ("s1", "s2")
    ]
    predictions = pa.Table.from_pylist(rows).append_column("scores", pa.array([model["scores"]] * 2, type=kind))
    (tmp_path / "predictions").mkdir()
    pq.write_table(predictions, tmp_path / "predictions" / "chunk-00000.parquet")
    with pytest.raises(RunError, match="no annotations"):
        read_judgements(tmp_path)
    write(
        "annotations",
        [
            {"sentence_id": "s1", **common, "annotator": who, "label": label, "arm": "blind", "skipped": False}
            for who, label in (("a", "favor"), ("b", "neutral"))
        ],
    )
    judgements = read_judgements(tmp_path, DEFAULT_SCHEME)
    assert len(judgements) == 2
    assert judgements.factors["model_label"].value(0) == "favor"
    assert judgements.numbers["model_confidence"][0] == 0.8
    assert judgements.factors["outlet"].value(0) == "Daily"
    assert judgements.factors["speaker"].value(0) == "Minister"
    corpus = read_predictions(tmp_path, DEFAULT_SCHEME)
    assert [len(corpus.of(question)) for question in ("stance", "speaker")] == [2, 2]
    assert corpus.annotator.names == ("m@1", "attribution")


def test_a_run_knows_its_own_scheme(tmp_path):
    def question(name, level):
        labels = [{"name": label} for label in ("support", "unsure", "oppose")]
        return {"name": name, "instruction": "", "labels": labels, "level": level}

    config = {"prelabel": {"questions": [question("position", "ordinal"), question("tone", "nominal")]}}
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "config": config}))
    (tmp_path / "annotations").mkdir()
    rows = [
        {"sentence_id": "s1", "target": "tax", "question": asked, "annotator": who, "label": label}
        for asked in ("position", "tone")
        for who, label in (("a", "oppose"), ("b", "support"))
    ] + [{"sentence_id": "s1", "target": None, "question": "speaker", "annotator": "a", "label": "Keller"}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "annotations" / "chunk-00000.parquet")
    judgements = read_judgements(tmp_path)
    asked = {question.name: question for question in judgements.questions}
    assert asked["position"].label_names == ("support", "unsure", "oppose")
    assert (asked["position"].level, asked["tone"].level) == ("ordinal", "nominal")
    assert asked["speaker"].label_names == ("Keller",)


def test_a_run_counts_occasions_from_one(tmp_path):
    (tmp_path / "manifest.json").write_text('{"format": 1}')
    (tmp_path / "annotations").mkdir()
    common = {"sentence_id": "s1", "target": "tax", "question": "stance"}
    answers = [("a", "favor", 1), ("a", "against", 2), ("b", "favor", 1), ("c", "neutral", None)]
    rows = [{**common, "annotator": who, "label": label, "occasion": at} for who, label, at in answers]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "annotations" / "chunk-00000.parquet")
    rated = ratings(read_judgements(tmp_path), "stance")
    assert len(rated.unit) == 3
    assert [rated.annotators[code] for code in rated.annotator] == ["a", "b", "c"]
