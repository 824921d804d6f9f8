"""What people answered, beside what the run says."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.labels import DEFAULT_SCHEME
from reports.view.article import article_page
from reports.view.people import NOBODY, Answer, People, people_of
from reports.view.terminal import article_view, why
from tests.reports.hostile import PAYLOADS, hostile_article
from tests.reports.test_article import Reader
from tests.reports.test_terminal import told


def _said(question, target, *counts):
    return Answer(question=question, target=target, counts=counts)


@pytest.fixture
def judged(demo):
    """Two of three people differ about whom sentence 5 favors; all agree who says it, nobody on its sentiment."""
    sentence = demo.sentences[4].sentence_id
    answers = (
        _said("speaker", None, ("Bill Nelson", 3)),
        _said("stance", "Elon Musk", ("favor", 2), ("neutral", 1)),
        _said("sentiment", "Elon Musk", ("negative", 1), ("neutral", 1), ("positive", 1)),
        _said("stance", "a target of another run", ("against", 3)),
    )
    return People(number=3, answers={sentence: answers})


def _read(article, people):
    return Reader(article_page(article, DEFAULT_SCHEME, people)).text.replace("\xa0", " ")


def test_the_page_says_what_people_answered_and_where_most_differ(demo, judged):
    shown = " ".join(_read(demo, judged).split())
    assert "3 people have judged 1 sentence" in shown
    assert shown.count("≠") == 3, "in the key, the margin and the card"
    assert "≠ stance favor Elon Musk, say most people" in shown
    assert "People ✓ Bill Nelson 3" in shown.replace("People✓", "People ✓")
    assert "favor 2, neutral 1" in shown
    assert "a target of another run" in shown


def test_a_tick_is_for_lines_where_most_people_agree_throughout(demo):
    same = _said("stance", "Elon Musk", ("against", 2), ("favor", 1))
    split = _said("sentiment", "Elon Musk", ("negative", 1), ("neutral", 1))
    elsewhere = _said("stance", "a target of another run", ("against", 3))
    for answers, shown in (((same, elsewhere), "people agree"), ((same, split), None), ((elsewhere,), None)):
        people = People(number=3, answers={demo.sentences[4].sentence_id: answers})
        assert ("people agree" in _read(demo, people)) == bool(shown)


def test_nobody_leaves_the_page_as_it_was(demo):
    assert article_page(demo, DEFAULT_SCHEME, NOBODY) == article_page(demo, DEFAULT_SCHEME)
    assert not {"≠", "✓"} & set(_read(demo, NOBODY))


def test_the_terminal_says_so_too(demo, judged):
    assert "[≠ Elon Musk stance favor 2 of 3]" in told(article_view(demo, DEFAULT_SCHEME, 100, judged))
    shown = told(why(demo, 5, judged))
    assert "Elon Musk stance ≠ favor 2, neutral 1" in shown
    assert "sentiment negative 1, neutral 1, positive 1" in shown
    assert "speaker ✓ Bill Nelson 3" in shown


def test_hostile_answers_stay_words():
    article = hostile_article()
    answers = tuple(_said(payload, payload, (payload, 2)) for payload in PAYLOADS)
    people = People(number=1, answers={sentence.sentence_id: answers for sentence in article.sentences})
    reader = Reader(article_page(article, DEFAULT_SCHEME, people))
    assert not {"script", "iframe", "img", "form", "base", "button"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    for text in (reader.text, told(why(article, 3, people))):
        assert "\x1b" not in text
        assert "\u202e" not in text


def _table(run, rows):
    (run / "annotations").mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), run / "annotations" / "chunk-00000.parquet")


def test_answers_are_those_that_agreement_counts(tmp_path):
    (tmp_path / "manifest.json").write_text('{"format": 1}')
    assert people_of(tmp_path, "d") is NOBODY
    about = {"sentence_id": "s1", "doc_id": "d", "target": "tax", "question": "stance", "skipped": False}
    rows = [
        {**about, "annotator": "ann", "label": "favor", "updated": "2026-01-01T00:00:00Z", "occasion": 1},
        {**about, "annotator": "ann", "label": "neutral", "updated": "2026-01-02T00:00:00Z", "occasion": 1},
        {**about, "annotator": "ann", "label": "favor", "updated": "2026-01-03T00:00:00Z", "occasion": 2},
        {**about, "annotator": "ben", "label": "against", "updated": "2026-01-01T00:00:00Z", "occasion": 1},
        {**about, "annotator": "cyn", "label": "neutral", "updated": "2026-01-01T00:00:00Z", "occasion": 1},
        {**about, "annotator": "dan", "label": "skipped", "question": "skipped", "skipped": True, "occasion": 1,
         "updated": "2026-01-01T00:00:00Z"},
        {**about, "doc_id": "e", "sentence_id": "s9", "annotator": "eve", "label": "favor", "occasion": 1,
         "updated": "2026-01-01T00:00:00Z"},
    ]  # fmt: skip
    _table(tmp_path, rows)
    found = people_of(tmp_path, "d")
    assert found.number == 3
    assert found.answers == {"s1": (_said("stance", "tax", ("neutral", 2), ("against", 1)),)}
    assert found.answers["s1"][0].label == "neutral"
    assert people_of(tmp_path, "e").answers == {"s9": (_said("stance", "tax", ("favor", 1)),)}


def test_equal_counts_are_no_majority():
    assert _said("stance", "tax", ("favor", 1), ("against", 1)).label is None
