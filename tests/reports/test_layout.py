from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.labels import DEFAULT_SCHEME
from pipeline.records import Article, Attribution, Document, Quotation, Sentence, Span
from reports.view.layout import Layout, lay_out
from reports.view.summary import summarise
from tests.strategies import texts

kinds = st.sampled_from(["headline", "dateline", "metadata", "body"])


@st.composite
def cut_articles(draw):
    """A text cut anywhere into sentences, with attributions and quotations anywhere."""
    text = draw(texts)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    sentences = tuple(
        Sentence(sentence_id=f"s{i}", index=i, paragraph=draw(st.integers(0, 3)), span=Span(a, b), kind=draw(kinds))
        for i, (a, b) in enumerate(zip(edges[::2], edges[1::2], strict=False))
    )
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda p: Span(min(p), max(p)))
    said = tuple(
        Attribution(
            attribution_id=f"a{i}", speaker_id="x", content=tuple(content), cue=cue, source=source, type="mixed",
            force="speech", rule="r", confidence=0.5,
        )
        for i, (content, cue, source) in enumerate(
            draw(st.lists(st.tuples(st.lists(places, max_size=3), st.none() | places, st.none() | places), max_size=4))
        )
    )  # fmt: skip
    quoted = (Quotation(quotation_id="q", pieces=tuple(draw(st.lists(places, max_size=3))), kind="speech"),)
    document = Document(doc_id="d", text=text)
    return Article(document=document, sentences=sentences, attributions=said, quotations=quoted)


def laid_out(article: Article) -> Layout:
    return lay_out(article, summarise(article, DEFAULT_SCHEME).lines)


def phrases(layout: Layout):
    return [phrase for block in layout.blocks for phrase in block.phrases]


@given(cut_articles())
def test_the_pieces_put_together_are_the_text(article):
    layout = laid_out(article)
    told = "".join(p.gap + "".join(piece.text for piece in p.pieces) for p in phrases(layout))
    assert told + layout.tail == article.document.text


@given(cut_articles())
def test_a_piece_is_marked_by_what_covers_it(article):
    for phrase in phrases(laid_out(article)):
        start = phrase.line.sentence.span.start
        for piece in phrase.pieces:
            here = Span(start, start + len(piece.text))
            covers = [a for a in article.attributions if any(c.covers(here) and c.start < c.end for c in a.content)]
            if here.start < here.end:
                assert (piece.content in covers) if covers else piece.content is None
            start = here.end


def test_the_seed_falls_into_its_paragraphs(demo):
    layout = laid_out(demo)
    assert [block.kind for block in layout.blocks] == ["metadata", "headline"] + ["body"] * 11
    assert layout.blocks[0].text == "date 2024-10-25"


def test_the_marks_of_the_seed_stand_where_they_should(demo):
    nelson = phrases(laid_out(demo))[4]
    assert [(p.text, bool(p.content), p.quoted, bool(p.cue), bool(p.source)) for p in nelson.pieces] == [
        ("Nelson", False, False, False, True),
        (", expressing his concerns, ", False, False, False, False),
        ("stated", False, False, True, False),
        (", ", False, False, False, False),
        ('"I don\'t know if that story is true, but it ought to be scrutinized."', True, True, False, False),
    ]


def test_an_attribution_within_another_is_the_one_shown():
    text = "He said she said no."
    outer, inner = Span(8, 20), Span(17, 19)
    made = [
        Attribution(
            attribution_id=name, speaker_id=name, content=(span,), cue=None, source=None, type="indirect",
            force="speech", rule="r", confidence=1,
        )
        for name, span in (("inner", inner), ("outer", outer))
    ]  # fmt: skip
    sentence = Sentence(sentence_id="s", index=0, paragraph=0, span=Span(0, 20), kind="body")
    article = Article(document=Document(doc_id="d", text=text), sentences=(sentence,), attributions=tuple(made))
    shown = [(p.text, p.content and p.content.attribution_id) for p in phrases(laid_out(article))[0].pieces]
    assert shown == [("He said ", None), ("she said ", "outer"), ("no", "inner"), (".", "outer")]
