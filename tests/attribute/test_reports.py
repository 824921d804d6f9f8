"""Where a report begins and ends, whose it is, and whether it is a statement: one construction a case."""

from __future__ import annotations

import pytest

from pipeline.attribute.forms import forms

CONTENT = [
    # a clause that the parse hangs elsewhere, or cuts
    ("Ana Ruiz said only that the dam was old.", "Ana Ruiz", "that the dam was old"),
    ("Ana Ruiz complained that the dam was old.", "Ana Ruiz", "that the dam was old"),
    ("Ana Ruiz promised her whole plan would be paid for by June.", "Ana Ruiz", "her whole plan would be paid for"),
    ("The dam would hold, Ana Ruiz told a Senate panel.", "Ana Ruiz", "The dam would hold"),
    ("The dam held; the road was lost, according to Ana Ruiz.", "Ana Ruiz", "The dam held; the road was lost"),
    ("Ana Ruiz reported spending a million on the dam.", "Ana Ruiz", "spending a million on the dam"),
    ("Ana Ruiz asked the students if they were tired.", "Ana Ruiz", "if they were tired"),
    ("As reported by The Herald, the dam has cracked.", "Herald", "the dam has cracked"),
    ("Ana Ruiz recalled in an oral history that he fell ill.", "Ana Ruiz", "that he fell ill"),
    ("Ana Ruiz marveled at the crowd in a town that Rex Moore won.", "Ana Ruiz", "the crowd"),
    (
        "It was, Ana Ruiz said afterwards, the only time that he fell.",
        "Ana Ruiz",
        "It was | the only time that he fell",
    ),
    # a sentence around, or before, the words that report it
    ("But as Ana Ruiz noted, the dam was old.", "Ana Ruiz", "the dam was old"),
    ("(But as Ana Ruiz noted, the dam was old.)", "Ana Ruiz", "the dam was old"),
    ("And, as Ana Ruiz noted, the dam was old.", "Ana Ruiz", "And"),
    ("The dam, many argue, could not be saved if it rained.", "many", "The dam | could not be saved"),
    ("The dam, most say, was old.", "most", "The dam | was old"),
    (
        "The gates were left in the mud, Ana Ruiz, the chief engineer, said on Friday.",
        "Ana Ruiz",
        "The gates were left in the mud",
    ),
    (
        "The gates were left in the mud, Ana Ruiz, who built them, wrote in a memo.",
        "Ana Ruiz",
        "The gates were left in the mud",
    ),
    (
        'Rex Moore went out at night and "ruined the gates", Ana Ruiz, prosecuting, told the High Court.',
        "Ana Ruiz",
        'Rex Moore went out at night and "ruined the gates"',
    ),
    # a verb and a little word
    ("Ana Ruiz pointed out that the dam was old.", "Ana Ruiz", "that the dam was old"),
    ("Ana Ruiz fired back that the dam was old.", "Ana Ruiz", "that the dam was old"),
    ('"The dam is old," Ana Ruiz shot back.', "Ana Ruiz", '"The dam is old,"'),
    ('"The dam is old," tweeted board spokesman Rex Moore.', "Rex Moore", '"The dam is old,"'),
    ("“You seem to have picked a new bed,” the two write.", "two", "“You seem to have picked a new bed,”"),
    ('Ana Ruiz heralded the deal as a "breakthrough."', "Ana Ruiz", "the deal as a"),
    # a thing that is said
    ("Ana Ruiz explained the delay at the dam.", "Ana Ruiz", "the delay at the dam"),
    ("Ana Ruiz alleged fraud at the water board.", "Ana Ruiz", "fraud at the water board"),
    # on to a quotation that hangs on the same verb
    ('Ana Ruiz blamed the flood on a "reckless" board.', "Ana Ruiz", 'the flood on a "reckless"'),
    ('In May came what Ana Ruiz called a "reckless" plan.', "Ana Ruiz", 'a "reckless" plan'),
    ('Rex Moore spoke, calling Mayor Ana Ruiz an unfit "old fool."', "Rex Moore", 'Mayor Ana Ruiz an unfit "old fool'),
    # nouns
    ("The claim that the dam was old is false.", "unknown", "that the dam was old"),
    ("The board faced questions about the dam.", "unknown", "the dam"),
]


@pytest.mark.parametrize(("body", "speaker", "words"), CONTENT, ids=[case[0] for case in CONTENT])
def test_what_is_reported(said, body, speaker, words):
    pieces = [(who, piece) for who, content, *_ in said(body) for piece in (content, *content.split(" | "))]
    assert any(who == speaker and piece.startswith(words) for who, piece in pieces), pieces


FORCE = [
    ("Ana Ruiz called the plan a disaster.", "attitude"),
    ('Ana Ruiz called the plan "a disaster for us."', "speech"),
    ("Ana Ruiz promised that the dam would hold.", "attitude"),
    ("Ana Ruiz lamented that the dam was old.", "attitude"),
    ("Ana Ruiz announced a new dam.", "speech"),
    ("Ana Ruiz denied the report.", "attitude"),
    ("Ana Ruiz disagreed with the ruling.", "attitude"),
    ("The lake is known as a quiet place.", "hedged"),
]


