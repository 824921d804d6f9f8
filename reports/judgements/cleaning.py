"""From rows as they were read to clean judgements, with an account of every row that was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.errors import ConfigError, InputError
from pipeline.labels import LabelScheme, Question
from reports.judgements.duplicates import repeated, settle
from reports.judgements.guessing import guessed_question, mixed, unify_numbers
from reports.judgements.rows import Rows
from reports.judgements.spelling import differ_in_spelling, respelled
from reports.judgements.table import (
    FACTORS,
    NUMBERS,
    SPEAKER,
    Account,
    Bools,
    Factor,
    Floats,
    Ints,
    Judgements,
    LeftOut,
)
from reports.judgements.values import numbers_of, present, present_names, yes_or_no

_EXAMPLES = 5
_LABELS = ("label", "shown", "model_label", "gold")
"""Columns that hold labels of the question."""
_ANY = "label"
"""What the question is called of which only the labels are known, and that of a table without a column `question`."""


def clean(rows: Rows, scheme: LabelScheme | None = None) -> Judgements:
    """Judgements from rows: missing, skipped and foreign labels left out and counted, duplicates settled.

    Without `scheme`, the labels of a question are those that occur: numbers in their order (then the question is
    ordinal), the labels of this project's own scheme in its order, any others as nominal. Speakers stand by how many
    named them, and whom only a model named is among them. Labels that differ in capitals or spaces alone are noted; of
    a `scheme` the one that is meant is taken. Of two judgements by one annotator on one unit and occasion the later one
    is kept where ``time`` tells which that is, and one of two that are equal.

    Raises InputError for labels of mixed types, values that their column cannot hold, and contradicting judgements by
    one annotator on one unit where no time tells which is the last: nobody but the author of the file can say which one
    holds. Raises ConfigError where `scheme` describes one question without its name, and several were asked.
    """
    work = _Work(rows)
    work.drop(yes_or_no(rows, "skipped"), "skipped by the annotator", "label")
    for column in ("unit", "annotator", "label"):
        work.drop(work.factors[column].codes < 0, f"no {column}", column)
    work.drop(work.question.codes < 0, "no question", "question")
    known = _known(work, scheme)
    work.unify("label", known.values(), known)
    questions = _questions(work, known)
    for column in _LABELS[1:]:
        work.unify(column, questions, known)
    work.note_spelling(question for question in questions if question.name not in known)
    work.drop(_foreign(work, questions), "a label outside the scheme", "label")
    _settle_duplicates(work)
    return work.judgements(questions)


class _Work:
    """Rows under way: which are still kept, and why the others are not."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.keep: Bools = np.ones(len(rows), dtype=np.bool_)
        self.left_out = list(rows.left_out)
        self.notes = list(rows.notes)
        columns = rows.columns
        named = {name: columns[name] for name in ("unit", "annotator", "label", "cluster", *FACTORS) if name in columns}
        asked = present_names(columns["question"]) if "question" in columns else [_ANY] * len(rows)
        self.question = Factor.of(asked)
        self.factors = {name: Factor.of(_words(name, values, asked)) for name, values in named.items()}
        self.numbers = {name: numbers_of(rows, name) for name in NUMBERS if name in columns}
        if (looks := self.numbers.get("occasion")) is not None and np.fmin.reduce(looks, initial=np.inf) == 1:
            looks -= 1

    def drop(self, mask: Bools, reason: str, column: str) -> None:
        """Leave out the rows of `mask` that are still kept, and account for them."""
        gone = np.flatnonzero(mask & self.keep)
        if not len(gone):
            return
        self.keep[gone] = False
        examples = tuple(
            (str(self.rows.place(int(row), column)), self.rows.columns[column][int(row)] or "nothing")
            for row in gone[:_EXAMPLES]
        )
        self.left_out.append(LeftOut(reason=reason, count=len(gone), examples=examples))

    def unify(self, column: str, questions: Iterable[Question], scheme: Mapping[str, Question]) -> None:
        """Write a column of labels as `questions` have them where they are numbers, and as `scheme` spells them."""
        if column not in self.factors:
            return
        known, given = (
            {question.name: question.label_names for question in each} for each in (questions, scheme.values())
        )
        unified = unify_numbers(self.factors[column], self.question, known)
        self.factors[column], read = respelled(unified, self.question, given)
        if read:
            pairs = ", ".join(f"{written!r} as {label!r}" for written, label in read.items())
            self.notes.append(f"capitals and spaces do not count in the column {column}: {pairs}")

    def note_spelling(self, questions: Iterable[Question]) -> None:
        """Note which labels of `questions` differ in capitals or spaces alone."""
        columns = [self.factors[name] for name in _LABELS if name in self.factors]
        for question in questions:
            rows = self.keep & (self.question.codes == self.question.names.index(question.name))
            used = {column.names[code] for column in columns for code in np.unique(column.codes[rows]) if code >= 0}
            for group in differ_in_spelling(sorted(used)):
                self.notes.append(
                    f"{question.name}: {', '.join(map(repr, group))} differ in capitals or spaces alone and count as "
                    "different labels; write them alike, or name the labels that count (--labels)"
                )

    def judgements(self, questions: tuple[Question, ...]) -> Judgements:
        """The rows that are left, as judgements."""
        kept = np.flatnonzero(self.keep)
        factors = {name: column.take(kept) for name, column in self.factors.items()}
        unit = factors.pop("unit")
        cluster, clustered_by = _clusters(unit, factors.pop("cluster", None), self.notes)
        numbers: dict[str, Floats] = {name: column[kept] for name, column in self.numbers.items()}
        numbers["line"] = np.array(self.rows.line[kept], dtype=np.float64)
        if (unknown := int(np.isnan(numbers.get("probability", np.empty(0))).sum())) > 0:
            self.notes.append(f"no inclusion weights: {unknown} judgements lack the probability of being drawn")
        read = len(self.rows) + sum(each.count for each in self.rows.left_out)
        return Judgements(
            questions=questions,
            unit=unit,
            annotator=factors.pop("annotator").compact(),
            question=self.question.take(kept).compact(),
            label=factors.pop("label"),
            cluster=cluster,
            clustered_by=clustered_by,
            account=Account(read=read, kept=len(kept), left_out=tuple(self.left_out), notes=tuple(self.notes)),
            factors=factors,
            numbers=numbers,
            texts=self.rows.texts,
            contexts=self.rows.contexts,
            source=self.rows.source,
        )


