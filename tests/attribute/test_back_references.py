"""Who is taken up again without a name: by age, country, role or trade, by *it*, and in interviews by a letter."""

from __future__ import annotations

import pytest

CASES = [
    # by age, and what somebody is to others
    ("Ann Cole has sold the shop. “I need rest,” the 31-year-old said.", "I need", "Ann Cole"),
    ("Ann Cole has sold the shop. The 54-year-old from Leeds said she was tired.", "she was tired", "Ann Cole"),
    ("Ann Cole has sold the shop. “I need a long rest,” said the mother of three.", "I need", "Ann Cole"),
    ("He is no kin of the factory chairman Mr Walter Reed. The chairman said that it was late.", "late", "Walter Reed"),
    # by country
    ("Carlos Vega won in four sets. “It was a hard match,” the Spaniard said.", "a hard match", "Carlos Vega"),
    ("Ann Cole won in four sets. “It was a hard match,” the American said.", "a hard match", "Ann Cole"),
    ("Sunil Perera, the spinner, won. “It was a hard game,” the 22-year-old Sri Lankan said.", "hard", "Sunil Perera"),
    ("Det Insp Ann Cole came. “It was not done by me,” the officer replied.", "done by", "Ann Cole"),
    ("The captain, Caetano Luz, is a tall man. He told me that he was late.", "was late", "Caetano Luz"),
    ("We took the boat to Velas. Ann Cole took it to Velas too. She said that it was late.", "late", "Ann Cole"),
    # by trade, and what the article has said of somebody before
    ("Bob Marsh scored twice on Saturday. “We were lucky,” the winger said.", "We were", "Bob Marsh"),
    (
        "Harold Reed, 71, a retired welder who lives on Elm Street, came. Ann Cole did not. “I like the river,” the "
        "welder said.",
        "I like the river",
        "Harold Reed",
    ),
    ("Harold Reed lives on Elm Street. “I like the river,” the retired machinist said.", "I like", "Harold Reed"),
    (
        "Walter Cole died on Monday. His daughter, Naomi Cole-Grant, came. It rained. His daughter said that he taught "
        "his last lesson in June.",
        "last lesson",
        "Naomi Cole-Grant",
    ),
    ("Blessing Etim runs a stall there. “It was the fire,” the trader said.", "the fire", "Blessing Etim"),
    ("Party leader Farida Jamal spoke. “We are not beggars,” the three-time MLA said.", "beggars", "Farida Jamal"),
    ("Rex Dillard bowed his head. The former youth pastor said that he was sorry.", "was sorry", "Rex Dillard"),
    # one who gives no name, and a text
    ("The Herald left. One Labour MP said he should go. ‘He has had his day,’ they added.", "his day", "Labour MP"),
    ("A source close to her said it rained. “It was very wet,” they added.", "very wet", "source close to her"),
    ("Ann Cole posted a cow on Sunday. The DJ was away. “Time to put it out,” it read.", "Time to", "Ann Cole"),
    # but not whom a story has without bringing them in
    ("Ann Lee broke her leg on Monday. The doctor said that she would walk again.", "would walk", "doctor"),
    ("A student was hurt. Bob Marsh saw it. The student said that he fell.", "he fell", "student"),
    # firms, by what they are and by *it*
    ("Pacific Crest Power cut service. The utility said that a line had failed.", "a line", "Pacific Crest Power"),
    ("The Kenya Tea Development Agency was late. KTDA said it was sorry.", "sorry", "Kenya Tea Development Agency"),
    ("Halvex NV raised its forecast. The chipmaker said that orders had doubled.", "orders", "Halvex NV"),
    ("McDonald's said on Tuesday that it would close. The chain said the end was near.", "the end", "McDonald's"),
    ("Via Nord called the demands high. It said in a release that it had offered more.", "offered", "Via Nord"),
    # whoever opens the paragraph, before the last speaker of another one
    (
        "Tom Koval, a teacher, said the school had closed. “We teach in the cellar,” he said.\n\nHalyna, 74, who gave "
        "no surname, was heating bricks. “My grandson says to leave,” she said.",
        "My grandson",
        "Halyna",
    ),
    (
        "The minister said that he would resign.\n\nThe Speaker called for order. “The House must hear him out,” she "
        "said.",
        "must hear",
        "Speaker",
    ),
    # not whom the words are about
    (
        "Walter Cole was born in 1933. His father, he once said, believed that music was for people with money.",
        "for people with money",
        "Walter Cole",
    ),
    # *Ms.* is not the man of that name
    ("Walter Cole taught jazz in Rome. “He proposed to me there,” Ms. Cole said.", "proposed", "Cole"),
    # the headline's role is its holder's
    ("Sen. Imelda dela Cruz wept. “This was pure greed,” the senator said.", "greed", "Imelda dela Cruz"),
    # asides before the verb, and who is asked
    (
        "Speaking at a rally in Pune, Sunil Patil, the state president, said that the scheme had failed and that he "
        "would end it.",
        "the scheme",
        "Sunil Patil",
    ),
    (
        "Asked whether the grant could be lost because of the delay, Fiske said the state has given the city a year.",
        "the state has given",
        "Fiske",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words", "speaker"), CASES, ids=[case[0][:40] for case in CASES])
def test_somebody_is_taken_up_again(speaker_of, body, words, speaker):
    assert speaker_of(body, words) == speaker


INTERVIEW = (
    "Novelist Sunniva Rask met us at her kitchen table in Bergen.\n\n"
    "{0} Did you know the ending when you began?\n\n{1} I never do. I think that a good joint surprises you.\n\n"
    "{0} Does that help?\n\n{1} It did at first."
)


@pytest.mark.parametrize("labels", [("Q:", "A:"), ("Q.", "A.")])
def test_answers_are_those_of_whoever_is_interviewed(attribute, labels):
    article = attribute(INTERVIEW.format(*labels))
    said = [(article.speaker_of(each).name, article.text_of(each)) for each in article.sentences][1:]
    assert [name for name, _ in said] == ["Q", "Sunniva Rask", "Sunniva Rask", "Q", "Sunniva Rask"]
    assert said[0][1].startswith(labels[0]), "the letter is no sentence of its own"
    (thinks,) = [each for each in article.attributions if each.force == "attitude"]
    assert article.speaker(thinks.speaker_id).name == "Sunniva Rask"


def test_answers_of_nobody_are_those_of_the_letter(speaker_of):
    assert speaker_of("Q: Did you know?\n\nA: I never do.\n\nQ: Why?\n\nA: It is more fun.", "never do") == "A"


def test_names_in_capitals_are_those_of_the_text(attribute):
    article = attribute("ANIL DEVI: It is hot.\n\nHOLLIS: Anil Devi is here.\n\nDEVI: It will get hotter.")
    assert {article.speaker_of(each).name for each in article.sentences} == {"Anil Devi", "HOLLIS"}


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("Brightwater Capital said that it would hold.", "Brightwater Capital", "organisation"),
        ("Tessal cut its forecast. Tessal said that sales were slow.", "Tessal", "organisation"),
        ("Baxley's Corp. reported a loss. “We will mend it,” Baxley's said.", "Baxley's Corp", "organisation"),
        ("Ferrant Lines said that the ship was safe.", "Ferrant Lines", "organisation"),
        ("Prof Amina Yusuf said that the drug worked.", "Amina Yusuf", "person"),
        ("Cllr Dara Byrne said that the road was shut.", "Dara Byrne", "person"),
        ("Independent TD Sean Daly said that it was wrong.", "Sean Daly", "person"),
        ("Minority Leader Peter ole Sankale said that it was late.", "Peter ole Sankale", "person"),
    ],
)
def test_what_speakers_are(attribute, body, name, kind):
    article = attribute(f"A day in the news.\n\n{body}")
    (found,) = {article.speaker(each.speaker_id) for each in article.attributions if each.force == "speech"}
    assert (found.name, found.kind) == (name, kind)


