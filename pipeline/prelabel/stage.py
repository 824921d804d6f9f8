"""The stage that pre-labels: what the classifier makes of every body sentence, toward every target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.labels import LabelScheme, Question, Target
from pipeline.prelabel.classifier import Classifier
from pipeline.prelabel.model_folder import EMBEDDED
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.prelabel.pairs import Asked, article_pairs
from pipeline.prelabel.targets import article_targets
from pipeline.records import Article, Prediction
from pipeline.stage import fingerprint

_VERSION = 1
"""Goes up when the code comes to answer otherwise with the same settings and model."""


def load_classifier(model: str, *, batch_tokens: int = 2048, threads: int = 0) -> Classifier:
    """Load the classifier that `prelabel.model` names: ``embedded``, or a folder that `onrecord train` wrote.

    `batch_tokens` and `threads` (0: all processors) decide speed and memory, never an answer. Raises ModelError for a
    folder that is no model or is damaged.
    """
    folder = EMBEDDED if model == "embedded" else Path(model)
    return OnnxClassifier(folder, batch_tokens=batch_tokens, threads=threads)


class Prelabel:
    """Adds the `predictions` layer. See `pipeline.stage.Stage` for what a stage promises.

    With no targets in the configuration, each article is asked about the `default_targets` people and organisations
    that it mentions most. A question is asked of the kinds of target that its `asked_of` names. `classifier` takes the
    place of the one that the configuration names. Raises ConfigError for a question or a label that the classifier
    does not know.
    """

    name = "prelabel"
    reads = ("sentences", "speakers", "attributions", "voices")
    writes = ("predictions",)

    def __init__(self, config: Config, classifier: Classifier | None = None) -> None:
        settings = config.prelabel
        self._classifier = classifier or load_classifier(
            settings.model, batch_tokens=settings.batch_tokens, threads=settings.threads
        )
        self._scheme = config.scheme
        self._targets = config.targets
        self._default_targets = settings.default_targets
        _check_scheme(self._classifier, self._scheme)

    @property
    def fingerprint(self) -> str:
        """Covers the model's revision, the questions and the targets."""
        return fingerprint(
            self.name,
            _VERSION,
            self._classifier.name,
            self._classifier.revision,
            [[question.name, question.label_names, question.asked_of] for question in self._scheme.questions],
            [[target.name, target.kind, target.aliases] for target in self._targets],
            self._default_targets,
        )

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles with predictions, sentence by sentence, target by target, question by question."""
        asked = [list(article_pairs(article, self._targets_of(article))) for article in articles]
        answers = self._classifier.probabilities([one.pair for of in asked for one in of])
        labelled, row = [], 0
        for article, of in zip(articles, asked, strict=True):
            predictions = tuple(self._predictions(of, answers, row))
            labelled.append(replace(article, predictions=predictions))
            row += len(of)
        return labelled

    def _targets_of(self, article: Article) -> tuple[Target, ...]:
        return self._targets or article_targets(article, most=self._default_targets)

    def _predictions(
        self, asked: Sequence[Asked], answers: Mapping[str, NDArray[np.float32]], row: int
    ) -> Iterable[Prediction]:
        """The predictions of one article, whose first pair is the given row of the answers."""
        model = f"{self._classifier.name}@{self._classifier.revision}"
        for offset, one in enumerate(asked):
            for question in self._scheme.questions:
                if one.target.kind in question.asked_of:
                    scores = self._scores(question, answers[question.name][row + offset])
                    yield Prediction(
                        sentence_id=one.sentence.sentence_id,
                        target=one.target.name,
                        question=question.name,
                        label=max(scores, key=scores.__getitem__),
                        scores=scores,
                        model=model,
                        text_judged=one.text_judged,
                    )

    def _scores(self, question: Question, answer: NDArray[np.float32]) -> dict[str, float]:
        """A row of probabilities by label, in the order of the scheme."""
        columns = self._classifier.labels[question.name]
        return {label: float(answer[columns.index(label)]) for label in question.label_names}


def _check_scheme(classifier: Classifier, scheme: LabelScheme) -> None:
    """Raise ConfigError unless the classifier answers every question with exactly the scheme's labels."""
    for question in scheme.questions:
        known = classifier.labels.get(question.name)
        if known is None:
            raise ConfigError(
                f"the model {classifier.name} does not answer {question.name!r}.",
                fix=f"ask under `prelabel.questions` only: {', '.join(classifier.labels)}.",
            )
        if set(known) != set(question.label_names):
            raise ConfigError(
                f"the labels of {question.name!r} are not those of the model {classifier.name}.",
                fix=f"name them {', '.join(known)} under `prelabel.questions`, or set another `prelabel.model`.",
            )