def _words(column: str, values: Sequence[str | None], asked: Sequence[str | None]) -> list[str | None]:
    """The words in a column: names, or labels, which are names where the question is who speaks."""
    names = present_names(values)
    if column not in _LABELS:
        return names
    both = zip(names, present(values), asked, strict=True)
    return [name if question == SPEAKER else label for name, label, question in both]


def _known(work: _Work, scheme: LabelScheme | None) -> dict[str, Question]:
    """The questions that the scheme describes, by name. One that goes by no name is the only one that was asked.

    Raises ConfigError where several were asked: which of them has these labels?
    """
    known = {question.name: question for question in scheme.questions} if scheme else {}
    asked = [work.question.names[code] for code in np.unique(work.question.codes[work.keep]) if code >= 0]
    if len(known) != 1 or not asked or next(iter(known)) in asked:
        return known
    if _ANY not in known and "question" in work.rows.columns:
        return known
    if len(asked) > 1:
        raise ConfigError(
            f"several questions were asked ({', '.join(asked)}), and --labels describes one.",
            fix="describe all of them in a settings file: --config FILE, under `prelabel.questions`.",
        )
    return {asked[0]: replace(next(iter(known.values())), name=asked[0])}


def _questions(work: _Work, known: Mapping[str, Question]) -> tuple[Question, ...]:
    label = work.factors["label"]
    questions = []
    for code, name in enumerate(work.question.names):
        rows = np.flatnonzero(work.keep & (work.question.codes == code))
        if len(rows):
            used = [label.names[place] for place in np.unique(label.codes[rows])]
            if name == SPEAKER:
                used = _names(work, rows)
            questions.append(known.get(name) or _guessed(name, used, work, rows))
    return tuple(questions)


def _names(work: _Work, rows: Ints) -> list[str]:
    """Everybody who was named or offered as the speaker, whom most people named first.

    Whom a model named and nobody else counts, too: else its mistakes would be left out of its score.
    """
    named = Counter(work.factors["label"].value(int(row)) for row in rows)
    offered = [work.factors[column] for column in ("shown", "model_label") if column in work.factors]
    named.update({column.names[code]: 0 for column in offered for code in np.unique(column.codes[rows]) if code >= 0})
    return sorted(filter(None, named), key=lambda name: (-named[name], name))


def _guessed(name: str, used: Sequence[str], work: _Work, rows: Ints) -> Question:
    """A question known only by its labels; InputError where these are of mixed types."""
    if odd := mixed(name, used):
        label = work.factors["label"]
        row = next(int(row) for row in rows if label.names[label.codes[row]] in odd)
        raise InputError(
            f"the labels mix numbers and words: {label.names[label.codes[row]]!r} is unlike most others.",
            where=work.rows.place(row, "label"),
            fix="write all labels of a question as numbers, or none; or name the labels that count with --labels.",
        )
    return guessed_question(name, used)


def _foreign(work: _Work, questions: tuple[Question, ...]) -> Bools:
    allowed = {question.name: set(question.label_names) for question in questions}
    label = work.factors["label"]
    table = np.array(
        [[name not in allowed.get(asked, set()) for name in (*label.names, "")] for asked in (*work.question.names, "")]
    )
    mask: Bools = table[work.question.codes, label.codes]
    return mask


def _settle_duplicates(work: _Work) -> None:
    """Keep one judgement per unit, annotator, question and occasion."""
    rows = np.flatnonzero(work.keep)
    occasion = np.nan_to_num(work.numbers.get("occasion", np.zeros(len(work.rows)))).astype(np.int64)
    keys = (work.factors["unit"].codes, work.factors["annotator"].codes, work.question.codes, occasion)
    groups = [[int(rows[place]) for place in group] for group in repeated([key[rows] for key in keys])]
    older, equal = settle(work.rows, groups, work.factors["label"].codes)
    work.drop(_mask(len(work.rows), older), "an earlier judgement by the same annotator on the same unit", "label")
    work.drop(_mask(len(work.rows), equal), "the same judgement twice", "label")


def _mask(size: int, rows: Sequence[int]) -> Bools:
    mask = np.zeros(size, dtype=np.bool_)
    mask[list(rows)] = True
    return mask


def _clusters(unit: Factor, cluster: Factor | None, notes: list[str]) -> tuple[Factor, str]:
    """The cluster of each row: its article where every unit has one and only one, else the unit itself."""
    if cluster is None:
        return unit, "unit"
    pairs = np.unique(np.column_stack([unit.codes, cluster.codes]), axis=0) if len(unit.codes) else np.empty((0, 2))
    if len(pairs) and ((cluster.codes < 0).any() or len(np.unique(pairs[:, 0])) < len(pairs)):
        notes.append("some units have no article, or more than one: units are drawn one by one instead")
        return unit, "unit"
    return cluster, "article"
