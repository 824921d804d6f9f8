"""Bad input: one clear error, with the place and the fix; what is good goes on."""

from __future__ import annotations

import json
import os
import time
import tracemalloc

import pytest

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError
from pipeline.ingest import read_documents


def fails(read, *inputs, **settings):
    with pytest.raises(InputError) as caught:
        read(*inputs, **settings)
    assert caught.value.fix
    return caught.value


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a.jsonl", "a.json", "a.parquet", "a"])
def test_an_empty_file(tmp_path, read, name):
    (tmp_path / name).write_bytes(b"")
    (tmp_path / "good.txt").write_text("Good.")
    error = fails(read, tmp_path / name)
    assert str(tmp_path / name) in str(error)
    documents, rejects = read(tmp_path / name, tmp_path / "good.txt")
    assert [document.text for document in documents] == ["Good."]
    assert [(reject.file, reject.reason) for reject in rejects] == [(str(tmp_path / name), error.what)]


@pytest.mark.parametrize("content", [b"  \n\t ", b"\xef\xbb\xbf"])
def test_a_file_of_nothing_but_space(tmp_path, read, content):
    (tmp_path / "a.txt").write_bytes(content)
    assert fails(read, tmp_path / "a.txt").what == "the article has no text."


def test_nothing_and_what_is_not_there(tmp_path, read, calls):
    assert "nothing was given" in fails(read).what
    assert "no such file" in fails(read, tmp_path / "nowhere.txt").what
    assert "matches this pattern" in fails(read, tmp_path / "*.txt").what
    (tmp_path / "data").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone")
    assert "no such file" in fails(read, tmp_path / "link.txt").what
    assert "no such file" in fails(read, "x" * 5000).what
    assert calls == []


def test_what_is_not_there_is_said_before_anything_is_read(tmp_path):
    (tmp_path / "good.txt").write_text("Good.")
    with pytest.raises(InputError):
        read_documents([str(tmp_path / "good.txt"), str(tmp_path / "nowhere")], ArticlesConfig(), print)


def test_a_mistyped_path_is_not_looked_for_on_the_hub(tmp_path, read, calls, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "no such file" in fails(read, "data/artcles").what
    assert calls == []


def test_a_folder_without_readable_files(tmp_path, read):
    (tmp_path / ".hidden.txt").write_text("Hidden.")
    assert "no file here" in fails(read, tmp_path).what
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    assert "no file here" in fails(read, tmp_path).what


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.7\nabc",
        bytes(range(256)) * 9,
        b"\0" * 99,
        "Hello.".encode("utf-16-le"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a", "a.pdf"])
def test_a_binary(tmp_path, read, name, content):
    (tmp_path / name).write_bytes(content)
    error = fails(read, tmp_path / name)
    assert error.what == "this is a binary file, not text."


def test_broken_utf_8_is_placed(tmp_path, read):
    (tmp_path / "a.txt").write_bytes("First line.\nCaf\u00e9 society.".encode("cp1252"))
    error = fails(read, tmp_path / "a.txt")
    assert str(error).startswith(f"{tmp_path / 'a.txt'}:2: byte 15 is not UTF-8")
    assert "iconv" in error.fix


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"text,by\nGood.,x\nCaf\xe9.,x\nFine.,caf\xe9\n"),
        ("a.jsonl", b'{"text":"Good."}\n{"text":"Caf\xe9."}\n{"text":"Fine.","by":"caf\xe9"}\n'),
        ("a.jsonl", b'{"text":"Good."}\n{"text":"Caf\\ud83d."}\n{"text":"Fine."}\n'),
    ],
)
def test_broken_characters_cost_only_their_row(tmp_path, read, name, content):
    (tmp_path / name).write_bytes(content)
    documents, (reject,) = read(tmp_path / name)
    assert [document.text for document in documents] == ["Good.", "Fine."]
    assert reject.line == (3 if name == "a.csv" else 2)
    assert reject.reason.startswith("character 3 of the text is broken")


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.csv", "headline;story\nA;B\n", 1),
        ("a.jsonl", '\n{"headline":"A","story":"B"}\n', 2),
        ("a.json", '{"headline":1,"story":2}', 1),
    ],
)
def test_a_table_without_the_text_column(tmp_path, read, name, content, line):
    (tmp_path / name).write_text(content)
    error = fails(read, tmp_path / name)
    assert str(error).startswith(
        f"{tmp_path / name}:{line}: no column holds the text; the columns are 'headline', 'story'."
    )
    assert "`articles.fields.text:" in error.fix


