import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ModelError
from pipeline.prelabel.calibration import Calibration, circumstances, names_in, read_calibration
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import find_mentions
from pipeline.prelabel.model_folder import EMBEDDED, digest
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.prelabel.pooling import softmax

SOFT = Calibration(named=2.0, topic=1.5, crowd=0.5)
SHIFTED = replace(SOFT, shift=(-1.0, 0.0, -2.0))
FOREIGN = replace(SHIFTED, foreign=(0.5, 0.01))
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
    pairs = circumstances([Pair(text=text, target="gun control"), Pair(text=text, target="Harbour Party")])
    assert pairs.named.tolist() == [False, True]
    assert pairs.names.tolist() == [2, 1]


@pytest.mark.parametrize("name", ["White House", "the White House", "al-Tahan", "von der Linden", "iPhone", "Étoile"])
def test_a_name_is_one_however_it_begins(name):
    pairs = circumstances([Pair(text=f"Nobody likes {name} and gun control.", target=name)])
    assert pairs.named.tolist() == [True]


def test_names_with_accents_are_counted():
    assert names_in("They met Ángel Ruiz and Łukasz Żak.") == names_in("They met Angel Ruiz and Lukasz Zak.") == 3


def test_temperatures_grow_with_the_names_and_shifts_are_for_names_alone():
    logits = np.ones((3, 3))
    assert SOFT.apply(logits, circumstances(PAIRS))[:, 1] == pytest.approx(
        [1 / (2 * 3**0.5), 1 / (2 * 3**0.5), 1 / (1.5 * 4**0.5)]
    )
    moved = SHIFTED.apply(logits, circumstances(PAIRS)) - SOFT.apply(logits, circumstances(PAIRS))
    assert moved == pytest.approx(np.array([[-1, 0, -2], [-1, 0, -2], [0, 0, 0]]))


def test_neutral_gains_with_every_word_of_a_document_that_has_none_of_the_topic_s():
    about = [replace(PAIRS[2], foreign=words) for words in (0, 1, 100)]
    moved = FOREIGN.apply(np.ones((3, 3)), circumstances(about)) - SHIFTED.apply(np.ones((3, 3)), circumstances(about))
    assert moved == pytest.approx(np.array([[0, 0, 0], [0, 0.51, 0], [0, 1.5, 0]]))


def _calibrated(tmp_path, calibration):
    copy = shutil.copytree(EMBEDDED, tmp_path / "model")
    config = json.loads((copy / "config.json").read_text())
    config["calibration"] = {name: calibration.values() for name in config["labels"]}
    labels = {name: tuple(of) for name, of in config["labels"].items()}
    config["revision"] = digest(copy, labels, dict.fromkeys(labels, calibration), config["max_length"])
    (copy / "config.json").write_text(json.dumps(config))
    return OnnxClassifier(copy)


@pytest.mark.parametrize("calibration", [SOFT, SHIFTED])
def test_a_model_answers_as_its_calibration_says(tmp_path, calibration):
    plain = _calibrated(tmp_path / "plain", Calibration()).probabilities(PAIRS)
    calibrated = _calibrated(tmp_path / "calibrated", calibration)
    assert calibrated.revision != OnnxClassifier().revision
    for question, rows in calibrated.probabilities(PAIRS).items():
        logits = np.log(plain[question].astype(np.float64))
        assert rows == pytest.approx(softmax(calibration.apply(logits, circumstances(PAIRS))), abs=1e-5)
        if not calibration.shift:
            assert (rows.argmax(axis=1) == plain[question].argmax(axis=1)).all()


def test_what_is_kept_is_what_is_read():
    for calibration in (SHIFTED, FOREIGN):
        assert read_calibration(json.loads(json.dumps(calibration.values()))) == calibration


def test_a_folder_from_before_foreign_texts_keeps_its_revision():
    assert set(SHIFTED.values()) == {"named", "topic", "crowd", "shift"}


@pytest.mark.parametrize("change", [{"named": "warm"}, {"shift": 3}, {"shift": ["much"]}, {"topic": None}], ids=str)
def test_a_configuration_with_another_calibration_is_refused(tmp_path, change):
    copy = shutil.copytree(EMBEDDED, tmp_path / "model")
    config = json.loads((copy / "config.json").read_text())
    config["calibration"]["stance"] |= change
    (copy / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="cannot be read"):
        OnnxClassifier(copy)
