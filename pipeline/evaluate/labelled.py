"""Gold for stance and sentiment: pairs of a text and a target, each with the label that people gave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import InputError, Place
from pipeline.evaluate.gold import read_gold, weight_of
from pipeline.labels import SENTIMENT, STANCE, target_from_words
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.foreign import foreign_words
from pipeline.records import Span

Asked = Literal["stance", "sentiment"]

LABELS: dict[Asked, tuple[str, ...]] = {
    "stance": STANCE.label_names,
    "sentiment": SENTIMENT.label_names,
}
BY_RULE = "target not mentioned"
"""What `pipeline.records.Prediction.reason` says where a rule gave the label."""
_VOTES = {"agrees": "favor", "disagrees": "against"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """A pair, its label, and what it is resampled with: the target for stance, the text for sentiment.

    `open_labels` are those that people could give, where the row tells. `by_rule`: nothing in the text can mean the
    target, so that a run answers *neutral* and asks no model. `weight` is what the row counts for in a score.
    """

    pair: Pair
    label: str
    cluster: str
    open_labels: tuple[str, ...] = ()
    by_rule: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The rows of a gold file that have a label, and how many had none because their votes tied."""

    rows: tuple[GoldRow, ...]
    dropped: int


def read_labelled(path: Path, question: Asked) -> Gold:
    """Read JSON Lines of ``text`` (or ``sentence``), ``target`` and ``label`` or ``votes``.

    ``start`` and ``end``, or ``mentions`` (a list of such pairs), where they are given, say where the target stands in
    the text, in code points; ``foreign`` how many words its document has, where none is one of a proposition's (see
    `Pair`): without it the text is the document. Of votes the most frequent counts (*agrees* as favor, *disagrees* as
    against); rows whose votes tie are dropped and counted. The rows that ``onrecord gold RUN`` writes have ``scores``,
    whose keys are the labels that people could give, a ``reason`` where the run's label came by rule, and the
    ``inclusion_probability`` with which a row was drawn: it counts as one over it.
    Raises InputError, with file and line, for a row that does not fit, and for a file without a row to score.
    """
    rows = [_Row(row, path, line, question).read() for line, row in read_gold(path, ["target"])]
    kept = tuple(row for row in rows if row is not None)
    if not kept:
        raise InputError(
            "the gold file has no rows to score.",
            where=Place(path=path),
            fix="name a JSON Lines file with at least one labelled row.",
        )
    return Gold(rows=kept, dropped=len(rows) - len(kept))


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a gold file, on its way to a `GoldRow`."""

    values: dict[str, Any]
    path: Path
    line: int
    question: Asked

    def read(self) -> GoldRow | None:
        """The row; ``None`` where its votes tie."""
        text = self._string("text" if "text" in self.values else "sentence")
        target = self._string("target")
        pair = Pair(text=text, target=target, mentions=self._mentions(text), foreign=self._foreign(text, target))
        label = self._label(self.values["label"]) if "label" in self.values else self._majority()
        cluster = target if self.question == "stance" else text
        if label is None:
            return None
        by_rule = self.values.get("reason") == BY_RULE
        weight = weight_of(self.values, Place(path=self.path, line=self.line))
        return GoldRow(
            pair=pair, label=label, cluster=cluster, open_labels=self._open(), by_rule=by_rule, weight=weight
        )

    def _foreign(self, text: str, target: str) -> int:
        """As the row says, else as if its text were the whole document."""
        if "foreign" not in self.values:
            return foreign_words(text, target_from_words(target)) if self.question == "stance" else 0
        words = self.values["foreign"]
        if not isinstance(words, int) or isinstance(words, bool) or words < 0:
            raise self._bad(f"foreign is {words!r}, and no number of words", "foreign")
        return words

    def _open(self) -> tuple[str, ...]:
        scores = self.values.get("scores")
        return tuple(map(self._label, scores)) if isinstance(scores, dict) else ()

    def _string(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self._bad(f"the row has no {field}", field)
        return value

    def _mentions(self, text: str) -> tuple[Span, ...]:
        if "mentions" in self.values:
            places = self.values["mentions"]
            if not isinstance(places, list):
                raise self._bad("the mentions are no list of starts and ends", "mentions")
            return tuple(self._span(text, place, "mentions") for place in places)
        if "start" not in self.values and "end" not in self.values:
            return ()
        return (self._span(text, [self.values.get("start"), self.values.get("end")], "start"),)

    def _span(self, text: str, place: object, field: str) -> Span:
        match place:
            case [int(start), int(end)] if 0 <= start < end <= len(text):
                return Span(start, end)
        raise self._bad(f"start and end {place!r} are no range in the text", field)

    def _majority(self) -> str | None:
        votes = self.values.get("votes")
        if not isinstance(votes, list) or not votes:
            raise self._bad("the row has neither a label nor votes", "label")
        counts = Counter(self._vote(vote) for vote in votes).most_common(2)
        tied = len(counts) == 2 and counts[0][1] == counts[1][1]
        return None if tied else counts[0][0]

    def _vote(self, vote: object) -> str:
        is_stance = self.question == "stance" and isinstance(vote, str)
        return self._label(_VOTES.get(str(vote), vote) if is_stance else vote)

    def _label(self, value: object) -> str:
        if value not in LABELS[self.question]:
            raise self._bad(f"the label {value!r} is none of {', '.join(LABELS[self.question])}", "label")
        return str(value)

    def _bad(self, what: str, field: str) -> InputError:
        return InputError(
            f"{what}.",
            where=Place(path=self.path, line=self.line, field=field),
            fix="mend or remove the row; a gold file is scored whole or not at all.",
        )
