"""Quotations that no cue of their own sentence holds: the sentence after or before, the paragraph, the last speaker."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.attribute.agents import agent_of, is_abstract, issuer_of
from pipeline.attribute.alone import ALONE
from pipeline.attribute.attachment import cue_at
from pipeline.attribute.beside import noun_beside
from pipeline.attribute.findings import Finding, Source, letters, with_more
from pipeline.attribute.lexicon import DOCUMENTS, IMPERSONAL
from pipeline.attribute.quotations import Quote
from pipeline.attribute.scene import Scene, fills_sentences
from pipeline.attribute.sources import source_at
from pipeline.attribute.tree import Tree
from pipeline.records import Span

_OWN_SENTENCE = 0.7
_GOES_ON_IN = 0.4
_NEXT_WORDS = 6
_FEWEST_LETTERS = 20
_LOOKED_AT = 40
"""Of what is held before the end of a quotation so many pieces are looked at: few reports lie in one another."""
_TOLD = frozenset({"ask", "tell"})
_MERGING = frozenset({"quotation", "clause", "parenthetical", "quotation before", "colon", "dash"})


def with_left_over(scene: Scene, findings: Iterable[Finding]) -> list[Finding]:
    """Add to `findings` the quotations, in text order, that none of them holds, each to its likeliest speaker."""
    kept = sorted(findings, key=lambda finding: (finding.sentence, finding.content))
    held = sorted(piece for finding in kept for piece in finding.content)
    sizes: dict[int, int] = {}
    for quote in scene.quotes:
        if quote.kind != "speech" or _is_held(quote, held):
            continue
        index = scene.sentence_at(quote.body)
        if index not in sizes:
            sizes[index] = letters(scene.text, scene.sentences[index].span)
        if _fills_sentence(scene, quote, index, sizes[index]):
            _place(scene, kept, quote, index)
    return kept


def block_findings(scene: Scene) -> list[Finding]:
    """Paragraphs without marks after a paragraph that ends in *X said:*, one for each."""
    found = []
    for index, sentence in enumerate(scene.sentences[:-1]):
        after = index + 1
        if scene.same_paragraph(index, after) or not scene.words_of(index).endswith(":") or index not in scene.trees:
            continue
        if sentence.kind == "body" and not scene.quotes_in[after] and _ends_saying(scene.trees[index]):
            span = Span(scene.sentences[after].span.start, scene.paragraph_end(after))
            block = Quote(pieces=(span,), kind="block")
            found += [each for each in [_colon_before(scene, block, after)] if each is not None]
    return [replace(each, rule="block", certainty=0.7) for each in found]


def _ends_saying(tree: Tree) -> bool:
    """Whether a verb of speech stands among the last words, as in *he said on Monday:*."""
    last = range(max(0, len(tree) - _NEXT_WORDS), len(tree))
    return any(_says(tree, verb) and tree.child(verb, "dobj", "ccomp") is None for verb in last)


def _place(scene: Scene, kept: list[Finding], quote: Quote, index: int) -> None:
    """Put one quotation into `kept`: as further content of a finding, or as a finding of its own."""
    last = scene.sentence_at(quote.end - 1)
    found = _verb_after(scene, quote, last) or _colon_before(scene, quote, index)
    if found is not None:
        insort(kept, found, key=_sentence_of)
        return
    source = _subject_before(scene, index)
    near = _speech_before(kept, index)
    if near is not None and (
        _adjoins(scene, kept[near], index) or (source is None and _goes_on(scene, kept[near], quote, index))
    ):
        kept[near] = replace(kept[near], content=with_more(kept[near].content, quote.pieces))
    elif (source := source or _brought_in(scene, quote, index)) is not None:
        insort(kept, _without_cue(quote, source, index), key=_sentence_of)
    elif scene.text[quote.start] not in "'‘" and fills_sentences(scene.sentences, quote, index):
        insort(kept, replace(_without_cue(quote, None, index), rule=ALONE), key=_sentence_of)


def _sentence_of(finding: Finding) -> int:
    return finding.sentence


def _is_held(quote: Quote, held: Sequence[Span]) -> bool:
    at = bisect_right(held, Span(quote.end, 0))
    return any(piece.overlaps(quote.pieces[0]) for piece in held[max(0, at - _LOOKED_AT) : at])


def _fills_sentence(scene: Scene, quote: Quote, index: int, whole: int) -> bool:
    """Whether a quotation makes up most of a sentence, which has `whole` letters, or opens it within a paragraph."""
    sentence = scene.sentences[index].span
    inside = letters(scene.text, Span(max(sentence.start, quote.start), min(sentence.end, quote.end)))
    goes_on = quote.start == sentence.start and index > 0 and scene.same_paragraph(index - 1, index)
    return inside >= (_GOES_ON_IN if goes_on else _OWN_SENTENCE) * whole


def _verb_after(scene: Scene, quote: Quote, last: int) -> Finding | None:
    """*"...?" X asked.*, where the splitter has put a cut after the quotation."""
    after = last + 1
    if after >= len(scene.sentences) or not scene.same_paragraph(last, after):
        return None
    tree = scene.trees.get(after)
    if tree is None or not tree.words or tree.quoted[0]:
        return None
    for verb in range(min(len(tree), 3 * _NEXT_WORDS)):
        if _says(tree, verb) and not _says_else(tree, verb) and tree.heads[verb] == verb:
            subject = tree.subject(verb)
            apart = verb if subject is None or verb < subject else verb - (tree.rights[subject] - tree.lefts[subject])
            if apart <= _NEXT_WORDS:
                return _finding(tree, verb, quote, after, "quotation before")
    return None


def _colon_before(scene: Scene, quote: Quote, index: int) -> Finding | None:
    """*X reports:* at the end of the sentence before."""
    if not index or not scene.words_of(index - 1).endswith(":"):
        return None
    tree = scene.trees.get(index - 1)
    if tree is None:
        return None
    verbs = [verb for verb in range(len(tree)) if _says(tree, verb)]
    found = next((f for v in reversed(verbs) if (f := _finding(tree, v, quote, index - 1, "colon"))), None)
    return found or _from_subject(tree, quote, index - 1) or _from_document(tree, quote, index - 1)


def _from_subject(tree: Tree, quote: Quote, index: int) -> Finding | None:
    """*He had this list:*, from whoever is the subject, if that is a name or a pronoun."""
    root = next((i for i in range(len(tree)) if tree.heads[i] == i and tree.is_verb(i)), None)
    found = None if root is None else _finding(tree, root, quote, index, "after colon")
    if found is None or found.source is None or found.source.kind == "nominal":
        return None
    word = tree.lower[tree.subject(root) or 0] if root is not None else ""
    return None if word in IMPERSONAL else replace(found, certainty=0.7)


def _from_document(tree: Tree, quote: Quote, index: int) -> Finding | None:
    """*Transcript as follows:*, *Here is her statement:*: a text, or whose text it is."""
    texts = [i for i in range(len(tree)) if tree.lower[i] in DOCUMENTS and not tree.quoted[i]]
    if not texts:
        return None
    issuer = issuer_of(tree, texts[-1])
    return Finding(
        content=quote.pieces,
        cue=tree.span(len(tree) - 1, len(tree) - 1),
        source=source_at(tree, texts[-1] if issuer is None else issuer),
        force="speech",
        rule="colon",
        sentence=index,
        certainty=0.7,
    )


def _says(tree: Tree, verb: int) -> bool:
    cue = cue_at(tree, verb)
    return cue is not None and cue.force == "speech" and tree.is_verb(verb) and not tree.quoted[verb]


def _says_else(tree: Tree, verb: int) -> bool:
    """Whether a verb of speech has something else to say; who is asked or told is nothing said."""
    thing, cue = tree.child(verb, "dobj"), cue_at(tree, verb)
    told = thing is not None and cue is not None and cue.base in _TOLD and tree.tags[thing] in ("NNS", "NNP", "PRP")
    return tree.child(verb, "ccomp") is not None or (thing is not None and not told)


def _finding(tree: Tree, verb: int, quote: Quote, index: int, rule: str) -> Finding | None:
    agent = agent_of(tree, verb)
    agent = noun_beside(tree, verb) if agent is None and not verb else agent
    if agent is None:
        return None
    return Finding(
        content=quote.pieces,
        cue=tree.span(verb, verb),
        source=source_at(tree, agent),
        force="speech",
        rule=rule,
        sentence=index,
        certainty=0.9,
    )


def _speech_before(kept: Sequence[Finding], index: int) -> int | None:
    """The last finding of speech with a source up to a sentence; of several in one, that of a quotation goes first."""
    last = None
    for at in range(bisect_right(kept, index, key=_sentence_of) - 1, -1, -1):
        if last is not None and kept[at].sentence < kept[last].sentence:
            break
        if kept[at].force == "speech" and kept[at].source is not None:
            if kept[at].rule == "quotation":
                return at
            last = at if last is None else last
    return last


def _adjoins(scene: Scene, found: Finding, index: int) -> bool:
    """Whether a quotation in sentence `index` goes on with what a finding quotes, with nothing between them."""
    last = max(found.sentence, scene.sentence_at(found.content[-1].end - 1))
    return found.rule in _MERGING and index - last <= 1 and scene.same_paragraph(found.sentence, index)


def _without_cue(quote: Quote, source: Source | None, index: int) -> Finding:
    """A quotation from the subject of the sentence before."""
    return Finding(
        content=quote.pieces,
        cue=None,
        source=source,
        force="speech",
        rule="subject before",
        sentence=index,
        certainty=0.5,
    )


def _goes_on(scene: Scene, found: Finding, quote: Quote, index: int) -> bool:
    """Whether a quotation that is a paragraph may go on with a speaker quoted in the paragraph before."""
    last = scene.sentence_at(found.content[-1].end - 1)
    apart = scene.sentences[index].paragraph - scene.sentences[max(last, found.sentence)].paragraph
    long = letters(scene.text, quote.pieces[0]) >= _FEWEST_LETTERS and scene.text[quote.start] not in "'‘"
    return long and apart <= 1 and found.rule in _MERGING


def _brought_in(scene: Scene, quote: Quote, index: int) -> Source | None:
    """For a quotation that is a paragraph: the subject that ends the one before, *Howard was scathing.*, if named."""
    opens = index > 0 and not scene.same_paragraph(index - 1, index) and scene.text[quote.start] not in "'‘"
    if not opens or scene.sentences[index - 1].kind != "body" or not fills_sentences(scene.sentences, quote, index):
        return None
    source = _subject_of(scene, index - 1)
    return None if source is None or source.kind == "nominal" else source


def _subject_before(scene: Scene, index: int) -> Source | None:
    """The subject of the sentence before, in the same paragraph, if it can speak."""
    return _subject_of(scene, index - 1) if index and scene.same_paragraph(index - 1, index) else None


def _subject_of(scene: Scene, index: int) -> Source | None:
    """The subject of a sentence, if it can speak."""
    tree = scene.trees.get(index)
    if tree is None:
        return None
    root = next((i for i in range(len(tree)) if tree.heads[i] == i and not tree.quoted[i]), None)
    subject = None if root is None else tree.subject(root)
    if subject is None or tree.lower[subject] in IMPERSONAL | {"which", "what"} or is_abstract(tree, subject):
        return None
    return source_at(tree, subject)
