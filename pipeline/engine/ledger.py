"""What of a chunk is done. The ledger is the run folder itself.

Step 0 is the documents, step k what stage k adds. Each table is complete after one step and stands under that step's
mark: a fingerprint that chains the documents and every stage up to it. What stands under the right mark is not computed
again; change a model, and only its table and later ones are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from pipeline.arrow import TABLE_LAYERS, to_articles, to_tables
from pipeline.records import Article, Document
from pipeline.stage import Stage, fingerprint
from pipeline.store import FORMAT, Run


def tables_of_steps(stages: Sequence[Stage]) -> list[list[str]]:
    """For each step, the tables that are complete after it: those whose last layer it writes."""
    step_of_layer = {layer: step for step, stage in enumerate(stages, start=1) for layer in stage.writes}
    tables: list[list[str]] = [[] for _ in range(len(stages) + 1)]
    for table, layers in TABLE_LAYERS.items():
        steps = [step_of_layer[layer] for layer in layers if layer in step_of_layer]
        if steps or not layers:
            tables[max(steps, default=0)].append(table)
    return tables


class Ledger:
    """What of one chunk is done, and its reading and writing."""

    def __init__(self, run: Run, chunk: int, documents: Sequence[Document], stages: Sequence[Stage]) -> None:
        self._run = run
        self._chunk = chunk
        self._documents = documents
        self._tables = tables_of_steps(stages)
        self._marks = [fingerprint(FORMAT, [asdict(document) for document in documents])]
        for stage in stages:
            self._marks.append(fingerprint(self._marks[-1], stage.fingerprint))

    def next_step(self) -> int | None:
        """The first step to do, or ``None`` when all are done.

        That is the first whose tables are not there, or an earlier one where a stage before it left no table of its
        own to go on from.
        """
        steps = range(len(self._tables))
        step = next((step for step in steps if not self._is_done(step)), None)
        while step is not None and step > 1 and not self._tables[step - 1]:
            step -= 1
        return step

    def _is_done(self, step: int) -> bool:
        return all(self._run.fingerprint(table, self._chunk) == self._marks[step] for table in self._tables[step])

    def load(self, step: int) -> list[Article]:
        """The articles as they are before `step`."""
        if step <= 1:
            return [Article(document=document) for document in self._documents]
        names = [table for tables in self._tables[:step] for table in tables]
        return to_articles({table: self._run.read_table(table, self._chunk) for table in names})

    def save(self, articles: Sequence[Article], step: int) -> None:
        """Write the tables that are complete after `step`."""
        for name, table in to_tables(articles, self._tables[step]).items():
            self._run.write_table(name, self._chunk, table, self._marks[step])

    def rows(self) -> dict[str, int]:
        """How many rows each table of the chunk has."""
        return {table: self._run.rows(table, self._chunk) for tables in self._tables for table in tables}
