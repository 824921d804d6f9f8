"""The frame that the queue is drawn from: the body sentences of a run, read from its tables one chunk at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.config import Config
from pipeline.labels import Target
from pipeline.prelabel.encoding import find_mentions
from pipeline.store import Run

UNNAMED = "no target named"
"""The target stratum of sentences that name none of the targets they are asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One sentence that people could be asked about.

    `number` is its place in the run; `certainty`, in [0, 1], the probability of the least sure of the labels that the
    model gives it, its speaker included; `outlet` and `names` (the first target that the text names) are read only
    where the design asks for them, and ``None`` otherwise.
    """

    number: int
    sentence_id: str
    doc_id: str
    attributed: bool
    speaker: str | None
    targets: tuple[Target, ...]
    certainty: float
    outlet: str | None = None
    names: str | None = None


def units(run: Run, config: Config) -> Iterator[Unit]:
    """The body sentences of `run`, in order, with the targets that its predictions are toward."""
    known = _known_targets(run, config)
    strata = config.annotation.strata if config.annotation.sentences == "stratified" else []
    number = 0
    for chunk in range(run.chunks()):
        targets, certainty = _predicted(run, chunk, known, scored=config.annotation.sentences == "uncertain")
        outlets = _outlets(run, chunk) if "outlet" in strata else {}
        aliases = _aliases(run, chunk) if "target" in strata else {}
        for row in _sentences(run, chunk, texts="target" in strata):
            asked = targets.get(row["sentence_id"], ())
            named = _named(row, asked, aliases) if "target" in strata else None
            confidence = 1.0 if row["confidence"] is None else row["confidence"]
            yield Unit(
                number=number,
                sentence_id=row["sentence_id"],
                doc_id=row["doc_id"],
                attributed=row["attribution_id"] is not None,
                speaker=row["speaker"],
                targets=asked,
                certainty=min(certainty.get(row["sentence_id"], 1.0), confidence),
                outlet=outlets.get(row["doc_id"]),
                names=named,
            )
            number += 1


def _known_targets(run: Run, config: Config) -> Mapping[str, Target]:
    """Targets of the configuration that the run was made with, then of this one: they know kinds and aliases."""
    return {target.name: target for target in (*run.settings().targets, *config.targets)}


def _sentences(run: Run, chunk: int, *, texts: bool) -> Iterator[dict[str, Any]]:
    columns = ["sentence_id", "doc_id", "kind", "speaker", "attribution_id", "confidence", *(["text"] if texts else [])]
    for row in run.read_table("sentences", chunk, columns).to_pylist():
        if row["kind"] == "body":
            yield row


def _predicted(
    run: Run, chunk: int, known: Mapping[str, Target], *, scored: bool
) -> tuple[dict[str, tuple[Target, ...]], dict[str, float]]:
    """By sentence: the targets of its predictions, in their order, and how sure the least sure of them is."""
    found: dict[str, dict[str, Target]] = defaultdict(dict)
    certainty: dict[str, float] = {}
    columns = ["sentence_id", "target", *(["label", "scores"] if scored else [])]
    for row in run.read_table("predictions", chunk, columns).to_pylist():
        sentence_id, target = row["sentence_id"], row["target"]
        found[sentence_id][target] = known.get(target) or Target(name=target)
        if scored:
            sure = dict(row["scores"]).get(row["label"], 0.0)
            certainty[sentence_id] = min(certainty.get(sentence_id, 1.0), sure)
    return {sentence_id: tuple(targets.values()) for sentence_id, targets in found.items()}, certainty


def _outlets(run: Run, chunk: int) -> dict[str, str | None]:
    rows = run.read_table("documents", chunk, ["doc_id", "source"]).to_pylist()
    return {row["doc_id"]: row["source"] for row in rows}


def _aliases(run: Run, chunk: int) -> dict[tuple[str, str], tuple[str, ...]]:
    rows = run.read_table("speakers", chunk, ["doc_id", "name", "aliases"]).to_pylist()
    return {(row["doc_id"], row["name"]): tuple(row["aliases"]) for row in rows}


def _named(
    row: Mapping[str, Any], targets: Sequence[Target], aliases: Mapping[tuple[str, str], tuple[str, ...]]
) -> str:
    for target in targets:
        wordings = (target.name, *target.aliases, *aliases.get((row["doc_id"], target.name), ()))
        if any(find_mentions(row["text"], wording) for wording in wordings):
            return target.name
    return UNNAMED
