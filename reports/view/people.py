"""What people answered about the sentences of an article, once their labels are pulled into its run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reports.judgements.cleaning import clean
from reports.judgements.run_tables import run_rows, run_scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What people answered to one question about one sentence, toward a target or None, first looks alone.

    `counts` has each label that somebody gave with how many gave it, the most frequent first.
    """

    question: str
    target: str | None
    counts: tuple[tuple[str, int], ...]

    @property
    def label(self) -> str | None:
        """The label that more people gave than any other; None where two have as many."""
        best, *others = self.counts
        return None if others and others[0][1] == best[1] else best[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All that people answered about one article: how many they are, and their answers by the sentence's id."""

    number: int = 0
    answers: Mapping[str, tuple[Answer, ...]]


NOBODY = People(answers={})


def people_of(run: Path, doc_id: str) -> People:
    """The answers in the ``annotations`` table of a run about one article, cleaned as agreement reads them.

    A run without the table has none. Raises RunError for a damaged table.
    """
    if not any((run / "annotations").glob("*.parquet")):
        return NOBODY
    given = clean(run_rows(run, doc_id), run_scheme(run)).first_looks()
    sentences, targets = given.factors["sentence"], given.factors["target"]
    counted: defaultdict[tuple[str, str, str | None], Counter[str]] = defaultdict(Counter)
    for row in range(len(given)):
        sentence, question, label = (column.value(row) or "" for column in (sentences, given.question, given.label))
        counted[sentence, question, targets.value(row)][label] += 1
    answers: defaultdict[str, list[Answer]] = defaultdict(list)
    for (sentence, question, target), counts in counted.items():
        answers[sentence].append(Answer(question=question, target=target, counts=tuple(counts.most_common())))
    people = given.annotator.compact().names
    return People(number=len(people), answers={sentence: tuple(found) for sentence, found in answers.items()})
