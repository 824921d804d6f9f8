import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForSequenceClassification as Model
from transformers import AutoTokenizer as LoadTokenizer
from transformers import TextClassificationPipeline, ZeroShotClassificationPipeline
from transformers.utils import logging

from pipeline.config import Config, PrelabelConfig
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.load import load_classifier
from pipeline.prelabel.segments import SegmentEncoder, Segments
from pipeline.prelabel.stage import Prelabel
from tests.prelabel.test_onnx_classifier import PAIRS
from tests.prelabel.test_prelabel import ARTICLE, question
from tests.prelabel.tiny_models import (
    MEANINGS,
    NLI,
    bart,
    bert,
    bert_tokenizer,
    gpt2,
    onnx_folder,
    roberta,
    roberta_tokenizer,
)

SHORT = [pair for pair in PAIRS if len(pair.text) < 60]
HYPOTHESES = {"stance": {label: f"He is {label} on {{target}}." for label in ("favor", "neutral", "against")}}
logging.set_verbosity_error()
logging.disable_progress_bar()


def load(folder, **settings):
    given = {"model_labels": MEANINGS, "questions": ["stance"]} | settings
    return load_classifier(PrelabelConfig.model_validate({"model": str(folder), **given}))


def nli(folder, **settings):
    return load(folder, model_labels={}, **({"hypotheses": HYPOTHESES} | settings))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One folder of each kind."""
    root = tmp_path_factory.mktemp("models")
    return {
        "bert": bert(root / "bert"),
        "roberta": roberta(root / "roberta"),
        "bart": bart(root / "bart"),
        "gpt2": gpt2(root / "gpt2"),
        "nli": bert(root / "nli", NLI, seed=2),
        "onnx": onnx_folder(root / "onnx"),
    }


@pytest.mark.parametrize("kind", ["bert", "roberta", "bart", "gpt2"])
def test_a_classifier_answers_as_in_transformers_own_pipeline(made, kind):
    pipe = TextClassificationPipeline(
        model=Model.from_pretrained(made[kind]), tokenizer=LoadTokenizer.from_pretrained(made[kind]), top_k=None
    )
    found = load(made[kind]).probabilities(SHORT)["stance"]
    for pair, row in zip(SHORT, found, strict=True):
        answer = pipe({"text": pair.text, "text_pair": pair.target})
        theirs = {MEANINGS["stance"][one["label"]]: one["score"] for one in answer}
        assert row == pytest.approx([theirs[label] for label in ("favor", "neutral", "against")], abs=1e-5)


def test_an_nli_model_answers_as_in_transformers_zero_shot_pipeline(made):
    pipe = ZeroShotClassificationPipeline(
        model=Model.from_pretrained(made["nli"]), tokenizer=LoadTokenizer.from_pretrained(made["nli"])
    )
    found = nli(made["nli"]).probabilities(SHORT)["stance"]
    for pair, row in zip(SHORT[:8], found[:8], strict=True):
        asked = {words.replace("{target}", pair.target): label for label, words in HYPOTHESES["stance"].items()}
        theirs = pipe(pair.text, list(asked), hypothesis_template="{}")
        by_label = {asked[words]: score for words, score in zip(theirs["labels"], theirs["scores"], strict=True)}
        assert row == pytest.approx([by_label[label] for label in ("favor", "neutral", "against")], abs=1e-5)


def test_an_nli_model_needs_no_more_than_its_name(made):
    classifier = load_classifier(PrelabelConfig(model=str(made["nli"])))
    assert set(classifier.labels) == {"stance", "sentiment"}
    answers = classifier.probabilities(SHORT[:3])
    assert answers["sentiment"].shape == (3, 3)
    assert answers["stance"].sum(axis=1) == pytest.approx(1)


def test_labels_that_mean_the_same_add_up(made):
    three = load(made["bert"]).probabilities(SHORT)["stance"]
    two = load(
        made["bert"],
        model_labels={"stance": {"AGAINST": "no", "FAVOR": "yes", "NONE": "no"}},
        questions=[question("stance", ["yes", "no"])],
    ).probabilities(SHORT)["stance"]
    assert two[:, 0] == pytest.approx(three[:, 0])
    assert two[:, 1] == pytest.approx(three[:, 1] + three[:, 2])


def test_what_a_classifier_reads_and_in_which_order_is_set(made):
    pipe = TextClassificationPipeline(
        model=Model.from_pretrained(made["bert"]), tokenizer=LoadTokenizer.from_pretrained(made["bert"]), top_k=None
    )
    pair = Pair(text="The mayor lied.", target="the council")

    def found(reads):
        row = load(made["bert"], model_reads=reads).probabilities([pair])["stance"][0]
        return dict(zip(("FAVOR", "NONE", "AGAINST"), row.tolist(), strict=True))

    def theirs(*texts):
        given = dict(zip(("text", "text_pair"), texts, strict=False))
        return {one["label"]: pytest.approx(one["score"], abs=1e-5) for one in pipe(given)}

    assert found(["target", "text"]) == theirs(pair.target, pair.text)
    assert found(["text"]) == theirs(pair.text)


@pytest.mark.parametrize("made_tokenizer", [bert_tokenizer, roberta_tokenizer])
@given(text=st.text(max_size=40), beside=st.text(min_size=1, max_size=20), text_first=st.booleans())
@settings(max_examples=40)
def test_segments_are_framed_as_the_tokenizer_frames_them(made_tokenizer, text, beside, text_first):
    theirs = made_tokenizer()
    tokenizer = theirs.backend_tokenizer
    strings = (text, beside) if text_first else (beside, text)
    tokenizer.encode_special_tokens = True
    wanted = tokenizer.encode(*strings)
    encoder = SegmentEncoder(made_tokenizer().backend_tokenizer, max_length=400, text_first=text_first)
    (window,) = encoder.encode([Segments(text, beside)])
    assert window.ids == wanted.ids
    assert window.types == wanted.type_ids


def test_a_special_token_in_a_text_is_only_words(made):
    encoder = SegmentEncoder(bert_tokenizer().backend_tokenizer, max_length=64)
    (window,) = encoder.encode([Segments("a [SEP] b [CLS]", "c")])
    assert window.ids.count(3) == 2
    assert window.ids.count(2) == 1


@pytest.mark.parametrize("kind", ["bert", "nli", "roberta"])
def test_a_long_text_is_read_to_its_end(made, kind):
    classifier = nli(made[kind]) if kind == "nli" else load(made[kind])
    filler = "The council met in the harbour. " * 30
    texts = [filler, filler + "The mayor lied!", filler + "The tunnel supports a good speaker!"]
    rows = classifier.probabilities([Pair(text=text, target="the mayor") for text in texts])["stance"]
    assert np.abs(rows[0] - rows[1]).max() > 1e-4
    assert np.abs(rows[1] - rows[2]).max() > 1e-4
    assert rows.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("kind", ["bert", "nli", "roberta", "bart", "gpt2", "onnx"])
def test_company_order_batch_size_and_threads_never_touch_an_answer(made, kind):
    def open_it(**more):
        return nli(made[kind], **more) if kind == "nli" else load(made[kind], **more)

    alone_by = open_it()
    alone = np.concatenate([alone_by.probabilities([pair])["stance"] for pair in PAIRS])

    @given(
        chosen=st.lists(st.integers(0, len(PAIRS) - 1), min_size=1, max_size=60),
        batch_tokens=st.integers(128, 4000),
        threads=st.integers(1, 3),
    )
    @settings(max_examples=4)
    def check(chosen, batch_tokens, threads):
        rows = open_it(batch_tokens=batch_tokens, threads=threads).probabilities([PAIRS[place] for place in chosen])
        assert np.abs(rows["stance"] - alone[chosen]).max() <= 1e-6
        assert (rows["stance"].argmax(axis=1) == alone[chosen].argmax(axis=1)).all()

    check()


def test_a_graph_that_scales_by_its_batch_is_run_text_by_text(made, tmp_path):
    folder = onnx_folder(tmp_path / "dynamic")
    quantize_dynamic(folder / "model.onnx", folder / "small.onnx", weight_type=QuantType.QInt8)
    (folder / "small.onnx").replace(folder / "model.onnx")
    classifier = load(folder)
    together = classifier.probabilities(PAIRS)["stance"]
    for pair, row in zip(PAIRS, together, strict=True):
        assert (classifier.probabilities([pair])["stance"][0] == row).all()


def test_what_is_asked_twice_is_run_once(made, monkeypatch):
    classifier = nli(made["nli"])
    run = []
    logits = classifier._runtime.logits
    monkeypatch.setattr(classifier._runtime, "logits", lambda ids, types: run.append(len(ids)) or logits(ids, types))
    rows = classifier.probabilities([SHORT[0], SHORT[1], SHORT[0]])["stance"]
    assert sum(run) == 6
    assert (rows[0] == rows[2]).all()
    assert classifier.probabilities([])["stance"].shape == (0, 3)


WITHOUT_TORCH = """
import subprocess
import sys
sys.modules["torch"] = None
from pipeline.config import PrelabelConfig
from pipeline.errors import MissingExtraError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.load import load_classifier