@pytest.mark.parametrize(("body", "force"), FORCE, ids=[case[0] for case in FORCE])
def test_a_statement_or_a_stance(said, body, force):
    assert [how for *_, how in said(body)] == [force]


SOURCES = [
    ("Ana Ruiz emailed members on Monday saying the dam was old.", "the dam was old", "Ana Ruiz"),
    ("The Water Board issued a statement Tuesday saying the dam was old.", "the dam was old", "The Water Board"),
    ("Those questioned by the board said the dam was old.", "the dam was old", "Those questioned by the board"),
    ("A report was released in May. It says the dam is old.", "the dam is old", "It"),
    ("Inquiries have revealed that the dam is old.", "the dam is old", "Inquiries"),
    ("He's said that the dam is old.", "the dam is old", "He"),
    ("Women are more likely to say that the dam is old.", "the dam is old", "Women"),
    ("Ana Ruiz, when asked why the dam broke, left the room.", "why the dam broke", None),
]


@pytest.mark.parametrize(("body", "words", "source"), SOURCES, ids=[case[0] for case in SOURCES])
def test_who_is_named_as_the_source(attribute, body, words, source):
    article = attribute(f"A day in the news.\n\n{body}")
    found = [each for each in article.attributions if words in article.text_of(each.content[0])]
    assert [each.source and article.text_of(each.source) for each in found] == [source]


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("“We will not pay,” Mayor Ana Ruiz said, according to a transcript of the call.", "Ana Ruiz"),
        ('"They were wrong," Ana Ruiz told aides, according to two people who were there.', "Ana Ruiz"),
        ("Ana Ruiz said she would resign, according to two people who were there.", "two people"),
        ("A spokesperson for Ruiz, Tim Hale, said the vote was close.", "Tim Hale"),
        # what the author adds only tells who says it
        (
            "“Sad!” said Ana Ruiz, a retired engineer from the north, standing in the parking lot of a school.",
            "Ana Ruiz",
        ),
        ("Ana Ruiz, who owns a tenth of the mill and wants to sell it, said it was far too late.", "Ana Ruiz"),
        ("Ana Ruiz blamed the delay on the shifting of an old water main and said that it was over.", "Ana Ruiz"),
        (
            "It was late by ten, according to the Department of Forestry and Old Mills of the State.",
            "Department of Forestry",
        ),
        # a verb that the parser leaves alone
        ("In a statement to The Herald, Dining Services said the price was fair.", "Dining Services"),
        ("Appearing for him, advocate Arvind Bhatnagar submitted that there was no urgency.", "Arvind Bhatnagar"),
    ],
)
def test_whose_sentence_it_is_where_one_tells_of_another(speaker_of, body, speaker):
    assert speaker_of(body, body[:12]) == speaker


def test_somebody_told_is_not_what_is_told(said):
    assert said("Ana Ruiz told a Senate panel.") == []


def test_a_quotation_in_the_next_paragraph_goes_on_with_the_first(said):
    found = said('"The dam is old," Ana Ruiz said.\n\n"We knew that it would break sooner or later."')
    assert [who for who, *_ in found] == ["Ana Ruiz"]
    assert found[0][1].endswith('"We knew that it would break sooner or later."')


def test_what_kind_of_article_follows_is_nobody_s_name(attribute):
    article = attribute("The Latest: Kings win in overtime\n\nTORONTO (AP) — The Latest on the finals: two goals fell.")
    assert article.attributions == ()


@pytest.mark.parametrize(
    ("headline", "speakers"),
    [("Wow: The Dam Has Broken Again", []), ("Ruiz: The Dam Has Broken Again", ["Ana Ruiz"])],
)
def test_a_headline_opens_with_a_speaker_only_if_the_article_knows_the_name(attribute, headline, speakers):
    article = attribute(f"{headline}\n\nThe chair of the board, Ana Ruiz, drove to the dam on Monday.")
    assert [article.speaker(each.speaker_id).name for each in article.attributions] == speakers


@pytest.mark.parametrize(
    ("base", "form"),
    [("shun", "shunned"), ("quip", "quipped"), ("shout", "shouted"), ("fix", "fixed"), ("permit", "permitted")],
)
def test_inflected_forms(base, form):
    assert form in forms(base)


def test_a_second_quotation_belongs_to_the_first_and_not_to_what_was_added(said):
    found = said(
        '"The dam is old," Ana Ruiz said, adding that it leaked. "We knew that it would break sooner or later."'
    )
    assert [content for _, content, *_ in found] == [
        '"The dam is old," | "We knew that it would break sooner or later."',
        "that it leaked",
    ]


def test_quotations_joined_by_and_are_one_report(said):
    found = said('Ana Ruiz told the crowd, "The dam is very old," and, "Nobody came to look at it."')
    assert [content for _, content, *_ in found] == ['"The dam is very old," | "Nobody came to look at it."']
