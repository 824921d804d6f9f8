from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.arrow import SCHEMAS, TABLE_LAYERS, to_articles, to_tables
from pipeline.records import LAYERS, Article, Document
from tests.strategies import articles, documents

CONTRACT = {
    "documents": "doc_id title source url date path text",
    "sentences": "sentence_id doc_id index paragraph start end text kind "
    "speaker_id speaker attribution_type confidence",
    "speakers": "speaker_id doc_id name kind aliases titles speaks_for mentions",
    "attributions": "attribution_id doc_id speaker_id source cue content type force rule confidence",
    "predictions": "sentence_id doc_id target question label scores model",
}


def test_the_public_columns_are_there():
    for table, columns in CONTRACT.items():
        assert set(columns.split()) <= set(SCHEMAS[table].names), table


def test_every_layer_has_a_table():
    assert sorted(layer for layers in TABLE_LAYERS.values() for layer in layers) == sorted(LAYERS)


def unique(batch: list[Article]) -> list[Article]:
    return list({article.document.doc_id: article for article in batch}.values())


@given(st.lists(articles(), max_size=3).map(unique))
def test_attributed_and_predicted_articles_come_back_as_they_were(batch):
    assert to_articles(to_tables(batch)) == batch


@given(st.lists(articles(attributed=False), min_size=1, max_size=3).map(unique))
def test_a_layer_that_was_not_computed_stays_so(batch):
    tables = to_tables(batch)
    assert set(tables) == {"documents", "sentences"}
    assert to_articles(tables) == batch


def test_only_the_tables_that_are_asked_for_are_made():
    article = Article(document=Document(doc_id="d", text="It rained."), sentences=())
    assert set(to_tables([article], ["sentences", "predictions"])) == {"sentences"}


@given(documents())
def test_a_bare_document_comes_back_as_it_was(document):
    assert to_articles(to_tables([Article(document=document)])) == [Article(document=document)]
