"""From the analysis to the document: the front of the report and its chapters, in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reports.document.charts import Intervals, Mark, Row
from reports.document.document import Block, Card, Chapter, Disputes, Document, Figure, Heading, Listing, Prose
from reports.document.gists import gist
from reports.document.notation import NAMES, coefficient, interval, listed, plural
from reports.document.references import REFERENCES
from reports.document.report_methods import methods_paragraph
from reports.document.report_sentences import chances, cluster_name
from reports.document.report_wording import NOT_VALIDATED
from reports.document.sections import agreement, anchoring, data, described, machine, method, people, results
from reports.document.sections.parts import THRESHOLDS

_CHAPTERS = (
    data.design, data.cleaning, data.labels, agreement.headline, agreement.sensitivity, agreement.categories,
    agreement.groups, people.chain, people.annotators, anchoring.anchoring, machine.model, machine.calibration,
    results.disagreements, results.consensus, results.conclusions, results.precision, method.methods, method.audit,
)  # fmt: skip
_UNJUDGED = (described.speakers, described.stands, method.methods, method.audit)
"""The chapters of a report on a run that nobody has judged."""
_TITLES = {
    "reliable": "agree reliably on",
    "tentative": "agree tentatively on",
    "not reliable": "do not agree reliably on",
    "unknown": "cannot yet be said to agree on",
}


def compose(report: Mapping[str, Any]) -> Document:
    """The report as a document, from what `analysis.analyse` returns, with ``provenance`` or without."""
    unjudged = report.get("machine")
    made = [_with_gists(chapter(report), report) for chapter in (_UNJUDGED if unjudged else _CHAPTERS)]
    chapters = tuple(_named_apart(made))
    found = report["input"]
    sizes = [("judgement", "judgements"), ("unit", "units"), ("annotator", "annotators")]
    sizes += [(cluster_name(report), "clusters")] if cluster_name(report) != "unit" else []
    return Document(
        title="Who says what, by the machine alone" if unjudged else _title(report),
        caution=NOT_VALIDATED if unjudged else "",
        facts=_machine_facts(unjudged) if unjudged else tuple(plural(found[key], name) for name, key in sizes),
        cards=tuple(_card(name, question) for name, question in report["questions"].items()),
        chapters=chapters,
        methods=methods_paragraph(report),
        provenance=tuple(method.provenance(report).items()),
        cited=_cited(chapters),
    )


def _machine_facts(found: Mapping[str, Any]) -> tuple[str, ...]:
    targets = {row["target"] for each in found["questions"].values() for row in each["targets"]}
    sizes = ((found["sentences"], "sentence"), (found["speakers_in_all"], "speaker"), (len(targets), "target"))
    return tuple(plural(size, name) for size, name in sizes)


def _title(report: Mapping[str, Any]) -> str:
    by_level: dict[str, list[str]] = {}
    for name, question in report["questions"].items():
        by_level.setdefault(question["verdict"]["level"], []).append(name)
    if not by_level:
        return "Nothing was judged"
    ordered = [(words, by_level[level]) for level, words in _TITLES.items() if level in by_level]
    return f"Annotators {'; they '.join(f'{words} {listed(names)}' for words, names in ordered)}"


def _card(name: str, question: Mapping[str, Any]) -> Card:
    verdict = question["verdict"]
    found = verdict["estimate"]
    known = "undefined" not in found
    row = Row(label="", marks=(Mark(estimate=found),))
    span = (min(0.0, found.get("low") or 0.0, found.get("value") or 0.0), 1.0)
    return Card(
        question=name,
        level=verdict["level"],
        value=coefficient(found["value"]) if known else "undefined",
        interval=interval(found),
        coefficient=NAMES[verdict["key"]],
        sentence=verdict["sentence"],
        below=tuple(chances(verdict)),
        chart=Intervals(rows=(row,), lines=THRESHOLDS, span=span, bare=True) if known else None,
    )


def _with_gists(chapter: Chapter, report: Mapping[str, Any]) -> Chapter:
    """The chapter with what it comes to beside the name of each question."""
    blocks = (
        replace(block, gist=gist(chapter.key, report, block.text))
        if isinstance(block, Heading) and not block.gist
        else block
        for block in chapter.blocks
    )
    return replace(chapter, blocks=tuple(blocks))


def _named_apart(chapters: list[Chapter]) -> list[Chapter]:
    """The chapters, with tables of one name numbered: names of questions may differ in signs that files cannot have."""
    met: dict[str, int] = {}

    def renamed(block: Block) -> Block:
        if not isinstance(block, (Figure, Listing, Disputes)):
            return block
        name = block.table.name
        met[name] = met.get(name, 0) + 1
        return block if met[name] == 1 else replace(block, table=replace(block.table, name=f"{name}-{met[name]}"))

    return [replace(chapter, blocks=tuple(renamed(block) for block in chapter.blocks)) for chapter in chapters]


def _cited(chapters: tuple[Chapter, ...]) -> tuple[str, ...]:
    """The works that any paragraph cites, in the order of the list of references."""
    text = " ".join(block.text for chapter in chapters for block in chapter.blocks if isinstance(block, Prose))
    keys = set(re.findall(r"@(\w+)", text))
    return tuple(key for key in REFERENCES if key in keys)
