from __future__ import annotations

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.config import AttributeConfig
from pipeline.records import Article, Document
from pipeline.split.stage import Split


def _speaker(article, name):
    return next(speaker for speaker in article.speakers if speaker.name == name)


def test_the_author_is_always_there(attribute):
    article = attribute("Rain fell.")
    assert [(s.name, s.kind, s.speaker_id) for s in article.speakers] == [("author", "author", "d:author")]
    assert all(voice.speaker_id == "d:author" for voice in article.voices)


def test_surname_title_and_first_name_are_one_person(attribute):
    article = attribute(
        "News.\n\nSen. Ruth Aldous spoke first. “We lost,” Aldous said. Later Mrs. Aldous said that she would stay. "
        "Ruth Aldous, the committee chairwoman, left."
    )
    speaker = _speaker(article, "Ruth Aldous")
    assert speaker.kind == "person"
    assert speaker.gender == "female"
    assert "Sen." in speaker.titles
    assert "committee chairwoman" in speaker.titles
    assert [article.text_of(m) for m in speaker.mentions if m.kind == "name"] == [
        "Ruth Aldous",
        "Aldous",
        "Aldous",
        "Ruth Aldous",
    ]
    assert {found.speaker_id for found in article.attributions} == {speaker.speaker_id}


def test_two_of_one_surname_are_told_apart_by_address(attribute):
    article = attribute(
        "News.\n\nPeter Hall and Mary Hall run the farm. Mrs. Hall said that wheat was cheap. "
        "Mr. Hall said that it was not."
    )
    names = [article.speaker(found.speaker_id).name for found in article.attributions]
    assert names == ["Mary Hall", "Peter Hall"]


def test_a_spokesman_speaks_for_his_office(attribute):
    article = attribute("News.\n\nAnton Belov, the Kremlin spokesman, said that talks would go on.")
    assert _speaker(article, "Anton Belov").speaks_for == "Kremlin"


def test_a_spokeswoman_beside_the_office_that_said_so(attribute):
    article = attribute(
        "News.\n\nAsked by spokeswoman Dana Cole, the White House admitted that it had seen the letter before."
    )
    (found,) = article.attributions
    assert article.speaker(found.speaker_id).name == "Dana Cole"
    assert article.speaker(found.speaker_id).speaks_for == "White House"


def test_one_organisation_under_three_names(attribute):
    article = attribute(
        "News.\n\nThe Pentagon said that it knew. The Defense Department said that it did not. "
        "The Department of Defense said nothing had changed."
    )
    (speaker,) = [s for s in article.speakers if s.kind == "organisation"]
    assert {speaker.name, *speaker.aliases} == {"Pentagon", "Defense Department", "Department of Defense"}
    assert len({found.speaker_id for found in article.attributions}) == 1


def test_the_configuration_adds_organisations():
    config = AttributeConfig(organisations={"Northwind": ["the Tower", "NW"]})
    document = Document(doc_id="d", text="News.\n\nNorthwind said it would pay. The Tower said it was sorry.")
    (article,) = Attribute(config)(Split()([Article(document=document)]))
    assert [article.speaker(found.speaker_id).name for found in article.attributions] == ["Northwind", "Northwind"]


def test_groups_and_people_without_names(attribute):
    article = attribute("News.\n\nSeveral officials said that it was late. A nurse said that nobody came.")
    kinds = {speaker.name: speaker.kind for speaker in article.speakers}
    assert kinds["Several officials"] == "group"
    assert article.speaker(article.attributions[1].speaker_id).name == "nurse"


def test_a_role_stands_for_the_person_who_has_it(attribute):
    article = attribute("News.\n\nGov. Ellen Page arrived on Monday. “We are ready,” the governor said.")
    assert article.speaker(article.attributions[0].speaker_id).name == "Ellen Page"


def test_pronouns_follow_gender(attribute):
    article = attribute(
        "News.\n\nPeter Novak met Alice Brand at noon. She said that the river was high. He said that it was not."
    )
    names = [article.speaker(found.speaker_id).name for found in article.attributions]
    assert names == ["Alice Brand", "Peter Novak"]


def test_who_stands_for_its_antecedent(attribute):
    article = attribute("News.\n\nThe prize went to Alice Brand, who said that she would give it away.")
    assert article.speaker(article.attributions[0].speaker_id).name == "Alice Brand"


def test_people_named_repeatedly_are_there_though_silent(attribute):
    article = attribute("News.\n\nJonas Weber won. Weber was born in Ulm. The town waited for Weber.")
    speaker = _speaker(article, "Jonas Weber")
    assert len(speaker.mentions) == 3
    assert article.attributions == ()


def test_a_headline_role_goes_to_the_one_speaker_never_introduced(attribute):
    article = attribute(
        "NASA administrator wants a review of the launch\n\nTurner said, “It has to be looked at again.”"
    )
    assert _speaker(article, "Turner").titles == ("NASA administrator",)


def test_the_fingerprint_changes_with_the_settings():
    plain = Attribute().fingerprint
    assert plain == Attribute().fingerprint
    assert plain != Attribute(AttributeConfig(share_of_sentence=0.5)).fingerprint


def test_attitudes_speak_only_where_the_settings_say_so():
    document = Document(doc_id="d", text="News.\n\nAlice Brand believes that the whole vote was fair.")
    for forces, name in ((["speech"], "author"), (["speech", "attitude"], "Alice Brand")):
        config = AttributeConfig(speaking_forces=forces)
        (article,) = Attribute(config)(Split()([Article(document=document)]))
        assert article.speaker_of(article.sentences[-1]).name == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("“It leaks,” the carpenter's niece, Yrsa Tveit, said on Monday.", "Yrsa Tveit"),
        ("The landlord, Yrsa Tveit, said that the roof leaks.", "Yrsa Tveit"),
        ("“It leaks,” the carpenter's brother, a retired diver, said on Monday.", "carpenter's brother"),
        ("The carpenter, who had built it, said that the roof leaks.", "carpenter"),
        ("Yrsa Tveit (Lab-Nordby) said that the roof leaks.", "Yrsa Tveit"),
    ],
)
def test_a_description_is_named_by_what_introduces_it(attribute, sentence, name):
    article = attribute(f"The roof.\n\nA storm came on Sunday. {sentence}")
    [found] = article.attributions
    speaker = next(speaker for speaker in article.speakers if speaker.speaker_id == found.speaker_id)
    assert speaker.name == name
    assert "(" not in article.text_of(found.source)
