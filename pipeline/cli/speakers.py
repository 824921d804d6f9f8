"""``onrecord speakers``: who speaks in a run, each person once."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import AsJson, RunFolder

if TYPE_CHECKING:
    from pipeline.attribute.across import Appearance
    from pipeline.store import Run

EXAMPLE = "Example: onrecord speakers runs/demo --out speakers.csv"
_SHOWN = 40
_WIDEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Somebody who speaks in a run: in how many `articles` and `sentences`, and all `forms` of the name, sorted."""

    name: str
    kind: str
    articles: int
    sentences: int
    forms: list[str]


def speakers_command(
    run: RunFolder,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write a CSV that gives each speaker_id of the run its name."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List who speaks in a run, each person once: forms of a name that agree are one person's across articles.

    Of a surname alone it is the person whom nearly all articles mean. Roles and groups (spokesman, officials) keep
    their words, and are nobody in particular.
    """
    from pipeline.attribute.across import appearances, names_across
    from pipeline.store import Run

    opened = Run.open(run)
    opened.require_complete()
    found = list(appearances(opened))
    names, sentences = names_across(found), _sentences(opened)
    heard = _heard(found, names, sentences)
    if out is not None:
        from pipeline.files import replace_text

        replace_text(out, _csv(found, names, sentences))
    if as_json:
        typer.echo(json.dumps({"speakers": [asdict(each) for each in heard]}, ensure_ascii=False))
        return
    for line in _lines(heard[:_SHOWN]):
        typer.echo(line)
    if (more := len(heard) - _SHOWN) > 0:
        typer.echo(f"and {more:,} more; onrecord speakers {run} --json has all")
    if out is None:
        typer.echo(f"Next: onrecord speakers {run} --out speakers.csv, to join them to the run's sentences")
    else:
        typer.echo(f"Wrote {out}\nNext: join it to the table sentences by speaker_id")


def _sentences(run: Run) -> Counter[str]:
    """How many sentences each speaker id has."""
    found: Counter[str] = Counter()
    for chunk in range(run.chunks()):
        if run.table_path("sentences", chunk).exists():
            ids = run.read_table("sentences", chunk, ["speaker_id"])["speaker_id"].to_pylist()
            found.update(each for each in ids if each is not None)
    return found


def _heard(found: list[Appearance], names: dict[str, str], sentences: Counter[str]) -> list[Heard]:
    """Who says most first; who says nothing is left out."""
    theirs: defaultdict[tuple[str, str], list[Appearance]] = defaultdict(list)
    for each in found:
        if sentences[each.speaker_id]:
            theirs[names[each.speaker_id], each.kind].append(each)
    heard = [
        Heard(
            name=name,
            kind=kind,
            articles=len({each.doc_id for each in same}),
            sentences=sum(sentences[each.speaker_id] for each in same),
            forms=sorted({each.name for each in same}),
        )
        for (name, kind), same in theirs.items()
    ]
    return sorted(heard, key=lambda each: (-each.sentences, each.name, each.kind))


def _lines(heard: list[Heard]) -> Iterator[str]:
    """A line of headings, and one for each speaker, with nothing in it that drives a terminal."""
    from reports.inert import for_terminal

    names = [for_terminal(" ".join(each.name.split())) for each in heard]
    width = min(_WIDEST_NAME, max(map(len, [*names, "name"])))
    yield f"{'name':<{width}}  {'kind':<12}  {'articles':>8}  {'sentences':>9}  also"
    for name, each in zip(names, heard, strict=True):
        also = for_terminal(", ".join(" ".join(form.split()) for form in each.forms if form != each.name))
        yield f"{name:<{width}}  {each.kind:<12}  {each.articles:>8,}  {each.sentences:>9,}  {also}".rstrip()


def _csv(found: list[Appearance], names: dict[str, str], sentences: Counter[str]) -> str:
    """A line for each speaker of each article: ids, the name there, the name in the run, how many sentences."""
    from reports.document.document import Column, Table
    from reports.document.render_csv import csv_of

    columns = ("speaker_id", "doc_id", "speaker", "kind", "person", "sentences")
    rows = tuple(
        (each.speaker_id, each.doc_id, each.name, each.kind, names[each.speaker_id], sentences[each.speaker_id])
        for each in found
    )
    return csv_of(
        Table(name="speakers", title="", columns=tuple(Column(key=key, title=key) for key in columns), rows=rows)
    )
