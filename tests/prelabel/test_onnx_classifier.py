import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ModelError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.model_folder import EMBEDDED
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.records import Document
from pipeline.split.stage import split_document

TARGETS = ("the mayor", "Anna Lindqvist", "a new harbour tunnel", "The council should sell the arena")
SENTENCES = (
    "The mayor praised Anna Lindqvist for her work on the tunnel.",
    "Anna Lindqvist said on Tuesday that the council had lied about the cost.",
    "It rained.",
    "“We cannot afford a new harbour tunnel, and everybody in this room knows it,” the treasurer said, adding that "
    "the last estimate was twice what voters had been told in the spring.",
    "The council will vote on the arena next week.",
    "She has been accused of taking bribes, which she denies.",
    "Nobody has done more for this city than the mayor.",
    "The arena, built in 1974, seats 12,000.",
    "Selling it would be madness.",
    "Critics, among them two former mayors, called the plan reckless; supporters called it overdue.",
    "Hon sa att förslaget är “oansvarigt”. 东京 🙂",
    "The report, which runs to 312 pages, was published on Friday by the city’s auditor.",
)
PAIRS = [Pair(text=text, target=target) for text in SENTENCES for target in TARGETS]
SEED = (Path(__file__).parents[2] / "seeds" / "seed.txt").read_text(encoding="utf-8")
REAL = [
    Pair(text=SEED[sentence.span.start : sentence.span.end], target=target)
    for sentence in split_document(Document(doc_id="seed", text=SEED))
    for target in ("Elon Musk", "an investigation into the contacts")
]
EVERY = [*PAIRS, *REAL]


@pytest.fixture(scope="module")
def classifier():
    return OnnxClassifier()


@pytest.fixture(scope="module")
def alone(classifier):
    rows = [classifier.probabilities([pair]) for pair in EVERY]
    return {question: np.concatenate([row[question] for row in rows]) for question in rows[0]}


@given(
    chosen=st.lists(st.integers(0, len(EVERY) - 1), min_size=1, max_size=80),
    batch_tokens=st.integers(1, 4000),
    threads=st.integers(1, 4),
)
@settings(max_examples=25)
def test_company_order_batch_size_and_threads_never_touch_an_answer(alone, chosen, batch_tokens, threads):
    other = OnnxClassifier(batch_tokens=batch_tokens, threads=threads)
    answers = other.probabilities([EVERY[index] for index in chosen])
    for question, rows in answers.items():
        assert np.abs(rows - alone[question][chosen]).max() <= 1e-6
        assert (rows.argmax(axis=1) == alone[question][chosen].argmax(axis=1)).all()


JUDGE_AGAIN = """
import pickle, sys
from pipeline.prelabel.onnx_classifier import OnnxClassifier
pairs = pickle.load(sys.stdin.buffer)
pickle.dump(OnnxClassifier(threads=2).probabilities(pairs), sys.stdout.buffer)
"""


def test_a_new_process_gives_the_same_answers(alone):
    done = subprocess.run(
        [sys.executable, "-c", JUDGE_AGAIN], input=pickle.dumps(EVERY[::-1]), capture_output=True, check=True
    )
    for question, rows in pickle.loads(done.stdout).items():
        assert np.abs(rows[::-1] - alone[question]).max() <= 1e-6
        assert (rows[::-1].argmax(axis=1) == alone[question].argmax(axis=1)).all()


def test_answers_are_probabilities_of_the_labels_in_input_order(classifier):
    answers = classifier.probabilities(PAIRS)
    assert set(answers) == set(classifier.labels) == {"stance", "sentiment"}
    for question, rows in answers.items():
        assert rows.dtype == np.float32
        assert rows.shape == (len(PAIRS), len(classifier.labels[question]))
        assert np.allclose(rows.sum(axis=1), 1, atol=1e-6)
        assert (rows >= 0).all()


def test_plain_cases_are_judged_as_a_reader_would(classifier):
    def stance(text, target):
        row = classifier.probabilities([Pair(text=text, target=target)])["stance"][0]
        return classifier.labels["stance"][int(row.argmax())]

    assert stance("The mayor did a brilliant job, and voters love her for it.", "the mayor") == "favor"
    assert stance("The mayor lied to voters and should resign in disgrace.", "the mayor") == "against"
    assert stance("The council will meet at noon.", "Anna Lindqvist") == "neutral"


def test_equal_pairs_are_judged_once(classifier, monkeypatch):
    seen = []
    encode = classifier._encoder.encode
    monkeypatch.setattr(classifier._encoder, "encode", lambda pairs: seen.extend(pairs) or encode(pairs))
    rows = classifier.probabilities([PAIRS[0], PAIRS[1], PAIRS[0]])["stance"]
    assert seen == [PAIRS[0], PAIRS[1]]
    assert (rows[0] == rows[2]).all()


def test_no_pairs_give_empty_matrices(classifier):
    assert {question: rows.shape for question, rows in classifier.probabilities([]).items()} == {
        "stance": (0, 3),
        "sentiment": (0, 3),
    }


def test_a_long_text_is_read_to_its_end(classifier):
    filler = "The meeting was held in the town hall. " * 120
    pair = Pair(text=filler + "The mayor is a corrupt liar and a disgrace.", target="the mayor")
    plain = Pair(text=filler, target="the mayor")
    with_end, without = classifier.probabilities([pair, plain])["stance"]
    assert with_end[2] > without[2] + 0.01


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(EMBEDDED, tmp_path / "model")


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.onnx"])
def test_a_folder_without_one_of_its_files_is_no_model(copy, name):
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"no {name}") as caught:
        OnnxClassifier(copy)
    assert caught.value.fix


@pytest.mark.parametrize("name", ["tokenizer.json", "model.onnx"])
def test_a_damaged_file_is_found(copy, name):
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / name).write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        OnnxClassifier(copy)


PLAIN = {"named": 1.0, "topic": 1.0, "crowd": 0.0, "shift": []}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"labels": {}}, "labels and a calibration"),
        ({"calibration": {"stance": PLAIN}}, "labels and a calibration"),
        ({"labels": 3}, "cannot be read"),
        ({"max_length": "long"}, "cannot be read"),
    ],
)
def test_a_configuration_that_says_too_little_is_refused(copy, change, message):
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | change))
    with pytest.raises(ModelError, match=message):
        OnnxClassifier(copy)


def test_a_configuration_without_a_key_is_refused(copy):
    config = json.loads((copy / "config.json").read_text())
    del config["labels"]
    (copy / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="no 'labels'"):
        OnnxClassifier(copy)
