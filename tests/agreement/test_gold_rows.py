"""Gold from a run is what `onrecord evaluate` reads, and gives the machine the answers that it gave in the run."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.evaluate import evaluate_command
from pipeline.cli.gold import gold_command
from pipeline.errors import InputError
from pipeline.evaluate.labelled import BY_RULE
from pipeline.store import Run
from reports.document.compose import compose
from reports.document.document import Heading, Prose
from reports.judgements.reading import read_judgements
from reports.statistics.analysis import analyse
from tests.agreement.judged_run import judge

app = typer.Typer()
app.command("gold")(gold_command)
app.command("evaluate")(evaluate_command)


def _run(*words):
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def _rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_speakers_that_all_confirm_are_all_right(run, tmp_path):
    judge(run, lambda row, who: row["label"])
    out = tmp_path / "gold.jsonl"
    said = _run("gold", run, "--question", "speaker", "--out", out)
    assert f"Next: onrecord evaluate speakers {out}" in said
    assert "--for embedded@" in said, "most of them saw who was proposed"
    scores = json.loads(_run("evaluate", "speakers", out, "--json"))
    assert scores["speakers"]["all"]["value"] == scores["speakers"]["spoken"]["value"] == 1
    assert scores["n"]["articles"] == 4


def test_speakers_that_people_correct_are_mistakes_of_the_machine(run, tmp_path):
    judge(run, lambda row, who: "Zsuzsa Quux" if row["sentence_id"].endswith(":s2") else row["label"])
    out = tmp_path / "gold.jsonl"
    _run("gold", run, "--question", "speaker", "--out", out)
    scores = json.loads(_run("evaluate", "speakers", out, "--json"))
    right, n = scores["speakers"]["all"]["value"], scores["n"]["sentences"]
    assert 1 <= round((1 - right) * n) <= 4


def test_only_settled_sentences_are_voices(run, tmp_path):
    judge(run, lambda row, who: who if row["sentence_id"].endswith("4") else row["label"])
    out = tmp_path / "gold.jsonl"
    said = _run("gold", run, "--question", "speaker", "--for", "embedded@none", "--out", out)
    for row, article in zip(_rows(out), Run.open(run).articles(), strict=True):
        places = {sentence.span.start: sentence for sentence in article.sentences}
        assert row["text"] == article.document.text
        assert not [voice for voice in row["voices"] if places[voice["start"]].sentence_id.endswith("4")]
        assert {voice["end"] for voice in row["voices"]} <= {sentence.span.end for sentence in article.sentences}
        assert row["voices"][0]["annotators"] == ["A", "B", "C"]
    assert "have none: a tie" in said


def test_speakers_of_a_table_stay_rows(tmp_path):
    votes = tmp_path / "votes.csv"
    votes.write_text("unit,annotator,label,question\nu1,a,Ann,speaker\nu1,b,Ann,speaker\n", encoding="utf-8")
    assert f"Next: read {tmp_path / 'gold.jsonl'}" in _run("gold", votes, "--out", tmp_path / "gold.jsonl")
    assert [row["label"] for row in _rows(tmp_path / "gold.jsonl")] == ["Ann"]


def _other(row):
    return int(row["sentence_id"].rpartition("s")[2]) % 2 == 0


def _decide(row, who):
    turned = {
        "stance": {"favor": "neutral", "neutral": "against"},
        "sentiment": {"positive": "negative", "negative": "neutral", "neutral": "negative"},
    }
    return turned.get(row["question"], {}).get(row["label"], row["label"]) if _other(row) else row["label"]


@pytest.fixture
def judged(run):
    """Of a run, blind and shown, with labels that people see otherwise now and then."""
    return judge(run, _decide)


@pytest.mark.parametrize("question", ["stance", "sentiment"])
def test_an_evaluation_gives_the_answers_of_the_run(judged, tmp_path, question):
    out = tmp_path / "gold.jsonl"
    model = next(Run.open(judged).articles()).predictions[0].model
    said = _run("gold", judged, "--question", question, "--for", model, "--out", out)
    assert f"Next: onrecord evaluate {question} {out}" in said
    report = analyse(read_judgements(judged), resamples=10)["questions"][question]["model"]
    scores = json.loads(_run("evaluate", question, out, "--json"))
    assert scores["n"] == report["score"]["units"]
    assert 0 < scores["accuracy"]["value"] < 1
    for measure in ("accuracy", "macro_f1"):
        assert scores[measure]["value"] == pytest.approx(report["score"][measure]["value"])
    assert [list(row.values()) for row in scores["confusion"].values()] == report["confusion"]["matrix"]
    by_rule = [row for row in _rows(out) if "reason" in row]
    assert scores["by_rule"] == len(by_rule) > 0
    assert {row["reason"] for row in by_rule} == {BY_RULE}


@pytest.mark.parametrize("question", ["stance", "sentiment"])
def test_an_evaluation_weighs_what_was_drawn_with_unequal_chances_as_the_report_does(run, tmp_path, question):
    """Four times as many of what people see otherwise: counted as they are, the model would look worse than it is."""
    judge(run, _decide, drawn=lambda row: 0.8 if _other(row) else 0.2)
    out = tmp_path / "gold.jsonl"
    model = next(Run.open(run).articles()).predictions[0].model
    _run("gold", run, "--question", question, "--for", model, "--out", out)
    report = analyse(read_judgements(run), resamples=10)["questions"][question]["model"]["score"]
    scores = json.loads(_run("evaluate", question, out, "--json"))
    assert report["weighted"]
    assert scores["weighted"]
    for measure in ("accuracy", "macro_f1"):
        assert scores[measure]["value"] == pytest.approx(report[measure]["value"])
    for label, found in report["labels"].items():
        for measure in ("precision", "recall", "f1"):
            assert scores["per_label"][label][measure]["value"] == pytest.approx(found[measure].get("value"))
    assert "each as one over its probability of being drawn" in _run("evaluate", question, out)


def test_speakers_that_were_drawn_with_unequal_chances_are_weighed(run, tmp_path):
    judge(
        run,
        lambda row, who: "Zsuzsa Quux" if _other(row) else row["label"],
        drawn=lambda row: 0.8 if _other(row) else 0.2,
    )
    out = tmp_path / "gold.jsonl"
    _run("gold", run, "--question", "speaker", "--out", out)
    found = [voice for row in _rows(out) for voice in row["voices"]]
    wrong = sum(voice["speakers"] == ["Zsuzsa Quux"] for voice in found)
    scores = json.loads(_run("evaluate", "speakers", out, "--json"))
    right = len(found) - wrong
    assert scores["n"]["sentences"] == len(found)
    assert scores["speakers"]["all"]["value"] == pytest.approx(right / 0.2 / (right / 0.2 + wrong / 0.8))
    assert scores["weighted"]


@pytest.mark.parametrize("chance", [0, 1.5, "often", True])
def test_a_chance_that_is_none_is_refused(tmp_path, chance):
    row = {"text": "Ann Lee is fine.", "target": "Ann Lee", "label": "favor", "inclusion_probability": chance}
    voice = {"start": 0, "end": 5, "speakers": ["author"], "inclusion_probability": chance}
    heard = {"text": "Ann Lee is fine.", "voices": [voice]}
    for part, gold in (("stance", row), ("speakers", heard)):
        (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
        with pytest.raises(InputError, match="probability"):
            _run("evaluate", part, tmp_path / "gold.jsonl")


def test_nobody_saw_a_label_of_a_question_that_no_model_answered(run, tmp_path):
    judge(run, lambda row, who: row["label"], blind=2)
    path = next((run / "annotations").glob("*.parquet"))
    rows = pq.read_table(path).to_pylist()
    frames = [
        {**row, "question": "frame", "label": "money", "shown_label": None, "model_shown": None}
        for row in rows
        if row["question"] == "stance"
    ]
    pq.write_table(pa.Table.from_pylist([*rows, *frames]), path)
    said = _run("gold", run, "--question", "frame", "--out", tmp_path / "gold.jsonl")
    assert "somebody saw" not in said
    assert {tuple(row["saw"]) for row in _rows(tmp_path / "gold.jsonl")} == {()}
    report = analyse(read_judgements(run), resamples=10)
    assert report["questions"]["frame"]["anchoring"].keys() == {"undefined"}
    chapters = {chapter.key: chapter for chapter in compose(report).chapters}
    for key in ("anchoring", "model", "calibration"):
        headings = [block.text for block in chapters[key].blocks if isinstance(block, Heading)]
        assert "frame" not in headings
        assert {"stance", "sentiment"} <= set(headings)
        assert isinstance(chapters[key].blocks[0], Prose)
        assert "frame" in chapters[key].blocks[0].text


def test_a_row_holds_the_words_that_were_judged(judged, tmp_path):
    _run("gold", judged, "--question", "stance", "--out", tmp_path / "gold.jsonl")
    rows = _rows(tmp_path / "gold.jsonl")
    said = [row for row in rows if row["text_judged"] == "content"]
    assert said
    assert all(len(row["text"]) < len(row["sentence_text"]) for row in said)
    assert all(row["text"] == row["sentence_text"] for row in rows if row["text_judged"] == "sentence")


def test_what_people_were_asked_and_the_run_was_not_stays_as_it_is(run, tmp_path):
    judge(run, lambda row, who: row["label"])
    path = next((run / "annotations").glob("*.parquet"))
    rows = [
        {**row, "target": f"{row['target']}, not" if row["target"] else None} for row in pq.read_table(path).to_pylist()
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    _run("gold", run, "--question", "stance", "--ties", "first", "--out", tmp_path / "gold.jsonl")
    assert {"mentions", "reason"}.isdisjoint(_rows(tmp_path / "gold.jsonl")[0])
