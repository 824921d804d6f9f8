"""The main job as plain functions: news text in; sentences, speakers, stance and sentiment out."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import NoReturn, get_args

from pipeline.attribute.stage import Attribute
from pipeline.config import Config
from pipeline.engine.inline import Progress, run_inline
from pipeline.errors import InputError, Place, RunError
from pipeline.ingest import Columns, read_documents
from pipeline.prelabel.stage import Prelabel
from pipeline.records import Article, Document, Reject, Remark, RemarkKind
from pipeline.split.stage import Split
from pipeline.stage import Stage, batches, run_stages
from pipeline.store import Run

_RECORDED = ("onrecord", "pyarrow", "spacy", "sentencex", "onnxruntime", "tokenizers", "numpy")
_NEVER_THE_RESULT = ("batch_tokens", "threads")
_BATCH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What `label` did: the run, rows by table, rejects, articles that were done already, and seconds.

    `counts` also has how many rejects and remarks of each kind there are; `remarks` has the first of each kind.
    """

    run: Run
    counts: dict[str, int]
    rejects: tuple[Reject, ...]
    remarks: tuple[Remark, ...]
    reused: int
    seconds: float


def build_stages(config: Config) -> list[Stage]:
    """The stages of the main job, in order."""
    return [Split(), Attribute(config.attribute), Prelabel(config)]


def label_articles(inputs: Sequence[str], config: Config | None = None) -> Iterator[Article]:
    """Label articles in memory and yield them, in order, with all layers.

    Args:
        inputs: files, folders, globs, or the name of a Hub data set.
        config: the settings; the defaults when left out.

    Raises InputError, with the place and the fix, where an input or one of its rows cannot be used. To go on past bad
    rows and keep the result on disk, use `label`.
    """
    config = config or Config()
    stages = build_stages(config)
    for batch in batches(read_documents(inputs, config.articles, _refuse), _BATCH):
        yield from run_stages(stages, [Article(document=document) for document in batch])


def label_text(text: str, *, title: str | None = None, config: Config | None = None) -> Article:
    """Label one article given as a string; its id is ``text``."""
    document = Document(doc_id="text", text=text, title=title)
    return run_stages(build_stages(config or Config()), [Article(document=document)])[0]


def _refuse(reject: Reject) -> NoReturn:
    raise InputError(reject.reason, where=Place(path=reject.file, line=reject.line), fix=reject.fix)


def label(
    inputs: Sequence[str],
    out: Path,
    config: Config | None = None,
    *,
    limit: int | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_columns: Callable[[Columns], None] = lambda _: None,
    on_changes: Callable[[list[str]], None] = lambda _: None,
) -> Labelled:
    """Label articles into the run folder `out`.

    May be stopped at any moment; called again with the same arguments it goes on where it stopped, and the tables come
    out the same to the byte. Rows that cannot be used are collected in ``rejects.jsonl``, what is odd about articles in
    ``remarks.jsonl``; good rows go on. What the columns of a table are taken for goes to `on_columns` before anything
    is labelled, and to `on_changes` which settings are others than those that an earlier run in `out` was made with
    (``section.name``): what they bear on is made again.

    Raises InputError when not one article could be used, and RunError when `out` holds anything but a run over the same
    inputs, or one of more articles than `limit`, or another process is labelling into it.
    """
    config = config or Config()
    began = time.monotonic()
    rejects: list[Reject] = []
    remarks: list[Remark] = []
    reading = read_documents(inputs, config.articles, rejects.append, remarks.append, on_columns)
    documents = islice(_checked(reading, rejects), limit)
    stages = build_stages(config)
    with Run.hold(out, list(inputs)) as run:
        _check_limit(run, limit)
        if changed := _changed_settings(run, config):
            on_changes(changed)
        head = _manifest(inputs, config, stages, limit)
        run.write_manifest({**head, "status": "running"})
        counts = run_inline(documents, stages, run, chunk_articles=config.run.chunk_articles, on_progress=on_progress)
        reused = counts.pop("reused")
        run.write_rejects(rejects)
        run.write_remarks(remarks)
        seconds = round(time.monotonic() - began, 2)
        kinds = [remark.kind for remark in remarks]
        counts |= {"rejects": len(rejects)} | {kind: kinds.count(kind) for kind in get_args(RemarkKind)}
        tail = {"status": "complete", "counts": counts, "sha256": run.digests(), "seconds": seconds}
        run.write_manifest({**head, **tail})
    return Labelled(
        run=run,
        counts=counts,
        rejects=tuple(rejects),
        remarks=tuple({remark.kind: remark for remark in reversed(remarks)}.values())[::-1],
        reused=reused,
        seconds=seconds,
    )


def _checked(documents: Iterator[Document], rejects: Sequence[Reject]) -> Iterator[Document]:
    """The same documents; raises InputError, before anything is loaded or written, where there is not one."""
    first = next(documents, None)
    if first is not None:
        return chain([first], documents)
    if len(rejects) == 1:
        _refuse(rejects[0])
    raise InputError(
        f"not one article could be used; {len(rejects)} were rejected, the first because {rejects[0].reason}",
        where=Place(path=rejects[0].file, line=rejects[0].line),
        fix=rejects[0].fix,
    )


def _changed_settings(run: Run, config: Config) -> list[str]:
    """Which settings that bear on the tables differ from those that the run was made with, ``section.name``."""
    if not (run.path / "manifest.json").is_file():
        return []
    earlier, now = run.manifest().get("config", {}), config.model_dump(mode="json")
    return [
        f"{section}.{name}"
        for section in ("articles", "attribute", "prelabel", "run")
        for name, value in now[section].items()
        if name not in _NEVER_THE_RESULT and earlier.get(section, {}).get(name, value) != value
    ]


def _check_limit(run: Run, limit: int | None) -> None:
    """Raise RunError where the limit would remove articles that are done."""
    if limit is not None and (done := run.documents()) > limit:
        raise RunError(
            f"the run has {done:,} articles, and a limit of {limit:,} would remove those after it.",
            where=Place(path=run.path),
            fix="give --out the name of a new folder, or leave --limit out.",
        )


def _manifest(inputs: Sequence[str], config: Config, stages: Sequence[Stage], limit: int | None) -> dict[str, object]:
    return {
        "inputs": list(inputs),
        "limit": limit,
        "config": config.model_dump(mode="json"),
        "model": next((stage.model for stage in stages if isinstance(stage, Prelabel)), None),
        "stages": {stage.name: stage.fingerprint for stage in stages},
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _RECORDED},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }
