"""What is odd about articles that are read all the same: dates that cannot be read, and texts that come twice."""

from __future__ import annotations

import json

import pytest

from pipeline.config import ArticlesConfig
from pipeline.ingest import read_documents
from pipeline.records import Document, Remark


def remarks_of(path, *more) -> tuple[list[Document], list[Remark]]:
    remarks: list[Remark] = []
    return list(read_documents([str(path), *map(str, more)], ArticlesConfig(), print, remarks.append)), remarks


@pytest.mark.parametrize(
    "value", ["yesterday", "2026-13-45", "1/2/26", "04/05/2024", "19999", 1700000000, True, {"y": 26}]
)
def test_a_date_that_cannot_be_read_is_remarked(tmp_path, value):
    rows = [{"text": "It rained.", "date": "2026-01-02"}, {"text": "It snowed.", "date": value}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (_, second), remarks = remarks_of(tmp_path / "a.jsonl")
    assert second.date is None
    assert remarks == [Remark(kind="unread_dates", file=str(tmp_path / "a.jsonl"), line=2, words=str(value))]


@pytest.mark.parametrize("value", [None, "", "  ", float("nan")])
def test_no_date_is_no_date_that_cannot_be_read(tmp_path, value):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "It snowed.", "date": value}) + '\n{"text": "It rained."}')
    assert remarks_of(tmp_path / "a.jsonl")[1] == []


@pytest.mark.parametrize("value", ["46090", 46090, 46090.5, " 46090 "])
def test_a_date_from_a_spreadsheet(tmp_path, value):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "It snowed.", "date": value}))
    (document,), remarks = remarks_of(tmp_path / "a.jsonl")
    assert (document.date, remarks) == ("2026-03-09", [])


def test_the_text_of_another_article_under_another_id_is_remarked(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,It rained.\n2,It snowed.\n3,It rained.\n")
    documents, remarks = remarks_of(tmp_path / "a.csv")
    assert len(documents) == 3
    assert remarks == [Remark(kind="same_texts", file=str(tmp_path / "a.csv"), line=4, words="3")]


def test_a_copy_that_is_left_out_is_not_remarked(tmp_path):
    (tmp_path / "a.csv").write_text("id,date,text\n1,1/2/26,It rained.\n")
    documents, remarks = remarks_of(tmp_path / "a.csv", tmp_path / "a.csv")
    assert (len(documents), [remark.kind for remark in remarks]) == (1, ["unread_dates"])
