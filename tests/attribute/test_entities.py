"""Who the speakers are: cases of our own for what real articles showed."""

from __future__ import annotations

import pytest

from pipeline.attribute.cast import Cast
from pipeline.attribute.names import find_names
from pipeline.attribute.organisations import Aliases
from pipeline.attribute.spokespeople import principal
from pipeline.records import Article, Document
from pipeline.split.stage import Split


def _names(body):
    text = f"News of the day.\n\n{body}"
    (article,) = Split()([Article(document=Document(doc_id="d", text=text))])
    return [(use.title, use.name) for use in find_names(text, article.sentences) if use.span.start > 16]


@pytest.mark.parametrize(
    ("body", "title", "name"),
    [
        ("Senate Majority Leader Orin Pell spoke.", "Senate Majority Leader", "Orin Pell"),
        ("House Speaker Paul Vane spoke.", "House Speaker", "Paul Vane"),
        ("Supreme Court Justice Ruth Aldous spoke.", "Supreme Court Justice", "Ruth Aldous"),
        ("U.S. District Judge Michael W. Moss spoke.", "U.S. District Judge", "Michael W. Moss"),
        ("Secretary of State John Field spoke.", "Secretary of State", "John Field"),
        ("New York Mayor Tom Rusk spoke.", "New York Mayor", "Tom Rusk"),
        ("United Dockers Secretary-Treasurer Gary Cole spoke.", "United Dockers Secretary-Treasurer", "Gary Cole"),
        ("Senator Ann Lee of Vermont spoke.", "Senator", "Ann Lee"),
        ("Pollster Ann Shaw spoke.", "Pollster", "Ann Shaw"),
        ("Star City Hall spoke.", "", "Star City Hall"),
        ("On Sunday Omar Haddad spoke.", "", "Omar Haddad"),
        ("Following Grace Fox on the stage, nobody spoke.", "", "Grace Fox"),
        ("The Justice Department spoke.", "", "Justice Department"),
        ("Downing Street spoke.", "", "Downing Street"),
        ("General Electric spoke.", "", "General Electric"),
    ],
)
def test_titles_stand_before_names_and_are_no_part_of_them(body, title, name):
    assert _names(body)[0] == (title, name)


def test_a_party_in_brackets_is_nobody(said):
    found = said("State Sen. Ana Aranda-Lock (D-Fillmore) called for calm, saying that it was “a system that works.”")
    assert {who for who, *_ in found} == {"Ana Aranda-Lock"}


def test_a_headline_in_capitals_has_only_names_that_the_text_has(attribute):
    article = attribute(
        "Grace Fox Just Insulted Everybody In The Worst Way\n\nGrace Fox said that it was late. Fox left."
    )
    assert [speaker.name for speaker in article.speakers] == ["author", "Grace Fox"]


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("Republicans said that the bill was bad.", "Republicans", "group"),
        ("Members of the council said that it was late.", "Members of the council", "group"),
        ("Many of the town's bakers said that flour was dear.", "Many of the town's bakers", "group"),
        ("Microsoft said that it would sell.", "Microsoft", "organisation"),
        ("LinkedIn said that it would buy.", "LinkedIn", "organisation"),
        ("Paris said that it would pay.", "Paris", "organisation"),
        ("One source said that the deal was off.", "One source", "person"),
        ("An intelligence source said that the deal was off.", "intelligence source", "person"),
        ("MacNab said that it was over.", "MacNab", "person"),
    ],
)
def test_kinds(attribute, body, name, kind):
    article = attribute(f"News.\n\n{body}")
    speaker = article.speaker(article.attributions[0].speaker_id)
    assert (speaker.name, speaker.kind) == (name, kind)


@pytest.mark.parametrize(
    "body",
    [
        "The farm is in Benghazi. In Benghazi, nothing moved.",
        "Scott County voted. Jefferson County did not. Scott County was late.",
        "The First Amendment stands. Nobody doubts the First Amendment.",
        "Bakers love Italian flour. Italian bread is good.",
        "It rained in New York. New York was wet.",
    ],
)
def test_places_and_things_are_no_people(attribute, body):
    assert all(speaker.kind != "person" for speaker in attribute(f"News.\n\n{body}").speakers)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Senator Bernie Hart of Vermont said that it was over.", "“We lost,” Mr. Hart said.", True),
        ("Robert Hart said that it was over.", "Bob Hart said that it was not.", True),
        ("R. Hart said that it was over.", "Robert Hart said that it was not.", True),
        ("Peter Hart said that it was over.", "Paula Hart said that it was not.", False),
        ("The Foreign Ministry said that the road was shut.", "The ministry said that it would open.", True),
        ("Microsoft said that it would sell.", "The company said that it was sorry.", True),
        ("Ann Lee, the actress, said that it was over.", "The actress said that she was glad.", True),
        ("House Speaker Paul Vane said that it was over.", "The speaker said that it was late.", True),
        ("One person close to the talks said that they failed.", "The person said that nobody left.", True),
        ("The Hart campaign said that it would sue.", "Mr. Hart's campaign said that it had sued.", True),
        ("A nurse said that the ward was full.", "A teacher said that the school was not.", False),
        ("The vice president said that it was late.", "“No,” the president replied to all of them.", False),
        ("The Otter Protection Society (OPS) said that it rained.", "The OPS said that it would rain.", True),
        ("JUDY FALK: Good evening to all of you.", "\n\nFALK: What do you make of it?", True),
        ("The Food and Drug Administration said that it was late.", "The FDA said that it was not.", True),
        ("HMRC said that it was late.", "HM Revenue and Customs said that it was sorry.", True),
        ("Ann Lee and Bob Marsh said that it was late.", "“It was,” they said.", True),
        ("Ann Lee and Bob Marsh said that it was late.", "Ann Lee said that it was not.", False),
        ("James O’Dell said that it was late.", "James O'Dell said that it was not.", True),
        ("James O’Dell said that it was late.", "O'Dell said that it was not.", True),
        ("Martin Pope Jr. said that it was late.", "Pope Jr. said that it was not.", True),
        ("Sam Dale III said that it was late.", "Dale III said that it was not.", True),
    ],
)
def test_who_is_the_same(attribute, first, second, same):
    one, other = attribute(f"News.\n\n{first} {second}").attributions
    assert (one.speaker_id == other.speaker_id) is same


