"""What a run remembers of a project: found again, or said plainly to be damaged."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from annotation.kept.queue_rows import QUEUE
from annotation.kept.state import ProjectState, Pulled, Pushed, pushed_state, state_of
from pipeline.errors import RunError
from tests.contract.runs import make_run

PUSHED = Pushed(name="Energy", url="http://h", project_id=3, config={})


def test_what_was_written_is_read(tmp_path):
    run = make_run(tmp_path / "run", 2)
    state = state_of(run, "Energy")
    state.write_pushed(PUSHED)
    assert (pushed_state(run, None).pushed(), state.pulled()) == (PUSHED, Pulled())
    later = Pulled(cursor="2026-01-02T00:00:00Z", edge={"7": "x"}, counts={"0": (1, 0)}, when="now")
    state.write_pulled(later)
    assert state.pulled().cursor == later.cursor
    assert state_of(run, "energy").slug == "energy-2", "another project, whose name differs in case only"


@pytest.mark.parametrize(
    "content",
    ["{", "[]", "null", '{"format": 1}', '{"format": 1, "pushed": {}}', '{"format": 1, "pushed": {"colour": "red"}}'],
)
def test_a_damaged_file_is_named_with_the_way_out(tmp_path, content):
    state = ProjectState(make_run(tmp_path / "run", 2), "energy")
    state.write_pushed(PUSHED)
    (state.path / "project.json").write_text(content)
    with pytest.raises(RunError, match=r"project\.json: .* cannot be read") as error:
        pushed_state(state.run, "Energy")
    assert "onrecord push" in error.value.fix


def test_a_queue_that_an_earlier_version_wrote_is_read(tmp_path):
    state = ProjectState(make_run(tmp_path / "run", 2), "energy")
    row = dict.fromkeys(QUEUE.names) | {"uid": "a", "task_id": 3}
    state.write_queue([row])
    path = state.part_path("items", 0)
    pq.write_table(pq.read_table(path).drop_columns(["wording", "article", "gone", "kept"]), path)
    assert list(state.queue()) == [row]
    assert state.read_part("items", 0, ["uid", "gone"]).to_pylist() == [{"uid": "a", "gone": None}]
