"""Judgements and predictions from a run folder, joined with what the run knows of each sentence.

That is the article, speaker, outlet and date of what its ``annotations`` and ``predictions`` tables speak of; the
speaker is one person across articles (`names_in_run`). To the question who speaks, the run's answer is the speaker in
its ``sentences`` table, by the name in the article, as people answer it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.attribute.across import names_in_run
from pipeline.config import Config
from pipeline.config_file import saved_config
from pipeline.errors import Place, RunError
from pipeline.labels import LabelScheme
from pipeline.store import Run
from reports.judgements.cleaning import clean
from reports.judgements.rows import Rows, plain
from reports.judgements.table import SPEAKER, Judgements, LeftOut

_FROM_ANNOTATIONS = {
    "annotator": "annotator",
    "question": "question",
    "label": "label",
    "arm": "arm",
    "shown": "shown_label",
    "model": "model_shown",
    "origin": "origin",
    "seconds": "seconds",
    "time": "updated",
    "skipped": "skipped",
    "probability": "inclusion_probability",
    "occasion": "occasion",
    "round": "round",
}
"""Columns of the run's table by our names; its `gold` says that an item is a gold item, where ours is a label."""

_NEEDED = {
    "annotations": ("sentence_id", "question", "annotator", "label"),
    "predictions": ("sentence_id", "target", "question", "label", "scores", "model"),
    "sentences": ("sentence_id", "doc_id", "text"),
    "documents": ("doc_id", "text"),
}
"""Columns without which nothing can be said; of the others, only what they tell is missing."""

OUT_OF_FRAME = "a sentence that people could not be asked about"
ATTRIBUTION = "attribution"
"""What the run's answers to the question who speaks are by: its rules, whatever model gives the other labels."""


def run_rows(path: Path, doc_id: str | None = None) -> Rows:
    """The annotations of a run, or of one article, one row each, with the model's label of the unit.

    A run counts occasions from 1, judgements count them from 0. Raises RunError without a table.
    """
    annotations = _read(Run.open(path), "annotations", doc_id)
    if annotations is None:
        raise RunError(
            "the run has no annotations.",
            where=Place(path=path / "annotations"),
            fix="push the run to Label Studio and pull the annotations, or name a table of judgements.",
        )
    rows = annotations.to_pylist()
    facts = _sentence_facts(Run.open(path), doc_id)
    machine = {**_machine(Run.open(path), doc_id), **_heard(facts)}
    columns: dict[str, list[str | None]] = {
        name: [plain(row.get(column)) for row in rows]
        for name, column in _FROM_ANNOTATIONS.items()
        if column in annotations.column_names
    }
    if "occasion" in columns:
        columns["occasion"] = [plain(at - 1) if (at := row["occasion"]) is not None else None for row in rows]
    columns |= _about([(row["sentence_id"], row.get("target")) for row in rows], facts)
    columns["cluster"] = [plain(row.get("doc_id")) for row in rows]
    keys = [(row["sentence_id"], row.get("target") or None, row["question"]) for row in rows]
    columns["model_label"] = [machine.get(key, (None, None))[0] for key in keys]
    columns["model_confidence"] = [machine.get(key, (None, None))[1] for key in keys]
    gone = sum(row["sentence_id"] not in facts for row in rows)
    return Rows(
        source=str(path / "annotations"),
        columns=columns,
        line=np.arange(1, len(rows) + 1),
        notes=(f"{gone} judgements are of sentences that the run no longer has",) if gone else (),
        texts={unit_name(*key[:2]): facts[key[0]]["text"] for key in keys if key[0] in facts},
    )


def run_scheme(path: Path) -> LabelScheme:
    """The label scheme that people judged by, else the one that the run was made with."""
    return _run_config(path).scheme


def _run_config(path: Path) -> Config:
    """The settings of the latest push, which may have other labels than the run, else those of the run.

    Raises RunError where they are not this version's.
    """
    found = []
    for file in path.glob("annotation/*/project.json"):
        with suppress(OSError, ValueError, KeyError, TypeError):
            pushed = json.loads(file.read_text(encoding="utf-8"))["pushed"]
            found.append((str(pushed["when"]), file, dict(pushed["config"])))
    if not found:
        return Run.open(path).settings()
    _, file, config = max(found, key=lambda each: each[:2])
    return saved_config(config, file)


def is_judged(path: Path) -> bool:
    """Whether the run in a folder has annotations: whether anybody has judged it."""
    return (table := _read(Run.open(path), "annotations")) is not None and table.num_rows > 0


def no_judgements(path: Path) -> Judgements:
    """The judgements of a run that nobody has judged."""
    columns: dict[str, list[str | None]] = {"unit": [], "annotator": [], "label": []}
    return clean(Rows(source=str(path), columns=columns, line=np.empty(0, dtype=np.int64)))


