"""Real models, as transformers saves them, but tiny and untrained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import BPE, WordPiece
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import BertPreTokenizer, ByteLevel
from tokenizers.processors import RobertaProcessing, TemplateProcessing
from transformers import (
    BartConfig,
    BartForSequenceClassification,
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    GPT2Config,
    GPT2ForSequenceClassification,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForSequenceClassification,
)

STANCE = ("AGAINST", "FAVOR", "NONE")
MEANINGS = {"stance": {"AGAINST": "against", "FAVOR": "favor", "NONE": "neutral"}}
NLI = ("entailment", "neutral", "contradiction")
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
_LETTERS = [chr(place) for place in range(33, 127) if not chr(place).isupper()]
_WORDS = "the mayor speaker text supports opposes takes no side on lied tunnel harbour council shows in a good".split()


def bert_tokenizer() -> PreTrainedTokenizerFast:
    """Whole words for a few, letters for the rest; ``[CLS] a [SEP] b [SEP]``."""
    vocabulary = [*_SPECIAL, *_LETTERS, *(f"##{letter}" for letter in _LETTERS), *(w for w in _WORDS if len(w) > 1)]
    made = Tokenizer(WordPiece({word: place for place, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    made.normalizer = Lowercase()
    made.pre_tokenizer = BertPreTokenizer()
    made.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_max_length=160,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )


def roberta_tokenizer() -> PreTrainedTokenizerFast:
    """Bytes; ``<s> a </s></s> b </s>``."""
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *sorted(ByteLevel.alphabet())]
    made = Tokenizer(BPE({word: place for place, word in enumerate(vocabulary)}, []))
    made.pre_tokenizer = ByteLevel(add_prefix_space=False)
    made.post_processor = RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return PreTrainedTokenizerFast(
        tokenizer_object=made, unk_token="<unk>", pad_token="<pad>", cls_token="<s>", sep_token="</s>", bos_token="<s>"
    )


def bert(folder: Path, labels: tuple[str, ...] = STANCE, *, seed: int = 0, **more: object) -> Path:
    """Save a sequence classifier with these labels and its tokenizer."""
    torch.manual_seed(seed)
    tokenizer = bert_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=160,
        initializer_range=0.4,
        id2label=dict(enumerate(labels)),
        label2id={label: column for column, label in enumerate(labels)},
        **more,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def roberta(folder: Path, labels: tuple[str, ...] = STANCE) -> Path:
    """Save a RoBERTa, whose places start at 2 and which knows no token types."""
    torch.manual_seed(1)
    tokenizer = roberta_tokenizer()
    config = RobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=130,
        type_vocab_size=1,
        initializer_range=0.4,
        id2label=dict(enumerate(labels)),
        label2id={label: column for column, label in enumerate(labels)},
    )
    RobertaForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def bart(folder: Path, labels: tuple[str, ...] = STANCE) -> Path:
    """Save a BART, which reads its answer at the end of the text and refuses one without."""
    torch.manual_seed(3)
    tokenizer = roberta_tokenizer()
    config = BartConfig(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=160,
        init_std=0.4,
        id2label=dict(enumerate(labels)),
        label2id={label: column for column, label in enumerate(labels)},
    )
    BartForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def gpt2(folder: Path, labels: tuple[str, ...] = STANCE) -> Path:
    """Save a GPT-2, which reads its answer at the last token and has none for padding."""
    torch.manual_seed(4)
    tokenizer = roberta_tokenizer()
    config = GPT2Config(
        vocab_size=len(tokenizer),
        n_embd=32,
        n_layer=1,
        n_head=2,
        n_positions=512,
        initializer_range=0.4,
        pad_token_id=None,
        id2label=dict(enumerate(labels)),
        label2id={label: column for column, label in enumerate(labels)},
    )
    GPT2ForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def masked_bert(folder: Path) -> Path:
    """Save a model that fills gaps and was never taught to classify."""
    bert(folder)
    config = BertConfig.from_pretrained(folder)
    BertForMaskedLM(config).save_pretrained(folder)
    return folder


def onnx_folder(folder: Path, labels: tuple[str, ...] = STANCE, *, outputs: tuple[str, ...] = ("logits",)) -> Path:
    """Save a folder with an ONNX graph in place of weights: the mean of the tokens' embeddings, times a matrix."""
    bert(folder, labels)
    (folder / "model.safetensors").unlink()
    draw = np.random.default_rng(0)
    size = len(bert_tokenizer())
    constants = {
        "table": draw.normal(size=(size, 16)).astype(np.float32),
        "types": draw.normal(size=(2, 16)).astype(np.float32),
        "head": draw.normal(size=(16, len(labels))).astype(np.float32),
        "axis": np.array([1], dtype=np.int64),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["words"]),
        helper.make_node("Gather", ["types", "token_type_ids"], ["kinds"]),
        helper.make_node("Add", ["words", "kinds"], ["sum"]),
        helper.make_node("ReduceMean", ["sum", "axis"], ["mean"], keepdims=0),
        *(helper.make_node("MatMul", ["mean", "head"], [output]) for output in outputs),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "token_type_ids", "attention_mask")
    ]
    answers = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", len(labels)]) for name in outputs]
    graph = helper.make_graph(
        nodes, "tiny", inputs, answers, [numpy_helper.from_array(value, name) for name, value in constants.items()]
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.save(model, folder / "model.onnx")
    return folder


def change_config(folder: Path, **values: object) -> Path:
    """Set keys of ``config.json``; ``None`` removes one."""
    path = folder / "config.json"
    config = json.loads(path.read_text()) | values
    path.write_text(json.dumps({name: value for name, value in config.items() if value is not None}))
    return folder
