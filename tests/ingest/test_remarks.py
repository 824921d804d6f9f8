"""What is odd about articles that are read all the same: dates, texts that come twice, markup, encodings, languages."""

from __future__ import annotations

import importlib
import json

import pytest

from pipeline.config import ArticlesConfig
from pipeline.ingest import read_documents
from pipeline.ingest.oddities import oddities
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
    file = str(tmp_path / "a.jsonl")
    assert remarks == [Remark(kind="unread_dates", doc_id=second.doc_id, file=file, line=2, words=str(value))]


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
    assert remarks == [Remark(kind="same_texts", doc_id="3", file=str(tmp_path / "a.csv"), line=4, words="3")]


def test_a_copy_that_is_left_out_is_not_remarked(tmp_path):
    (tmp_path / "a.csv").write_text("id,date,text\n1,1/2/26,It rained.\n")
    documents, remarks = remarks_of(tmp_path / "a.csv", tmp_path / "a.csv")
    assert (len(documents), [remark.kind for remark in remarks]) == (1, ["unread_dates"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It rained.</p>\n<p>It snowed.", "</p>"),
        ('See <a href="https://a.example/?b=c" class="x">here</a>.', '<a href="https://a.example/?b=c" class="x">'),
        ("Don&#39;t, she said.", "&#39;"),
        ("&ldquo;No,&rdquo; she said.", "&ldquo;"),
        ("One<BR/>two", "<BR/>"),
    ],
)
def test_markup_is_seen(text, words):
    assert list(oddities(text)) == [("markup", words)]


@pytest.mark.parametrize(
    "text", ["“Don’t,” she said – é, ü, Â, NÃO.", "a < b, b > a", "<3", "R&D; AT&T", "<ann@b.example>"]
)
def test_text_that_only_looks_a_little_like_it_is_not(text):
    assert list(oddities(text)) == []


@pytest.mark.parametrize(
    "text", ["“Don’t,” she said.", "Zoë’s café", "It’s — hers", "François", "“Nein”, sagte Müller"]
)
def test_utf_8_read_as_windows_1252_and_windows_1252_read_as_latin_1_are_seen(text):
    assert [kind for kind, _ in oddities(text.encode().decode("cp1252", "replace"))] == ["garbled"]
    if "’" in text:
        assert [kind for kind, _ in oddities(text.encode("cp1252").decode("latin-1"))] == ["garbled"]


@pytest.mark.parametrize("language", ["da", "de", "es", "fr", "id", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tr"])
def test_other_languages_are_seen(language):
    examples = importlib.import_module(f"spacy.lang.{language}.examples").sentences
    assert [kind for kind, _ in oddities(" ".join(examples * 2))] == ["not_english"]


def test_english_is_seen_too(root, seed):
    articles = [json.loads(line)["text"] for line in (root / "seeds/more-speakers.jsonl").read_text().splitlines()]
    assert [list(oddities(text)) for text in (seed, *articles)] == [[]] * 21


def test_a_few_words_are_of_any_language():
    assert list(oddities("Das ist falsch, sagte Merkel.")) == []


def test_an_odd_article_is_remarked_with_its_id(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n1,It rained.\n2,<p>It snowed.</p>\n")
    _, remarks = remarks_of(tmp_path / "a.csv")
    assert remarks == [Remark(kind="markup", doc_id="2", file=str(tmp_path / "a.csv"), line=3, words="<p>")]
