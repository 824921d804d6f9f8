from __future__ import annotations

import json
import random

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from pipeline.train.recipe import Recipe

WORDS = """
    we should ban whaling subsidize trains it is great and good awful bad mayor berg the a of zoo said on tuesday
    abolish voters not must be is real problem deserves support does harm thing ! . , that
"""


def tiny_tokenizer():
    vocabulary = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        *sorted(set(WORDS.split())),
        *(f"##{c}" for c in "abcdefghijklmnop"),
    ]
    tokenizer = Tokenizer(WordPiece({word: i for i, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Tiny matrices are slower on many threads than on one. Without the extra `torch`, training is not tested."""
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    """A tiny real BERT with a tiny real tokenizer, as a base to train from."""
    import torch
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(0)
    tokenizer = tiny_tokenizer()
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """Small files of each kind: praise is favour, blame is against."""
    folder = tmp_path_factory.mktemp("data")
    draw = random.Random(0)

    def news(count):
        for _ in range(count):
            word, label = draw.choice((("great", "positive"), ("awful", "negative"), ("real", "neutral")))
            yield {"sentence": f"the mayor is {word} .", "target": "mayor", "start": 4, "end": 9, "label": label}

    def debate(count):
        for _ in range(count):
            word, label = draw.choice((("good", "favor"), ("bad", "against")))
            motion = draw.choice(("We should ban whaling", "We should subsidize trains", "We should abolish the zoo"))
            yield {"text": f"it is {word} , voters said .", "target": motion, "label": label}

    def inference(count):
        for _ in range(count):
            yield {"premise": "it is good .", "hypothesis": "it is not good", "label": "contradiction"}

    files = {
        "news.jsonl": news(60),
        "news.dev.jsonl": news(24),
        "debate.jsonl": debate(60),
        "debate.dev.jsonl": debate(24),
        "inference.jsonl": inference(6),
    }
    for name, rows in files.items():
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture
def recipe(base):
    """A recipe of a few steps over every way of making examples."""
    source = {"licence": "CC0", "title": "made here"}
    return Recipe.model_validate(
        {
            "name": "tiny",
            "base": str(base),
            "base_title": "tiny BERT",
            "licence": "CC0-1.0",
            "inference_length": 48,
            "sources": {
                "news": {"path": "news.jsonl", "kind": "sentiment", **source},
                "debate": {"path": "debate.jsonl", "kind": "stance", **source},
                "inference": {"path": "inference.jsonl", "kind": "nli", **source},
            },
            "mixture": [
                {"make": "plain", "sources": ["news"], "count": 800, "mark": 0.8},
                {"make": "plain", "sources": ["debate"], "count": 160, "reword": 0.4, "negate": 0.2},
                {"make": "plain", "sources": ["inference"], "count": 4},
                {"make": "joined", "sources": ["debate"], "count": 4},
                {"make": "off_topic", "sources": ["news"], "topics": ["debate"], "count": 8},
                {"make": "absent", "sources": ["debate"], "topics": ["news"], "count": 8},
                {"make": "claimed", "sources": ["news"], "count": 8},
                {"make": "said", "sources": ["debate"], "count": 8},
            ],
            "schedule": {
                "batch_size": 16,
                "learning_rate": 5e-3,
                "max_length": 48,
                "save_every": 20,
                "precision": "float32",
                "dropout": 0.0,
            },
            "measures": {
                "news": {"path": "news.dev.jsonl", "kind": "sentiment", "title": "News", "calibrate": True},
                "debate": {"path": "debate.dev.jsonl", "kind": "stance", "title": "Debate", "calibrate": True},
            },
        }
    )
