"""``onrecord show``: an article of a run, in the terminal or as a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.options import RunFolder

if TYPE_CHECKING:
    from pipeline.labels import LabelScheme
    from pipeline.records import Article
    from pipeline.store import Run
    from reports.view.people import People

EXAMPLE = "Example: onrecord show runs/seed --html seed.html"


def show_command(
    run: RunFolder,
    doc: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Id of the article; the first one when left out.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one self-contained page, without scripts.")
    ] = None,
    why: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Say why sentence N is given to its speaker.")
    ] = None,
    as_list: Annotated[
        bool, typer.Option("--list", help="List the run's articles: id, date, sentences, title.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: the article and its layers, or what is asked.")
    ] = False,
) -> None:
    """Show an article with who says each sentence and where they stand, and what people answered, once pulled."""
    from pipeline.cli.listing import print_listing
    from pipeline.store import Run
    from reports.view.people import people_of

    _check_asked(doc, html, why, as_list=as_list, as_json=as_json)
    opened = Run.open(run)
    if as_list:
        print_listing(opened, as_json=as_json)
        return
    article = find_article(opened, doc)
    people = people_of(run, article.document.doc_id)
    if as_json:
        answer = _as_json(article, people) if why is None else _why_as_json(article, why, people)
        typer.echo(json.dumps(answer, ensure_ascii=False))
    elif html is not None:
        from pipeline.files import replace_text
        from reports.view.article import article_page

        replace_text(html, article_page(article, opened.settings().scheme, people))
        typer.echo(f"Wrote {html}\nNext: open it in a browser")
    else:
        _print(article, opened.settings().scheme, why, people)
        if doc is None and (opened.chunks() > 1 or opened.rows("documents", 0) > 1):
            typer.echo(f"This is the first of several articles; onrecord show {run} --list lists them.")
        typer.echo(f"Next: onrecord show {run} {article.document.doc_id} --html article.html")


def _check_asked(doc: str | None, html: Path | None, why: int | None, *, as_list: bool, as_json: bool) -> None:
    """Raise a usage error where two things are asked for of which only one could be given."""
    if as_list and (doc, html, why) != (None, None, None):
        raise typer.BadParameter("--list is about the whole run: give it without ID, --html and --why.")
    if html is not None and (as_json or why is not None):
        raise typer.BadParameter("--html writes the whole page: give it without --json and --why.")


def find_article(run: Run, doc_id: str | None) -> Article:
    """The article with this id, or the first of the run; raises RunError where there is none."""
    from pipeline.errors import Place, RunError

    found = next(run.articles(), None) if doc_id is None else run.article(doc_id)
    if found is None:
        raise RunError(
            f"the run has no article {doc_id!r}." if doc_id else "the run holds no articles.",
            where=Place(path=run.path / "documents"),
            fix=f"onrecord show {run.path} --list lists the ids." if doc_id else "label some into it.",
        )
    return found


def _print(article: Article, scheme: LabelScheme, why: int | None, people: People) -> None:
    from rich.console import Console

    from reports.view import terminal

    console = Console(highlight=False, markup=False, emoji=False)
    if why is None:
        console.print(terminal.article_view(article, scheme, console.width, people))
    else:
        console.print(terminal.why(article, why, people))


def _as_json(article: Article, people: People) -> dict[str, Any]:
    """The rows of each table, and under `people` how many gave which label."""
    from pipeline.arrow import to_tables

    answers = [
        {"sentence_id": sentence_id, "target": each.target, "question": each.question, "labels": dict(each.counts)}
        for sentence_id, given in people.answers.items()
        for each in given
    ]
    tables = {name: table.to_pylist(maps_as_pydicts="strict") for name, table in to_tables([article]).items()}
    return tables | {"people": answers}


def _why_as_json(article: Article, number: int, people: People) -> dict[str, Any]:
    """The rows about one sentence: its own, its speaker's, its attribution's, its predictions, and people's answers."""
    from pipeline.errors import InputError

    tables = _as_json(article, people)
    sentences = tables.get("sentences", [])
    if number > len(sentences):
        raise InputError(f"the article has no sentence {number}.", fix=f"give a number from 1 to {len(sentences)}.")
    sentence = sentences[number - 1]

    def about(table: str, key: str) -> list[dict[str, Any]]:
        return [row for row in tables.get(table, []) if row[key] == sentence[key]]

    return {
        "sentence": sentence,
        "speaker": next(iter(about("speakers", "speaker_id")), None),
        "attribution": next(iter(about("attributions", "attribution_id")), None),
        "predictions": about("predictions", "sentence_id"),
        "people": about("people", "sentence_id"),
    }
