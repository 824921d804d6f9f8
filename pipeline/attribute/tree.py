"""A parsed sentence as plain tuples: all that the rules know of syntax, and the only form in which they meet it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.records import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
NAMES = frozenset({"NNP", "NNPS"})
PRONOUNS = frozenset({"PRP", "PRP$", "WP$", "WP", "WDT", "DT", "EX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """One sentence. All tuples have one entry a token, in text order; `heads` point to tokens, a root to itself.

    `starts` and `ends` are half-open code points of the article's text. A quotation may stand as one token whose
    ends are the quotation's own; `quoted` says which tokens lie within quotation marks. `lefts` and `rights` are the
    outermost tokens below each token, inclusive; `lower` has the words in lower case.
    """

    words: tuple[str, ...]
    lower: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[bool, ...]
    children: tuple[tuple[int, ...], ...]
    lefts: tuple[int, ...]
    rights: tuple[int, ...]

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.words)

    def child(self, token: int, *deps: str) -> int | None:
        """The first child that hangs on `token` by one of `deps`, if there is one."""
        return next((each for each in self.children[token] if self.deps[each] in deps), None)

    def subject(self, token: int) -> int | None:
        """The token's own subject, if it has one; of several the nearest before it."""
        found = None
        for each in self.children[token]:
            if self.deps[each] in SUBJECTS:
                if each > token:
                    return each if found is None else found
                found = each
        return found

    def span(self, first: int, last: int) -> Span:
        """Code points from token `first` to token `last`, both included."""
        return Span(self.starts[first], self.ends[last])

    def below(self, token: int) -> Span:
        """Code points of everything below a token."""
        return self.span(self.lefts[token], self.rights[token])

    def ancestors(self, token: int) -> Iterator[int]:
        """The tokens above a token, nearest first."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def within(self, token: int, top: int) -> bool:
        """Whether `token` lies below `top`, or is `top`."""
        return token == top or top in self.ancestors(token)

    def is_verb(self, token: int) -> bool:
        """Whether the token is tagged as a verb."""
        return self.tags[token].startswith("VB")


def is_main(tree: Tree, verb: int) -> bool:
    """Whether a verb is the main verb of its sentence, or joined to it by *and*."""
    while tree.deps[verb] == "conj" and tree.heads[verb] != verb:
        verb = tree.heads[verb]
    return tree.heads[verb] == verb


def build_tree(
    *,
    words: Sequence[str],
    tags: Sequence[str],
    deps: Sequence[str],
    heads: Sequence[int],
    places: Sequence[Span],
    quoted: Sequence[bool],
) -> Tree:
    """Make a `Tree` of parallel sequences, one entry a token; the rest is worked out from `heads`."""
    children: list[list[int]] = [[] for _ in words]
    lefts, rights = list(range(len(words))), list(range(len(words)))
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    for token in _from_the_leaves(heads, children):
        if below := children[token]:
            lefts[token] = min(token, *[lefts[child] for child in below])
            rights[token] = max(token, *[rights[child] for child in below])
    return Tree(
        words=tuple(words),
        lower=tuple(map(str.lower, words)),
        tags=tuple(tags),
        deps=tuple(deps),
        heads=tuple(heads),
        starts=tuple(place.start for place in places),
        ends=tuple(place.end for place in places),
        quoted=tuple(quoted),
        children=tuple(map(tuple, children)),
        lefts=tuple(lefts),
        rights=tuple(rights),
    )


def _from_the_leaves(heads: Sequence[int], children: Sequence[Sequence[int]]) -> list[int]:
    """Tokens in an order in which every token comes after all that hang on it."""
    order = [token for token, head in enumerate(heads) if head == token]
    for token in order:
        order.extend(children[token])
    return order[::-1]
