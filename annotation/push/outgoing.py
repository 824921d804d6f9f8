"""The tasks of a queue, made from the run's articles in the order of the queue, a window of them in memory at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from annotation.page.index import ArticleIndex, index_of
from annotation.page.tasks import problems, task
from annotation.records import Item
from pipeline.config import Config
from pipeline.errors import Place, RunError
from pipeline.store import Run

_WINDOW = 1000
_CHUNKS_KEPT = 64

Json = dict[str, Any]


def outgoing(run: Run, items: Sequence[Item], config: Config, xml: str, model: str | None) -> Iterator[Json]:
    """One task for each item, in order, each checked against the page `xml`; `model` is the pre-labels' version.

    Articles are read chunk by chunk, those of one window of items at a time; the last chunks read are kept. Raises
    RunError where a task would not show on the page as it is meant to.
    """
    articles = Articles(run, {item.doc_id for item in items})
    window = 100
    rest = iter(items)
    while batch := list(islice(rest, window)):
        made: dict[str, Json] = {}
        for chunk, group in groupby(sorted(batch, key=articles.chunk_of), key=articles.chunk_of):
            known = articles.chunk(chunk)
            for item in group:
                made[item.uid] = _checked(task(known[item.doc_id], item, config, model_version=model), xml, run)
        yield from (made[item.uid] for item in batch)
        window = min(_WINDOW, window * 2)


def _checked(made: Json, xml: str, run: Run) -> Json:
    if wrong := problems(made, xml):
        raise RunError(
            f"sentence {made['data']['sentence_id']} cannot be shown as it is meant to: {wrong[0]}.",
            where=Place(path=run.path / "predictions"),
            fix="push with the questions and labels that the run was labelled with, or label it again with these.",
        )
    return made


class Articles:
    """Articles of a run by document, read by chunk."""

    def __init__(self, run: Run, wanted: Iterable[str]) -> None:
        self._run = run
        self._wanted = frozenset(wanted)
        self._chunks: dict[str, int] = {}
        self._kept: OrderedDict[int, Mapping[str, ArticleIndex]] = OrderedDict()
        for chunk in range(run.chunks()):
            ids = run.read_table("documents", chunk, ["doc_id"])["doc_id"].to_pylist()
            self._chunks.update((doc_id, chunk) for doc_id in ids if doc_id in self._wanted)

    def chunk_of(self, item: Item) -> int:
        """The chunk that an item's article is in."""
        return self._chunks[item.doc_id]

    def chunk(self, chunk: int) -> Mapping[str, ArticleIndex]:
        """The articles of a chunk by id, each with its index."""
        if chunk in self._kept:
            self._kept.move_to_end(chunk)
            return self._kept[chunk]
        read = self._run.chunk_articles(chunk)
        self._kept[chunk] = {
            each.document.doc_id: index_of(each) for each in read if each.document.doc_id in self._wanted
        }
        if len(self._kept) > _CHUNKS_KEPT:
            self._kept.popitem(last=False)
        return self._kept[chunk]


def run_model(run: Run) -> str | None:
    """The model of the run's predictions, ``name@revision``; None where it has none."""
    for chunk in range(run.chunks()):
        there = run.table_path("predictions", chunk).exists()
        if there and (models := run.read_table("predictions", chunk, ["model"])["model"]).length():
            return str(models[0].as_py())
    return None
