"""Quotations beside a cue in their own sentence: *"...," he said*, *said X: "..."*, *"..." - X*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.attribute.agents import agent_of, is_abstract, issuer_of
from pipeline.attribute.anyverb import any_verb
from pipeline.attribute.beside import noun_beside
from pipeline.attribute.findings import OF_MAIN_VERB, Finding, Source
from pipeline.attribute.introducing import quoting_verbs
from pipeline.attribute.lexicon import DOCUMENTS, IMPERSONAL, ISSUING, RELATIVES, ROLE_WORDS
from pipeline.attribute.organisations import looks_like_organisation
from pipeline.attribute.quotations import Quote
from pipeline.attribute.sources import source_at
from pipeline.attribute.tree import NAMES, NOUNS, Tree, is_main
from pipeline.records import Span

_DISTANCE = 14
_FEWEST_WORDS = 3
_GOES_ON = frozenset({"and", "but", "or", "because", "which", "who", "that", "as", "while", "when", "if", "so", "yet"})
"""Words that can open a clause which goes on with a quotation."""


def quote_findings(
    tree: Tree, quotes: Sequence[Quote], sentence: int, taken: Sequence[Span]
) -> Iterator[tuple[Quote, Finding]]:
    """For each speech quotation of a sentence that no content holds yet: the finding of its nearest verb."""
    for quote in quotes:
        if quote.kind == "title" or any(_shares(piece, span) for span in taken for piece in quote.pieces):
            continue
        verbs = quoting_verbs(tree, quote)
        near = [verb for distance, verb in verbs if distance <= _DISTANCE or _leads_up_to(tree, verb, quote)]
        for verb in near:
            source = _source_of(tree, verb)
            if source is None or any(piece.overlaps(source.span) for piece in quote.pieces):
                continue
            yield quote, _finding(tree, quote, verb, source, sentence)
            break
        else:
            found = _by_any_verb(tree, quote, sentence) or _after_colon(tree, quote, sentence)
            if found is not None and len(near) == len(verbs):
                yield quote, found


def _leads_up_to(tree: Tree, verb: int, quote: Quote) -> bool:
    """Whether a main verb with nothing said yet leads up, however far, to the comma or colon before a quotation."""
    before = [i for i in range(verb, len(tree)) if tree.starts[i] < quote.start]
    if not before or tree.heads[verb] != verb or tree.words[before[-1]] not in (",", ":"):
        return False
    agent = agent_of(tree, verb)
    if agent is None or is_abstract(tree, agent) or tree.child(verb, "ccomp", "xcomp") is not None:
        return False
    first = next((i for i in range(before[-1] + 1, len(tree)) if tree.words[i][0].isalnum()), None)
    return first is not None and tree.words[first][0].isupper() and not any(tree.quoted[i] for i in before)


def _by_any_verb(tree: Tree, quote: Quote, sentence: int) -> Finding | None:
    """A quotation beside a verb that no list has."""
    found = any_verb(tree, quote)
    if found is None:
        return None
    verb, agent = found
    return replace(_finding(tree, quote, verb, source_at(tree, agent), sentence), certainty=0.7)


def _after_colon(tree: Tree, quote: Quote, sentence: int) -> Finding | None:
    """A quotation after a colon without a verb of saying: from the subject of the main verb, *he had one message:*.

    After *he issued a statement* a comma will do.
    """
    before = [i for i in range(len(tree)) if tree.starts[i] < quote.start]
    root = next((i for i in before if (tree.heads[i] == i or tree.heads[i] > before[-1]) and tree.is_verb(i)), None)
    if root is None or not (tree.words[before[-1]] == ":" or (tree.words[before[-1]] == "," and _issues(tree, root))):
        return None
    agent = agent_of(tree, root)
    if agent is None or agent not in before or is_abstract(tree, agent) or tree.lower[agent] in IMPERSONAL:
        return None
    if _ends_in_name(tree, before):
        return None
    issuer = issuer_of(tree, agent)
    agent = agent if issuer is None else issuer
    source = source_at(tree, agent)
    if source.kind == "nominal" and not source.plural and tree.tags[agent] == "NN" and not _can_speak(tree, agent):
        return None
    return replace(_finding(tree, quote, root, source, sentence), rule="after colon", certainty=0.7)


def _can_speak(tree: Tree, noun: int) -> bool:
    """Whether a noun stands for a person by role, or for an organisation."""
    word = tree.lower[noun]
    return word in ROLE_WORDS or looks_like_organisation(word)


def _issues(tree: Tree, verb: int) -> bool:
    """Whether a verb has a statement, letter or the like as its object."""
    thing = tree.child(verb, "dobj")
    return thing is not None and tree.lower[verb] in ISSUING and tree.lower[thing] in DOCUMENTS


def _ends_in_name(tree: Tree, before: Sequence[int]) -> bool:
    """Whether a dash and a name stand right before the colon, or *more from* and a name: somebody else's turn."""
    at = len(before) - 2
    while at >= 0 and (tree.tags[before[at]] in NAMES or tree.words[before[at]] == "and"):
        at -= 1
    while at >= 0 and tree.lower[before[at]] in ("more", "from"):
        at -= 1
    return 0 <= at < len(before) - 2 and tree.words[before[at]] in ("-", "–", "—", "--", "―")


