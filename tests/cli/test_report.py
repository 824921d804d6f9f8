"""``onrecord report`` and ``onrecord report verify``."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.report import report_app
from pipeline.errors import ConfigError, InputError
from tests.report.studies import STUDIES, plain, write

app = typer.Typer()
app.add_typer(report_app, name="report")
app.command("other")(lambda: None)


def run(*words: object):
    return CliRunner().invoke(app, ["report", *map(str, words)])


@pytest.fixture
def votes(tmp_path):
    return write(STUDIES["three items"](), tmp_path / "votes.csv")


def test_a_report_is_made_and_verified(votes, tmp_path):
    made = run(votes, "--out", tmp_path / "out", "--resamples", 40)
    assert made.exit_code == 0
    assert "label: α nominal .600" in made.stdout
    assert "report.html" in made.stdout
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["provenance"]["sha256"]
    checked = run("verify", tmp_path / "out")
    assert checked.exit_code == 0
    assert checked.stdout.startswith("Sound")


def test_verify_names_what_differs_and_fails(votes, tmp_path):
    run(votes, "--out", tmp_path / "out", "--resamples", 40)
    (tmp_path / "out" / "report.md").write_text("changed", encoding="utf-8")
    checked = run("verify", tmp_path / "out")
    assert checked.exit_code == 1
    assert "report.md: the file is not what report.json gives" in checked.stderr
    as_json = run("verify", tmp_path / "out", "--json")
    assert json.loads(as_json.stdout)["sound"] is False


def test_verify_finds_judgements_elsewhere(votes, tmp_path):
    run(votes, "--out", tmp_path / "out", "--resamples", 40)
    elsewhere = votes.rename(tmp_path / "elsewhere.csv")
    with pytest.raises(InputError, match="--from"):
        raise run("verify", tmp_path / "out").exception
    assert run("verify", tmp_path / "out", "--from", elsewhere).exit_code == 0


@pytest.mark.parametrize("options", [("--labels", "no,yes"), ("--labels", "yes,no", "--nominal"), ()])
def test_verify_reads_the_labels_as_the_report_did(tmp_path, options):
    own = plain([("favor", "neutral"), ("against", "against"), ("favor", "favor")])
    votes = write(STUDIES["three items"]() if options else own, tmp_path / "votes.csv")
    run(votes, "--out", tmp_path / "out", "--resamples", 10, *options)
    assert run("verify", tmp_path / "out").exit_code == 0


@pytest.mark.parametrize(("bound", "code"), [("alpha=.667", 1), ("alpha=-.9", 0), ("percent=.99", 1)])
def test_the_gate(votes, tmp_path, bound, code):
    made = run(votes, "--out", tmp_path / "out", "--resamples", 40, "--fail-under", bound)
    assert made.exit_code == code
    assert ("does not reach" in made.stderr) == bool(code)
    assert (tmp_path / "out" / "report.html").exists()


def test_a_gate_that_is_none_stops_before_the_work(votes, tmp_path):
    made = run(votes, "--out", tmp_path / "out", "--fail-under", "alpha")
    assert isinstance(made.exception, ConfigError)
    assert not (tmp_path / "out").exists()


def test_json_goes_to_the_output_alone(votes, tmp_path):
    made = run(votes, "--json", "--out", tmp_path / "out", "--resamples", 40)
    assert json.loads(made.stdout)["questions"]["label"]["headline"] == "alpha_nominal"


def test_help_names_both_uses():
    shown = run("--help")
    assert "--fail-under" in shown.stdout
    assert "report verify" in shown.stdout
    assert "--from" in run("verify", "--help").stdout


@pytest.mark.parametrize("options", [("--epsilon", "nan"), ("--epsilon", "2"), ("--fail-under", "")])
def test_options_that_mean_nothing_are_refused(votes, tmp_path, options):
    done = run(votes, "--out", tmp_path / "out", *options)
    assert isinstance(done.exception, ConfigError)
    assert not (tmp_path / "out").exists()
