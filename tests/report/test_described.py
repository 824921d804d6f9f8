"""The report on a run that nobody has judged: counts of the machine's labels, and no claim about them."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.agree import agree_command
from pipeline.cli.report import report_app
from pipeline.errors import RunError
from pipeline.store import Run
from tests.agreement.judged_run import judge, labelled

app = typer.Typer()
app.add_typer(report_app, name="report")
app.command("agree")(agree_command)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A run that nobody has judged, and the report on it."""
    folder = tmp_path_factory.mktemp("unjudged")
    run = labelled(folder, 3)
    done = CliRunner().invoke(app, ["report", str(run), "--out", str(folder / "report")], catch_exceptions=False)
    assert done.exit_code == 0
    assert "no human has validated them" in done.stdout
    return run, folder / "report"


def _table(report, name):
    with (report / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_says_that_no_human_has_validated_the_labels(made):
    for name in ("report.html", "report.md"):
        assert "no human has validated them" in (made[1] / name).read_text(encoding="utf-8")
    page = (made[1] / "report.html").read_text(encoding="utf-8")
    assert "agreement report" not in page
    assert "Krippendorff" not in page
    assert "no label was validated by people" in (made[1] / "report.tex").read_text(encoding="utf-8")


def test_who_says_how_much_is_counted_over_the_whole_body(made):
    run, report = made
    said = Counter()
    for article in Run.open(run).articles():
        body = {sentence.sentence_id for sentence in article.sentences if sentence.kind == "body"}
        names = {speaker.speaker_id: speaker.name for speaker in article.speakers}
        said.update(names[voice.speaker_id] for voice in article.voices if voice.sentence_id in body)
    assert {row["speaker"]: int(row["sentences"]) for row in _table(report, "said")} == said
    assert said["author"] > 0


def test_labels_are_counted_by_speaker_and_target(made):
    run, report = made
    given, ruled = Counter(), Counter()
    for article in Run.open(run).articles():
        names = {speaker.speaker_id: speaker.name for speaker in article.speakers}
        who = {voice.sentence_id: names[voice.speaker_id] for voice in article.voices}
        for each in article.predictions:
            if each.question == "stance":
                given[who[each.sentence_id], each.target, each.label] += 1
                ruled[who[each.sentence_id], each.target] += each.reason is not None
    rows = _table(report, "pairs-stance")
    labels = ("favor", "neutral", "against")
    found = {(row["speaker"], row["target"], label): int(row[label]) for row in rows for label in labels}
    assert {key: size for key, size in found.items() if size} == given
    assert {(row["speaker"], row["target"]): int(row["by_rule"]) for row in rows} == ruled


def test_it_can_be_verified_until_somebody_judges_the_run(made, tmp_path):
    run, report = (shutil.copytree(each, tmp_path / each.name) for each in made)
    assert CliRunner().invoke(app, ["report", "verify", str(report)]).exit_code == 0
    judge(run, lambda row, who: row["label"], people="A")
    assert CliRunner().invoke(app, ["report", "verify", str(report)]).exit_code == 1


def test_a_pull_that_brought_nothing_leaves_a_run_unjudged(made, tmp_path):
    run = shutil.copytree(made[0], tmp_path / "run")
    (run / "annotations").mkdir()
    columns = {name: pa.array([], type=pa.string()) for name in ("sentence_id", "question", "annotator", "label")}
    pq.write_table(pa.table(columns), run / "annotations" / "chunk-00000.parquet")
    done = CliRunner().invoke(app, ["report", str(run), "--out", str(tmp_path / "out")])
    assert "no human has validated them" in done.stdout


def test_nothing_reaches_a_gate_and_nothing_agrees(made, tmp_path):
    out = tmp_path / "out"
    gated = CliRunner().invoke(app, ["report", str(made[0]), "--out", str(out), "--fail-under", "alpha=.1"])
    assert gated.exit_code == 1
    assert "nothing reaches the bound" in gated.stderr
    with pytest.raises(RunError, match="no annotations"):
        CliRunner().invoke(app, ["agree", str(made[0])], catch_exceptions=False)


def test_the_json_tells_the_same(made):
    found = json.loads(Path(made[1] / "report.json").read_text(encoding="utf-8"))["machine"]
    assert found["models"][0] == "attribution"
    assert found["sentences"] == sum(each["sentences"] for each in found["speakers"])
    stance = found["questions"]["stance"]
    assert (
        sum(row["units"] for row in stance["pairs"])
        == sum(row["units"] for row in stance["targets"])
        == stance["units"]
    )
