"""The folder of somebody else's model, as transformers saves it: read and checked before anything is run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from pipeline.errors import ModelError, Place

_VOCABULARIES = (
    "tokenizer.json",
    "vocab.txt",
    "vocab.json",
    "spm.model",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
)
_TOKENIZER_FILES = (
    *_VOCABULARIES,
    "merges.txt",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
)
_GRAPHS = ("model.onnx", "onnx/model.onnx")
_PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
PROBE = "The text is about this."
"""What a model and its tokenizer are tried with."""
_CONVERT = (
    'convert it where you trust it: python -c "from transformers import AutoTokenizer as T, '
    "AutoModelForSequenceClassification as M; [kind.from_pretrained('MODEL').save_pretrained('FOLDER') "
    'for kind in (T, M)]"; then set `prelabel.model: FOLDER`.'
)
_MOST_TOKENS = 512
"""Texts are read through windows of at most this many tokens, whatever the model could take at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformersFolder:
    """What a folder says of its model.

    `labels` are its labels in the order of its columns; `typed` says that it reads token types; `max_length` counts
    the tokens that it reads at once; `graph` is its ONNX file, where it has one; `digest` covers every file that
    decides its answers.
    """

    path: Path
    labels: tuple[str, ...]
    tokenizer: Tokenizer
    typed: bool
    max_length: int
    graph: Path | None
    digest: str


def is_transformers_folder(path: Path) -> bool:
    """Whether the folder's ``config.json`` is one that transformers wrote."""
    try:
        config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and not {"model_type", "architectures", "id2label"}.isdisjoint(config)


def open_transformers_folder(path: Path) -> TransformersFolder:
    """Read and check a folder that holds a sequence classifier.

    Raises ModelError for one that is no classifier, has no tokenizer (transformers would read every word as unknown,
    and answer all the same), or whose weights are missing or pickled: pickled weights can run code.
    """
    config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    labels = _labels(config, path / "config.json")
    graph, weights = _weights(path)
    tokenizer, names, longest = _tokenizer(path)
    files = [path / "config.json", *(path / name for name in _TOKENIZER_FILES), *weights]
    return TransformersFolder(
        path=path,
        labels=labels,
        tokenizer=tokenizer,
        typed="token_type_ids" in names,
        max_length=min(longest, _positions(config), _MOST_TOKENS),
        graph=graph,
        digest=_digest(file for file in files if file.is_file()),
    )


def _labels(config: dict[str, Any], where: Path) -> tuple[str, ...]:
    """The labels by column; raises ModelError for a model that does not choose one of several."""
    given = config.get("architectures") or ()
    made_for = [str(name) for name in given] if isinstance(given, list) else [str(given)] if given else []
    if made_for and not any(name.endswith("ForSequenceClassification") for name in made_for):
        raise ModelError(
            f"the model is a {', '.join(made_for)}, which labels no texts.",
            where=Place(path=where, field="architectures"),
            fix="name a model that was trained for sequence classification or NLI.",
        )
    try:
        named = {int(column): str(label) for column, label in (config.get("id2label") or {}).items()}
        count = len(named) or int(config.get("num_labels") or 2)
    except (AttributeError, ValueError, TypeError):
        named, count = {-1: ""}, 1
    labels = tuple(named.get(column, f"LABEL_{column}") for column in range(count))
    if set(named) - set(range(count)) or len(set(labels)) != count:
        raise ModelError(
            "`id2label` does not give each column, from 0, a label of its own.",
            where=Place(path=where, field="id2label"),
            fix='write it as {"0": "AGAINST", "1": "FAVOR", ...}, in the order the model was trained with.',
        )
    if count < 2 or config.get("problem_type") in ("multi_label_classification", "regression"):
        raise ModelError(
            "the model does not choose one of several labels.",
            where=Place(path=where, field="problem_type"),
            fix="name a model that was trained to give each text exactly one label.",
        )
    return labels


def _weights(path: Path) -> tuple[Path | None, list[Path]]:
    """The ONNX graph, if there is one, and all files of weights that are used: the graph's, else the safetensors."""
    for graph in (path / name for name in _GRAPHS):
        if graph.is_file():
            return graph, sorted(graph.parent.glob(f"{graph.name}*"))
    if found := sorted(path.glob("model*.safetensors*")):
        return None, found
    pickled = sorted(file.name for pattern in _PICKLED for file in path.glob(pattern))
    what = f": its weights are pickled ({pickled[0]}), and pickled weights can run code" if pickled else ""
    raise ModelError(
        f"the model has neither model.safetensors nor model.onnx{what}.",
        where=Place(path=path),
        fix=_CONVERT,
    )


def _tokenizer(path: Path) -> tuple[Tokenizer, list[str], int]:
    """The tokenizer as transformers makes it, the names of the model's inputs, and the most tokens they may have."""
    if not any((path / name).is_file() for name in _VOCABULARIES):
        raise ModelError(
            "the model folder has no tokenizer: without one, every word would be read as unknown.",
            where=Place(path=path),
            fix="add tokenizer.json: AutoTokenizer.from_pretrained('MODEL').save_pretrained('FOLDER') writes it.",
        )
    from transformers import AutoTokenizer
    from transformers.utils import logging

    logging.set_verbosity_error()
    try:
        loaded = AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
        tokenizer = Tokenizer.from_str(loaded.backend_tokenizer.to_str())
        known = tokenizer.encode(PROBE, add_special_tokens=False).ids
    except Exception as error:  # transformers, tokenizers and sentencepiece raise what they like
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise ModelError(
            f"the tokenizer cannot be read: {reason}.",
            where=Place(path=path),
            fix="add tokenizer.json: AutoTokenizer.from_pretrained('MODEL').save_pretrained('FOLDER') writes it.",
        ) from error
    if not known or set(known) == {loaded.unk_token_id}:
        raise ModelError(
            "the tokenizer knows no word of English: it was not saved whole, or is another model's.",
            where=Place(path=path),
            fix="use the tokenizer that was saved with the model's weights.",
        )
    return tokenizer, list(loaded.model_input_names), int(min(loaded.model_max_length, 2**31))


def _positions(config: dict[str, Any]) -> int:
    """How many tokens the model has places for. RoBERTa and its kin, whose padding is token 1, start at place 2."""
    places = config.get("max_position_embeddings")
    if not isinstance(places, int) or places < 16:
        return _MOST_TOKENS
    return places - 2 if config.get("pad_token_id") == 1 else places


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode())
        with file.open("rb") as content:
            total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()[:16]
