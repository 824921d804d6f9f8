"""What the loop reads of a run's tables: the columns that it needs; and what it says where these are damaged."""

from __future__ import annotations

import pytest

from annotation.page.controls import TYPED_SPEAKER
from annotation.pull.names import Names
from annotation.push.outgoing import Articles, run_model
from annotation.push.words import wordings
from annotation.queue.frame import units
from pipeline.config import Config
from pipeline.errors import RunError
from tests.annotation.made import article, damage, write_run

TYPED = {"data": {"doc_id": "d"}, "annotations": [{"result": [{"from_name": TYPED_SPEAKER}]}]}


@pytest.fixture
def run(tmp_path):
    return write_run(tmp_path / "run", [[article()]])


def test_the_frame_is_read_without_the_texts(run):
    before = list(units(run, Config()))
    for table, column in (("sentences", "text"), ("predictions", "question"), ("documents", "text")):
        damage(run, table, column)
    assert list(units(run, Config())) == before


@pytest.mark.parametrize(
    ("table", "column", "read"),
    [
        ("documents", "doc_id", lambda run: Articles(run, ["d"])),
        ("predictions", "model", run_model),
        ("documents", "path", lambda run: wordings(run, ["d:s1"])),
        ("speakers", "doc_id", lambda run: Names(run).of(TYPED)),
    ],
)
def test_a_damaged_table_is_named_with_the_way_out(run, table, column, read):
    read(run)
    damage(run, table, column)
    with pytest.raises(RunError, match=f"{table}/chunk-00000.parquet: the table cannot be read"):
        read(run)
