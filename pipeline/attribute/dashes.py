"""Dialogue that dashes open, as French, Spanish and Polish papers print it: *— They came, says X. With maps*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.attribute.findings import Finding, with_more
from pipeline.attribute.scene import Scene

_DASH = re.compile(r"[—–―]\s")
_TURNS = frozenset({"parenthetical", "clause"})


def with_dialogue(scene: Scene, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those of a paragraph that a dash opens with the sentences after them, which nothing else reports.

    A dash opens somebody's turn, which goes on to the end of the paragraph.
    """
    heard = {finding.sentence for finding in findings}
    return [
        _to_end(scene, each, heard) if each.rule in _TURNS and each.force == "speech" else each for each in findings
    ]


def _to_end(scene: Scene, finding: Finding, heard: set[int]) -> Finding:
    at = finding.sentence
    start = scene.sentences[at].span.start
    first = not at or not scene.same_paragraph(at - 1, at)
    if not first or finding.source is None or not _DASH.match(scene.text, start):
        return finding
    pieces = []
    while (after := at + 1) < len(scene.sentences) and scene.same_paragraph(at, after) and after not in heard:
        pieces.append(scene.sentences[after].span)
        at = after
    return replace(finding, content=with_more(finding.content, tuple(pieces)))
