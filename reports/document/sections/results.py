"""Chapters on what follows: disagreements, consensus, conclusions, and how many more annotations would help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import report_sentences as says
from reports.document import report_wording as words
from reports.document.charts import Bars, Curve
from reports.document.document import Block, Chapter, Column, Dispute, Disputes, Figure, Listing, Prose, Table
from reports.document.notation import count, listed, plural
from reports.document.sections.parts import (
    MANY,
    Analysis,
    each_labelled,
    each_question,
    forest,
    missing,
    rarer,
    table_name,
    undefined,
    usual_labels,
)
from reports.statistics.corrected import LEAST

_SIDES = (("model", "the model alone"), ("human", "people alone"), ("corrected", "corrected"))


def disagreements(report: Analysis) -> Chapter:
    """The units on which annotators were furthest apart."""
    blocks = each_question(report, _disputes)
    return Chapter(
        key="disagreements",
        title="Disagreements worth a conversation",
        lead=words.LEADS["disagreements"],
        blocks=blocks,
    )


def _disputes(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found = question["disagreements"]
    if not found:
        if question["design"]["paired_units"]:
            yield Prose(text=words.NO_DISPUTES)
        else:
            yield missing("Who disagrees with whom", words.NO_PAIRS, words.REMEDIES["overlap"])
        return
    columns = (
        *(Column(key=key, title=key) for key in ("unit", "text", "speaker", "target", "outlet", "votes")),
        Column(key="disagreement", title="disagreement", form="coefficient"),
    )
    disputes = tuple(_dispute(each, question["labels"]) for each in found)
    rows = tuple(
        (*(each[key] for key in ("unit", "text", "speaker", "target", "outlet")), _votes(dispute), each["disagreement"])
        for each, dispute in zip(found, disputes, strict=True)
    )
    table = Table(name=table_name("disagreements", name), title="Disagreements", columns=columns, rows=rows)
    yield Disputes(reading=words.DISPUTES, disputes=disputes, table=table)


def _dispute(found: Any, labels: list[str]) -> Dispute:  # noqa: ANN401 - a part of the analysis
    votes = []
    for label in labels:
        people = tuple(each["annotator"] for each in found["judgements"] if each["label"] == label)
        votes += [(label, people)] if people else []
    about = tuple((key, found[key]) for key in ("speaker", "target", "outlet") if found[key])
    seen = {each["shown"] for each in found["judgements"] if each["shown"]}
    shown = f"pre-label shown: {listed(sorted(seen))}" if seen else ""
    if not seen and found["model_label"]:
        shown = f"the model, unseen: {found['model_label']}"
    return Dispute(
        unit=found["unit"],
        text=found["text"] or "",
        context=found["context"] or "",
        about=about,
        votes=tuple(votes),
        disagreement=found["disagreement"],
        shown=shown,
    )


def _votes(dispute: Dispute) -> str:
    return "; ".join(f"{label}: {', '.join(people)}" for label, people in dispute.votes)


def consensus(report: Analysis) -> Chapter:
    """One label per unit: by majority, and by Dawid and Skene's model."""
    blocks = each_question(report, _consensus)
    return Chapter(key="consensus", title="One label for each unit", lead=words.LEADS["consensus"], blocks=blocks)


