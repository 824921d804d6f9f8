"""Records at rest: the Arrow schema of each table, and articles to tables and back.

The tables and their columns are a public contract (README, *The run folder*): columns may be added, none renamed.
Round trip is identity: ``to_articles(to_tables(articles)) == articles``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import starmap
from typing import Any

import pyarrow as pa

from pipeline.records import (
    Article,
    Attribution,
    Document,
    Mention,
    Prediction,
    Quotation,
    Sentence,
    Span,
    Speaker,
    Voice,
)

_SPAN = pa.struct([("start", pa.int64()), ("end", pa.int64())])
_MENTION = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("kind", pa.string())])
_STRINGS = pa.list_(pa.string())


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


SCHEMAS: Mapping[str, pa.Schema] = {
    "documents": _schema(
        doc_id=pa.string(),
        title=pa.string(),
        source=pa.string(),
        url=pa.string(),
        date=pa.string(),
        path=pa.string(),
        line=pa.int64(),
        text=pa.large_string(),
    ),
    "sentences": _schema(
        sentence_id=pa.string(),
        doc_id=pa.string(),
        index=pa.int64(),
        paragraph=pa.int64(),
        start=pa.int64(),
        end=pa.int64(),
        text=pa.large_string(),
        kind=pa.string(),
        speaker_id=pa.string(),
        speaker=pa.string(),
        attribution_id=pa.string(),
        attribution_type=pa.string(),
        confidence=pa.float64(),
    ),
    "quotations": _schema(quotation_id=pa.string(), doc_id=pa.string(), pieces=pa.list_(_SPAN), kind=pa.string()),
    "speakers": _schema(
        speaker_id=pa.string(),
        doc_id=pa.string(),
        name=pa.string(),
        kind=pa.string(),
        aliases=_STRINGS,
        titles=_STRINGS,
        gender=pa.string(),
        speaks_for=pa.string(),
        mentions=pa.list_(_MENTION),
    ),
    "attributions": _schema(
        attribution_id=pa.string(),
        doc_id=pa.string(),
        speaker_id=pa.string(),
        source=_SPAN,
        cue=_SPAN,
        content=pa.list_(_SPAN),
        type=pa.string(),
        force=pa.string(),
        rule=pa.string(),
        confidence=pa.float64(),
        evidence=pa.string(),
        parent=pa.string(),
        runner_up=pa.string(),
    ),
    "predictions": _schema(
        sentence_id=pa.string(),
        doc_id=pa.string(),
        target=pa.string(),
        question=pa.string(),
        label=pa.string(),
        scores=pa.map_(pa.string(), pa.float64()),
        model=pa.string(),
        text_judged=pa.string(),
        reason=pa.string(),
    ),
}

TABLE_LAYERS: Mapping[str, tuple[str, ...]] = {
    "documents": (),
    "sentences": ("sentences", "voices"),
    "quotations": ("quotations",),
    "speakers": ("speakers",),
    "attributions": ("attributions",),
    "predictions": ("predictions",),
}
"""The layers of an `Article` that each table holds."""


def to_tables(articles: Sequence[Article], names: Collection[str] = tuple(SCHEMAS)) -> dict[str, pa.Table]:
    """Those tables of `names` whose layer the articles have; rows in the order of the articles and of their texts."""
    return {
        name: pa.Table.from_pylist([row for article in articles for row in _rows(article, name)], SCHEMAS[name])
        for name in names
        if name == "documents" or all(getattr(article, name) is not None for article in articles)
    }


def _rows(article: Article, table: str) -> Iterator[dict[str, Any]]:
    doc_id = article.document.doc_id
    if table == "documents":
        yield _columns(article.document, SCHEMAS[table])
    elif table == "sentences":
        yield from _sentence_rows(article)
    else:
        for record in getattr(article, table):
            yield {**_columns(record, SCHEMAS[table]), "doc_id": doc_id}


def _columns(record: object, schema: pa.Schema) -> dict[str, Any]:
    return {name: _plain(getattr(record, name)) for name in schema.names if hasattr(record, name)}


def _plain(value: object) -> object:
    """A record's value as Arrow takes it: named tuples as structs, mappings as lists of pairs."""
    if isinstance(value, (Span, Mention)):
        return value._asdict()
    if isinstance(value, Mapping):
        return list(value.items())
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _sentence_rows(article: Article) -> Iterator[dict[str, Any]]:
    voices = {voice.sentence_id: voice for voice in article.voices or ()}
    speakers = {speaker.speaker_id: speaker.name for speaker in article.speakers or ()}
    types = {attribution.attribution_id: attribution.type for attribution in article.attributions or ()}
    for sentence in article.sentences or ():
        voice = voices.get(sentence.sentence_id)
        row = {
            **_columns(sentence, SCHEMAS["sentences"]),
            **sentence.span._asdict(),
            "doc_id": article.document.doc_id,
            "text": article.text_of(sentence),
        }
        if voice:
            row |= {
                "speaker_id": voice.speaker_id,
                "speaker": speakers[voice.speaker_id],
                "attribution_id": voice.attribution_id,
                "attribution_type": types.get(voice.attribution_id or ""),
                "confidence": voice.confidence,
            }
        yield row


