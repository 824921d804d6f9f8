"""Labelled examples, read from the files that a recipe names. Every file is JSON Lines; each kind has its fields."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import InputError, Place
from pipeline.evaluate.gold import read_object
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

    `kind` says which fields its rows have: ``sentiment`` text (or sentence), target, label, and start and end of the
    target, or mentions, where known; ``stance`` text, target, label; ``nli`` premise, hypothesis, label. A sentiment
    toward a target is a stance toward it as well (*positive* as *favor*): training both heads on it helps both. An
    entailed hypothesis is one that the premise favours. Raises InputError with file and line for a row that does not
    fit, and for a file without any.
    """
    read = _READERS[kind]
    examples = []
    for line, row in _rows(path):
        try:
            examples.append(read(row))
        except (KeyError, TypeError, ValueError) as error:
            what = f"it has no {error}" if isinstance(error, KeyError) else str(error)
            raise InputError(
                f"this is no {kind} row: {what}.",
                where=Place(path=path, line=line),
                fix="mend the row, or give the file its own kind in the recipe.",
            ) from error
    if not examples:
        raise InputError(
            "there are no examples in it.", where=Place(path=path), fix="give it rows, or leave it out of the recipe."
        )
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
            yield number, read_object(line, Place(path=path, line=number))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the examples cannot be read: {error}.",
            where=Place(path=path),
            fix="give --data the folder that holds the files which the recipe names.",
        ) from error


def _sentiment(row: dict[str, Any]) -> Example:
    sentiment = _label(row, SENTIMENTS)
    text = _words(row, "text" if "text" in row else "sentence")
    return Example(
        text=text,
        target=_words(row, "target"),
        mentions=_mentions(row, text),
        stance=STANCES[SENTIMENTS.index(sentiment)],
        sentiment=sentiment,
    )


def _stance(row: dict[str, Any]) -> Example:
    return Example(text=_words(row, "text"), target=_words(row, "target"), stance=_label(row, STANCES))


def _nli(row: dict[str, Any]) -> Example:
    stance = STANCE_OF_NLI[_label(row, tuple(STANCE_OF_NLI))]
    return Example(text=_words(row, "premise"), target=_words(row, "hypothesis"), stance=stance)


def _mentions(row: dict[str, Any], text: str) -> tuple[Span, ...]:
    places = row["mentions"] if "mentions" in row else [[row["start"], row["end"]]] if "start" in row else []
    found = []
    for place in places if isinstance(places, list) else [places]:
        match place:
            case [int(start), int(end)] if 0 <= start < end <= len(text):
                found.append(Span(start, end))
            case _:
                raise ValueError(f"{place!r} is no start and end in its text")
    return tuple(found)


def _words(row: dict[str, Any], field: str) -> str:
    if not isinstance(value := row[field], str) or not value.strip():
        raise ValueError(f"its {field!r} holds no words")
    return value


def _label(row: dict[str, Any], labels: tuple[str, ...]) -> str:
    if (label := row["label"]) not in labels:
        raise ValueError(f"the label {label!r} is none of {', '.join(labels)}")
    return str(label)


_READERS: dict[Kind, Callable[[dict[str, Any]], Example]] = {
    "sentiment": _sentiment,
    "stance": _stance,
    "nli": _nli,
}
