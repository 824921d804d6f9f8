"""Values of a table that are no values: they cost their row at most."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq


def test_ids_that_are_not_a_number_are_none(tmp_path, read):
    (tmp_path / "a.jsonl").write_text('{"id": NaN, "text": "A."}\n{"id": NaN, "title": NaN, "text": "B."}\n')
    documents, rejects = read(tmp_path / "a.jsonl")
    assert ([document.text for document in documents], rejects) == (["A.", "B."], [])
    assert {document.title for document in documents} == {None}


def test_a_day_that_cannot_be_costs_only_its_row(tmp_path, read):
    days = pa.array([1, 10**18, 2], pa.timestamp("ms"))
    pq.write_table(pa.table({"text": ["A.", "B.", "C."], "date": days}), tmp_path / "a.parquet")
    documents, (reject,) = read(tmp_path / "a.parquet")
    assert [document.text for document in documents] == ["A.", "C."]
    assert (reject.line, "cannot be read" in reject.reason) == (2, True)


def test_a_blank_line_before_the_names_of_a_table(tmp_path, read):
    (tmp_path / "a.csv").write_text("\nid,text\n1,A.\n")
    assert [document.text for document in read(tmp_path / "a.csv")[0]] == ["A."]
