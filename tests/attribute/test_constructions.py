"""Constructions of news English, one by one: who is found to have said what, and how."""

from __future__ import annotations

import pytest

CASES = [
    # a clause
    ("Anna Lindqvist said the harbour would close.", "Anna Lindqvist", "the harbour would close", "indirect", "speech"),
    ("The mayor told reporters that the bridge was safe.", "mayor", "the bridge was safe", "indirect", "speech"),
    ("Officials warned that the river could rise again.", "Officials", "the river could rise", "indirect", "speech"),
    ("Ben Carter believes the vote was fair.", "Ben Carter", "the vote was fair", "indirect", "attitude"),
    ("Reed gave two reasons to doubt the count.", "Reed", "the count", "indirect", "attitude"),
    # between commas, and after
    ("The plan, Maria Soto said, would cost too much.", "Maria Soto", "The plan", "indirect", "speech"),
    ("The plant will shut in June, union leaders say.", "union leaders", "will shut in June", "indirect", "speech"),
    ("Even if it rains, Mr. Price said, the match goes on.", "Price", "the match goes on", "indirect", "speech"),
    ("As The Herald has reported, three ships were lost.", "Herald", "three ships were lost", "indirect", "speech"),
    # beside a quotation
    ('"We are done here," said Omar Haddad.', "Omar Haddad", "We are done here", "direct", "speech"),
    ('"We are done," Omar Haddad, a retired judge from Leeds, said of it.', "Omar Haddad", "done", "direct", "speech"),
    ('Omar Haddad said: "We are done here today."', "Omar Haddad", "We are done here", "direct", "speech"),
    ("Stated Holm: “We had no warning at all.”", "Holm", "We had no warning", "direct", "speech"),
    ("Stated Holm:\n\n“We had no warning at all.”", "Holm", "We had no warning", "direct", "speech"),
    ("Wrote Berit Holm, “The office knew of the leak for months.”", "Berit Holm", "The office", "direct", "speech"),
    ('"Is it over?" Omar Haddad asked.', "Omar Haddad", "Is it over?", "direct", "speech"),
    ('"I was there," said Lee Wong. "I saw it all."', "Lee Wong", "I saw it all", "direct", "speech"),
    ('Jill Stone added, "It was a long night for us."', "Jill Stone", "a long night", "direct", "speech"),
    ('As Jill Stone put it, "the money ran out."', "Jill Stone", "the money ran out", "direct", "speech"),
    # beside a quotation, where the parser loses the one or the other
    (
        '"It hurt a lot," said the baker, who like many here wants no fuss.',
        "baker",
        "It hurt a lot",
        "direct",
        "speech",
    ),
    (
        "In a call with the press May 3, Capt. Jo Ann Reed, a spokeswoman in Oslo, said, ''We sail. We always did.''",
        "Jo Ann Reed",
        "We sail",
        "direct",
        "speech",
    ),
    ('"The books were never balanced," Reed, who went on to teach, said.', "Reed", "The books", "direct", "speech"),
    ('Reed, asked about the fire, had said, "I was asleep."', "Reed", "I was asleep", "direct", "speech"),
    ("Clause 9 affirms: “No ship shall be turned away at night.”", "Clause 9", "No ship", "direct", "speech"),
    ("“You have made it up out of thin air,” the two write in a letter.", "two", "made it up", "direct", "speech"),
    ('"All of my friends are from here, nearly so," Butt, 49, told The Echo.', "Butt", "All of my", "direct", "speech"),
    (
        'There was anger in the ranks ("I want my dues back," wrote Ned Olsen, a fitter), and it grew.',
        "Ned Olsen",
        "I want my dues back",
        "direct",
        "speech",
    ),
    ('"Now is the time to stand up," exhorted Omar Haddad.', "Omar Haddad", "Now is the time", "direct", "speech"),
    (
        'Reed ended the night with a joke, remarking, "May the wind be with you."',
        "Reed",
        "the wind",
        "direct",
        "speech",
    ),
    ("Reed issued a statement, “We were never told of the leak.”", "Reed", "never told of", "direct", "speech"),
    ("None of it is news to pollster Dana Shaw: “They always lose.”", "Dana Shaw", "They always", "direct", "speech"),
    ('Reed: "We sail at noon." Olsen: "We stay."', "Olsen", "We stay", "direct", "speech"),
    # verbs that no list has, by where they stand
    ('"Where has the money gone, and who signed?" reacted Dana Shaw.', "Dana Shaw", "Where has", "direct", "speech"),
    ('"I could hardly believe it," Dana Shaw winked.', "Dana Shaw", "I could hardly", "direct", "speech"),
    ('Dana Shaw cracked, "I like my tea as I like my votes."', "Dana Shaw", "I like my tea", "direct", "speech"),
    # short ones that a verb or noun of saying brings in
    ('They chanted "stop the ferry" and "no more tolls."', "unknown", "no more tolls", "direct", "speech"),
    ('Shaw voters answered with chants of "we are here" all night.', "Shaw voters", "we are here", "direct", "speech"),
    ('All is well - More from Shaw: "Nobody counted the votes twice."', "Shaw", "Nobody counted", "direct", "speech"),
    # partly quoted
    ('"We won fair and square," and it was no luck, Kim Reed said.', "Kim Reed", "it was no luck", "mixed", "speech"),
    ('Jill Stone described the fire as "a warning that nobody heard."', "Jill Stone", "a warning", "mixed", "speech"),
    (
        'Jill Stone said the vote was "rigged," because if it were not, she would have won.',
        "Jill Stone",
        "she would have won",
        "mixed",
        "speech",
    ),
    (
        'Jill Stone said her town was "not only poor, but broke," and "could hardly buy salt."',
        "Jill Stone",
        "could hardly buy salt",
        "mixed",
        "speech",
    ),
    ('Jill Stone called the ruling "a disgrace to law."', "Jill Stone", "a disgrace to law", "mixed", "speech"),
    ('Jill Stone said the ruling was "a disgrace."', "Jill Stone", 'the ruling was "a disgrace', "mixed", "speech"),
    ('Jill Stone criticised what she called a "rigged" vote.', "Jill Stone", '"rigged"', "mixed", "speech"),
    ('Kim Reed said it was over: "We lost this one."', "Kim Reed", "We lost this one", "mixed", "speech"),
    # passives
    ("He was described by Ivan Petrov as a spy.", "Ivan Petrov", "spy", "indirect", "attitude"),
    ("The strike is expected to last a week.", "unknown", "to last a week", "indirect", "hedged"),
    # according to
    ("According to the Health Ministry, 12 people died.", "Health Ministry", "12 people died", "indirect", "speech"),
    (
        "Sales fell 3%, according to a report by Acme Research.",
        "Acme Research",
        "Sales fell",
        "indirect",
        "speech",
    ),
    # infinitives, objects, prepositions
    ("The governor vowed to fight the ruling.", "governor", "to fight the ruling", "indirect", "attitude"),
    ("Unions urged members to stay at home.", "Unions", "to stay at home", "indirect", "attitude"),
    ("Lena Fox praised the firefighters for their courage.", "Lena Fox", "the firefighters", "indirect", "attitude"),
    ("Lena Fox called for an inquiry.", "Lena Fox", "an inquiry", "indirect", "attitude"),
    ("Lena Fox warned of delays at the border.", "Lena Fox", "delays at the border", "indirect", "speech"),
    ("Lena Fox accused him of lying.", "Lena Fox", "lying", "indirect", "attitude"),
    ("Lena Fox is confident that the team will win.", "Lena Fox", "the team will win", "indirect", "attitude"),
    # nouns
    ("The claim by Rex Moore that he won is false.", "Rex Moore", "he won", "indirect", "attitude"),
    ("Rex Moore made a promise that taxes would fall.", "Rex Moore", "taxes would fall", "indirect", "attitude"),
    ("Confirmation of the deal was provided by two bankers.", "two bankers", "the deal", "indirect", "speech"),
    # several in one sentence
    ("Kim Reed said it was late, adding that nobody knew.", "Kim Reed", "nobody knew", "indirect", "speech"),
    ("Kim Reed said she was ill but added that she would vote.", "Kim Reed", "she would vote", "indirect", "speech"),
    (
        "One study says the north has the most ferries, while another says the south has twice as many.",
        "another",
        "twice as many",
        "indirect",
        "speech",
    ),
    # hedges
    ("Rex Moore allegedly stole the car.", "unknown", "stole the car", "indirect", "hedged"),
    # inherited subjects
    ("Rex Moore went on to say that it was late.", "Rex Moore", "it was late", "indirect", "speech"),
    ("Speaking in Oslo, Rex Moore said it was late.", "Rex Moore", "it was late", "indirect", "speech"),
]


