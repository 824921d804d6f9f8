"""A classifier by name: somebody else's model, asked and understood as the configuration says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError
from pipeline.prelabel.batching import cut_batches, run_batches
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import Window
from pipeline.prelabel.pooling import Floats, pool
from pipeline.prelabel.reading import Labels, Reading
from pipeline.prelabel.runtimes import Runtime, first_line
from pipeline.prelabel.segments import SegmentEncoder


class NamedClassifier:
    """Judges pairs with a model that onrecord did not make.

    Batches hold windows of one length, unpadded: a pair's probabilities are the same, to within the rounding of
    32-bit floats (under 1e-6), in any company and order and with any `batch_tokens`. Where a pair's mentions are
    given they are not used: such models were not taught to.
    """

    def __init__(
        self,
        name: str,
        revision: str,
        *,
        reading: Reading,
        encoder: SegmentEncoder,
        runtime: Runtime,
        batch_tokens: int,
    ) -> None:
        self.name = name
        self.revision = revision
        self._reading = reading
        self._encoder = encoder
        self._runtime = runtime
        self._batch_tokens = 1 if runtime.one_by_one else batch_tokens

    @property
    def labels(self) -> Labels:
        """For each question, its labels in the order of the columns."""
        return self._reading.labels

    def probabilities(self, pairs: Sequence[Pair]) -> dict[str, NDArray[np.float32]]:
        """Judge `pairs`: for each question a matrix ``(len(pairs), labels)``, rows in input order, adding up to 1.

        What is asked twice is run once. A text that does not fit is read through windows, which are averaged, weighted
        by their tokens: the probabilities of a classifier, the entailment logits of an NLI model.
        """
        asked = [self._reading.asked(pair) for pair in pairs]
        if not asked:
            return {name: np.zeros((0, len(labels)), np.float32) for name, labels in self.labels.items()}
        places = {one: index for index, one in enumerate(dict.fromkeys(chain.from_iterable(asked)))}
        windows = self._encoder.encode(list(places))
        owners = np.array([window.pair for window in windows], dtype=np.int64)
        weights = np.array([len(window.ids) for window in windows], dtype=np.float64)
        pooled = pool(self._reading.scores(self._logits(windows)), owners, weights, len(places))
        rows = pooled[np.array([[places[one] for one in of] for of in asked])]
        return {question: answer.astype(np.float32) for question, answer in self._reading.answers(rows).items()}

    def _logits(self, windows: Sequence[Window]) -> Floats:
        """Run the model over windows: ``(len(windows), columns)`` in their order."""
        found: list[Floats] = [np.empty(0)] * len(windows)

        def run(batch: list[int]) -> None:
            ids = np.array([windows[index].ids for index in batch], dtype=np.int64)
            types = np.array([windows[index].types for index in batch], dtype=np.int64)
            try:
                rows = self._runtime.logits(ids, types)
            except Exception as error:  # whatever torch, ONNX Runtime or the model's own code raises
                raise ModelError(
                    f"the model {self.name} fails on {len(batch)} texts of {ids.shape[1]} tokens: {first_line(error)}.",
                    fix="use the tokenizer and config.json that were saved with its weights, and a graph that takes "
                    "any number and length of texts; or set a lower `prelabel.batch_tokens`.",
                ) from error
            for index, row in zip(batch, rows, strict=True):
                found[index] = row

        lengths = [len(window.ids) for window in windows]
        run_batches(cut_batches(lengths, self._batch_tokens), run, threads=self._runtime.threads)
        return np.stack(found)