def test_a_firm_is_one_by_its_short_name_too(attribute):
    article = attribute("News.\n\nHalvex NV said that orders rose. Later Halvex said that they had doubled.")
    assert len({each.speaker_id for each in article.attributions}) == 1


def test_a_spokesperson_speaks_for_no_pronoun(attribute):
    article = attribute("News.\n\nAnn Cole left. Her spokesperson, Ed Reed, said that she was tired.")
    (reed,) = [each for each in article.speakers if each.name == "Ed Reed"]
    assert reed.speaks_for is None


def test_days_are_not_what_is_called_for(said):
    assert [content for _, content, _, _ in said("The U.N. on Tuesday called for a ceasefire.")] == ["a ceasefire"]


def test_a_press_release_has_a_dateline(attribute):
    article = attribute(
        "Norvanta meets its goal\n\nCAMBRIDGE, Mass., March 4, 2025 /PRNewswire/ -- Norvanta Therapeutics, a young "
        "company, today announced that its trial had met its goal."
    )
    assert [each.kind for each in article.sentences] == ["headline", "dateline", "body"]
    assert article.speaker_of(article.sentences[-1]).name in ("author", "Norvanta Therapeutics")
    assert {article.speaker(each.speaker_id).name for each in article.attributions} == {"Norvanta Therapeutics"}


def test_a_group_is_no_firm(attribute):
    article = attribute("News.\n\nRepublicans said that it was late. The company said that orders had doubled.")
    kinds = {each.name: each.kind for each in article.speakers}
    assert (kinds["Republicans"], len(kinds)) == ("group", 3)


def test_titles_hold_no_part_of_the_name_and_nobody_else(attribute):
    article = attribute(
        "News.\n\n“We tried,” union president Jean-François Lévesque said. "
        "Her daughter, Siân Price, said that it rained."
    )
    titles = {each.name: each.titles for each in article.speakers}
    assert titles["Jean-François Lévesque"] == ("union president",)
    assert titles["Siân Price"] == ("daughter",)


def test_an_exchange_is_no_short_name(attribute):
    article = attribute("News.\n\nNorvanta Therapeutics (NASDAQ: NVTA) said that its trial had met its goal.")
    (found,) = {article.speaker(each.speaker_id) for each in article.attributions}
    assert found.aliases == ()
