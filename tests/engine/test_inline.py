from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.engine.inline import run_inline
from pipeline.records import Document
from pipeline.split.stage import Split
from pipeline.stage import Stage
from pipeline.store import Run
from tests.engine.stages import AllAuthor, LengthPrediction
from tests.strategies import documents

batches = st.lists(documents(), max_size=6, unique_by=lambda document: document.doc_id)


class KilledError(BaseException):
    """Stands for a kill: nothing in the program may catch it."""


class FragileRun(Run):
    """A run whose process dies at write number `writes_left`, before the rename or after it."""

    def __init__(self, path: Path, writes_left: int, after: bool) -> None:
        super().__init__(path)
        self.writes_left = writes_left
        self.after = after

    def write_table(self, table, chunk, rows, fingerprint):
        self.writes_left -= 1
        if self.writes_left <= 0 and not self.after:
            path = self.table_path(table, chunk)
            path.parent.mkdir(exist_ok=True)
            path.with_name(f".{path.name}.part").write_bytes(b"PAR1 half a fi")
            raise KilledError
        super().write_table(table, chunk, rows, fingerprint)
        if self.writes_left <= 0:
            raise KilledError


def stages(attribute: int = 1, prelabel: int = 1) -> list[Stage]:
    return [Split(), AllAuthor(version=attribute), LengthPrediction(version=prelabel)]


def go(run: Run, batch: Iterable[Document], steps: list[Stage], chunk: int = 2) -> dict[str, int]:
    return run_inline(batch, steps, run, chunk_articles=chunk, on_progress=lambda _: None)


def tables(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.glob("*/chunk-*.parquet"))}


@given(
    batch=batches, chunk=st.integers(1, 4), deaths=st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=4)
)
@settings(max_examples=40)
def test_killed_anywhere_and_run_again_gives_the_same_bytes(batch, chunk, deaths):
    with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as broken:
        go(Run(Path(whole)), batch, stages(), chunk)
        for writes, after in deaths:
            try:
                go(FragileRun(Path(broken), writes, after), batch, stages(), chunk)
            except KilledError:
                continue
        go(Run(Path(broken)), batch, stages(), chunk)
        assert tables(Path(broken)) == tables(Path(whole))


@given(batch=batches, chunk=st.integers(1, 7))
@settings(max_examples=20)
def test_what_was_written_reads_back_whatever_the_chunk_size(batch, chunk):
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Path(folder))
        counts = go(run, batch, stages(), chunk)
        articles = list(run.articles())
        assert [article.document for article in articles] == batch
        assert counts.get("sentences", 0) == sum(len(article.sentences or ()) for article in articles)


def some(count: int) -> list[Document]:
    return [Document(doc_id=f"d{n}", text=f"Speaker {n} said something of note. And left.") for n in range(count)]


def test_a_second_run_does_nothing(tmp_path):
    go(Run(tmp_path), some(5), stages())
    again = stages()
    counts = go(Run(tmp_path), some(5), again)
    assert counts["reused"] == 5
    assert again[1].seen == again[2].seen == []


def test_a_changed_model_runs_only_its_own_stage(tmp_path):
    go(Run(tmp_path), some(5), stages())
    before = tables(tmp_path)
    again = stages(prelabel=2)
    go(Run(tmp_path), some(5), again)
    assert again[1].seen == []
    assert again[2].seen == [f"d{n}" for n in range(5)]
    changed = {name for name, content in tables(tmp_path).items() if before[name] != content}
    assert changed == {name for name in before if name.startswith("predictions")}


def test_a_changed_early_stage_runs_the_later_ones_too(tmp_path):
    go(Run(tmp_path), some(3), stages())
    again = stages(attribute=2)
    go(Run(tmp_path), some(3), again)
    assert again[1].seen == again[2].seen == ["d0", "d1", "d2"]


def test_only_chunks_whose_articles_changed_run_again(tmp_path):
    go(Run(tmp_path), some(6), stages())
    edited = some(6)
    edited[4] = Document(doc_id="d4", text="Nothing of the kind.")
    again = stages()
    go(Run(tmp_path), edited, again)
    assert again[1].seen == ["d4", "d5"]


def test_chunks_of_a_longer_earlier_run_go_away(tmp_path):
    go(Run(tmp_path), some(6), stages())
    go(Run(tmp_path), some(3), stages())
    assert Run(tmp_path).chunks() == 2
    assert [article.document.doc_id for article in Run(tmp_path).articles()] == ["d0", "d1", "d2"]


def test_a_damaged_table_is_written_again(tmp_path):
    go(Run(tmp_path), some(4), stages())
    whole = tables(tmp_path)
    Run(tmp_path).table_path("attributions", 1).write_bytes(b"PAR1 damaged")
    go(Run(tmp_path), some(4), stages())
    assert tables(tmp_path) == whole


def test_a_stage_without_what_it_reads_is_refused(tmp_path):
    with pytest.raises(ValueError, match="reads"):
        go(Run(tmp_path), some(1), [LengthPrediction()])