@pytest.mark.parametrize("ending", ["csv", "jsonl", "json", "parquet"])
def test_the_column_with_the_longest_strings_is_proposed_for_the_text(tmp_path, read, ending):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        {"ArticleID": f"{n}", "url": "https://news.example/" + "long/" * 20, "Section": "World news", "Story": story}
        for n, story in enumerate(["Rain.", "It rained until the river came over its banks.", ""])
    ]
    path = tmp_path / f"a.{ending}"
    if ending == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif ending == "csv":
        path.write_text("\n".join(",".join(line) for line in [list(rows[0]), *(list(row.values()) for row in rows)]))
    else:
        path.write_text("\n".join(map(json.dumps, rows)))
    assert "`articles.fields.text: [Story]`" in fails(read, path).fix


def test_no_column_is_proposed_for_the_text_where_all_hold_something_else(tmp_path, read):
    (tmp_path / "a.csv").write_text("id,date,count\n1,2026-01-01,\n")
    assert "`articles.fields.text: [NAME]`" in fails(read, tmp_path / "a.csv").fix


def test_parquet_without_the_text_column_and_parquet_that_is_none(tmp_path, read):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"story": ["A."]}), tmp_path / "a.parquet")
    assert "the columns are 'story'" in fails(read, tmp_path / "a.parquet").what
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and no more")
    assert "the Parquet file cannot be read" in fails(read, tmp_path / "b.parquet").what


def test_parquet_damaged_half_way_keeps_what_was_read(tmp_path, read):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    table = pa.table({"text": [f"Article {number} {os.urandom(20).hex()}." for number in range(2000)]})
    pq.write_table(table, path, row_group_size=1000)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 + 5000 : len(content) * 3 // 4] = bytes(len(content) * 3 // 4 - len(content) // 2 - 5000)
    path.write_bytes(content)
    documents, (reject,) = read(path)
    assert 900 < len(documents) < 2000
    assert [document.line for document in documents] == list(range(1, len(documents) + 1))
    assert reject.reason.startswith("the Parquet file cannot be read: Corrupt snappy compressed data")


def test_three_bad_lines_in_a_hundred(tmp_path, read):
    lines = [json.dumps({"text": f"Article {number}."}) for number in range(1, 101)]
    lines[0], lines[41], lines[98] = '{"tex": "x"}', '{"text": "unfinished', '["text"]'
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    documents, rejects = read(tmp_path / "a.jsonl")
    assert len(documents) == 97
    assert [reject.line for reject in rejects] == [1, 42, 99]
    assert all(reject.file == str(tmp_path / "a.jsonl") and reject.reason and reject.fix for reject in rejects)
    assert "not JSON: Unterminated string" in rejects[1].reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [(None, "no text"), (" \n", "no text"), (7, "type int"), (["A."], "type list"), ("x" * 101, "101 characters")],
)
def test_rows_that_cannot_be_used(tmp_path, read, value, reason):
    (tmp_path / "a.jsonl").write_text(json.dumps({"body": "Good."}) + "\n" + json.dumps({"body": value}))
    documents, (reject,) = read(tmp_path / "a.jsonl", max_characters=100)
    assert len(documents) == 1
    assert (reject.line, reason in reject.reason) == (2, True)


