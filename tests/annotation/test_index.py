"""The index of an article: what belongs to each sentence, found as fast in a long article as in a short one."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotation.page.index import index_of
from annotation.page.tasks import task
from pipeline.config import Config
from pipeline.records import Article, Span
from tests import strategies
from tests.annotation.made import SENTENCES, TEXT, article, item

LAYERS = ("sentences", "speakers", "attributions", "voices", "predictions")


def long_article(times: int) -> Article:
    """The made article so many times over, each time with speakers of its own."""
    base, copies = article(), [numbered(copy) for copy in range(times)]
    return replace(
        base,
        document=replace(base.document, text=TEXT * times),
        **{layer: tuple(one for copy in copies for one in getattr(copy, layer)) for layer in LAYERS},
    )


def numbered(copy: int) -> Article:
    """The made article as it stands in a long one, with that many before it."""
    base, start, first = article(), copy * len(TEXT), copy * len(SENTENCES)

    def moved(span: Span) -> Span:
        return Span(span.start + start, span.end + start)

    ids = {one.sentence_id: f"d:s{one.index + first}" for one in base.sentences}
    return replace(
        base,
        sentences=tuple(
            replace(one, sentence_id=ids[one.sentence_id], index=one.index + first, span=moved(one.span))
            for one in base.sentences
        ),
        speakers=tuple(replace(one, speaker_id=f"{one.speaker_id}-{copy}") for one in base.speakers),
        attributions=tuple(
            replace(
                one,
                attribution_id=f"{one.attribution_id}-{copy}",
                speaker_id=f"{one.speaker_id}-{copy}",
                content=tuple(map(moved, one.content)),
            )
            for one in base.attributions
        ),
        voices=tuple(
            replace(one, sentence_id=ids[one.sentence_id], speaker_id=f"{one.speaker_id}-{copy}") for one in base.voices
        ),
        predictions=tuple(replace(one, sentence_id=ids[one.sentence_id]) for one in base.predictions),
    )


def seconds(made: Article) -> float:
    """Seconds of the processor for the tasks of all sentences, the best of three times."""
    config = Config()
    taken = []
    for _ in range(3):
        start = time.process_time()
        index = index_of(made)
        for place in range(len(made.sentences)):
            task(index, item(place), config)
        taken.append(time.process_time() - start)
    return min(taken)


def test_the_tasks_of_an_article_eight_times_as_long_take_about_eight_times_as_long():
    short, long = seconds(long_article(40)), seconds(long_article(320))
    assert long < 2 * 8 * short


@given(
    st.lists(st.integers(0, 99), max_size=24, unique=True).map(sorted),
    st.lists(st.tuples(st.lists(strategies.spans, min_size=1, max_size=3), st.none() | strategies.spans), max_size=6),
)
def test_an_attribution_touches_the_sentences_that_hold_any_of_its_words(cuts, said):
    base = article()
    attributions = tuple(
        replace(base.attributions[0], attribution_id=f"a{number}", content=tuple(content), cue=cue, source=cue)
        for number, (content, cue) in enumerate(said)
    )
    spans = [Span(*ends) for ends in pairwise(cuts)][:: 1 + len(cuts) % 2]
    sentences = tuple(
        replace(base.sentences[0], sentence_id=f"d:s{index}", index=index, span=span)
        for index, span in enumerate(spans)
    )
    touching = index_of(replace(base, sentences=sentences, attributions=attributions)).touching
    for sentence, found in zip(sentences, touching, strict=True):
        assert found == tuple(
            one
            for one in attributions
            if any(span.overlaps(sentence.span) for span in (*one.content, one.cue or one.content[0]))
        )
