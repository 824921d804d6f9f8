"""The report as Markdown: the same chapters in the same words, a table in the place of each figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.document.document import Block, Disputes, Document, Facts, Figure, Heading, Listing, Missing, Prose, Table
from reports.document.notation import coefficient, written
from reports.document.references import REFERENCES
from reports.inert import for_page

MOST = 20
"""A table in Markdown shows so many rows; the CSV has all."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def markdown_of(document: Document) -> str:
    """The whole document. Citations are in pandoc's form, ``[@key]``, with the keys of references.bib."""
    lines = [f"# {plain(document.title)}", "", f"*{plain(' · '.join(document.facts))}*", ""]
    lines += [f"**{plain(document.caution)}**", ""] if document.caution else []
    for card in document.cards:
        value = f"{card.value} {card.interval}".strip()
        lines.append(
            f"- **{plain(card.question)}: {card.level}.** {plain(f'{card.coefficient} {value}. {card.sentence}')}"
        )
    for number, chapter in enumerate(document.chapters, start=1):
        lines += ["", f"## {number} {plain(chapter.title)}", "", plain(chapter.lead), ""]
        for block in chapter.blocks:
            lines += _block(block)
    lines += ["", "## References", ""]
    lines += [f"- [@{key}]: {REFERENCES[key].short}, *{plain(_title(key))}*" for key in document.cited]
    return "\n".join(lines) + "\n"


def plain(words: str) -> str:
    """Words in one line in which nothing is markup, but ``[@key]`` and code in backticks."""
    line = " ".join(for_page(words).split())
    parts = re.split(r"(`[\w ]+`|\[@\w+(?:; @\w+)*\])", line)
    return "".join(part if place % 2 else _SPECIAL.sub(r"\\\1", part) for place, part in enumerate(parts))


def _title(key: str) -> str:
    return re.sub(r"[{}]", "", REFERENCES[key].fields["title"])


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Prose):
        yield from (plain(block.text), "")
    elif isinstance(block, Heading):
        yield from (f"### {plain(block.text)}", "", *([f"*{plain(block.gist)}*", ""] if block.gist else []))
    elif isinstance(block, Missing):
        yield from (f"> **{plain(block.what)}** cannot be said: {plain(block.reason)}. {plain(block.remedy)}", "")
    elif isinstance(block, Facts):
        yield from (f"- {plain(name)}: {plain(value)}" for name, value in block.rows)
        yield ""
    elif isinstance(block, Disputes):
        yield from (plain(block.reading), "")
        yield from _disputes(block)
    else:
        yield from _tabled(block)


def _tabled(block: Figure | Listing) -> Iterator[str]:
    yield from (f"**{plain(block.table.title)}**", "", plain(block.reading), "")
    yield from _rows(block.table)
    more = len(block.table.rows) - MOST
    yield f"\n{more} more rows in `tables/{block.table.name}.csv`.\n" if more > 0 else ""


def _rows(table: Table) -> Iterator[str]:
    yield "| " + " | ".join(plain(column.title) for column in table.columns) + " |"
    yield "|" + "|".join(":--" if column.form == "text" else "--:" for column in table.columns) + "|"
    for row in table.rows[:MOST]:
        cells = (written(value, column.form) for value, column in zip(row, table.columns, strict=True))
        yield "| " + " | ".join(plain(cell[:200]) for cell in cells) + " |"


def _disputes(block: Disputes) -> Iterator[str]:
    for number, dispute in enumerate(block.disputes, start=1):
        votes = "; ".join(f"**{plain(label)}** {plain(', '.join(people))}" for label, people in dispute.votes)
        about = "".join(f", {plain(key)} {plain(value)}" for key, value in dispute.about)
        yield f"{number}. {plain((dispute.text or dispute.unit)[:700])}  "
        yield f"   {votes} (distance {coefficient(dispute.disagreement)}{about})"
    yield ""
