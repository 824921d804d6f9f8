import json
import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ModelError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import find_mentions
from pipeline.prelabel.model_folder import EMBEDDED, digest
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.prelabel.temperature import Temperature, describe, names_in, read_temperature

SOFT = Temperature(named=2.0, topic=1.5, crowd=0.5)
PAIRS = [
    Pair(
        text="Critics of Anna Lindqvist, among them Berit Holm and the Harbour Party, called her reckless.", target=name
    )
    for name in ("Anna Lindqvist", "Berit Holm", "a new harbour tunnel")
]


@pytest.mark.parametrize(
    ("text", "target", "names"),
    [
        ("It rained.", "the mayor", 1),
        ("Anna Lindqvist praised the mayor.", "Anna Lindqvist", 1),
        ("Anna Lindqvist praised Berit Holm.", "Anna Lindqvist", 2),
        ("Anna Lindqvist praised Berit Holm.", "the mayor", 3),
        ("Yesterday Holm met Lindqvist, and Holm smiled.", "Lindqvist", 3),
        ("Critics called the plan reckless.", "the plan", 1),
        ("The Harbour Party and Jean-Luc Moreau of the Nordic Council voted no.", "Moreau", 3),
        ("东京 🙂 HOLM", "", 2),
        ("", "Holm", 1),
    ],
)
def test_names_are_runs_of_capitalised_words_and_the_target_is_one(text, target, names):
    assert names_in(text, find_mentions(text, target)) == names


@given(st.text(max_size=80), st.text("abc ,.", max_size=20))
def test_words_without_capitals_are_no_names(text, more):
    assert names_in(f"{text} {more}") == names_in(f"{text} ") >= 1


def test_a_topic_is_not_a_name_though_the_text_has_its_words():
    text = "Nobody at the Harbour Party wants gun control."
    named, names = describe([Pair(text=text, target="gun control"), Pair(text=text, target="Harbour Party")])
    assert named.tolist() == [False, True]
    assert names.tolist() == [2, 1]


def test_a_temperature_grows_with_the_names_and_asks_whether_the_target_is_one():
    assert SOFT.of(PAIRS) == pytest.approx([2 * 3**0.5, 2 * 3**0.5, 1.5 * 4**0.5])


def _softened(tmp_path, temperature):
    copy = shutil.copytree(EMBEDDED, tmp_path / "model")
    config = json.loads((copy / "config.json").read_text())
    config["temperatures"] = {name: temperature.plain() for name in config["labels"]}
    labels = {name: tuple(of) for name, of in config["labels"].items()}
    config["revision"] = digest(copy, labels, dict.fromkeys(labels, temperature), config["max_length"])
    (copy / "config.json").write_text(json.dumps(config))
    return OnnxClassifier(copy)


def test_softening_changes_how_sure_an_answer_is_and_no_answer(tmp_path):
    plain = _softened(tmp_path / "plain", Temperature()).probabilities(PAIRS)
    soft = _softened(tmp_path / "soft", SOFT)
    assert soft.revision != OnnxClassifier().revision
    for question, rows in soft.probabilities(PAIRS).items():
        sharp = plain[question].astype(np.float64)
        wanted = sharp ** (1 / SOFT.of(PAIRS)[:, None])
        assert rows == pytest.approx(wanted / wanted.sum(axis=1, keepdims=True), abs=1e-5)
        assert (rows.argmax(axis=1) == sharp.argmax(axis=1)).all()


def test_one_number_is_the_temperature_of_all_pairs():
    one = read_temperature(1.5)
    assert one.of(PAIRS).tolist() == [1.5, 1.5, 1.5]
    assert one.plain() == 1.5
    assert read_temperature(SOFT.plain()) == SOFT


@pytest.mark.parametrize("value", [{"named": 1.0}, {"named": 1.0, "topic": "warm", "crowd": 0}, "warm", None, [1.0]])
def test_a_configuration_with_another_temperature_is_refused(tmp_path, value):
    copy = shutil.copytree(EMBEDDED, tmp_path / "model")
    config = json.loads((copy / "config.json").read_text())
    config["temperatures"]["stance"] = value
    (copy / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="cannot be read"):
        OnnxClassifier(copy)
