"""Every form that articles come in."""

from __future__ import annotations

import gzip
import json
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

SEED = (
    " date 2024-10-25 NASA administrator advocates for probe\n\n"
    'Nelson said, "It ought to be scrutinized."\n\nThe White House admitted it.\n'
)
PAGE = """<!doctype html><html><head><title>Fire kills two - BBC News</title>
<meta property="og:title" content="Fire kills two"><meta property="og:site_name" content="BBC News">
<meta property="article:published_time" content="2024-10-25T10:00:00Z">
<link rel="canonical" href="https://news.example/fire"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Fire kills two</h1>
<p>The mayor said on Friday that the fire was &quot;bad&quot; &amp; <b>dangerous</b> to everyone in the town.</p>
<p>She added that people should stay at home until the café on the corner had been searched.</p>
<script>alert(1)</script></article><footer>All rights reserved</footer></body></html>"""


def test_plain_text_is_one_article_with_the_title_and_date_of_its_first_line(tmp_path, read):
    path = tmp_path / "seed.txt"
    path.write_text(SEED, newline="")
    (document,), rejects = read(path)
    assert rejects == []
    assert document.text == SEED
    assert document.title == "NASA administrator advocates for probe"
    assert document.date == "2024-10-25"
    assert (document.path, document.line) == (str(path), None)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_json_lines(tmp_path, read, name):
    rows = [
        {
            "id": 7,
            "text": "One.\r\nTwo.",
            "title": "T",
            "source": "BBC",
            "url": "https://x.example",
            "date": "2024-10-25",
        },
        {"body": "Three.", "date": "Oct. 25, 2024"},
    ]
    text = json.dumps(rows[0]) + "\r\n\n" + json.dumps(rows[1])
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    (first, second), rejects = read(path)
    assert rejects == []
    assert (first.doc_id, first.text, first.title, first.source) == ("7", "One.\r\nTwo.", "T", "BBC")
    assert (first.url, first.date, first.line) == ("https://x.example", "2024-10-25", 1)
    assert (second.text, second.title, second.date, second.line) == ("Three.", None, "2024-10-25", 3)
    assert len(second.doc_id) == 16


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"text": "A."}', [("A.", 1)]),
        ('[\n{"text": "A."},\n\n{"text": "B."}\n]', [("A.", 2), ("B.", 4)]),
        ('{"text":"A."}\n{"text":"B."}', [("A.", 1), ("B.", 2)]),
    ],
)
def test_json_file_of_one_object_a_list_or_several(tmp_path, read, content, found):
    path = tmp_path / "a.json"
    path.write_text(content)
    documents, rejects = read(path)
    assert [(document.text, document.line) for document in documents] == found
    assert rejects == []


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_tables_know_the_line_on_which_a_row_begins(tmp_path, read, name, delimiter):
    path = tmp_path / name
    lines = ["title,content", 'One,"First, with\n\na ""quote"" and\r\nlines."', "", "Two,NA"]
    path.write_text("\n".join(line.replace(",", delimiter) for line in lines), newline="")
    (first, second), rejects = read(path)
    assert rejects == []
    assert first.text == f'First{delimiter} with\n\na "quote" and\r\nlines.'
    assert (first.title, first.line) == ("One", 2)
    assert (second.text, second.title, second.line) == ("NA", "Two", 7)


@pytest.mark.parametrize("name", ["a.parquet", "odd [1] *.parquet"])
def test_parquet_streams_only_the_wanted_columns_and_calls_nobody(tmp_path, read, calls, name):
    path = tmp_path / name
    when = [datetime(2024, 10, 25, 23, 30), None, None]
    pq.write_table(pa.table({"id": [1, 2, 3], "article": ["A.", None, "C."], "date": when, "x": [1.0, 2.0, 3.0]}), path)
    documents, (reject,) = read(path)
    assert [(document.doc_id, document.text, document.line) for document in documents] == [
        ("1", "A.", 1),
        ("3", "C.", 3),
    ]
    assert documents[0].date == "2024-10-25"
    assert (reject.line, reject.reason) == (2, "the article has no text.")
    assert calls == []


def test_webpage_gives_its_main_text_and_metadata(tmp_path, read, calls):
    path = tmp_path / "fire.html"
    path.write_text(PAGE)
    (document,), rejects = read(path)
    assert rejects == []
    assert document.text.startswith('Fire kills two\n\nThe mayor said on Friday that the fire was "bad" & dangerous')
    assert document.text.endswith("until the café on the corner had been searched.")
    assert (document.title, document.source, document.date) == ("Fire kills two", "BBC News", "2024-10-25")
    assert document.url == "https://news.example/fire"
    assert calls == []


def test_webpage_says_its_own_encoding(tmp_path, read):
    path = tmp_path / "old.htm"
    path.write_bytes(PAGE.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252"))
    (document,), _ = read(path)
    assert "until the café on" in document.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", SEED), ("a.csv", "text\nCafé.\n"), ("a.jsonl", '{"text": "Café."}')]
)
def test_encodings_are_told_by_their_mark_which_is_no_part_of_the_text(tmp_path, read, encoding, name, content):
    mark = "\ufeff" if encoding.endswith("e") else ""
    path = tmp_path / name
    path.write_bytes((mark + content).encode(encoding))
    (document,), rejects = read(path)
    assert rejects == []
    assert document.text == (SEED if name == "a.txt" else "Café.")


def test_format_in_the_configuration_overrides_the_ending(tmp_path, read):
    path = tmp_path / "articles.dat"
    path.write_text('{"text": "A."}\n')
    assert read(path)[0][0].text == '{"text": "A."}\n'
    assert read(path, format="jsonl")[0][0].text == "A."


def test_fields_are_mapped_by_the_configuration(tmp_path, read):
    path = tmp_path / "a.csv"
    path.write_text("text,full,head\nshort,Long text.,Head\n")
    (document,), _ = read(path, fields={"text": ["nope", "full"], "title": ["head"]})
    assert (document.text, document.title) == ("Long text.", "Head")


def test_an_id_depends_on_the_content_and_not_on_the_place(tmp_path, read):
    (tmp_path / "a.txt").write_text(SEED)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": SEED}))
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": SEED, "source": "BBC"}))
    (one,), (two,), (three,) = (read(tmp_path / name)[0] for name in ("a.txt", "b.jsonl", "c.jsonl"))
    assert one.doc_id == two.doc_id != three.doc_id
