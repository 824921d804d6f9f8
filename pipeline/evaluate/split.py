"""Score the sentence splitter on documents whose sentences are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import InputError, Place
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.intervals import bootstrap_score, f1_of_sums
from pipeline.records import Span
from pipeline.split.paragraphs import paragraphs
from pipeline.split.sentences import sentences


def evaluate_split(gold: Path, *, resamples: int = 1000, seed: int = 0) -> dict[str, Any]:
    """Score the splitter on a gold file of ``{"paras": [[sentence, ...], ...]}`` rows, one document each.

    The text is built as it would be met: sentences of a paragraph joined by a space, paragraphs by a blank line.

    Returns:
        `f1`: of sentence ends, each counted right where a gold sentence ends at the same character.
        `exact_f1`: of whole sentences, right where both ends are. `n`: documents and gold sentences.
        Scores carry 95 % intervals by resampling documents.
    """
    ends, exact, total = [], [], 0
    for line, row in read_gold(gold, ["paras"]):
        text, true = _build(row["paras"], Place(path=gold, line=line, field="paras"))
        found = {span for paragraph in paragraphs(text) for span in sentences(text, paragraph)}
        exact.append((len(found & true), len(found), len(true)))
        found_ends, true_ends = {span.end for span in found}, {span.end for span in true}
        ends.append((len(found_ends & true_ends), len(found_ends), len(true_ends)))
        total += len(true)
    if not ends:
        raise InputError(
            "the gold file has no documents to score.",
            where=Place(path=gold),
            fix='give it one document a line: {"paras": [["One sentence.", "Another."]]}.',
        )
    return {
        "f1": bootstrap_score(np.array(ends, float), f1_of_sums, resamples=resamples, seed=seed),
        "exact_f1": bootstrap_score(np.array(exact, float), f1_of_sums, resamples=resamples, seed=seed),
        "n": {"documents": len(ends), "sentences": total},
    }


def _build(paras: object, where: Place) -> tuple[str, set[Span]]:
    """The text of a gold document and the spans of its sentences."""
    if not isinstance(paras, list) or not all(
        isinstance(para, list) and all(isinstance(sentence, str) for sentence in para) for para in paras
    ):
        raise InputError(
            "`paras` is not a list of lists of sentences.",
            where=where,
            fix='write it as {"paras": [["One sentence.", "Another."], ["A new paragraph."]]}.',
        )
    text, spans = "", set()
    for para in paras:
        text += "\n\n" if text else ""
        for index, sentence in enumerate(filter(None, map(str.strip, para))):
            text += " " if index else ""
            spans.add(Span(len(text), len(text) + len(sentence)))
            text += sentence
    return text, spans
