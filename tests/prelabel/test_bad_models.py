"""Every way in which a model by name can be unfit: one clear error, with the fix, and nothing judged."""

import json
import re
import shutil
import sys

import pytest
import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertForSequenceClassification

from pipeline.config import PrelabelConfig
from pipeline.errors import OnrecordError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.load import load_classifier
from pipeline.prelabel.model_folder import EMBEDDED
from tests.prelabel.tiny_models import MEANINGS, NLI, bert, change_config, masked_bert, onnx_folder


def empty(folder):
    folder.mkdir()


def bare_config(folder):
    folder.mkdir()
    (folder / "config.json").write_text("{}")


def no_json(folder):
    folder.mkdir()
    (folder / "config.json").write_text("{model:")


def without_tokenizer(folder):
    bert(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).unlink()


def strange_tokenizer(folder):
    bert(folder)
    tokenizer = json.loads((folder / "tokenizer.json").read_text())
    tokenizer["model"]["vocab"] = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "東": 5}
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))


def broken_tokenizer(folder):
    (bert(folder) / "tokenizer.json").write_text("{")


def pickled(folder):
    bert(folder)
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def no_weights(folder):
    (bert(folder) / "model.safetensors").unlink()


def damaged_weights(folder):
    (bert(folder) / "model.safetensors").write_bytes(b"\x00" * 100)


def no_head(folder):
    change_config(masked_bert(folder), architectures=["BertForSequenceClassification"])


def own_code(folder):
    code = {"AutoConfig": "mine.Config", "AutoModelForSequenceClassification": "mine.Model"}
    change_config(bert(folder), model_type="mine", auto_map=code)
    (folder / "mine.py").write_text("raise SystemExit('hostile code was run')")


def damaged_graph(folder):
    path = onnx_folder(folder) / "model.onnx"
    path.write_bytes(path.read_bytes()[:-200])


def another_s_tokenizer(folder):
    tokenizer = bert(folder) / "tokenizer.json"
    kept = tokenizer.read_text()
    config = BertConfig.from_pretrained(folder)
    config.vocab_size = 20
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.write_text(kept)


def numbers_for_words(folder):
    change_config(bert(folder), id2label=None, num_labels="three")


def two_heads(folder):
    onnx_folder(folder, outputs=("stance", "sentiment"))


def own_model(folder):
    shutil.copytree(EMBEDDED, folder)


def several_labels_at_once(folder):
    change_config(bert(folder), problem_type="multi_label_classification")


def unnumbered_labels(folder):
    change_config(bert(folder), id2label={"5": "FAVOR", "7": "AGAINST"})


def too_many_labels(folder):
    labels = {str(place): f"L{place}" for place in range(5)}
    change_config(onnx_folder(folder), id2label=labels)


def unclear_nli(folder):
    bert(folder, ("contradiction", "neutral", "yes"))


def nli(folder):
    bert(folder, NLI)


TWO = {"AGAINST": "against", "FAVOR": "favor"}
FIVE = {"stance": {f"L{place}": ("favor", "neutral", "against")[place % 3] for place in range(5)}}


