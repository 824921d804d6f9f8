"""The report as a document: chapters of prose, figures and tables, which HTML, Markdown, LaTeX and CSV each write out.

Whatever is said of a number is said here once. Every string may hold the user's own words: each writer escapes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from reports.document.charts import Chart
from reports.document.notation import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: `key` heads it in CSV, `title` in print."""

    key: str
    title: str
    form: Form = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells: words, numbers, None, or estimates. `name` is unique in the report and names the CSV file."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why cells are undefined, or have no interval: each kind of reason once, whatever the numbers in it."""
        cells = [cell for row in self.rows for cell in row if isinstance(cell, dict)]
        names = {"undefined": "undefined", "no_interval": "no interval"}
        found = [f"{name}: {cell[key]}" for key, name in names.items() for cell in cells if key in cell]
        return tuple({re.sub(r"\d+", "0", reason): reason for reason in found}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart, a sentence on how to read it, and the table that it draws."""

    title: str
    reading: str
    chart: Chart
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table that is printed as such, with a sentence on how to read it.

    A `folded` one opens on demand; None folds long ones.
    """

    reading: str
    table: Table
    folded: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A paragraph. ``[@key]`` cites a reference."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A question's name above its part of a chapter; `gist` is what the part comes to, in a few words."""

    text: str
    gist: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What cannot be said, why, and what would make it possible."""

    what: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and values, side by side."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A unit on which annotators are far apart: its text, who said what, and what the model says."""

    unit: str
    text: str
    context: str
    about: tuple[tuple[str, str], ...]
    votes: tuple[tuple[str, tuple[str, ...]], ...]
    disagreement: float
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    """Disagreements worth a conversation, worst first."""

    reading: str
    disputes: tuple[Dispute, ...]
    table: Table


Block = Figure | Listing | Prose | Heading | Missing | Facts | Disputes


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: `key` is its address on the page, `lead` one sentence on what it answers."""

    key: str
    title: str
    lead: str
    blocks: tuple[Block, ...]

    @property
    def parts(self) -> tuple[tuple[Heading | None, tuple[Block, ...]], ...]:
        """The blocks under each heading; those before the first under None."""
        found: list[tuple[Heading | None, list[Block]]] = [(None, [])]
        for block in self.blocks:
            if isinstance(block, Heading):
                found.append((block, []))
            else:
                found[-1][1].append(block)
        return tuple((heading, tuple(blocks)) for heading, blocks in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The verdict on one question, for the front of the report."""

    question: str
    level: str
    value: str
    interval: str
    coefficient: str
    sentence: str
    below: tuple[tuple[str, str], ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole report. `caution` is what stands above everything, if anything has to."""

    title: str
    caution: str = ""
    facts: tuple[str, ...]
    cards: tuple[Card, ...]
    chapters: tuple[Chapter, ...]
    methods: str
    provenance: tuple[tuple[str, str], ...]
    cited: tuple[str, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the report, in order."""
        blocks = (block for chapter in self.chapters for block in chapter.blocks)
        return tuple(block.table for block in blocks if isinstance(block, (Figure, Listing, Disputes)))