def _consensus(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found = question["consensus"]
    yield Prose(
        text=f"Of {plural(found['units'], 'unit')}, {count(found['unanimous'])} are unanimous among two or more, "
        f"{count(found['single'])} were judged once, and {count(found['ties'])} are tied without a majority."
    )
    shown = usual_labels(question, MANY)
    rows = tuple((label, found["majority"][label]) for label in shown)
    columns = (Column(key="label", title="label"), Column(key="units", title="units", form="count"))
    yield Figure(
        title="Majority labels",
        reading=f"{words.MAJORITY}{rarer(question, shown)}",
        chart=Bars(rows=tuple((label, each, each) for label, each in rows), names=("units", "")),
        table=Table(name=table_name("majority", name), title="Majority labels", columns=columns, rows=rows),
    )
    fit = found["dawid_skene"]
    if reason := undefined(fit):
        yield missing("Dawid and Skene’s estimate of the true labels", reason, says.remedy_for_agreement(reason))
    else:
        yield Prose(text=says.dawid_skene(fit))


def conclusions(report: Analysis) -> Chapter:
    """Label shares of the corpus: raw model, raw human, and corrected."""
    blocks: list[Block] = []
    found = report["conclusions"]
    reasons = {undefined(each) for each in found.values()}
    if len(reasons) == 1 and None not in reasons:
        reason = next(iter(reasons)) or ""
        blocks.append(
            missing("What the corpus says, corrected for the model’s errors", reason, words.REMEDIES["corpus"])
        )
    else:
        blocks += each_labelled(report, lambda name, question: _shares(name, found[name], usual_labels(question)))
    return Chapter(key="conclusions", title="What it does to conclusions", lead=words.LEADS["conclusions"],
                   blocks=tuple(blocks))  # fmt: skip


def _shares(name: str, found: Any, labels: tuple[str, ...]) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    if reason := undefined(found):
        yield missing(f"Corrected shares of {name}", reason, words.REMEDIES["corpus"])
        return
    yield Prose(text=says.corpus(found))
    everything = found["groups"]["all"][0]["labels"]
    rows = [(label, tuple(everything[label][key] for key, _ in _SIDES)) for label in labels]
    title = "Label shares over the whole corpus"
    few = undefined(everything[labels[0]]["corrected"])
    reading = words.UNCORRECTED if few else words.CORRECTED
    yield forest(table_name("corpus", name), title, reading, rows, _SIDES, form="share", first="label")
    if few:
        yield missing("Corrected shares", few, words.REMEDIES["corpus_few"])
    groups = {group: members for group, members in found["groups"].items() if group != "all" and members}
    bare = [group for group, members in groups.items() if not _enough(members, labels)]
    for group in sorted(groups, key=bare.__contains__):
        yield _group(name, group, groups[group], labels)
    if bare and not few:
        what = f"Corrected shares by {listed([f'“{group}”' for group in bare])}"
        reason = f"no group has {LEAST} units that people judged blind"
        yield missing(what, reason, words.REMEDIES["corpus_group"])


def _enough(members: Any, labels: tuple[str, ...]) -> list[Any]:  # noqa: ANN401 - a part of the analysis
    return [each for each in members if not undefined(each["labels"][labels[0]]["corrected"])]


def _group(name: str, group: str, members: Any, labels: tuple[str, ...]) -> Block:  # noqa: ANN401
    heads = (Column(key=group, title=group), Column(key="label", title="label"))
    sizes = (Column(key="units", title="units", form="count"), Column(key="judged", title="judged", form="count"))
    columns = (*heads, *sizes, *(Column(key=key, title=title, form="share") for key, title in _SIDES))
    rows = tuple(
        (_member(each), label, each["units"], each["human_units"], *(each["labels"][label][key] for key, _ in _SIDES))
        for each in members
        for label in labels
    )
    file, title = table_name(f"corpus-{group.replace(' ', '-')}", name), f"Label shares by {group}"
    table = Table(name=file, title=title, columns=columns, rows=rows)
    if not (enough := _enough(members, labels)):
        return Listing(reading=words.UNCORRECTED, table=table, folded=True)
    drawn = [(_member(each), tuple(each["labels"][labels[0]][key] for key, _ in _SIDES)) for each in enough]
    figure = forest("drawn", f"Share of {labels[0]} by {group}", words.CORRECTED_GROUP, drawn, _SIDES, form="share")
    return Figure(title=figure.title, reading=figure.reading, chart=figure.chart, table=table)


def _member(row: Any) -> str:  # noqa: ANN401 - a part of the analysis
    return " → ".join(str(part) for part in row["name"].values())


def precision(report: Analysis) -> Chapter:
    """How wide the interval would be with more of the same."""
    blocks = each_question(report, lambda name, question: _precision(name, question, says.cluster_name(report)))
    return Chapter(key="precision", title="How many more annotations", lead=words.LEADS["precision"], blocks=blocks)


def _precision(name: str, question: Any, cluster: str) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    found = question["precision"]
    if reason := undefined(found):
        yield missing("How many more annotations would narrow the interval", reason, says.remedy_for_agreement(reason))
        return
    columns = (
        Column(key="clusters", title=f"{cluster}s", form="count"),
        Column(key="half_width", title="half of the interval’s width", form="coefficient"),
    )
    rows = tuple((each["clusters"], each["half_width"]) for each in found["curve"])
    yield Figure(
        title="Width of the interval, with more of the same",
        reading=says.precision(found, cluster),
        chart=Curve(points=rows, x=(f"{cluster}s", "count"), y=("half of the interval’s width", "coefficient")),
        table=Table(name=table_name("precision", name), title="Precision", columns=columns, rows=rows),
    )
