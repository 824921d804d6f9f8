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
        str | None, typer.Argument(metavar="[DOC]", help="Id of the article; the first one when left out.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one self-contained page, without scripts.")
    ] = None,
    why: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Say why sentence N is given to its speaker.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the article and its layers as JSON.")] = False,
) -> None:
    """Show an article with who says each sentence and where they stand, and what people answered, once pulled."""
    from pipeline.files import replace_text
    from pipeline.store import Run
    from reports.view.people import people_of

    opened = Run.open(run)
    article = find_article(opened, doc)
    scheme = opened.settings().scheme
    people = people_of(run, article.document.doc_id)
    if as_json:
        typer.echo(json.dumps(_as_json(article, people), ensure_ascii=False))
    elif html is not None:
        from reports.view.article import article_page

        replace_text(html, article_page(article, scheme, people))
        typer.echo(f"Wrote {html}\nNext: open it in a browser")
    else:
        _print(article, scheme, why, people)
        if opened.rows("documents", 0) > 1 and doc is None:
            typer.echo(f"This is the first of several articles; onrecord show {run} DOC shows another.")
        typer.echo(f"Next: onrecord show {run} {article.document.doc_id} --html article.html")


def find_article(run: Run, doc_id: str | None) -> Article:
    """The article with this id, or the first of the run; raises RunError where there is none."""
    from pipeline.errors import Place, RunError

    for article in run.articles():
        if doc_id is None or article.document.doc_id == doc_id:
            return article
    raise RunError(
        f"the run has no article {doc_id!r}." if doc_id else "the run holds no articles.",
        where=Place(path=run.path / "documents"),
        fix="the column doc_id of the documents table lists the ids.",
    )


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
