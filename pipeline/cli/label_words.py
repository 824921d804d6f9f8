"""What ``onrecord label`` says: what it takes columns and targets for, and what it did."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict

import typer

from pipeline.attribute.across import names_in_run
from pipeline.config import Config
from pipeline.errors import Place
from pipeline.ingest import Columns
from pipeline.labelling import Labelled
from pipeline.prelabel.foreign import count_foreign
from pipeline.records import RemarkKind
from reports.inert import for_terminal

_SHOWN = 20
"""Columns that are named; of a table of surveys or votes there can be hundreds."""

_REMARKS: dict[RemarkKind, tuple[str, str]] = {
    "unread_dates": ("a date that cannot be read", "Write dates as YYYY-MM-DD."),
    "same_texts": ("the text of an earlier one, under another id", "Such articles are labelled all the same."),
    "markup": ("HTML in the text", "It hides quotations: take it out, as BeautifulSoup(text).get_text() does."),
    "garbled": ("letters that were read in a wrong encoding", "ftfy.fix_text(text) mends most of them."),
    "not_english": ("a text that seems not to be in English", "Nothing that is found in such texts can be relied on."),
}
"""What articles have that is remarked on, and what to do or to know of it."""


def asked_of(config: Config) -> list[tuple[str, str, list[str]]]:
    """Each target of the settings with its kind and the questions that the model is asked about it."""
    questions = config.prelabelled.questions
    return [
        (target.name, target.kind, [question.name for question in questions if target.kind in question.asked_of])
        for target in config.targets
    ]


def print_columns(columns: Columns) -> None:
    """Say what the columns of a table are taken for, before hours go by."""
    taken = ", ".join(f"{field} from {column!r}" for field, column in columns.taken.items() if column is not None)
    missing = [field for field, column in columns.taken.items() if column is None]
    none = f"; no {', '.join(missing)}{' (ids are made of the content)' if 'id' in missing else ''}" if missing else ""
    more = f" and {len(columns.unused) - _SHOWN} more" if len(columns.unused) > _SHOWN else ""
    unused = f"; not used: {', '.join(map(repr, columns.unused[:_SHOWN]))}{more}" if columns.unused else ""
    fix = " (`articles.fields` names others)" if missing and unused else ""
    typer.echo(for_terminal(f"Columns of {columns.file}: {taken}{none}{unused}{fix}"))


def print_json(labelled: Labelled, config: Config, columns: list[Columns]) -> None:
    """Print all that was done as one JSON object."""
    result = {
        "run": str(labelled.run.path),
        "targets": [{"name": name, "kind": kind, "questions": asked} for name, kind, asked in asked_of(config)],
        "columns": [asdict(each) for each in columns],
        "counts": labelled.counts,
        "reused": labelled.reused,
        "seconds": labelled.seconds,
        "foreign": [asdict(each) for each in count_foreign(labelled.run, config.targets)],
        "remarks": [asdict(remark) | {"count": labelled.counts[remark.kind]} for remark in labelled.remarks],
        "rejects": [asdict(reject) for reject in labelled.rejects],
    }
    typer.echo(json.dumps(result, ensure_ascii=False))


def print_summary(labelled: Labelled, config: Config) -> None:
    """Say what was done, who speaks most, and what to look at."""
    counts = labelled.counts
    done_before = f" ({labelled.reused} done before)" if labelled.reused else ""
    typer.echo(
        f"{_many(counts['documents'], 'article')}{done_before}, {_many(counts['sentences'], 'sentence')}, "
        f"{_many(counts['attributions'], 'attribution')}, {_many(counts['predictions'], 'prediction')} "
        f"in {labelled.seconds:.1f} s"
    )
    for name, sentences in _most_heard(labelled):
        typer.echo(f"  {sentences:>7}  {name}")
    for remark in labelled.remarks:
        what, advice = _REMARKS[remark.kind]
        have = f"{_many(counts[remark.kind], 'article')} {'has' if counts[remark.kind] == 1 else 'have'}"
        where = Place(path=remark.file, line=remark.line)
        typer.echo(for_terminal(f"{have} {what} (first: {where} {remark.words[:60]!r}). {advice}"))
    if labelled.remarks:
        typer.echo(f"All are in {labelled.run.path / 'remarks.jsonl'}.")
    for each in count_foreign(labelled.run, config.targets):
        if each.articles:
            what = f"{_many(each.articles, 'article')} without a word of {each.target!r}"
            sided = f"{_many(each.sided, 'label')} there {'takes' if each.sided == 1 else 'take'} a side"
            typer.echo(for_terminal(f"{what}: {sided}; check these first."))
    if labelled.rejects:
        first = labelled.rejects[0]
        where = Place(path=first.file, line=first.line)
        rows = _many(len(labelled.rejects), "row")
        typer.echo(for_terminal(f"{rows} could not be used; the first is {where}: {first.reason}\nFix: {first.fix}"))
        typer.echo(f"All are in {labelled.run.path / 'rejects.jsonl'}.")
    typer.echo(f"Next: onrecord show {labelled.run.path}")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _most_heard(labelled: Labelled, most: int = 10) -> list[tuple[str, int]]:
    """Who speaks most sentences of the run, each person once: (name, sentences), most first."""
    names = names_in_run(labelled.run)
    heard: Counter[str] = Counter()
    for chunk in range(labelled.run.chunks()):
        ids = labelled.run.read_table("sentences", chunk, ["speaker_id"])["speaker_id"].to_pylist()
        heard.update(names[each] for each in ids)
    return [(for_terminal(name), count) for name, count in heard.most_common(most)]
