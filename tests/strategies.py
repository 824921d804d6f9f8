"""Hypothesis strategies for texts and articles that real news and real enemies would send."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.records import (
    Article,
    Attribution,
    Document,
    Mention,
    Prediction,
    Quotation,
    Sentence,
    Span,
    Speaker,
    Voice,
)

words = st.sampled_from(
    [
        *'Nelson said that the “story” is true. "It is," he added. WASHINGTON (AP) — Mr. Smith\'s U.S. 3.5'.split(),
        *"… ? ! « » ‘ ’ ) ( 😀 <script> & المتحدث 发言人".split(),
        *("\n\n", "\r\n", "\u202eabc\u202c", "e\u0301", "\x00", "\x1b[31m", "\t"),
    ]
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    st.lists(words, max_size=60).map(" ".join),
)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
maybe = st.none() | names
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(min(ends), max(ends)))
probabilities = st.floats(0, 1)


def documents(doc_ids: st.SearchStrategy[str] = names) -> st.SearchStrategy[Document]:
    return st.builds(
        Document, doc_id=doc_ids, text=texts, title=maybe, source=maybe, url=maybe, date=maybe, path=maybe,
        line=st.none() | st.integers(1, 10**9),
    )  # fmt: skip


@st.composite
def articles(draw: st.DrawFn, attributed: bool = True, predicted: bool = True) -> Article:
    """An article with layers of arbitrary, consistent content."""
    document = draw(documents())
    kinds = st.sampled_from(["headline", "dateline", "metadata", "body"])
    sentences = tuple(
        Sentence(sentence_id=f"s{index}", index=index, paragraph=index // 2, span=draw(spans), kind=draw(kinds))
        for index in range(draw(st.integers(0, 4)))
    )
    if not attributed:
        return Article(document=document, sentences=sentences)
    speakers = tuple(_speaker(draw, index) for index in range(draw(st.integers(1, 3))))
    attributions = tuple(_attribution(draw, index, speakers) for index in range(draw(st.integers(0, 3))))
    said_in = st.none() | st.sampled_from([a.attribution_id for a in attributions] or [None])
    voices = tuple(
        Voice(
            sentence_id=sentence.sentence_id,
            speaker_id=draw(st.sampled_from(speakers)).speaker_id,
            attribution_id=draw(said_in),
            confidence=draw(probabilities),
        )
        for sentence in sentences
    )
    quotations = st.builds(
        Quotation, quotation_id=names, pieces=st.lists(spans, min_size=1, max_size=2).map(tuple),
        kind=st.sampled_from(["speech", "scare", "title", "block"]),
    )  # fmt: skip
    return Article(
        document=document,
        sentences=sentences,
        quotations=tuple(draw(st.lists(quotations, max_size=2))),
        speakers=speakers,
        attributions=attributions,
        voices=voices,
        predictions=tuple(_prediction(draw, sentence) for sentence in sentences) if predicted else None,
    )


def _speaker(draw: st.DrawFn, index: int) -> Speaker:
    mentions = st.builds(
        Mention, start=st.integers(0, 50), end=st.integers(50, 99), kind=st.sampled_from(["name", "pronoun"])
    )
    return Speaker(
        speaker_id=f"p{index}",
        name=draw(names),
        kind=draw(st.sampled_from(["person", "organisation", "group", "author", "unknown"])),
        aliases=tuple(draw(st.lists(names, max_size=2))),
        titles=tuple(draw(st.lists(names, max_size=2))),
        gender=draw(st.sampled_from([None, "female", "male"])),
        speaks_for=draw(maybe),
        mentions=tuple(draw(st.lists(mentions, max_size=3))),
    )


def _attribution(draw: st.DrawFn, index: int, speakers: tuple[Speaker, ...]) -> Attribution:
    return Attribution(
        attribution_id=f"a{index}",
        speaker_id=draw(st.sampled_from(speakers)).speaker_id,
        content=tuple(draw(st.lists(spans, min_size=1, max_size=3))),
        cue=draw(st.none() | spans),
        source=draw(st.none() | spans),
        type=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        force=draw(st.sampled_from(["speech", "attitude", "no-comment", "hedged"])),
        rule=draw(names),
        confidence=draw(probabilities),
        evidence=draw(names),
        parent=draw(maybe),
        runner_up=draw(maybe),
    )


def _prediction(draw: st.DrawFn, sentence: Sentence) -> Prediction:
    return Prediction(
        sentence_id=sentence.sentence_id,
        target=draw(names),
        question="stance",
        label="neutral",
        scores={"favor": draw(probabilities), "neutral": draw(probabilities), "against": draw(probabilities)},
        model="model@1",
        text_judged=draw(st.sampled_from(["content", "sentence"])),
        reason=draw(st.sampled_from([None, "target not mentioned"])),
    )
