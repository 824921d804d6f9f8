"""From files to judgements: every row is used or accounted for, and every error says where and how to mend it."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError, RunError
from pipeline.labels import DEFAULT_SCHEME, Label, LabelScheme, Question
from reports.judgements.reading import read_judgements
from reports.judgements.run_tables import read_predictions
from reports.statistics.ratings import ratings

TABLE = [("u1", "ann", "favor"), ("u1", "ben", "neutral"), ("u2", "ann", "against"), ("u2", "ben", "against")]


def _csv(tmp_path, text, name="votes.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def _lines(rows, head="unit,annotator,label"):
    return "\n".join([head, *(",".join(row) for row in rows)]) + "\n"


def _balanced(judgements):
    account = judgements.account
    assert account.read == account.kept + sum(each.count for each in account.left_out)
    assert account.kept == len(judgements)
    return account


def test_a_csv_of_three_columns(tmp_path):
    judgements = read_judgements(_csv(tmp_path, _lines(TABLE)))
    assert len(judgements) == 4
    assert judgements.question.names == ("label",)
    assert judgements.clustered_by == "unit"
    question = judgements.scheme_of("label")
    assert question.label_names == ("favor", "neutral", "against")
    assert question.level == "ordinal"
    assert _balanced(judgements).left_out == ()


@pytest.mark.parametrize("kind", ["csv", "semicolons.csv", "tsv", "jsonl", "parquet", "bom.csv"])
def test_every_format_gives_the_same_judgements(tmp_path, kind):
    path = tmp_path / f"votes.{kind}"
    if kind == "parquet":
        pq.write_table(
            pa.table(
                {name: [row[place] for row in TABLE] for place, name in enumerate(("unit", "annotator", "label"))}
            ),
            path,
        )
    elif kind == "jsonl":
        path.write_text("\n".join(json.dumps({"unit": u, "annotator": a, "label": v}) for u, a, v in TABLE))
    else:
        between = {"tsv": "\t", "semicolons.csv": ";"}.get(kind, ",")
        text = _lines(TABLE).replace(",", between)
        path.write_text(("\ufeff" if kind == "bom.csv" else "") + text, encoding="utf-8")
    rated = ratings(read_judgements(path), "label")
    assert rated.counts().tolist() == [[1, 1, 0], [0, 0, 2]]
    assert rated.annotators == ("ann", "ben")


def test_numbers_stand_in_their_order(tmp_path):
    path = tmp_path / "numbers.jsonl"
    rows = [{"unit": 1, "annotator": 1, "label": 10}, {"unit": 1, "annotator": 2, "label": 2.0}]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert read_judgements(path).scheme_of("label").label_names == ("2", "10")


def test_unknown_words_are_nominal(tmp_path):
    judgements = read_judgements(_csv(tmp_path, _lines([("u", "a", "cat"), ("u", "b", "dog")])))
    assert judgements.scheme_of("label").level == "nominal"


@pytest.mark.parametrize(
    ("head", "missing"), [("unit,annotator,stars", "'label'"), ("unit,label", "'annotator'"), ("a,b,c", "'unit', ")]
)
def test_missing_columns(tmp_path, head, missing):
    path = _csv(tmp_path, head + "\n1,2,3\n")
    with pytest.raises(InputError) as caught:
        read_judgements(path)
    assert missing in caught.value.what
    assert str(caught.value.where).startswith(f"{path}:1")
    assert "unit, annotator, label" in caught.value.fix


def test_an_empty_file_lacks_its_columns(tmp_path):
    with pytest.raises(InputError, match="no column"):
        read_judgements(_csv(tmp_path, ""))


def test_mixed_types_are_named_with_their_line(tmp_path):
    path = _csv(tmp_path, _lines([("u1", "a", "1"), ("u1", "b", "2"), ("u2", "a", "three")]))
    with pytest.raises(InputError, match="mix numbers and words: 'three'") as caught:
        read_judgements(path)
    assert f"{path}:4 (label)" in str(caught.value)


def test_a_list_for_a_label(tmp_path):
    path = tmp_path / "votes.jsonl"
    path.write_text('{"unit": 1, "annotator": "a", "label": "x"}\n{"unit": 1, "annotator": "b", "label": ["x"]}\n')
    with pytest.raises(InputError, match="a list or an object") as caught:
        read_judgements(path)
    assert caught.value.where.line == 2


def test_contradicting_duplicates_are_an_error_that_names_both_lines(tmp_path):
    path = _csv(tmp_path, _lines([*TABLE, ("u1", "ann", "against")]))
    with pytest.raises(InputError, match="ann judged u1 twice: 'favor' in line 2, 'against' here") as caught:
        read_judgements(path)
    assert caught.value.where.line == 6
    assert "time" in caught.value.fix


def test_equal_duplicates_count_once_and_are_accounted_for(tmp_path):
    path = _csv(tmp_path, _lines([*TABLE, TABLE[0]]))
    (left_out,) = _balanced(read_judgements(path)).left_out
    assert (left_out.reason, left_out.count) == ("the same judgement twice", 1)
    assert left_out.examples == ((f"{path}:6 (label)", "favor"),)


def test_the_latest_of_several_judgements_is_kept(tmp_path):
    rows = [("u1", "ann", "favor", "2026-01-02"), ("u1", "ann", "against", "2026-01-01"), ("u1", "ben", "favor", "")]
    judgements = read_judgements(_csv(tmp_path, _lines(rows, "unit,annotator,label,updated")))
    assert [judgements.label.value(row) for row in range(2)] == ["favor", "favor"]
    assert _balanced(judgements).left_out[0].reason.startswith("an earlier judgement")


def test_second_looks_are_no_duplicates(tmp_path):
    rows = [("u1", "ann", "favor", "0"), ("u1", "ann", "against", "1"), ("u1", "ben", "favor", "")]
    judgements = read_judgements(_csv(tmp_path, _lines(rows, "unit,annotator,label,occasion")))
    assert len(judgements) == 3
    assert len(judgements.first_looks()) == 2


def test_missing_skipped_and_foreign_labels_are_counted(tmp_path):
    rows = [*((*row, "") for row in TABLE), ("u3", "ann", "", ""), ("u3", "ben", "maybe", ""), ("u4", "", "favor", "")]
    rows.append(("u4", "ben", "favor", "true"))
    scheme = LabelScheme(questions=(DEFAULT_SCHEME.questions[0],))
    judgements = read_judgements(_csv(tmp_path, _lines(rows, "unit,annotator,label,skipped")), scheme)
    found = {each.reason: each.count for each in _balanced(judgements).left_out}
    assert found == {
        "skipped by the annotator": 1,
        "no annotator": 1,
        "no label": 1,
        "a label outside the scheme": 1,
    }


def test_rows_of_another_width_are_left_out_with_their_lines(tmp_path):
    path = _csv(tmp_path, _lines(TABLE) + "u9,ann\n")
    (left_out,) = _balanced(read_judgements(path)).left_out
    assert left_out.examples == ((f"{path}:6", "u9,ann"),)


def test_quoted_line_breaks_do_not_shift_the_line_numbers(tmp_path):
    text = 'unit,annotator,label,seconds\n"u\n1",ann,favor,3\nu2,ann,favor,soon\n'
    with pytest.raises(InputError, match="'soon' is no number") as caught:
        read_judgements(_csv(tmp_path, text))
    assert caught.value.where.line == 4


@pytest.mark.parametrize("probability", ["0", "1.5", "-1"])
def test_probabilities_are_probabilities(tmp_path, probability):
    rows = [(*TABLE[0], probability)]
    with pytest.raises(InputError, match="no probability"):
        read_judgements(_csv(tmp_path, _lines(rows, "unit,annotator,label,probability")))


def test_columns_that_are_not_used_are_named(tmp_path):
    judgements = read_judgements(_csv(tmp_path, _lines([(*TABLE[0], "x")], "unit,annotator,label,mood")))
    assert judgements.account.notes == ("columns not used: mood",)


def test_units_in_two_articles_are_drawn_one_by_one(tmp_path):
    rows = [("u1", "ann", "favor", "a1"), ("u1", "ben", "favor", "a2")]
    judgements = read_judgements(_csv(tmp_path, _lines(rows, "unit,annotator,label,article")))
    assert judgements.clustered_by == "unit"
    assert "more than one" in judgements.account.notes[0]


@pytest.mark.parametrize(("name", "text"), [("x.json", "{"), ("x.json", '{"a": 1}'), ("x.csv", b"\xff\xfe\x00")])
def test_files_that_are_something_else(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as caught:
        read_judgements(path)
    assert caught.value.fix


def test_no_such_file(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_judgements(tmp_path / "none.csv")


def test_broken_json_lines_are_accounted_for(tmp_path):
    path = tmp_path / "votes.jsonl"
    path.write_text('{"unit": 1, "annotator": "a", "label": "x"}\n{"unit": \n\n[1]\n')
    judgements = read_judgements(path)
    assert _balanced(judgements).left_out[0].count == 2


def test_several_questions_keep_apart(tmp_path):
    rows = [("u1", "ann", "favor", "stance"), ("u1", "ann", "yes", "check"), ("u1", "ben", "no", "check")]
    judgements = read_judgements(_csv(tmp_path, _lines(rows, "unit,annotator,label,question")))
    assert len(judgements.of("check")) == 2
    with pytest.raises(KeyError):
        judgements.of("mood")


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
    reasons = {each.reason: each.count for each in _balanced(judgements).left_out}
    assert reasons == {"no choice, but textarea": 2, "skipped by the annotator": 1}


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
    assert len(corpus) == 2
    assert corpus.annotator.names == ("m@1",)


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


def test_a_scheme_of_one_question_serves_a_table_without_a_question(tmp_path):
    labels = tuple(Label(name=name) for name in ("against", "neutral", "favor"))
    scheme = LabelScheme(questions=(Question(name="stance", instruction="", labels=labels, level="ordinal"),))
    judgements = read_judgements(_csv(tmp_path, _lines(TABLE)), scheme)
    assert judgements.scheme_of("label").label_names == ("against", "neutral", "favor")


def test_the_digest_tells_different_judgements_apart(tmp_path):
    one = read_judgements(_csv(tmp_path, _lines(TABLE))).digest()
    again = read_judgements(_csv(tmp_path, _lines(TABLE), "other.csv")).digest()
    other = read_judgements(_csv(tmp_path, _lines(TABLE).replace("neutral", "favor"))).digest()
    assert one == again != other
