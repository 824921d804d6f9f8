"""Values of a table that are no values: they cost their row at most."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError
from pipeline.ingest import Columns, read_documents


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


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_columns_are_known_in_any_capitals(tmp_path, read, name):
    rows = [{"ID": "7", "TITLE": "A vote", "Publication Date": "2024-05-03", "Body": "A.", "text_length": "2"}]
    if name == "a.csv":
        (tmp_path / name).write_text(",".join(rows[0]) + "\n" + ",".join(rows[0].values()) + "\n")
    elif name == "a.jsonl":
        (tmp_path / name).write_text(json.dumps(rows[0]))
    else:
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / name)
    (document,), rejects = read(tmp_path / name)
    found = (document.doc_id, document.title, document.date, document.text)
    assert (found, rejects) == (("7", "A vote", "2024-05-03", "A."), [])


def test_a_column_written_just_so_goes_first(tmp_path, read):
    (tmp_path / "a.jsonl").write_text('{"TEXT": "No.", "text": "Yes."}')
    assert [document.text for document in read(tmp_path / "a.jsonl")[0]] == ["Yes."]


def test_whole_numbers_are_ids_without_a_point(tmp_path, read):
    pq.write_table(pa.table({"id": [12.0, None, 1e15], "text": ["A.", "B.", "C."]}), tmp_path / "a.parquet")
    first, _, third = read(tmp_path / "a.parquet")[0]
    assert (first.doc_id, third.doc_id) == ("12", "1000000000000000")


def test_a_column_that_is_there_twice_is_not_guessed_at(tmp_path, read):
    (tmp_path / "a.csv").write_text("id,text,note,note,text\n1,A.,,,B.\n")
    with pytest.raises(InputError, match=r"a\.csv:1: the column 'text' is there twice"):
        read(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text("id,text,note,note\n1,A.,,\n")
    assert [document.text for document in read(tmp_path / "a.csv")[0]] == ["A."]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_what_the_columns_are_taken_for_is_told_once(tmp_path, name):
    row = {"Article ID": "7", "Headline": "A vote", "Text": "A.", "Section": "x"}
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        if name == "a.csv":
            (tmp_path / folder / name).write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n")
        elif name == "a.jsonl":
            (tmp_path / folder / name).write_text(json.dumps(row))
        else:
            pq.write_table(pa.Table.from_pylist([row]), tmp_path / folder / name)
    told: list[Columns] = []
    inputs = [str(tmp_path / folder) for folder in ("one", "two")]
    list(read_documents(inputs, ArticlesConfig(), print, on_columns=told.append))
    (columns,) = told
    assert columns.file == str(tmp_path / "one" / name)
    taken = {field: column for field, column in columns.taken.items() if column}
    assert taken == {"text": "Text", "title": "Headline"}
    assert columns.unused == ("Article ID", "Section")


def test_a_text_has_no_columns_to_tell_of(tmp_path):
    (tmp_path / "a.txt").write_text("It rained.")
    told: list[Columns] = []
    list(read_documents([str(tmp_path / "a.txt")], ArticlesConfig(), print, on_columns=told.append))
    assert told == []
