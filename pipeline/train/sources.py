"""Labelled examples, read from the files that a recipe names. Every file is JSON Lines; each kind has its fields."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import InputError, Place
from pipeline.labels import SENTIMENT, STANCE
from pipeline.prelabel.classifier import Pair
from pipeline.records import Span

Kind = Literal["sentiment", "stance", "nli"]

STANCES = STANCE.label_names
SENTIMENTS = SENTIMENT.label_names
OPPOSITE = {"favor": "against", "neutral": "neutral", "against": "favor"}
STANCE_OF_NLI = {"entailment": "favor", "neutral": "neutral", "contradiction": "against"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text, a target, and the labels that are known: ``None`` where a head is not to learn from it.

    `taught` is the share of each label that teachers give; where it is 1 they answer every question.
    """

    text: str
    target: str
    mentions: tuple[Span, ...] = ()
    stance: str | None = None
    sentiment: str | None = None
    taught: float = 0.0

    @property
    def pair(self) -> Pair:
        """What a classifier is asked."""
        return Pair(text=self.text, target=self.target, mentions=self.mentions)


def read_examples(path: Path, kind: Kind) -> list[Example]:
    """Read a file of examples, in order.

    `kind` says which fields its rows have: ``sentiment`` sentence, target, start, end, label; ``stance`` text,
    target, label; ``nli`` premise, hypothesis, label. A sentiment toward a target is a stance toward it as well
    (*positive* as *favor*): training both heads on it helps both. An entailed hypothesis is one that the premise
    favours. Raises InputError with file and line for a row that does not fit.
    """
    read = _READERS[kind]
    examples = []
    for line, row in _rows(path):
        try:
            examples.append(read(row))
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"this is no {kind} row: {type(error).__name__} {error}.",
                where=Place(path=path, line=line),
                fix="mend the row, or give the file its own kind in the recipe.",
            ) from error
    return examples


def fold_of(row: Example, kind: str, folds: int) -> int:
    """Which of `folds` parts a row is in, by digest: rows of one sentence, or of one stance target, stay together.

    `kind` is that of the row's source: in ``stance`` data targets stay together, in any other sentences.
    """
    key = row.target if kind == "stance" else row.text
    return int(hashlib.sha256(key.strip().encode()).hexdigest(), 16) % folds


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Give the lines of a text file that are neither empty nor remarks (``#``), each with its number."""
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip()


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise InputError(
                    f"this is not JSON: {error.msg}.",
                    where=Place(path=path, line=number),
                    fix="write one JSON object a line.",
                ) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the examples cannot be read: {error}.",
            where=Place(path=path),
            fix="give --data the folder that holds the files which the recipe names.",
        ) from error


def _sentiment(row: dict[str, Any]) -> Example:
    sentiment = SENTIMENTS[SENTIMENTS.index(row["label"])]
    return Example(
        text=row["sentence"],
        target=row["target"],
        mentions=(Span(int(row["start"]), int(row["end"])),),
        stance=STANCES[SENTIMENTS.index(sentiment)],
        sentiment=sentiment,
    )


def _stance(row: dict[str, Any]) -> Example:
    stance = STANCES[STANCES.index(row["label"])]
    return Example(text=row["text"], target=row["target"], stance=stance)


def _nli(row: dict[str, Any]) -> Example:
    return Example(text=row["premise"], target=row["hypothesis"], stance=STANCE_OF_NLI[row["label"]])


_READERS: dict[Kind, Callable[[dict[str, Any]], Example]] = {
    "sentiment": _sentiment,
    "stance": _stance,
    "nli": _nli,
}