@pytest.mark.parametrize(
    ("make", "settings", "says", "fix"),
    [
        (empty, {}, "has no config.json", "embedded"),
        (bare_config, {}, "has no tokenizer.json", "onrecord train"),
        (no_json, {}, "the model's configuration cannot be read", "onrecord"),
        (without_tokenizer, {}, "every word would be read as unknown", "tokenizer.json"),
        (strange_tokenizer, {}, "knows no word of English", "was saved with the model's weights"),
        (broken_tokenizer, {}, "the tokenizer cannot be read", "tokenizer.json"),
        (pickled, {}, r"pickled \(pytorch_model.bin\)", "save_pretrained"),
        (no_weights, {}, "neither model.safetensors nor model.onnx", "save_pretrained"),
        (damaged_weights, {}, "transformers cannot load the model", "download or save it again"),
        (masked_bert, {}, "BertForMaskedLM, which labels no texts", "sequence classification"),
        (no_head, {}, "weights lack bert.pooler.*classifier.bias", "sequence classification"),
        (own_code, {}, "cannot", "tokenizer.json|ONNX"),
        (another_s_tokenizer, {}, "the model cannot be run: index out of range", "use the tokenizer"),
        (numbers_for_words, {}, "`id2label`", "in the order"),
        (damaged_graph, {}, "ONNX Runtime cannot load", "again"),
        (two_heads, {}, r"2 heads \(stance, sentiment\), where one is read", "one output"),
        (own_model, {}, "stance and sentiment with a head for each", "remove `prelabel.model_labels`"),
        (several_labels_at_once, {}, "does not choose one", "exactly one label"),
        (unnumbered_labels, {}, "`id2label`", "in the order"),
        (too_many_labels, {"model_labels": FIVE}, r"shape \(1, 3\), where \(1, 5\)", "id2label"),
        (bert, {"model_labels": {}}, "AGAINST, FAVOR, NONE", "model_labels: {stance: {AGAINST: favor"),
        (bert, {"model_labels": {"stance": TWO}}, "what the model's label 'NONE' means", "map each of AGAINST, FAVOR"),
        (bert, {"model_labels": {"stance": {**TWO, "NONE": "maybe"}}}, "'maybe', which is no label", "favor, neutral"),
        (bert, {"model_labels": {"stance": {**TWO, "NONE": "favor"}}}, "means 'neutral'", "map one to it"),
        (bert, {"model_labels": {"stance": {**MEANINGS["stance"], "X": "favor"}}}, "'X', which is no label", "FAVOR"),
        (bert, {"model_labels": {"irony": TWO}}, "a question that is not asked", "stance"),
        (bert, {"model_reads": ["target"]}, "must hold text", r"\[text\]"),
        (bert, {"model_reads": ["text", "text"]}, "each word once", r"\[text\]"),
        (bert, {"revision": "0" * 40}, "`prelabel.model` is a folder", "remove `prelabel.revision`"),
        (unclear_nli, {"model_labels": {}}, "which of its labels is entailment", "id2label"),
        (nli, {"model_labels": {}, "hypotheses": {}}, "no hypothesis for favor", "hypotheses: {stance: {favor"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_model_that_cannot_be_used_is_refused_with_the_way_out(tmp_path, make, settings, says, fix):
    make(tmp_path / "model")
    given = {"model": str(tmp_path / "model"), "model_labels": MEANINGS, "questions": ["stance"]} | settings
    with pytest.raises(OnrecordError, match=says) as caught:
        load_classifier(PrelabelConfig.model_validate(given))
    assert re.search(fix, caught.value.fix)
    assert "\n" not in caught.value.what
    assert "mine" not in sys.modules


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(OnrecordError, match="no model folder") as caught:
        load_classifier(PrelabelConfig(model=str(tmp_path / "nowhere")))
    assert "org/name" in caught.value.fix


def test_a_model_that_fails_on_a_text_says_so_in_one_error(tmp_path):
    folder = bert(tmp_path / "model")
    kept = (folder / "tokenizer.json").read_text()
    config = BertConfig.from_pretrained(folder)
    config.vocab_size -= 1
    BertForSequenceClassification(config).save_pretrained(folder)
    (folder / "tokenizer.json").write_text(kept)
    given = {"model": str(folder), "model_labels": MEANINGS, "questions": ["stance"]}
    classifier = load_classifier(PrelabelConfig.model_validate(given))
    classifier.probabilities([Pair(text="the mayor", target="the mayor")])
    with pytest.raises(OnrecordError, match=r"fails on 1 texts of 6 tokens: index out of range") as caught:
        classifier.probabilities([Pair(text="good", target="the mayor")])
    assert "tokenizer" in caught.value.fix
