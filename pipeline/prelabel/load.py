"""From the name of a model in the configuration to a classifier that is ready to judge."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from pipeline.config import PrelabelConfig
from pipeline.errors import ConfigError, ModelError
from pipeline.prelabel.classifier import Classifier
from pipeline.prelabel.hub import fetch_model, is_hub_name
from pipeline.prelabel.model_folder import EMBEDDED
from pipeline.prelabel.named_classifier import NamedClassifier
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.prelabel.reading import ClassifierReading, Labels, NliReading, Reading, is_nli
from pipeline.prelabel.runtimes import OnnxRuntime, Runtime, TorchRuntime
from pipeline.prelabel.segments import SegmentEncoder
from pipeline.prelabel.transformers_folder import (
    PROBE,
    TransformersFolder,
    is_transformers_folder,
    open_transformers_folder,
)
from pipeline.stage import fingerprint

_VERSION = 1
"""Goes up when a model by name comes to be asked or understood otherwise with the same settings."""


def load_classifier(settings: PrelabelConfig | None = None) -> Classifier:
    """Load the classifier that `prelabel.model` names; the embedded one with no settings.

    ``embedded``; a folder that `onrecord train` wrote; a folder of a sequence classifier or NLI model as transformers
    saves it; or such a model of the Hugging Face Hub, ``org/name``, at the commit `prelabel.revision`. An ONNX graph is
    run where there is one, else safetensors in torch. `batch_tokens` and `threads` (0: all processors) decide speed
    and memory, never an answer.

    Raises ModelError for a model that cannot be used, ConfigError for settings that do not fit it, and
    MissingExtraError where torch is needed and not there.
    """
    settings = settings or PrelabelConfig()
    folder = EMBEDDED if settings.model == "embedded" else Path(settings.model)
    if folder.is_dir():
        if settings.revision is not None:
            raise ConfigError(
                "`prelabel.revision` is a commit of the Hugging Face Hub, and `prelabel.model` is a folder.",
                fix="remove `prelabel.revision`, or name the model as org/name.",
            )
        if is_transformers_folder(folder):
            return _named(folder, folder.resolve().name, None, settings)
        return _own(folder, settings)
    if is_hub_name(settings.model):
        return _named(fetch_model(settings.model, settings.revision), settings.model, settings.revision, settings)
    raise ModelError(
        f"there is no model folder {settings.model}.",
        fix="set `prelabel.model` to embedded, to a model's folder, or to org/name of the Hugging Face Hub.",
    )


def _own(folder: Path, settings: PrelabelConfig) -> Classifier:
    classifier = OnnxClassifier(folder, batch_tokens=settings.batch_tokens, threads=settings.threads)
    if settings.model_labels:
        raise ConfigError(
            f"the model {classifier.name} answers {' and '.join(classifier.labels)} with a head for each, "
            "and `prelabel.model_labels` reads a model's one head.",
            fix="remove `prelabel.model_labels`, or set another `prelabel.model`.",
        )
    return classifier


def _named(path: Path, name: str, commit: str | None, settings: PrelabelConfig) -> Classifier:
    if not is_transformers_folder(path):
        raise ModelError(
            f"the model {name} has no config.json that transformers wrote.",
            fix="name a sequence classifier or NLI model.",
        )
    folder = open_transformers_folder(path)
    threads = settings.threads or os.cpu_count() or 1
    reading = _reading(folder, settings)
    return NamedClassifier(
        name,
        _revision(folder, reading, commit, settings),
        reading=reading,
        encoder=SegmentEncoder(
            folder.tokenizer,
            max_length=folder.max_length,
            text_first=isinstance(reading, NliReading) or settings.model_reads[0] == "text",
            typed=folder.typed,
        ),
        runtime=_runtime(folder, threads),
        batch_tokens=settings.batch_tokens,
    )


def _runtime(folder: TransformersFolder, threads: int) -> Runtime:
    probe = np.array([folder.tokenizer.encode(PROBE).ids], dtype=np.int64)
    if folder.graph:
        return OnnxRuntime(folder.graph, labels=len(folder.labels), probe=probe, threads=threads)
    return TorchRuntime(folder.path, labels=len(folder.labels), probe=probe, typed=folder.typed, threads=threads)


def _reading(folder: TransformersFolder, settings: PrelabelConfig) -> Reading:
    asked_for: Labels = {
        question.name: tuple(label.name for label in question.labels)
        for question in settings.questions
        if question.prelabelled
    }
    if is_nli(folder.labels) and not settings.model_labels:
        return NliReading(folder.labels, settings.hypotheses, asked_for)
    if "text" not in settings.model_reads or len(set(settings.model_reads)) != len(settings.model_reads):
        raise ConfigError(
            "`prelabel.model_reads` must hold text, and each word once.",
            fix="write [text, target], [target, text] or [text].",
        )
    return ClassifierReading(
        folder.labels, settings.model_labels, asked_for, knows_target="target" in settings.model_reads
    )


def _revision(folder: TransformersFolder, reading: Reading, commit: str | None, settings: PrelabelConfig) -> str:
    """The commit, where there is one, and a digest of the files and of how they are asked and understood."""
    asked: list[object] = (
        [settings.hypotheses[question] for question in reading.labels]
        if isinstance(reading, NliReading)
        else [settings.model_labels, list(settings.model_reads)]
    )
    digest = fingerprint(_VERSION, folder.digest, asked, {name: list(of) for name, of in reading.labels.items()})
    return f"{commit}-{digest}" if commit else digest
