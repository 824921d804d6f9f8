"""What runs a classifier by name: ONNX Runtime or torch. Both take batches of one length, so nothing is padded.

A runtime turns ``(batch, length)`` token ids and types into ``(batch, labels)`` logits. Each library is imported by
its own class, where only those who use it pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import MissingExtraError, ModelError, Place
from pipeline.prelabel.pooling import Floats

Ids = NDArray[np.int64]

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_KINDS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}


class Runtime(Protocol):
    """Runs a model. `one_by_one`: texts must not share a batch. `threads`: so many batches may run at once."""

    one_by_one: bool
    threads: int

    def logits(self, ids: Ids, types: Ids) -> Floats:
        """Give the ``(batch, labels)`` logits of ``(batch, length)`` ids and types."""


class OnnxRuntime:
    """A graph on ONNX Runtime. Raises ModelError for one that is damaged or is no classifier of so many labels.

    A graph that is quantised dynamically scales by what else is in the batch, so its texts are judged one by one.
    """

    def __init__(self, path: Path, *, labels: int, probe: Ids, threads: int) -> None:
        self._session = open_session(path, optimise=True, fix="export or download the model again.")
        self.one_by_one = b"DynamicQuantize" in path.read_bytes()
        self.threads = threads
        outputs = [output.name for output in self._session.get_outputs()]
        if len(outputs) > 1 and "logits" not in outputs:
            raise ModelError(
                f"the graph answers through {len(outputs)} heads ({', '.join(outputs)}), where one is read.",
                where=Place(path=path),
                fix="export a graph with one output, called logits.",
            )
        self._output = "logits" if "logits" in outputs else outputs[0]
        self._inputs = {one.name: _KINDS.get(one.type, np.int64) for one in self._session.get_inputs()}
        if unknown := [name for name in self._inputs if name not in _INPUTS]:
            raise ModelError(
                f"the graph wants {', '.join(unknown)}, which a text classifier does not read.",
                where=Place(path=path),
                fix=f"export a sequence classifier; it reads {', '.join(_INPUTS)}.",
            )
        _check_columns(self, labels, probe, path)

    def logits(self, ids: Ids, types: Ids) -> Floats:
        """Give the ``(batch, labels)`` logits of ``(batch, length)`` ids and types."""
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        feed = {name: given[name].astype(kind) for name, kind in self._inputs.items()}
        return np.asarray(self._session.run([self._output], feed)[0], dtype=np.float64)


class TorchRuntime:
    """A folder of safetensors in torch, in 32-bit floats, on the GPU where there is one.

    Raises MissingExtraError without torch, and ModelError for weights that are damaged, need code of their own, or
    have no classification head (which would be filled with random numbers, and answer all the same).
    """

    one_by_one = False
    threads = 1

    def __init__(self, folder: Path, *, labels: int, probe: Ids, typed: bool, threads: int) -> None:
        torch = _torch()
        torch.set_num_threads(threads)
        self._torch = torch
        self._model = _load_weights(folder, torch)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model.to(self._device).eval()
        if getattr(self._model.config, "pad_token_id", None) is None:
            self._model.config.pad_token_id = -1  # no token is padding: without one GPT-2 and its kin refuse a batch
        self._typed = typed
        _check_columns(self, labels, probe, folder)

    def logits(self, ids: Ids, types: Ids) -> Floats:
        """Give the ``(batch, labels)`` logits of ``(batch, length)`` ids and types."""
        rows = self._torch.from_numpy(ids).to(self._device)
        given = {"input_ids": rows, "attention_mask": self._torch.ones_like(rows)}
        if self._typed:
            given["token_type_ids"] = self._torch.from_numpy(types).to(self._device)
        with self._torch.inference_mode():
            answers = self._model(**given).logits
        return np.asarray(answers.double().cpu().numpy())


def open_session(path: Path, *, optimise: bool, fix: str) -> Any:  # noqa: ANN401
    """Load a graph to run each batch on one thread; raises ModelError where it cannot be."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    level = onnxruntime.GraphOptimizationLevel
    options.graph_optimization_level = level.ORT_ENABLE_ALL if optimise else level.ORT_ENABLE_BASIC
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has an exception class for each status, without a common base
        raise ModelError(
            f"ONNX Runtime cannot load the model: {str(error).splitlines()[0]}.", where=Place(path=path), fix=fix
        ) from error


def _torch() -> Any:  # noqa: ANN401
    try:
        import torch
    except ImportError as error:
        raise MissingExtraError(
            "a model without an ONNX graph needs torch, which is not installed.", extra="torch"
        ) from error
    return torch


def _load_weights(folder: Path, torch: Any) -> Any:  # noqa: ANN401
    from transformers import AutoModelForSequenceClassification
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        model, found = AutoModelForSequenceClassification.from_pretrained(
            folder,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            dtype=torch.float32,
            output_loading_info=True,
        )
    except Exception as error:  # whatever config.json makes transformers and safetensors raise
        raise ModelError(
            f"transformers cannot load the model: {first_line(error)}.",
            where=Place(path=folder),
            fix="download or save it again; a model that needs code of its own is not run: export it to ONNX.",
        ) from error
    if missing := _missing(found):
        raise ModelError(
            f"the weights lack {', '.join(missing[:3])}{', ...' if len(missing) > 3 else ''}: "
            "the model was not trained as a classifier, or not saved whole.",
            where=Place(path=folder),
            fix="name a model that was trained for sequence classification.",
        )
    return model


def _missing(found: Mapping[str, Any]) -> list[str]:
    return sorted(str(name) for name in found.get("missing_keys", ()))


def _check_columns(runtime: Runtime, labels: int, probe: Ids, path: Path) -> None:
    """Run the `probe`, one text as the tokenizer frames it, and see that as many logits as labels come out."""
    try:
        shape = runtime.logits(probe, np.zeros_like(probe)).shape
    except Exception as error:
        raise ModelError(
            f"the model cannot be run: {first_line(error)}.",
            where=Place(path=path),
            fix="use the tokenizer that was saved with its weights; else export or download it again.",
        ) from error
    if shape != (1, labels):
        raise ModelError(
            f"the model answers with shape {shape}, where (1, {labels}) is wanted for the labels of its config.json.",
            where=Place(path=path),
            fix="give config.json an `id2label` for exactly the labels that the model answers.",
        )


def first_line(error: Exception) -> str:
    """What an error says first, without its full stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")[:300]
