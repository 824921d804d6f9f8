"""The articles of a run, a line each: ``onrecord show RUN --list``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pipeline.store import Run

_FEWEST = 10
_WIDEST_ID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An article as the list has it; `sentences` is ``None`` where it is not split yet."""

    doc_id: str
    date: str | None
    title: str | None
    sentences: int | None


def listing(run: Run) -> Iterator[Listed]:
    """The articles of a run, in order, of which only what the list shows is read."""
    for chunk in range(run.chunks()):
        split = run.table_path("sentences", chunk).exists()
        ids = run.read_table("sentences", chunk, ["doc_id"])["doc_id"].to_pylist() if split else []
        sentences = Counter(ids)
        for row in run.read_table("documents", chunk, ["doc_id", "date", "title"]).to_pylist():
            yield Listed(**row, sentences=sentences[row["doc_id"]] if split else None)


def print_listing(run: Run, *, as_json: bool) -> None:
    """Print the list: as many lines as a terminal has room for, everywhere else all."""
    if as_json:
        typer.echo(json.dumps({"articles": [asdict(each) for each in listing(run)]}, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    room = max(_FEWEST, console.height - 4) if console.is_terminal else None
    shown = list(islice(listing(run), room))
    for line in _lines(shown):
        console.print(Text(line), no_wrap=True, overflow="ellipsis") if console.is_terminal else typer.echo(line)
    if more := sum(run.rows("documents", chunk) for chunk in range(run.chunks())) - len(shown):
        typer.echo(f"and {more:,} more; onrecord show {run.path} --list --json has all")
    typer.echo(f"Next: onrecord show {run.path} ID")


def _lines(articles: list[Listed]) -> Iterator[str]:
    """A line of headings, and one for each article, with nothing in it that drives a terminal."""
    from reports.inert import for_terminal

    rows = [("id", "date", "sentences", "title")]
    for each in articles:
        words = [" ".join((value or "").split()) for value in (each.doc_id, each.date, each.title)]
        doc_id, date, title = map(for_terminal, words)
        rows.append((doc_id, date, "" if each.sentences is None else f"{each.sentences:,}", title))
    width = min(_WIDEST_ID, max(len(row[0]) for row in rows))
    for doc_id, date, sentences, title in rows:
        yield f"{doc_id:<{width}}  {date:<10}  {sentences:>9}  {title}".rstrip()