meanings = {"stance": {"AGAINST": "against", "FAVOR": "favor", "NONE": "neutral"}}
onnx, safetensors = (
    PrelabelConfig(model=folder, questions=["stance"], model_labels=meanings) for folder in sys.argv[1:]
)
print(load_classifier(onnx).probabilities([Pair(text="It rained.", target="the mayor")])["stance"].sum().round(4))
try:
    load_classifier(safetensors)
except MissingExtraError as error:
    print(error)
"""


def test_an_onnx_graph_needs_no_torch_and_safetensors_say_how_to_get_it(made):
    command = [sys.executable, "-c", WITHOUT_TORCH, str(made["onnx"]), str(made["bert"])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    total, what, fix = done.stdout.splitlines()
    assert total == "1.0"
    assert "needs torch" in what
    assert fix == 'Fix: install it with: pip install "onrecord[torch]"'


def test_the_revision_covers_weights_meanings_and_hypotheses(made, tmp_path):
    plain = load(made["bert"]).revision
    assert plain == load(made["bert"], batch_tokens=128, threads=1).revision
    other_meanings = {"stance": {"AGAINST": "favor", "FAVOR": "against", "NONE": "neutral"}}
    revisions = {
        plain,
        load(bert(tmp_path / "bert", seed=9)).revision,
        load(made["bert"], model_labels=other_meanings).revision,
        load(made["bert"], model_reads=["target", "text"]).revision,
        nli(made["nli"]).revision,
        load_classifier(PrelabelConfig(model=str(made["nli"]))).revision,
    }
    assert len(revisions) == 6


def test_the_stage_takes_a_model_by_name(made):
    config = Config.model_validate(
        {"prelabel": {"model": str(made["bert"]), "model_labels": MEANINGS, "questions": ["stance"]}}
    )
    (article,) = Prelabel(config)([ARTICLE])
    assert {one.question for one in article.predictions} == {"stance"}
    assert all(one.model.startswith("bert@") for one in article.predictions)
    assert all(sum(one.scores.values()) == pytest.approx(1) for one in article.predictions)