@pytest.mark.parametrize(("body", "speaker", "words", "type_", "force"), CASES, ids=[case[0] for case in CASES])
def test_construction(said, body, speaker, words, type_, force):
    found = said(body)
    assert (speaker, type_, force) in [(name, kind, how) for name, content, kind, how in found if words in content], (
        found
    )


@pytest.mark.parametrize(
    "body",
    [
        "The river rose by two metres overnight.",
        "The train to Leeds left at noon.",
        'The band played "Sunny Afternoon" twice.',
        '"Sail On," the last song of the night, was played twice.',
        'The shop sells "fresh fish" and "real ale".',
        "Two people were hurt.",
    ],
)
def test_plain_reporting_is_nobody_else_s(said, body):
    assert said(body) == []


def test_two_quotations_around_one_verb_are_one_attribution(said):
    assert said('"It rained," said Lee Wong, "and then it snowed."') == [
        ("Lee Wong", '"It rained," | "and then it snowed."', "direct", "speech")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Dana Shaw said the bridge was safe, and Lena Fox said it was not.",
        "Dana Shaw says the bridge is safe, while Lena Fox says it is not.",
        "One in three said the bridge was safe and one in four said it was not.",
    ],
)
def test_a_report_ends_where_somebody_else_s_begins(said, body):
    first, second = said(body)
    assert first[1].endswith("safe")
    assert second[1] in ("it was not", "it is not")


