"""The embedded model on ONNX Runtime: the default classifier, without torch."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError, Place
from pipeline.prelabel.batching import cut_batches, run_batches
from pipeline.prelabel.calibration import circumstances
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import PairEncoder, Window
from pipeline.prelabel.model_folder import EMBEDDED, open_folder
from pipeline.prelabel.pooling import pool, softmax
from pipeline.prelabel.runtimes import open_session
from pipeline.prelabel.wordings import wordings

Probabilities = NDArray[np.float32]


class OnnxClassifier:
    """Judges pairs with a model folder. One forward pass answers every question.

    Batches hold windows of one length, and each runs on one thread: a pair's probabilities are the same bits in any
    company, in any order, with any `batch_tokens` and any `threads` (0: one for each processor). Raises ModelError
    for a folder that is no model or is damaged.
    """

    def __init__(self, folder: Path = EMBEDDED, *, batch_tokens: int = 2048, threads: int = 0) -> None:
        self._folder = open_folder(folder)
        self._encoder = PairEncoder(self._folder.tokenizer(), max_length=self._folder.max_length)
        self._session = _open_session(self._folder.graph, list(self._folder.labels))
        self._batch_tokens = batch_tokens
        self._threads = threads or os.cpu_count() or 1

    @property
    def name(self) -> str:
        """What the model is called."""
        return self._folder.name

    @property
    def revision(self) -> str:
        """Digest of the graph, the tokenizer, the labels and the calibration."""
        return self._folder.revision

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """For each question, its labels in the order of the columns."""
        return self._folder.labels

    def probabilities(self, pairs: Sequence[Pair]) -> dict[str, Probabilities]:
        """Judge `pairs`: for each question a matrix ``(len(pairs), labels)``, rows in input order, adding up to 1.

        Equal pairs are judged once. A target that has other `wordings` is asked in each; a text that does not fit is
        read through windows. Probabilities of wordings are averaged, those of windows weighted by their tokens.
        """
        asked = [_in_all_wordings(pair) for pair in pairs]
        places = {pair: index for index, pair in enumerate(dict.fromkeys(chain.from_iterable(asked)))}
        windows = self._encoder.encode(list(places))
        owners = np.array([window.pair for window in windows], dtype=np.int64)
        weights = np.array([len(window.ids) for window in windows], dtype=np.float64)
        rows = [[places[pair] for pair in of] for of in asked]
        described = circumstances(list(places)).of(owners)
        calibrations = self._folder.calibrations
        return {
            question: _averaged(
                pool(softmax(calibrations[question].apply(logits, described)), owners, weights, len(places)), rows
            )
            for question, logits in self._logits(windows).items()
        }

    def _logits(self, windows: Sequence[Window]) -> dict[str, NDArray[np.float64]]:
        """Run the model over windows: for each question ``(len(windows), labels)`` in their order."""
        logits: dict[str, NDArray[np.float64]] = {
            question: np.zeros((len(windows), len(labels))) for question, labels in self.labels.items()
        }
        batches = cut_batches([len(window.ids) for window in windows], self._batch_tokens)

        def run(batch: list[int]) -> None:
            answers = self._session.run(
                list(logits),
                {
                    "input_ids": np.array([windows[index].ids for index in batch]),
                    "token_type_ids": np.array([windows[index].types for index in batch]),
                },
            )
            for question, answer in zip(logits, answers, strict=True):
                logits[question][batch] = answer

        run_batches(batches, run, threads=self._threads)
        return logits


def _in_all_wordings(pair: Pair) -> list[Pair]:
    _, *others = wordings(pair.target)
    return [pair, *(replace(pair, target=target) for target in others)]


def _averaged(answers: NDArray[np.float64], rows: Sequence[Sequence[int]]) -> Probabilities:
    """For each list of rows the mean of these answers."""
    found = answers[[first for first, *_ in rows]]
    for place, of in enumerate(rows):
        if len(of) > 1:
            found[place] = answers[of].mean(axis=0)
    return found.astype(np.float32)


def _open_session(path: Path, questions: Sequence[str]) -> Any:  # noqa: ANN401
    """Load a graph as it was written: ONNX Runtime's own rewriting gains nothing on it."""
    session = open_session(path, optimise=False, fix="reinstall onrecord, or remake the folder with `onrecord train`.")
    found = [output.name for output in session.get_outputs()]
    if missing := [question for question in questions if question not in found]:
        raise ModelError(
            f"the graph answers {', '.join(found)}, not {', '.join(missing)}.",
            where=Place(path=path),
            fix="give config.json `labels` for exactly the questions that the graph answers.",
        )
    return session
