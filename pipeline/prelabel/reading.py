"""What the numbers of a classifier by name mean: whose text is put to it, and what its columns say to our questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ConfigError, ModelError
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.pooling import Floats, softmax
from pipeline.prelabel.segments import Segments

Labels = Mapping[str, tuple[str, ...]]


class Reading(Protocol):
    """How one kind of model is asked and understood. `labels` are those that it answers each question with."""

    labels: Labels

    def asked(self, pair: Pair) -> list[Segments]:
        """What the model is asked about a pair: as many segments for every pair."""

    def scores(self, logits: Floats) -> Floats:
        """From ``(windows, columns)`` logits to the ``(windows, n)`` numbers that windows are averaged by."""

    def answers(self, scores: Floats) -> dict[str, Floats]:
        """From ``(pairs, segments, n)`` scores to ``(pairs, labels)`` probabilities for each question."""


class ClassifierReading:
    """A sequence classifier whose own labels `meanings` translates: question -> {its label: ours}.

    Several of its labels may mean one of ours; their probabilities add up. Raises ConfigError for a label of the model
    that has no meaning, a meaning that is no label of the question (`asked_for`), and a label that nothing means.
    """

    def __init__(
        self,
        columns: Sequence[str],
        meanings: Mapping[str, Mapping[str, str]],
        asked_for: Labels,
        *,
        knows_target: bool = True,
    ) -> None:
        if not meanings:
            raise ConfigError(
                f"`prelabel.model_labels` does not say what the model's labels mean: {', '.join(columns)}.",
                fix="in a YAML file of settings, which `label --config` and `evaluate --model` take, write beside "
                f"`prelabel.model`, for example, model_labels: {_example(columns, asked_for)}; "
                "or, for an NLI model, name `entailment` in `id2label` of its config.json.",
            )
        self._shares = {
            question: _share(question, columns, meaning, asked_for) for question, meaning in meanings.items()
        }
        self.labels: Labels = {question: asked_for[question] for question in meanings}
        self._knows_target = knows_target

    def asked(self, pair: Pair) -> list[Segments]:
        """The text beside the target, or alone for a model that is not told the target."""
        return [Segments(pair.text, pair.target if self._knows_target else "")]

    def scores(self, logits: Floats) -> Floats:
        """Probabilities of the model's own labels."""
        return softmax(logits)

    def answers(self, scores: Floats) -> dict[str, Floats]:
        """Probabilities of our labels: the sums of those that mean them."""
        return {question: scores[:, 0] @ share for question, share in self._shares.items()}


class NliReading:
    """A model of textual entailment, asked for each label whether its hypothesis follows from the text.

    The probabilities of a question's labels are the softmax of their entailment logits, as in zero-shot classification
    by Yin et al. (2019, Benchmarking Zero-shot Text Classification, section 5) and transformers' pipeline.
    `hypotheses`: question -> {label: sentence with ``{target}``}. Raises ModelError where no column is entailment, and
    ConfigError for a label of `asked_for` without hypothesis.
    """

    def __init__(self, columns: Sequence[str], hypotheses: Mapping[str, Mapping[str, str]], asked_for: Labels) -> None:
        self._column = entailment_column(columns)
        for question, labels in asked_for.items():
            given = hypotheses.get(question, {})
            if missing := [label for label in labels if label not in given]:
                raise ConfigError(
                    f"`prelabel.hypotheses.{question}` has no hypothesis for {', '.join(missing)}.",
                    fix=f'write one for each label: hypotheses: {{{question}: {{{missing[0]}: "... {{target}}."}}}}.',
                )
        self.labels: Labels = asked_for
        self._hypotheses = [hypotheses[question][label] for question, labels in asked_for.items() for label in labels]

    def asked(self, pair: Pair) -> list[Segments]:
        """The text beside the hypothesis of each label of each question."""
        return [Segments(pair.text, words.replace("{target}", pair.target)) for words in self._hypotheses]

    def scores(self, logits: Floats) -> Floats:
        """The logit of entailment alone."""
        return logits[:, [self._column]]

    def answers(self, scores: Floats) -> dict[str, Floats]:
        """Each question's probabilities, over its own hypotheses."""
        found, start = {}, 0
        for question, labels in self.labels.items():
            found[question] = softmax(scores[:, start : start + len(labels), 0])
            start += len(labels)
        return found


def is_nli(columns: Sequence[str]) -> bool:
    """Whether a model's labels are those of textual entailment."""
    return any(_entails(column) or column.casefold().startswith("contradict") for column in columns)


def entailment_column(columns: Sequence[str]) -> int:
    """Find the column of entailment; raises ModelError where none or several are called so."""
    found = [place for place, column in enumerate(columns) if _entails(column)]
    if len(found) != 1:
        raise ModelError(
            f"the model compares texts, but which of its labels is entailment is not clear: {', '.join(columns)}.",
            fix="name the label `entailment` in `id2label` of its config.json, or say what its labels mean under "
            "`prelabel.model_labels`.",
        )
    return found[0]


def _entails(label: str) -> bool:
    return label.casefold().startswith("entail")


def _share(question: str, columns: Sequence[str], meaning: Mapping[str, str], asked_for: Labels) -> NDArray[np.float64]:
    """The ``(columns, labels)`` matrix of zeros and ones that adds up what means the same."""
    where = f"`prelabel.model_labels.{question}`"
    if question not in asked_for:
        raise ConfigError(
            f"{where} answers a question that is not asked.",
            fix=f"use one that `prelabel.questions` asks: {', '.join(asked_for)}.",
        )
    labels = asked_for[question]
    if missing := [column for column in columns if column not in meaning]:
        raise ConfigError(
            f"{where} does not say what the model's label {missing[0]!r} means.",
            fix=f"map each of {', '.join(columns)} to one of {', '.join(labels)}.",
        )
    if unknown := [column for column in meaning if column not in columns]:
        raise ConfigError(
            f"{where} names {unknown[0]!r}, which is no label of the model.", fix=f"it has {', '.join(columns)}."
        )
    if strange := [label for label in meaning.values() if label not in labels]:
        raise ConfigError(
            f"{where} uses {strange[0]!r}, which is no label of the question.", fix=f"use {', '.join(labels)}."
        )
    if unmeant := [label for label in labels if label not in meaning.values()]:
        raise ConfigError(
            f"none of the model's labels means {unmeant[0]!r}, under {where}.",
            fix=f"map one to it, or ask {question!r} without that label under `prelabel.questions`.",
        )
    return np.array([[float(meaning[column] == label) for label in labels] for column in columns])


def _example(columns: Sequence[str], asked_for: Labels) -> str:
    """A mapping in YAML to start from: each label of the model beside one of ours."""
    question, labels = next(iter(asked_for.items()))
    paired = ", ".join(f"{column}: {labels[place % len(labels)]}" for place, column in enumerate(columns))
    return f"{{{question}: {{{paired}}}}}"