def test_what_somebody_is_said_to_have_said_stays_inside(said):
    outer = said("Dana Shaw said the bridge was safe and that the engineers said it would last.")[0]
    assert outer[1].endswith("would last")


def test_what_is_reported_inside_a_report_keeps_its_parent(attribute):
    article = attribute("A day.\n\nLena Fox said that Rex Moore said that the car was red.")
    outer, inner = article.attributions
    assert inner.parent == outer.attribution_id
    assert [article.speaker(each.speaker_id).name for each in (outer, inner)] == ["Lena Fox", "Rex Moore"]


def test_every_attribution_says_why(attribute):
    article = attribute('A day.\n\n"We lost," said Lena Fox. She thinks it was bad luck.')
    assert all(found.rule and found.evidence.endswith(".") for found in article.attributions)
    assert "Lena Fox" in article.attributions[1].evidence


def test_a_block_is_a_quotation_too(attribute):
    article = attribute("A day.\n\nIn it Paul Okafor said:\n\nNobody told us about the leak until May.")
    assert [(q.kind, article.text_of(q.pieces[0])) for q in article.quotations] == [
        ("block", "Nobody told us about the leak until May.")
    ]


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("Lena Fox then listed what went wrong:", "Lena Fox"),
        ("Lena Fox told the inquiry:", "Lena Fox"),
        ("Here is the transcript:", "transcript"),
    ],
)
def test_a_quotation_in_the_paragraph_after_a_colon(said, lead, speaker):
    found = said(f"{lead}\n\n“The pumps failed and nobody was called for hours.”")
    assert (speaker, "“The pumps failed and nobody was called for hours.”") in [(who, what) for who, what, *_ in found]


def test_a_name_and_a_colon_in_the_line(said):
    found = said("Rain is no excuse - Lena Fox: “We have known about the roof for twenty long years.”")
    assert [who for who, what, *_ in found if "roof" in what] == ["Lena Fox"]


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        (
            'Lena Fox complained that the draw had been "fixed" against her, a charge that the club denied.',
            'that the draw had been "fixed" against her',
        ),
        (
            'Lena Fox said she was "going to put a lot of them out of work," while trying to explain her plan.',
            'she was "going to put a lot of them out of work,"',
        ),
    ],
)
def test_what_the_author_adds_is_no_part_of_a_report(said, sentence, content):
    assert ("Lena Fox", content) in [(who, what) for who, what, *_ in said(sentence)]


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("Through a spokeswoman, Lena Fox declined to comment for this article.", "to comment for this article"),
        ("Lena Fox and Rex Moore did not respond to interview requests.", "to interview requests"),
    ],
)
def test_silence_is_about_what_follows_it(said, sentence, content):
    assert [(what, force) for _, what, _, force in said(sentence)] == [(content, "no-comment")]


def test_who_has_not_been_reached_is_not_silent(said):
    assert not [
        each for each in said("The campaign still hasn't reached out to the county chair.") if each[3] == "no-comment"
    ]


@pytest.mark.parametrize(
    ("body", "rule", "evidence"),
    [
        ("Wrote Berit Holm, “The office knew of the leak.”", "inverted", "“Wrote” and “Berit Holm” lead into the"),
        ("Holm: “The office knew of the leak.”", "named", "“Holm” and a colon stand right before the quotation"),
    ],
)
def test_the_evidence_says_what_stands_there(attribute, body, rule, evidence):
    (found,) = attribute(f"The ship sank in March.\n\n{body}").attributions
    assert found.rule == rule
    assert evidence in found.evidence
