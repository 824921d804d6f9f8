"""What training starts from: a base encoder, a model that was trained before, or the embedded model."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import ModelError, Place
from pipeline.prelabel.model_folder import EMBEDDED
from pipeline.train.model import TargetClassifier, load_model, new_model
from pipeline.train.restore import is_model_folder, restore_model


def find_base(base: str) -> Path:
    """Return the folder of a base model: as named, of ``embedded``, or of an installed package (its ``model`` folder).

    Raises ModelError when there is none, when it has no ``tokenizer.json`` (every word would be unknown, and no error
    would say so), or when its weights are pickled.
    """
    folder = _folder(base)
    if not (folder / "tokenizer.json").is_file():
        raise ModelError(
            "the base model has no tokenizer.json.",
            where=Place(path=folder),
            fix="put the tokenizer.json beside it that its weights were trained with.",
        )
    if not is_model_folder(folder) and not any(folder.glob("*.safetensors")):
        raise ModelError(
            "the base model has no safetensors; pickled weights are not read, since they can run code.",
            where=Place(path=folder),
            fix="convert them: model.save_pretrained(FOLDER, safe_serialization=True).",
        )
    return folder


def first_model(
    base: Path, heads: Mapping[str, Sequence[str]], *, dropout: float, label_smoothing: float
) -> TargetClassifier:
    """Make the model that training starts from, for questions and their labels.

    What `onrecord train` made is gone on with, heads and all: torch weights as they are, those of a model folder as
    exactly as its 8-bit integers keep them. Any other folder gives its encoder, and the heads are new: seed torch first
    to get the same ones again. Raises ModelError for a model with other heads.
    """
    if (base / "encoder.json").is_file():
        model = load_model(base, dropout=dropout, label_smoothing=label_smoothing)
    elif is_model_folder(base):
        model = restore_model(base, dropout=dropout, label_smoothing=label_smoothing)
    else:
        counts = {name: len(labels) for name, labels in heads.items()}
        return new_model(base, counts, dropout=dropout, label_smoothing=label_smoothing)
    if {name: head.out_features for name, head in model.heads.items()} != {name: len(of) for name, of in heads.items()}:
        raise ModelError(
            f"the model answers {', '.join(model.heads)}, and training is for {', '.join(heads)}.",
            where=Place(path=base),
            fix="name a model with these questions, or a base encoder.",
        )
    return model


def _folder(base: str) -> Path:
    if base == "embedded":
        return EMBEDDED
    if any((Path(base) / name).is_file() for name in ("config.json", "encoder.json")):
        return Path(base)
    spec = importlib.util.find_spec(base) if base.isidentifier() else None
    for place in spec.submodule_search_locations or () if spec else ():
        if (Path(place) / "model" / "config.json").is_file():
            return Path(place) / "model"
    raise ModelError(
        f"there is no base model called {base!r}.",
        fix='install it with: pip install "onrecord[torch]", or name a folder with config.json.',
    )
