"""Chapters on the people: the chain from speaker to label, and each annotator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import report_sentences as says
from reports.document import report_wording as words
from reports.document.charts import Caterpillar, Chart, Matrix
from reports.document.document import Block, Chapter, Column, Figure, Heading, Listing, Table
from reports.document.notation import NAMES, coefficient, share
from reports.document.sections.parts import (
    MANY,
    Analysis,
    by_value,
    defined,
    each_question,
    forest,
    missing,
    table_name,
    undefined,
)

_LINKS = {
    "same_speaker": "same speaker named",
    "agreement_same_speaker": "agree, same speaker",
    "agreement_other_speaker": "agree, another speaker",
    "difference": "difference of the two",
    "disagreements_with_other_speaker": "disputes, another speaker",
    "avoidable": "disputes it could explain",
}
_SQUARE = 14
_FEW = 8


def chain(report: Analysis) -> Chapter:
    """How much disagreement about a label comes with disagreement about the speaker."""
    found = report["chain"]
    blocks: list[Block] = []
    if reason := undefined(found):
        blocks.append(missing("How far disagreement starts with the speaker", reason, words.REMEDIES["chain"]))
    else:
        for name, links in found.items():
            blocks += [Heading(text=name)] if len(found) > 1 else []
            if reason := undefined(links):
                blocks.append(missing(f"The chain from speaker to {name}", reason, words.REMEDIES["chain"]))
                continue
            rows = defined((title, links[key]) for key, title in _LINKS.items())
            title = f"From speaker to {name}"
            series = (("share", "share"),)
            blocks.append(forest(table_name("chain", name), title, words.CHAIN, rows, series, form="share"))
    return Chapter(key="chain", title="Where disagreement starts", lead=words.LEADS["chain"], blocks=tuple(blocks))


def annotators(report: Analysis) -> Chapter:
    """Each annotator against the others, pair by pair, and over time."""
    blocks = each_question(report, _people)
    return Chapter(key="annotators", title="The annotators", lead=words.LEADS["annotators"], blocks=blocks)


def _people(name: str, question: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    people = question["annotators"]
    rows = [(who, (each["one_against_rest"]["kappa"],)) for who, each in people.items()]
    known = [row for row in rows if not undefined(row[1][0])]
    if not known:
        reason = undefined(rows[0][1][0]) if rows else "nobody has judged"
        yield missing("Each annotator against the others", reason or "", says.remedy_for_agreement(reason or ""))
    else:
        yield _against_the_rest(name, by_value(known))
    if any(not undefined(pair[question["headline"]]) for pair in question["pairs"]):
        yield _pairs(name, question)
    yield _profiles(name, people)
    certain = all(each["confusion"] for each in people.values())
    if known and certain and len(people) <= _FEW and len(question["labels"]) <= _SQUARE:
        drawn = _confusion(name, people)
        small = len(people) * len(question["labels"]) <= _FEW * 2
        yield drawn if small else Listing(reading=words.CONFUSION, table=drawn.table, folded=True)
    yield from _drift(name, people)


def _against_the_rest(name: str, rows: list[tuple[str, tuple[Any, ...]]]) -> Figure:
    title = "Each annotator against the others"
    drawn = forest(
        table_name("against-others", name),
        title,
        words.AGAINST,
        rows,
        (("kappa", "κ against the others"),),
        first="annotator",
    )
    if len(rows) <= MANY:
        return drawn
    chart = Caterpillar(estimates=tuple(cells[0] for _, cells in rows), axis="κ against the others")
    return Figure(title=title, reading=f"{words.AGAINST} {words.UNNAMED}", chart=chart, table=drawn.table)


def _pairs(name: str, question: Any) -> Figure:  # noqa: ANN401 - a part of the analysis
    key, pairs = question["headline"], question["pairs"]
    people = list(dict.fromkeys(who for pair in pairs for who in pair["annotators"]))
    columns = (
        Column(key="first", title="annotator"),
        Column(key="second", title="and"),
        Column(key="units", title="units", form="count"),
        *(Column(key=each, title=NAMES[each], form="coefficient") for each in ("percent", "cohen", key)),
    )
    rows = tuple((*each["annotators"], each["units"], each["percent"], each["cohen"], each[key]) for each in pairs)
    title = f"{NAMES[key]}, pair by pair"
    table = Table(name=table_name("pairs", name), title=title, columns=columns, rows=rows)
    if len(people) <= _SQUARE:
        return Figure(title=title, reading=words.PAIRS, chart=_pair_matrix(people, pairs, key), table=table)
    chart: Chart = Caterpillar(estimates=tuple(each[key] for each in pairs), axis=NAMES[key])
    most = f"The {len(pairs)} pairs that share most units are shown." if len(pairs) >= 66 else ""
    return Figure(title=title, reading=f"{words.PAIRS_MANY} {most}".strip(), chart=chart, table=table)


def _pair_matrix(people: list[str], pairs: list[dict[str, Any]], key: str) -> Matrix:
    values = {}
    for pair in pairs:
        one, two = pair["annotators"]
        values[one, two] = values[two, one] = pair[key].get("value")
    size = range(len(people))
    table = [[values.get((people[row], people[place])) if place < row else None for place in size] for row in size]
    return Matrix(
        rows=tuple(people[1:]),
        columns=tuple(people[:-1]),
        cells=tuple(tuple(None if each is None else coefficient(each, 2) for each in row[:-1]) for row in table[1:]),
        shades=tuple(tuple(each or 0.0 for each in row[:-1]) for row in table[1:]),
    )


def _profiles(name: str, people: Any) -> Listing:  # noqa: ANN401 - a part of the analysis
    columns = (
        Column(key="annotator", title="annotator"),
        Column(key="judgements", title="judgements", form="count"),
        Column(key="percent", title="agrees with others", form="share"),
        Column(key="kappa", title="κ", form="coefficient"),
        Column(key="competence", title="competence", form="coefficient"),
        Column(key="intra", title="agrees with themselves", form="share"),
        Column(key="seconds", title="median seconds", form="number"),
    )
    rows = tuple(
        (
            who,
            each["judgements"],
            each["one_against_rest"]["percent"],
            each["one_against_rest"]["kappa"],
            each["competence"],
            each["intra"].get("percent", each["intra"]),
            each["seconds"].get("median"),
        )
        for who, each in people.items()
    )
    table = Table(name=table_name("annotators", name), title="Annotators, one by one", columns=columns, rows=rows)
    return Listing(reading=words.PROFILES, table=table)


def _confusion(name: str, people: Any) -> Figure:  # noqa: ANN401 - a part of the analysis
    labels = tuple(next(iter(people.values()))["confusion"]["labels"])
    rows = [
        (who, label, tuple(each["confusion"]["matrix"][place]))
        for who, each in people.items()
        for place, label in enumerate(labels)
    ]
    title = "What each annotator gives for what"
    columns = (Column(key="annotator", title="annotator"), Column(key="label", title="label"))
    heads = tuple(Column(key=each, title=each, form="share") for each in labels)
    cells = tuple((who, label, *row) for who, label, row in rows)
    return Figure(
        title=title,
        reading=words.CONFUSION,
        chart=Matrix(
            rows=tuple(f"{who} · {label}" for who, label, _ in rows),
            columns=labels,
            cells=tuple(tuple(share(each, 0) for each in row) for *_, row in rows),
            shades=tuple(row for *_, row in rows),
            row_title="most likely true label",
            column_title="label given",
        ),
        table=Table(name=table_name("confusion", name), title=title, columns=(*columns, *heads), rows=cells),
    )


def _drift(name: str, people: Any) -> Iterator[Block]:  # noqa: ANN401 - a part of the analysis
    rows = [
        (who, tuple(third["agreement"] for third in each["drift"]))
        for who, each in people.items()
        if not undefined(each["drift"])
    ]
    if not rows:
        reason = next((undefined(each["drift"]) for each in people.values()), None) or "nobody has judged"
        yield missing("Whether annotators drift", reason, words.REMEDIES["drift"])
        return
    series = (("first", "first third"), ("second", "second"), ("last", "last third"))
    title = "Agreement with the others, from the first third of the work to the last"
    drawn = forest(table_name("drift", name), title, words.DRIFT, rows, series, form="share", first="annotator")
    yield drawn if len(rows) <= MANY // 2 else Listing(reading=words.DRIFT, table=drawn.table, folded=True)
