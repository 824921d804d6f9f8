"""`onrecord agree` and `onrecord gold`, as people call them."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.agree import agree_command
from pipeline.cli.gold import gold_command
from pipeline.errors import ConfigError, InputError
from reports.statistics.agreement import KEYS

app = typer.Typer()
app.command("agree")(agree_command)
app.command("gold")(gold_command)

VOTES = """unit,annotator,label,arm,shown,model
u1,ann,favor,blind,,
u1,ben,favor,blind,,
u2,ann,neutral,blind,,
u2,ben,against,blind,,
u3,ann,against,shown,favor,m@1
u3,ben,against,shown,favor,m@1
"""


@pytest.fixture
def votes(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(VOTES)
    return path


def _run(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def test_json_has_every_coefficient_of_every_question(votes):
    result = _run("agree", votes, "--json", "--resamples", 50)
    found = json.loads(result.stdout)
    assert list(found) == ["label"]
    assert found["label"].pop("labels") == {"favor": 2, "neutral": 1, "against": 3}
    assert tuple(found["label"]) == KEYS
    for estimate in found["label"].values():
        assert set(estimate) in ({"value", "low", "high"}, {"undefined"})
    assert found["label"]["percent"]["value"] == pytest.approx(2 / 3)


def test_the_table_says_what_was_counted(votes):
    result = _run("agree", votes, "--resamples", 50)
    assert (
        "6 judgements of 3 units by 2 annotators; 3 units judged twice or more; intervals draw units." in result.stdout
    )
    assert "  labels: favor 2, neutral 1, against 3\n" in result.stdout
    assert "alpha_ordinal" in result.stdout


def test_labels_written_in_two_ways_are_named_on_the_error_output(tmp_path):
    votes = tmp_path / "votes.csv"
    votes.write_text("unit,annotator,label\nu1,a,Favor\nu1,b,favor\nu2,a,against\nu2,b,n/a\n")
    result = _run("agree", votes, "--resamples", 10)
    assert "note: label: 'Favor', 'favor' differ in capitals or spaces alone" in result.stderr
    assert "left out: 1 of 4 rows: no label (first: " in result.stderr
    merged = _run("agree", votes, "--labels", "favor,neutral,against", "--resamples", 10)
    assert "note: capitals and spaces do not count in the column label: 'Favor' as 'favor'" in merged.stderr
    assert "  labels: favor 2, neutral 0, against 1\n" in merged.stdout


def test_only_the_first_of_many_labels_are_printed(tmp_path):
    votes = tmp_path / "votes.csv"
    rows = [f"u{number},{who},name {number:02}" for number in range(20) for who in "ab"]
    votes.write_text("\n".join(["unit,annotator,label", *rows]))
    assert "name 11 2 and 8 more\n" in _run("agree", votes, "--resamples", 10).stdout


def test_labels_that_do_not_count_are_accounted_for(votes):
    result = _run("agree", votes, "--labels", "favor,against", "--resamples", 50)
    assert "left out: 1 of 6 rows: a label outside the scheme" in result.stderr
    assert f"{votes}:4 (label): neutral" in result.stderr


def test_a_table_without_rows(votes):
    votes.write_text("unit,annotator,label\n")
    with pytest.raises(InputError, match="no judgement is left of 0 rows"):
        _run("agree", votes)


def test_nominal_labels_have_no_ordinal_alpha(votes):
    result = _run("agree", votes, "--labels", "favor,neutral,against", "--nominal", "--json", "--resamples", 50)
    assert "no order" in json.loads(result.stdout)["label"]["alpha_ordinal"]["undefined"]


BOTH = ("--config", "configs/default.yaml", "--labels", "favor,against")


@pytest.mark.parametrize(
    "words", [("--labels", "favor"), ("--labels", "a,a"), ("--nominal",), BOTH, (*BOTH[:2], "--nominal")]
)
def test_wrong_labels(votes, words):
    with pytest.raises(ConfigError):
        _run("agree", votes, *words)


def test_gold_is_written_with_its_provenance(votes, tmp_path):
    out = tmp_path / "gold.jsonl"
    result = _run("gold", votes, "--out", out)
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(row["unit"], row["label"], row["saw"]) for row in rows] == [
        ("u1", "favor", []),
        ("u3", "against", ["m@1"]),
    ]
    assert "2 of 3 units have one answer" in result.stdout
    told = _run("gold", votes, "--out", out, "--for", "m@1", "--json").stdout
    assert len(out.read_text().splitlines()) == 1
    about = {"path": str(out), "question": "label", "method": "majority", "for": "m@1"}
    assert json.loads(told) == {**about, "units": 3, "settled": 1}


def test_gold_needs_a_question_that_was_asked(votes, tmp_path):
    with pytest.raises(InputError, match="nobody was asked 'mood'"):
        _run("gold", votes, "--out", tmp_path / "gold.jsonl", "--question", "mood")


def test_the_next_command_reads_the_labels_in_the_same_way(votes):
    result = _run("agree", votes, "--labels", "favor,neutral,against", "--nominal", "--resamples", 10)
    assert f"Next: onrecord report {votes} --labels favor,neutral,against --nominal" in result.stdout


def test_what_is_left_out_reaches_a_terminal_inert(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text("unit,annotator,label\n1,a,x\n1,b,y\n2,a,\x1b[31mred\u202e\n2,b,x\n", encoding="utf-8")
    result = _run("agree", path, "--labels", "x,y", "--resamples", 10)
    assert "left out: 1 of 4 rows" in result.stderr
    assert not {"\x1b", "\u202e"} & set(result.stderr)


def test_gold_never_takes_the_place_of_its_judgements(votes):
    with pytest.raises(InputError, match="take the place"):
        _run("gold", votes, "--out", votes)
    assert votes.read_text() == VOTES