def read_predictions(
    path: Path, scheme: LabelScheme | None = None, *, every_sentence: bool = False
) -> Judgements | None:
    """What a run says of its sentences, as judgements by its model and by `ATTRIBUTION`; None where that is nothing.

    Only those of sentences that people could have been asked about: a sample of the sentences that somebody speaks
    tells nothing of how the model errs on others. The rest is left out and counted. With `every_sentence`, all of the
    body's.
    """
    run = Run.open(path)
    table, facts, config = _read(run, "predictions"), _sentence_facts(run), _run_config(path)
    every = [*(table.to_pylist() if table else ()), *_attributed(facts)]
    if not every:
        return None
    spoken = config.annotation.sentences == "attributed" and not every_sentence
    rows = [row for row in every if _could_be_asked(facts.get(row["sentence_id"], {}), spoken=spoken)]
    columns = _about([(row["sentence_id"], row["target"]) for row in rows], facts)
    columns |= {name: [row[name] for row in rows] for name in ("question", "label")}
    columns["annotator"] = [row["model"] for row in rows]
    columns["origin"] = ["rule" if row.get("reason") else "model" for row in rows]
    columns["model_confidence"] = [str(dict(row["scores"]).get(row["label"], "")) for row in rows]
    left_out = LeftOut(reason=OUT_OF_FRAME, count=len(every) - len(rows))
    return clean(
        Rows(
            source=str(path / "predictions"),
            columns=columns,
            line=np.arange(1, len(rows) + 1),
            left_out=(left_out,) if left_out.count else (),
        ),
        scheme or config.scheme,
    )


def _could_be_asked(fact: Mapping[str, Any], *, spoken: bool) -> bool:
    """Whether the design could draw a sentence: one of the body, and where `spoken`, one that somebody speaks."""
    return fact.get("kind", "body") == "body" and (not spoken or fact.get("attribution_id", "") is not None)


def unit_name(sentence_id: str, target: str | None) -> str:
    """The name of a unit: a sentence, or a sentence toward a target."""
    return f"{sentence_id} → {target}" if target else sentence_id


def _read(run: Run, table: str, doc_id: str | None = None) -> pa.Table | None:
    chunks = [_chunk(path, doc_id) for path in sorted((run.path / table).glob("*.parquet"))]
    return pa.concat_tables(chunks, promote_options="default") if chunks else None


def _chunk(path: Path, doc_id: str | None) -> pa.Table:
    """The rows in one file, of one article if named. Raises RunError where it is damaged, or lacks a needed column."""
    try:
        table = pq.read_table(path, filters=None if doc_id is None else [("doc_id", "=", doc_id)])
    except (OSError, pa.ArrowException) as error:
        raise _damaged(path, "cannot be read") from error
    if missing := [name for name in _NEEDED[path.parent.name] if name not in table.column_names]:
        raise _damaged(path, f"has no column {missing[0]!r}")
    return table


def _damaged(path: Path, problem: str) -> RunError:
    return RunError(
        f"the table {problem}.",
        where=Place(path=path),
        fix="remove this file; then run `onrecord label` again for a table of the run, `onrecord pull --full` for "
        "annotations.",
    )


def _sentence_facts(run: Run, doc_id: str | None = None) -> dict[str, dict[str, Any]]:
    sentences, documents = _read(run, "sentences", doc_id), _read(run, "documents", doc_id)
    about = {row["doc_id"]: row for row in documents.drop_columns(["text"]).to_pylist()} if documents else {}
    rows = sentences.to_pylist() if sentences else []
    named = names_in_run(run) if doc_id is None else {}
    return {
        row["sentence_id"]: {
            **row,
            "document": about.get(row["doc_id"], {}),
            "person": named.get(row.get("speaker_id"), row.get("speaker")),
        }
        for row in rows
    }


def _about(keys: Sequence[tuple[str, str | None]], facts: Mapping[str, dict[str, Any]]) -> dict[str, list[str | None]]:
    known = [facts.get(sentence, {}) for sentence, _ in keys]
    documents = [fact.get("document", {}) for fact in known]
    return {
        "unit": [unit_name(*key) for key in keys],
        "sentence": [sentence for sentence, _ in keys],
        "target": [target or None for _, target in keys],
        "cluster": [fact.get("doc_id") for fact in known],
        "speaker": [fact.get("person") for fact in known],
        "outlet": [document.get("source") for document in documents],
        "date": [document.get("date") for document in documents],
    }


def _machine(run: Run, doc_id: str | None = None) -> dict[tuple[str, str | None, str], tuple[str, str]]:
    table = _read(run, "predictions", doc_id)
    rows = table.to_pylist() if table else []
    return {
        (row["sentence_id"], row["target"], row["question"]): (
            row["label"],
            str(dict(row["scores"]).get(row["label"], "")),
        )
        for row in rows
    }


def _heard(facts: Mapping[str, dict[str, Any]]) -> dict[tuple[str, str | None, str], tuple[str, str]]:
    """The speaker of each sentence and how sure that is, as `_machine` has the labels of a model."""
    return {
        (sentence, None, SPEAKER): (fact["speaker"], plain(fact.get("confidence")) or "")
        for sentence, fact in facts.items()
        if fact.get("speaker")
    }


def _attributed(facts: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The speaker of each sentence as rows like those of the table ``predictions``."""
    for (sentence, target, question), (label, confidence) in _heard(facts).items():
        said = {"label": label, "scores": {label: confidence}, "model": ATTRIBUTION}
        yield {"sentence_id": sentence, "target": target, "question": question, **said}