def test_a_bare_surname_is_the_main_bearer_s_and_not_a_relative_s(attribute):
    article = attribute(
        "News.\n\nHelen Drax opened the harbour. Helen Drax is mayor. Her husband, Tom Drax, came too. Rain fell. It "
        "went on and on for all of the night, and then for the whole of the day as well, until the river rose to the "
        "doors of the houses that stand beside it. Drax said that the ferries would go on."
    )
    assert article.speaker(article.attributions[-1].speaker_id).name == "Helen Drax"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Lobbyist and strategist Ann Lee, a friend of Mr. Fox, said that it was lost.", "Ann Lee"),
        ("“It rose,” said the Surveys of Homes chief economist Karl Weber.", "Karl Weber"),
        ("A witness, Mohammad, said that the road was closed.", "Mohammad"),
        ("The Prime Minister, Keir Stone, said that the road was closed.", "Keir Stone"),
        ("The Chancellor, Rachel Marsh, told reporters that taxes would rise.", "Rachel Marsh"),
        ("Nurse Patience Moyo said that the ward was full.", "Patience Moyo"),
        ("Senators Ann Poe, Bill Fox and Cara Dunn said that they would vote.", "Ann Poe, Bill Fox and Cara Dunn"),
        ("Ann Poe, the mayor of Oslo and Bergen, said that it was late.", "Ann Poe"),
        ("Tom Berg and his wife said that they would move.", "Tom Berg"),
        ("Prime Minister Boris Lane met President Emil Macro in Oslo. Lane said that it was late.", "Boris Lane"),
        ("His ex-wife said that he was late.", "ex-wife"),
        ("The co-pilot said that the engine had failed.", "co-pilot"),
        ("GOV. PETE LARK (D), OHIO: Thank you for having me.\n\nHARPER: What about the flood?", "PETE LARK"),
        ("Ann Lee met Tom Berg. The former said that it was late.", "unknown"),
        ("Police chief Norma Quist met both men. One said that it was late.", "unknown"),
    ],
)
def test_a_description_that_leads_up_to_a_name(attribute, body, name):
    article = attribute(f"News.\n\n{body}")
    assert article.speaker(article.attributions[0].speaker_id).name == name


@pytest.mark.parametrize(
    ("title", "whom"),
    [
        ("White House press secretary", "White House"),
        ("Fox campaign spokesman", "Fox campaign"),
        ("spokesman for Mrs. Drax", "Drax"),
        ("spokeswoman for the Department of Defense", "Department of Defense"),
        ("Kremlin spokesman", "Kremlin"),
        ("Novak's longtime lawyer", "Novak"),
        ("former Kremlin spokesman", None),
        ("U.S. attorney", None),
        ("chief economist", None),
    ],
)
def test_whom_a_title_speaks_for(title, whom):
    assert principal(title) == whom


def test_who_is_spoken_for_has_the_name_that_the_cast_has(attribute):
    article = attribute("News.\n\nHelen Drax won. Tom Rusk, a spokesman for Mrs. Drax, said that she was glad.")
    (speaker,) = [speaker for speaker in article.speakers if speaker.name == "Tom Rusk"]
    assert speaker.speaks_for == "Helen Drax"


def test_titles_are_descriptions_and_not_what_stands_beside_by_chance(attribute):
    article = attribute("News.\n\nThen, like Karl Weber and Ann Lee, Tom Berg said that it was late.")
    assert all(speaker.titles == () for speaker in article.speakers)


def test_an_author_who_is_written_about_is_not_the_article_s_own_voice(attribute):
    article = attribute("News.\n\nThe author said that she was sorry. “It was hard to write,” the author said.")
    (found,) = {article.speaker(found.speaker_id).name for found in article.attributions}
    assert found == "the author"


def test_letters_that_grow_when_they_are_made_small_do_no_harm(attribute):
    article = attribute("News.\n\nThe TÜRKİYE İSTATİSTİK KURUMU site said that prices rose.")
    assert len(article.attributions) == 1


def test_a_question_that_nobody_is_said_to_have_asked_gives_its_sentence_to_nobody(attribute):
    article = attribute("News.\n\nAsked whether he would run again, Governor Mills smiled.")
    assert article.speaker_of(article.sentences[-1]).kind == "author"


def test_a_cast_without_names_is_empty():
    assert Cast([], [], Aliases({})).members == []


def test_a_close_choice_names_the_runner_up(attribute):
    article = attribute("News.\n\nTom Berg and Ben Carr left. He said that it was over.")
    (found,) = article.attributions
    assert {article.speaker(found.speaker_id).name, found.runner_up} == {"Tom Berg", "Ben Carr"}


def test_of_a_headline_in_the_text_the_name_that_opens_it_is_one():
    assert _names("Ann Lee Asked Everybody In Town To Write Letters “Soon.”") == [("", "Ann Lee")]
    assert _names("It led with Ferries Cannot Sail After Storms “again.”") == []
