"""The third seam, first implementation: stages over chunks of documents, in this process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.engine.ledger import Ledger
from pipeline.records import Document
from pipeline.stage import Stage, batches, check_order
from pipeline.store import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is: articles finished, those of them that were done already, and what is being done now."""

    articles: int
    reused: int
    doing: str


def run_inline(
    documents: Iterable[Document],
    stages: Sequence[Stage],
    run: Run,
    *,
    chunk_articles: int,
    on_progress: Callable[[Progress], None],
) -> dict[str, int]:
    """Send `documents` through `stages` into `run`, `chunk_articles` at a time; one chunk is in memory at once.

    May be stopped at any moment and called again with the same arguments: the tables come out the same to the byte.
    Returns the number of rows of each table, and of articles that were done already (``reused``).
    """
    check_order(stages)
    counts: Counter[str] = Counter(reused=0)
    articles = chunks = 0
    for chunk, batch in enumerate(batches(documents, chunk_articles)):
        ledger = Ledger(run, chunk, batch, stages)
        step = ledger.next_step()
        if step is None:
            counts["reused"] += len(batch)
        else:
            for doing in _finish(ledger, stages, step):
                on_progress(_at(articles, counts, doing))
        articles += len(batch)
        chunks += 1
        counts.update(ledger.rows())
        on_progress(_at(articles, counts, "read"))
    run.drop_chunks_from(chunks)
    return dict(counts)


def _at(articles: int, counts: Counter[str], doing: str) -> Progress:
    return Progress(articles=articles, reused=counts["reused"], doing=doing)


def _finish(ledger: Ledger, stages: Sequence[Stage], step: int) -> Iterator[str]:
    """Do the steps of one chunk from `step` on; yields the name of each stage before it runs."""
    articles = ledger.load(step)
    if step == 0:
        ledger.save(articles, 0)
    for number in range(max(step, 1), len(stages) + 1):
        stage = stages[number - 1]
        yield stage.name
        articles = stage(articles)
        ledger.save(articles, number)