def _shares(piece: Span, span: Span) -> bool:
    shared = min(piece.end, span.end) - max(piece.start, span.start)
    return shared > 0.5 * (piece.end - piece.start)


def _finding(tree: Tree, quote: Quote, verb: int, source: Source, sentence: int) -> Finding:
    return Finding(
        content=_to_aside(tree, _from_clause(tree, quote, verb), min(tree.starts[verb], source.span.start)),
        cue=tree.span(verb, verb),
        source=source,
        force="speech",
        rule="quotation",
        sentence=sentence,
        certainty=0.95,
        weight=_weight(tree, quote, verb),
    )


def _weight(tree: Tree, quote: Quote, verb: int) -> float:
    """What a sentence opens with makes it the speaker's however short: all the rest is who says it, and how."""
    if tree.quoted[0] and quote.start <= tree.starts[0]:
        return 0.0
    return OF_MAIN_VERB if is_main(tree, verb) else 1.0


def _to_aside(tree: Tree, pieces: tuple[Span, ...], aside: int) -> tuple[Span, ...]:
    """The pieces, the last with the clause that goes on from it: *"We won," and it was no luck, he said*."""
    rest = [i for i in range(len(tree)) if pieces[-1].end <= tree.starts[i] < aside]
    words = [i for i in rest if tree.words[i].isalpha()]
    if len(words) < _FEWEST_WORDS or tree.lower[words[0]] not in _GOES_ON or tree.words[rest[-1]] != ",":
        return pieces
    return (*pieces[:-1], Span(pieces[-1].start, tree.ends[words[-1]]))


def _from_clause(tree: Tree, quote: Quote, verb: int) -> tuple[Span, ...]:
    """The quotation, with the clause that leads into it: *said because he was late, "they left"*."""
    between = [i for i in range(verb + 1, len(tree)) if tree.starts[i] < quote.start and not tree.quoted[i]]
    subject = tree.subject(verb)
    leads = [i for i in between if (own := tree.subject(i)) is not None and own != subject and own in between]
    if subject is not None:
        leads = [i for i in leads if not tree.within(i, subject)]
    if between and tree.words[between[-1]] == ":":
        leads = [i for i in leads if tree.deps[i] == "ccomp" and tree.heads[i] == verb]
    if not leads:
        return quote.pieces
    first = min(tree.lefts[i] for i in leads)
    return (Span(tree.starts[max(first, verb + 1)], quote.pieces[0].end), *quote.pieces[1:])


def _source_of(tree: Tree, verb: int) -> Source | None:
    """The subject of the verb; where the parse has none, the name or pronoun right beside it."""
    agent = agent_of(tree, verb)
    if agent is not None and not tree.quoted[agent] and not _hangs_elsewhere(tree, verb, agent):
        return source_at(tree, agent)
    if (beside := noun_beside(tree, verb)) is not None:
        source = source_at(tree, beside)
        after = source.span.start <= tree.starts[verb] < source.head.start
        return replace(source, span=Span(tree.starts[verb + 1], source.span.end)) if after else source
    if verb and tree.words[verb].endswith("ing") and tree.words[verb - 1] == ",":
        subject = next((i for i in range(verb) if tree.deps[i] == "nsubj" and not tree.quoted[i]), None)
        return None if subject is None else source_at(tree, subject)
    for near in (verb - 1, verb + 1):
        if 0 <= near < len(tree) and not tree.quoted[near] and tree.tags[near] in NOUNS | {"PRP"}:
            return source_at(tree, _last_of_name(tree, near))
    return None


def _hangs_elsewhere(tree: Tree, verb: int, agent: int) -> bool:
    """Whether an agent is the subject of another verb's aside: *who* of *Skelly, who had left, said*."""
    return tree.lower[agent] in RELATIVES and tree.heads[agent] != verb and tree.heads[verb] == verb


def _last_of_name(tree: Tree, token: int) -> int:
    while token + 1 < len(tree) and tree.tags[token] in NOUNS and tree.tags[token + 1] in NOUNS:
        token += 1
    return token
