"""The stage that pre-labels: what the classifier makes of every body sentence, toward every target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.labels import LabelScheme, Question, Target
from pipeline.prelabel.classifier import Classifier
from pipeline.prelabel.load import load_classifier
from pipeline.prelabel.pairs import Asked, article_pairs
from pipeline.prelabel.targets import article_targets
from pipeline.records import Article, Prediction
from pipeline.stage import code_digest, fingerprint

_NEUTRAL = "neutral"


class Prelabel:
    """Adds the `predictions` layer. See `pipeline.stage.Stage` for what a stage promises.

    With no targets in the configuration, each article is asked about the `default_targets` people and organisations
    that it mentions most. A question is asked of the kinds of target that its `asked_of` names, and not at all where
    only people are to answer it. Where a text cannot
    mean a named target, a question that has the label *neutral* gets it by rule, with the reason, and the model is not
    asked (`prelabel.unmentioned`). `classifier` takes the place of the one that the configuration names. Raises
    ConfigError for a question or a label that the classifier does not know.
    """

    name = "prelabel"
    reads = ("sentences", "speakers", "attributions", "voices")
    writes = ("predictions",)

    def __init__(self, config: Config, classifier: Classifier | None = None) -> None:
        settings = config.prelabel
        self._classifier = classifier or load_classifier(settings)
        self._scheme = config.prelabelled
        self._targets = config.targets
        self._default_targets = settings.default_targets
        self._by_rule = settings.unmentioned == "neutral"
        _check_scheme(self._classifier, self._scheme)

    @property
    def model(self) -> str:
        """Which model is asked: ``name@revision``."""
        return f"{self._classifier.name}@{self._classifier.revision}"

    @property
    def fingerprint(self) -> str:
        """Covers the rules, the model's revision, the questions and the targets."""
        return fingerprint(
            self.name,
            code_digest(__package__, "pipeline.labels", "pipeline.letters"),
            self._classifier.name,
            self._classifier.revision,
            [[question.name, question.label_names, question.asked_of] for question in self._scheme.questions],
            [[target.name, target.kind, target.aliases] for target in self._targets],
            self._default_targets,
            self._by_rule,
        )

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles with predictions, sentence by sentence, target by target, question by question."""
        asked = [list(article_pairs(article, self._targets_of(article))) for article in articles]
        put = [one.pair for of in asked for one in of if self._needs_model(one)]
        answers = self._classifier.probabilities(put)
        rows = iter(range(len(put)))
        return [
            replace(article, predictions=tuple(self._predictions(of, answers, rows)))
            for article, of in zip(articles, asked, strict=True)
        ]

    def _needs_model(self, one: Asked) -> bool:
        return any(not self._is_by_rule(one, question) for question in self._questions(one))

    def _is_by_rule(self, one: Asked, question: Question) -> bool:
        return self._by_rule and one.absent and _NEUTRAL in question.label_names

    def _questions(self, one: Asked) -> list[Question]:
        return [question for question in self._scheme.questions if one.target.kind in question.asked_of]

    def _targets_of(self, article: Article) -> tuple[Target, ...]:
        return self._targets or article_targets(article, most=self._default_targets)

    def _predictions(
        self, asked: Sequence[Asked], answers: Mapping[str, NDArray[np.float32]], rows: Iterator[int]
    ) -> Iterator[Prediction]:
        """The predictions of one article; `rows` gives the next row of the answers."""
        for one in asked:
            row = next(rows) if self._needs_model(one) else None
            for question in self._questions(one):
                by_rule = row is None or self._is_by_rule(one, question)
                scores = _surely_neutral(question) if by_rule else self._scores(question, answers[question.name][row])
                yield Prediction(
                    sentence_id=one.sentence.sentence_id,
                    target=one.target.name,
                    question=question.name,
                    label=max(scores, key=scores.__getitem__),
                    scores=scores,
                    model=self.model,
                    text_judged=one.text_judged,
                    reason="target not mentioned" if by_rule else None,
                )

    def _scores(self, question: Question, answer: NDArray[np.float32]) -> dict[str, float]:
        """A row of probabilities by label, in the order of the scheme."""
        columns = self._classifier.labels[question.name]
        return {label: float(answer[columns.index(label)]) for label in question.label_names}


def _surely_neutral(question: Question) -> dict[str, float]:
    return {label: float(label == _NEUTRAL) for label in question.label_names}


def _check_scheme(classifier: Classifier, scheme: LabelScheme) -> None:
    """Raise ConfigError unless the classifier answers every question with exactly the scheme's labels."""
    for question in scheme.questions:
        known = classifier.labels.get(question.name)
        if known is None:
            raise ConfigError(
                f"the model {classifier.name} does not answer {question.name!r}.",
                fix=f"ask under `prelabel.questions` what it answers: [{', '.join(classifier.labels)}]; "
                "or say `prelabelled: false` of a question for people only.",
            )
        if set(known) != set(question.label_names):
            raise ConfigError(
                f"the labels of {question.name!r} are not those of the model {classifier.name}.",
                fix=f"name them {', '.join(known)} under `prelabel.questions`, or set another `prelabel.model`.",
            )