def to_articles(tables: Mapping[str, pa.Table]) -> list[Article]:
    """The articles that `tables` hold, in the order of their documents; a layer without a table is ``None``."""
    layers: dict[str, dict[str, list[Any]]] = {
        name: _by_document(table) for name, table in tables.items() if name != "documents"
    }
    return [
        _article(Document(**row), {name: rows.get(row["doc_id"], []) for name, rows in layers.items()})
        for row in tables["documents"].to_pylist()
    ]


def _by_document(table: pa.Table) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        rows[row.pop("doc_id")].append(row)
    return rows


def _article(document: Document, rows: Mapping[str, list[dict[str, Any]]]) -> Article:
    def layer(name: str, build: Any) -> Any:  # noqa: ANN401 - one builder a record type
        return tuple(build(row) for row in rows[name]) if name in rows else None

    return Article(
        document=document,
        sentences=layer("sentences", _sentence),
        quotations=layer("quotations", _quotation),
        speakers=layer("speakers", _speaker),
        attributions=layer("attributions", _attribution),
        voices=layer("sentences", _voice) if "speakers" in rows else None,
        predictions=layer("predictions", _prediction),
    )


def _spans(pieces: Iterable[Mapping[str, int]]) -> tuple[Span, ...]:
    return tuple(Span(**piece) for piece in pieces)


def _sentence(row: Mapping[str, Any]) -> Sentence:
    names = ("sentence_id", "index", "paragraph", "kind")
    return Sentence(span=Span(row["start"], row["end"]), **{name: row[name] for name in names})


def _voice(row: Mapping[str, Any]) -> Voice:
    names = ("sentence_id", "speaker_id", "attribution_id", "confidence")
    return Voice(**{name: row[name] for name in names})


def _quotation(row: Mapping[str, Any]) -> Quotation:
    return Quotation(**{**row, "pieces": _spans(row["pieces"])})


def _speaker(row: Mapping[str, Any]) -> Speaker:
    mentions = tuple(starmap(Mention, (mention.values() for mention in row["mentions"])))
    aliases, titles = tuple(row["aliases"]), tuple(row["titles"])
    return Speaker(**{**row, "mentions": mentions, "aliases": aliases, "titles": titles})


def _attribution(row: Mapping[str, Any]) -> Attribution:
    ends = {name: Span(**row[name]) if row[name] else None for name in ("source", "cue")}
    return Attribution(**{**row, **ends, "content": _spans(row["content"])})


def _prediction(row: Mapping[str, Any]) -> Prediction:
    return Prediction(**{**row, "scores": dict(row["scores"])})
