"""A run over real articles with the real model, and judgements of it as a pull would have written them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.config import Config
from pipeline.labelling import label
from pipeline.records import Article
from pipeline.store import Run

ROOT = Path(__file__).parents[2]
MODEL = "embedded"
Row = dict[str, Any]


def labelled(folder: Path, articles: int = 4) -> Path:
    """A run over the first made-up articles of the seeds."""
    rows = map(json.loads, (ROOT / "seeds" / "more-speakers.jsonl").read_text(encoding="utf-8").splitlines())
    source = folder / "articles.jsonl"
    kept = ({name: row[name] for name in ("id", "title", "text") if name in row} for row in islice(rows, articles))
    source.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    return label([str(source)], folder / "run", Config()).run.path


def answers(article: Article, blind: Callable[[int], bool]) -> Iterator[Row]:
    """One row for everything that the run says of an article: its own answer, and how the item went out."""
    names = {speaker.speaker_id: speaker.name for speaker in article.speakers or ()}
    places = {sentence.sentence_id: place for place, sentence in enumerate(article.sentences or ())}
    body = {sentence.sentence_id for sentence in article.sentences or () if sentence.kind == "body"}
    said = [(voice.sentence_id, None, "speaker", names[voice.speaker_id]) for voice in article.voices or ()]
    said += [(each.sentence_id, each.target, each.question, each.label) for each in article.predictions or ()]
    model = next(each.model for each in article.predictions or ())
    for sentence, target, question, own in said:
        if sentence in body:
            arm = "blind" if blind(places[sentence]) else "shown"
            seen = {"shown_label": own, "model_shown": model} if arm == "shown" else {}
            about = {"sentence_id": sentence, "doc_id": article.document.doc_id, "target": target, "question": question}
            yield {"shown_label": None, "model_shown": None, **about, **seen, "label": own, "arm": arm}


def judge(
    run: Path,
    decide: Callable[[Row, str], str],
    people: str = "ABC",
    blind: int = 3,
    drawn: Callable[[Row], float] = lambda row: 1.0,
) -> Path:
    """Write the table ``annotations``: what `people` make of each answer of the run; one in `blind` is blind.

    `drawn` says with what probability an item was.
    """
    rows = [
        {**row, "annotator": who, "label": decide(row, who), "occasion": 1} | {"inclusion_probability": drawn(row)}
        for article in Run.open(run).articles()
        for row in answers(article, lambda place: place % blind == 0)
        for who in people
    ]
    (run / "annotations").mkdir(exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), run / "annotations" / "chunk-00000.parquet")
    return run
