from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from pipeline.records import Article, Document, Span
from pipeline.split.paragraphs import paragraphs
from pipeline.split.sentences import sentences
from pipeline.split.stage import Split, split_document
from tests.strategies import texts

SEED = "seeds/seed.txt"


def cut(text: str, title: str | None = None) -> list[tuple[str, str]]:
    document = Document(doc_id="d", text=text, title=title)
    return [(s.kind, text[s.span.start : s.span.end]) for s in split_document(document)]


def body(text: str) -> list[str]:
    return [sentence for para in paragraphs(text) for sentence in (text[a:b] for a, b in sentences(text, para))]


@given(texts)
def test_every_visible_character_is_in_exactly_one_sentence(text):
    spans = [sentence.span for sentence in split_document(Document(doc_id="d", text=text))]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = {at for span in spans for at in range(*span)}
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= covered
    assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)


@given(texts)
def test_paragraphs_are_in_order_and_lose_nothing(text):
    found = paragraphs(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


@given(texts)
def test_ids_and_indexes_count_up(text):
    split = split_document(Document(doc_id="d", text=text))
    assert [s.index for s in split] == list(range(len(split)))
    assert [s.sentence_id for s in split] == [f"d:s{index}" for index in range(len(split))]
    assert [s.paragraph for s in split] == sorted(s.paragraph for s in split)


def test_the_seed(seed):
    kinds = [kind for kind, _ in cut(seed)]
    assert kinds == ["metadata", "headline"] + ["body"] * 21
    assert cut(seed)[0][1] == "date 2024-10-25"
    assert cut(seed)[1][1].startswith("NASA administrator advocates")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith met Gov. Lee on Jan. 5. They spoke.", ["Mr. Smith met Gov. Lee on Jan. 5.", "They spoke."]),
        ("It grew 3.5 percent. Good.", ["It grew 3.5 percent.", "Good."]),
        (
            "“He is a bad man. I know it,” Smith said. Then he left.",
            ["“He is a bad man.", "I know it,” Smith said.", "Then he left."],
        ),
        (
            'She said: "We will win this. We always do. Nobody can stop us." Crowds cheered.',
            ['She said: "We will win this.', "We always do.", 'Nobody can stop us."', "Crowds cheered."],
        ),
        (
            "“A quotation goes on. It is not closed here.",
            ["“A quotation goes on.", "It is not closed here."],
        ),
        ("He cried “Sad!” and left.", ["He cried “Sad!” and left."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("It was then-Sen. Lee who spoke. She won.", ["It was then-Sen. Lee who spoke.", "She won."]),
        ("A lawyer, Ms. Tanzer, spoke. She won.", ["A lawyer, Ms. Tanzer, spoke.", "She won."]),
        ("“Why me?” Ana Lee asked. Nobody knew.", ["“Why me?” Ana Lee asked.", "Nobody knew."]),
        ("“Why me?” Ana Lee left. Nobody knew.", ["“Why me?”", "Ana Lee left.", "Nobody knew."]),
        ("It was last May. Lee left.", ["It was last May.", "Lee left."]),
        ("She left in May. “It is done,” she said.", ["She left in May.", "“It is done,” she said."]),
        ("Sales fell in Nov. Lee left.", ["Sales fell in Nov.", "Lee left."]),
        ("In Nov. Lee left on Nov. 5 at noon.", ["In Nov. Lee left on Nov. 5 at noon."]),
        ("He lives near Ft. Worth. It is hot.", ["He lives near Ft. Worth.", "It is hot."]),
        ("Rep. Lee King, R-N.Y., voted no. So it fell.", ["Rep. Lee King, R-N.Y., voted no.", "So it fell."]),
        ("He argued thatU.S. spending fell. It did.", ["He argued thatU.S. spending fell.", "It did."]),
        ("“Okay,” I said. “It is late. We must go", ["“Okay,” I said.", "“It is late.", "We must go"]),
    ],
)
def test_sentences(text, expected):
    assert body(text) == expected


def test_hard_wrapped_text_is_one_paragraph_until_a_blank_line():
    text = (
        "The committee met on Tuesday to hear the report of its own auditors,\n"
        "who had spent a year with the books and found that nothing at all in\n"
        "them could be relied on, from the first page to the very last of the\n"
        "ledgers, which had been kept by three clerks who never spoke to each\n"
        "other and are now in jail.\n\nA second paragraph follows here."
    )
    assert len(paragraphs(text)) == 2
    assert len(body(text)) == 2


def test_windows_line_ends_do_not_make_empty_paragraphs():
    assert [text for _, text in cut("A story here.\r\n\r\nAnother one.\r\n")] == ["A story here.", "Another one."]


def test_dateline_and_credits_stand_apart():
    text = "Vote delayed again\n\nLONDON (Reuters) - The vote was delayed. Nobody knew why.\n\n(Reporting by A. Lee)"
    assert cut(text) == [
        ("headline", "Vote delayed again"),
        ("dateline", "LONDON (Reuters) -"),
        ("body", "The vote was delayed."),
        ("body", "Nobody knew why."),
        ("metadata", "(Reporting by A. Lee)"),
    ]


def test_the_stage_keeps_order_and_document():
    documents = [Document(doc_id=name, text=f"{name} spoke. And left.") for name in ("Ann", "Bob")]
    split = Split()([Article(document=document) for document in documents])
    assert [article.document for article in split] == documents
    assert [len(article.sentences or ()) for article in split] == [2, 2]


@pytest.mark.parametrize(
    "when", ["at 9 p.m. Tuesday", "by 4:30 a.m. Monday", "at 8 p.m. ET", "until 1 p.m. Eastern time"]
)
def test_a_time_of_day_goes_on_to_its_day(when):
    assert len(body(f"He left {when}, police said.")) == 1


def test_a_time_of_day_may_end_a_sentence():
    assert len(body("He left at 9 p.m. Nobody saw him.")) == 2


def test_a_megabyte_line_is_cut_in_linear_time():
    text = "This is a sentence of some length, and no more. " * 40_000
    assert len(sentences(text, Span(0, len(text)))) == 40_000