@pytest.mark.parametrize(
    ("bad", "line"), [("[" * 100_000, 2), ('{"text": ' + "9" * 5000 + "}", 2), ("NaN", 2), ('{"a":1}', 2), ("\0", 2)]
)
def test_hostile_json(tmp_path, read, bad, line):
    (tmp_path / "a.jsonl").write_text('{"text":"A."}\n' + bad + '\n{"text":"B."}\n')
    documents, (reject,) = read(tmp_path / "a.jsonl")
    assert [document.text for document in documents] == ["A.", "B."]
    assert reject.line == line


@pytest.mark.parametrize(
    ("bad", "reason"),
    [("a,b,c", "3 columns"), ("alone", "1 columns"), ('"a"b,c', "expected after"), ('a,"b\nc', "closed")],
)
def test_bad_rows_of_a_table(tmp_path, read, bad, reason):
    (tmp_path / "a.csv").write_text(f"title,text\nOne,First.\nTwo,Second.\n{bad}")
    documents, (reject,) = read(tmp_path / "a.csv")
    assert [document.text for document in documents] == ["First.", "Second."]
    assert (reject.line, reason in reject.reason) == (4, True), reject


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html"])
def test_an_article_of_50_megabytes_in_one_line(tmp_path, read, name):
    text = "word " * 10_000_000
    before, after = {
        "a.jsonl": ('{"text":"', '"}\n{"text":"Good."}'),
        "a.csv": ('text\n"', '"\nGood.\n'),
        "a.html": ("<p>", "</p>"),
    }.get(name, ("", ""))
    (tmp_path / name).write_text(before + text + after)
    began = time.monotonic()
    if name in ("a.txt", "a.html"):
        assert "larger than" in fails(read, tmp_path / name).what
    else:
        documents, (reject,) = read(tmp_path / name)
        assert [document.text for document in documents] == ["Good."]
        assert "longer than" in reject.reason
        assert reject.line == (2 if name == "a.csv" else 1)
    assert time.monotonic() - began < 3


def test_control_characters_are_data(tmp_path, read):
    (tmp_path / "a.txt").write_bytes(b"NASA\0 said\x01 so.\x1b[31m")
    assert read(tmp_path / "a.txt")[0][0].text == "NASA\0 said\x01 so.\x1b[31m"


def test_a_damaged_archive_keeps_what_was_read(tmp_path, read):
    import gzip

    rows = "".join(json.dumps({"text": f"Article {n} {os.urandom(40).hex()}."}) + "\n" for n in range(3000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows.encode())[:-5000])
    documents, (reject,) = read(tmp_path / "a.jsonl.gz")
    assert 1000 < len(documents) < 3000
    assert "damaged" in reject.reason
    (tmp_path / "b.jsonl.gz").write_bytes(b"no gzip")
    assert "damaged" in fails(read, tmp_path / "b.jsonl.gz").what


def test_a_page_without_text_says_so_and_nothing_is_printed(tmp_path, read, capfd):
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    assert "no main text" in fails(read, tmp_path / "a.html").what
    assert capfd.readouterr() == ("", "")


def test_equal_ids_come_out_once(tmp_path, read):
    (tmp_path / "a.csv").write_text("id,text\n1,A.\n2,B.\n1,C.\n")
    documents, (reject,) = read(tmp_path / "a.csv")
    assert [document.text for document in documents] == ["A.", "B."]
    assert (reject.line, "'1'" in reject.reason) == (4, True)
    documents, rejects = read(tmp_path / "a.csv", tmp_path / "a.csv", fields={"id": []})
    assert (len(documents), len(rejects)) == (3, 3)


def test_the_input_is_never_held(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"{number} " + "word " * 2000}) + "\n" for number in range(2000)))
    documents = read_documents([str(path)], ArticlesConfig(), print)
    next(documents)
    tracemalloc.start()
    assert sum(1 for _ in documents) == 1999
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000 < path.stat().st_size
