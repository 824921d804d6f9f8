"""Give every quotation of an article to a speaker: by its own sentence, its paragraph, or whoever spoke last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.attribute.clauses import verb_findings
from pipeline.attribute.continuing import block_findings, with_left_over
from pipeline.attribute.dashes import with_dialogue
from pipeline.attribute.findings import Finding, with_more
from pipeline.attribute.interviews import interview_findings
from pipeline.attribute.introducing import called_out
from pipeline.attribute.nouns import noun_findings
from pipeline.attribute.papers import with_writers
from pipeline.attribute.phrases import phrase_findings
from pipeline.attribute.quotations import Quote, stands_apart
from pipeline.attribute.quoted import with_quotations, with_rest
from pipeline.attribute.quoting import quote_findings
from pipeline.attribute.scene import Scene
from pipeline.attribute.transcripts import named_quotations, transcript_findings
from pipeline.attribute.tree import Tree
from pipeline.records import Span

_REPORTS = frozenset({"clause", "parenthetical", "quotation", "according to"})


def find_all(scene: Scene) -> list[Finding]:
    """All findings of an article, in text order of their content; no quotation is given to two speakers."""
    findings: list[Finding] = []
    for index, tree in scene.trees.items():
        if len(tree):
            findings += _sentence_findings(scene, tree, index, scene.quotes_in[index])
    blocks = block_findings(scene)
    findings = [f for f in findings if not any(_nested(f, block) for block in blocks)]
    laid_out = transcript_findings(scene)
    if not any(finding.rule == "turn" for finding in laid_out):
        laid_out += interview_findings(scene)
    findings = [*laid_out, *blocks, *_without_nested(findings)]
    held = {piece for finding in findings for piece in finding.content}
    findings += [finding for finding in named_quotations(scene) if held.isdisjoint(finding.content)]
    findings = with_left_over(scene, with_dialogue(scene, findings))
    return with_writers(scene, sorted(findings, key=lambda finding: (finding.content[0], finding.cue or Span(0, 0))))


def _sentence_findings(scene: Scene, tree: Tree, index: int, quotes: Sequence[Quote]) -> list[Finding]:
    """Findings of one sentence: quotations that stand apart first, then verbs, then phrases and nouns."""
    text = scene.text
    apart = [quote for quote in quotes if stands_apart(text, scene.sentences[index].span, quote)]
    quoted = [with_rest(scene, f, quotes, index) for f in _by_cue(quote_findings(tree, apart, index, []))]
    phrases = [finding for finding in phrase_findings(text, tree, index) if finding.content]
    quoted += [finding for finding in phrases if finding.force == "no-comment"]
    cues = {finding.cue for finding in quoted}
    others = [f for f in verb_findings(text, tree, index) if f.content and not _same_cue(f, cues)]
    others = [with_quotations(text, tree, finding, quotes) for finding in others]
    taken = [piece for finding in (*quoted, *others) for piece in finding.content]
    spoken = [quote for quote in quotes if quote.kind == "speech" or called_out(tree, quote)]
    late = [with_rest(scene, f, quotes, index) for f in _by_cue(quote_findings(tree, spoken, index, taken))]
    rest = [*phrases, *noun_findings(text, tree, index)]
    rest = [with_quotations(text, tree, finding, quotes) for finding in rest if finding.content]
    return _without_doubles([*quoted, *others, *late, *rest])


def _same_cue(finding: Finding, cues: set[Span | None]) -> bool:
    return finding.cue is not None and any(cue is not None and cue.overlaps(finding.cue) for cue in cues)


def _by_cue(pairs: Iterator[tuple[Quote, Finding]]) -> list[Finding]:
    """One finding for each cue, with the pieces of all quotations it introduces."""
    merged: dict[Span | None, Finding] = {}
    for _, finding in pairs:
        earlier = merged.get(finding.cue)
        if earlier is not None:
            merged[finding.cue] = replace(earlier, content=with_more(earlier.content, finding.content))
        else:
            merged[finding.cue] = finding
    return list(merged.values())


def _without_doubles(findings: Sequence[Finding]) -> list[Finding]:
    """Leave out findings with the content, or the cue, of an earlier one."""
    kept: list[Finding] = []
    for finding in findings:
        if not any(finding.content == other.content or _same_cue(finding, {other.cue}) for other in kept):
            kept.append(finding)
    return kept


def _without_nested(findings: list[Finding]) -> list[Finding]:
    """Leave out what stands in the content of another, but for words that this one reports of somebody named."""
    by_sentence: dict[int, list[Finding]] = {}
    for finding in findings:
        by_sentence.setdefault(finding.sentence, []).append(finding)
    return [
        finding
        for finding in findings
        if all(_is_other_s(finding, o) for o in by_sentence[finding.sentence] if _nested(finding, o))
    ]


def _nested(finding: Finding, other: Finding) -> bool:
    if finding is other or finding.cue is None or finding.cue == other.cue or other.source is None:
        return False
    return any(piece.covers(finding.cue) for piece in other.content)


def _is_other_s(finding: Finding, other: Finding) -> bool:
    """Whether what is reported inside a report is said by somebody else, who is named."""
    source, outer = finding.source, other.source
    if source is None or source.kind == "pronoun" or (outer is not None and outer.head == source.head):
        return False
    return finding.force == "speech" and finding.rule in _REPORTS
