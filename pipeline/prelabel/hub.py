"""Models of the Hugging Face Hub, at a pinned commit: fetched once, then read from the local cache."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import ConfigError, ModelError, OnrecordError

_NAME = re.compile(r"\w[\w.-]*/\w[\w.-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SMALL = ["*.json", "*.txt", "*.model", "model.onnx*", "onnx/model.onnx*"]
_WEIGHTS = ["model*.safetensors"]
_PATIENCE_SECONDS = 10


def is_hub_name(model: str) -> bool:
    """Whether `model` has the form ``org/name``."""
    return _NAME.fullmatch(model) is not None


def fetch_model(name: str, revision: str | None) -> Path:
    """Return the folder of a Hub model at the commit `revision`, downloading what is not in the cache.

    Only configuration, tokenizer and the ONNX graph or else safetensors are fetched: no code, nothing pickled. Once
    fetched, no network is needed. Raises ConfigError, with the newest commit, where `revision` is no commit, and
    ModelError where there is no such model or the Hub cannot be reached.
    """
    import huggingface_hub
    from huggingface_hub.utils import logging
    from huggingface_hub.utils.tqdm import disable_progress_bars

    if revision is None or not _COMMIT.fullmatch(revision):
        raise _unpinned(name, revision)
    disable_progress_bars()
    logging.set_verbosity(40)  # errors only: it warns of each try where there is no network; the error says it once
    try:
        folder = Path(huggingface_hub.snapshot_download(name, revision=revision, allow_patterns=_SMALL))
        if not any((folder / graph).is_file() for graph in ("model.onnx", "onnx/model.onnx")):
            huggingface_hub.snapshot_download(name, revision=revision, allow_patterns=[*_SMALL, *_WEIGHTS])
    except Exception as error:
        raise _not_found(name, revision, error) from error
    return folder


def _unpinned(name: str, revision: str | None) -> OnrecordError:
    """The error for a missing commit, which says the newest one where the Hub answers."""
    from huggingface_hub import HfApi

    what = f"`prelabel.revision` is {revision!r}, which is no commit" if revision else "`prelabel.revision` is not set"
    try:
        newest = HfApi().model_info(name, revision=revision, timeout=_PATIENCE_SECONDS).sha
    except Exception as error:
        return _not_found(name, revision, error)
    return ConfigError(
        f"{what}, so the model {name} could change under you.", fix=f"pin it: `prelabel.revision: {newest}`."
    )


def _not_found(name: str, revision: str | None, error: Exception) -> ModelError:
    """Say in our words why the Hub gave no model."""
    from huggingface_hub import errors

    causes = [error, error.__cause__, error.__context__]
    if any(isinstance(cause, errors.GatedRepoError) for cause in causes):
        return ModelError(
            f"the Hub model {name} is gated.", fix="accept its terms on its page, then log in with `hf auth login`."
        )
    if any(isinstance(cause, errors.RevisionNotFoundError) for cause in causes):
        return ModelError(
            f"the Hub model {name} has no revision {revision}.", fix="set `prelabel.revision` to one of its commits."
        )
    if any(isinstance(cause, errors.RepositoryNotFoundError) for cause in causes):
        return ModelError(
            f"there is no folder {name}, and the Hugging Face Hub has no such model that you may read.",
            fix="check `prelabel.model`, and log in with `hf auth login` where the model is private.",
        )
    return ModelError(
        f"there is no folder {name}, it is not in the cache at this revision, "
        f"and the Hugging Face Hub cannot be reached ({type(error).__name__}).",
        fix="check the name and the network; without one, copy the model's folder here and name that.",
    )
