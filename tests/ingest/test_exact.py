"""A text comes out as it went in, whatever is in it and whichever way it came."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

LETTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(
    st.text(st.one_of(LETTERS, st.sampled_from("\r\n\0\t\",;|'\u2028\x85\x0b\x1c\ufeff {}[]\\")), max_size=60).map(
        "A b c. ".__add__
    ),
    min_size=1,
    max_size=4,
    unique=True,
)


def write_txt(folder: Path, texts: list[str]) -> Path:
    for index, text in enumerate(texts):
        (folder / f"{index}.txt").write_bytes(text.encode())
    return folder


def write_jsonl(folder: Path, texts: list[str]) -> Path:
    path = folder / "a.jsonl"
    rows = [json.dumps({"text": text}, ensure_ascii=bool(index % 2)) for index, text in enumerate(texts)]
    path.write_bytes("\n".join(rows).encode())
    return path


def write_csv(folder: Path, texts: list[str]) -> Path:
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["text", "n"], *([text, "1"] for text in texts)])
    return path


def write_parquet(folder: Path, texts: list[str]) -> Path:
    pq.write_table(pa.table({"text": texts}), folder / "a.parquet")
    return folder / "a.parquet"


@pytest.mark.parametrize(
    ("write", "examples"), [(write_txt, 60), (write_jsonl, 100), (write_csv, 100), (write_parquet, 25)]
)
def test_a_text_comes_out_as_it_went_in(read, write, examples):
    @settings(max_examples=examples, deadline=None)
    @given(TEXTS)
    def check(texts: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            documents, rejects = read(write(Path(folder), texts))
        assert [document.text for document in documents] == texts
        assert rejects == []

    check()
