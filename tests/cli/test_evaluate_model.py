import json
import subprocess

import pytest

from tests.cli.test_label import ONRECORD
from tests.prelabel.tiny_models import roberta

ROWS = [
    {"text": "The mayor did a brilliant job, and voters love her for it.", "target": "the mayor", "label": "positive"},
    {"text": "The mayor lied to voters and should resign in disgrace.", "target": "the mayor", "label": "negative"},
    {"text": "The council will meet at noon.", "target": "the council", "label": "neutral"},
] * 2


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    root = tmp_path_factory.mktemp("evaluate")
    (root / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    roberta(root / "tiny", ("A", "B", "C"))
    (root / "tiny.yaml").write_text(
        f"prelabel:\n  model: {root / 'tiny'}\n  questions: [sentiment]\n"
        "  model_labels: {sentiment: {A: positive, B: neutral, C: negative}}\n"
    )
    return root


def run(*words):
    return subprocess.run([*ONRECORD, "evaluate", *map(str, words)], capture_output=True, text=True, check=False)


def test_two_models_are_compared_as_table_and_plot(files):
    done = run("sentiment", files / "gold.jsonl", "--compare", files / "tiny.yaml", "--plot", files / "plot.svg")
    assert done.returncode == 0, done.stderr
    assert "accuracy           1.000 [1.000, 1.000]" in done.stdout
    assert "tiny@" in done.stdout
    assert "first minus second" in done.stdout
    assert "Next: onrecord" in done.stdout
    assert (files / "plot.svg").read_text().startswith("<?xml")


def test_one_model_is_scored_as_json(files):
    done = run("sentiment", files / "gold.jsonl", "--model", files / "tiny.yaml", "--json")
    scores = json.loads(done.stdout)
    assert scores["model"].startswith("tiny@")
    assert sum(count for row in scores["confusion"].values() for count in row.values()) == len(ROWS)
    assert scores["latency"]["pairs"] == 3
    assert "compared_with" not in scores


def test_a_plot_that_cannot_be_written_is_refused_before_anything_is_scored(files):
    done = run("sentiment", files / "gold.jsonl", "--model", "no/such-model/here", "--plot", files / "no" / "plot.svg")
    assert "the plot cannot be written" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["sentiment", "--model", "no/such-folder/here"], "no model folder"),
        (["sentiment", "--model", ""], "need a model's name"),
        (["stance", "--model", "{tiny.yaml}"], "is none of favor"),
        (["split", "--model", "embedded@1"], "are for stance and sentiment"),
        (["sentiment", "--plot", "plot.doc"], "cannot be written as .doc"),
    ],
)
def test_what_does_not_fit_is_one_error_with_its_fix(files, words, says):
    part, *rest = words
    given = [files / word.strip("{}") if word.startswith("{") else word for word in rest]
    done = run(part, files / "gold.jsonl", *given)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Fix: " in done.stderr
    assert "Traceback" not in done.stderr
