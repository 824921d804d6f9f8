"""spaCy's tagger and parser as they are, with what they do over and over done once for many sentences.

A word's vector depends on the word alone, so each kind of word is looked up once. The parser's loop in spaCy asks for
the interpreter's lock and gives it back for each of the eight vectors that it adds up in each step, of which a sentence
takes two a word: on two machines that cost twice as much as all the parser's products. Here the lock is held, and what
a step costs once is shared by all the sentences that stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

_WORDS_READ = 1_600
"""Words whose neighbours are looked at together: with more, memory is cleared anew for each array."""

_WORDS_STEPPED = 8_000
"""Words whose sentences step together; the parser keeps 4 KB for each."""


def parsed(model: Any, docs: Iterable[Any]) -> Iterator[Any]:  # noqa: ANN401
    """Run tok2vec, tagger and parser of a spaCy model over `docs`; yield them in order, tagged and parsed.

    The trees are those of ``model.pipe(docs)``, but for steps whose two best scores are within rounding of each other.
    """
    tok2vec, tagger, parser = (component for _, component in model.components)
    embed, encode = tok2vec.model.layers
    for together in _by_words(docs, _WORDS_STEPPED):
        vectors = iter(_word_vectors(embed, together))
        for some in _by_words(together, _WORDS_READ):
            tok2vec.set_annotations(some, encode.predict([next(vectors) for _ in some]))
            tagger.set_annotations(some, tagger.predict(some))
        parser.set_annotations(together, _take_steps(parser, together))
        yield from together


def _word_vectors(embed: Any, docs: Sequence[Any]) -> list[Any]:  # noqa: ANN401
    """What the words of each of `docs` are before their neighbours are looked at: (words, width), in order."""
    extract, _, look_up, mix, _ = embed.layers
    features = extract.predict(docs)
    kinds, kind_of = np.unique(np.concatenate(features), axis=0, return_inverse=True)
    vectors = mix.predict(look_up.predict(kinds))[kind_of.ravel()]
    return np.split(vectors, np.cumsum([len(each) for each in features])[:-1])


def _take_steps(parser: Any, docs: Sequence[Any]) -> list[Any]:  # noqa: ANN401
    """Return the final states of `docs`, in order."""
    batch: list[Any] = parser.moves.init_batch(docs)
    states = [state for state in batch if not state.is_final()]
    if states:
        model = parser.model.predict(docs)
        while states:
            states = parser.transition_states(states, model.predict(states))
        model.clear_memory()
    return batch


def _by_words(docs: Iterable[Any], most: int) -> Iterator[list[Any]]:
    """`docs` in order, in lists of as many as have at most `most` words together; a longer one stands alone."""
    some: list[Any] = []
    words = 0
    for doc in docs:
        if some and words + len(doc) > most:
            yield some
            some, words = [], 0
        some.append(doc)
        words += len(doc)
    if some:
        yield some
