"""A task: exact texts, the right candidates in the right order, the model's labels, and nothing that runs."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from label_studio_sdk.label_interface import LabelInterface

from annotation.page import controls
from annotation.page.interface import interface
from annotation.page.tasks import problems
from pipeline.config import Config
from pipeline.labels import DEFAULT_SCHEME, Target
from pipeline.records import Article, Span
from tests import strategies
from tests.annotation.made import (
    MODEL,
    SPEAKERS,
    TEXT,
    article,
    config_of,
    item,
    schemes,
    span_of,
    speaker,
    task,
    words,
)  # fmt: skip
from tests.annotation.test_interface import fits

CONFIG = Config()
PAGE = interface(DEFAULT_SCHEME, 3)
HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "A$AP Rocky", "$sentence",
    "__author__", "__other__", "__not_asked__", "  ",
    "Zoë\n Ó", "الشيخ عبد الله", "\u202egnp.exe", "😀👩‍👩‍👧", "e\u0301", "\x1b[31m",
]  # fmt: skip
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
READ = {
    0: "␀",
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(map(ord, TURNING), "\N{WORD JOINER}"),
    **dict.fromkeys((0x202D, 0x202E), "\N{REPLACEMENT CHARACTER}"),
}
"""What stands for letters that no database takes, or that would turn words round."""


def chosen(made: dict, control: str) -> str | None:
    results = made["predictions"][0]["result"]
    return next((r["value"]["choices"][0] for r in results if r["from_name"] == control), None)


def names(made: dict) -> list[str]:
    return [option["speaker"] for option in made["data"]["speakers"] if option.get("speaker")]


def tags(html: str) -> set[str]:
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.add(tag)  # type: ignore[method-assign]
    parser.feed(html)
    return found


def test_what_the_annotator_reads():
    data = task(article(title="Title", source="Gazette", date="2026-01-02"), item(2), CONFIG)["data"]
    assert data["title"] == "Title"
    assert data["about"] == "Gazette · 2026-01-02 · sentence 3 of 5"
    assert data["sentence"] == "Bo Lee, a docker, called that a lie."
    assert data["before"] == "“We will not pay,” said Ann Lee, the mayor."
    assert data["after"] == "The harbour opened in 1907. “Never,” Ann Lee added."


def test_without_title_the_headline_stands_for_it_and_not_for_context():
    data = task(article(), item(1), CONFIG)["data"]
    assert data["title"] == "Two Lees clash over harbour"
    assert data["before"] == ""
    assert data["about"] == "sentence 2 of 5"


@pytest.mark.parametrize(("around", "before", "after"), [(0, "", ""), (1, "The harbour opened in 1907.", "")])
def test_as_many_sentences_around_as_the_settings_say(around, before, after):
    data = task(article(), item(4), Config.model_validate({"annotation": {"context_sentences": around}}))["data"]
    assert (data["before"], data["after"]) == (before, after)


def test_the_design_is_in_the_task():
    made = task(article(), item(1, uid="d:s1/2#2", occasion=2, gold=True, arm="blind"), CONFIG)["data"]
    wanted = {"uid": "d:s1/2#2", "sentence_id": "d:s1", "doc_id": "d", "arm": "blind", "inclusion_probability": 0.25}
    wanted |= {"occasion": 2, "gold": True, "annotators": 2}
    assert {name: made[name] for name in wanted} == wanted


def test_candidates_best_first():
    assert names(task(article(), item(1), CONFIG)) == ["Ann Lee", "Bo Lee", "NATO", "author"]
    assert names(task(article(), item(2), CONFIG)) == ["Bo Lee", "NATO", "Ann Lee", "author"]
    few = Config.model_validate({"annotation": {"speaker_candidates": 1}})
    assert names(task(article(), item(2), few)) == ["Bo Lee", "author"]


def test_the_chosen_attribution_counts_before_others_in_the_sentence():
    base = article()
    other = replace((base.attributions or ())[0], attribution_id="a0", content=(span_of("a docker"),), runner_up="d:eu")
    people = (*SPEAKERS, speaker("eu", "EU", "organisation"))
    made = replace(base, speakers=people, attributions=(other, *(base.attributions or ())))
    assert names(task(made, item(2), CONFIG)) == ["Bo Lee", "NATO", "Ann Lee", "EU", "author"]


def test_of_those_not_quoted_the_most_mentioned_come_first():
    people = (*SPEAKERS, speaker("un", "UN", "organisation", 3), speaker("us", "officials", "group", 5))
    assert names(task(article(people), item(1), CONFIG)) == ["Ann Lee", "Bo Lee", "NATO", "officials", "UN", "author"]


def test_what_cannot_speak_is_offered_only_where_something_is_attributed_to_it():
    base = article()
    assert "a report" not in names(task(base, item(1), CONFIG))
    voices = tuple(replace(v, speaker_id="d:report") if v.sentence_id == "d:s1" else v for v in base.voices or ())
    assert names(task(replace(base, voices=voices), item(1), CONFIG))[0] == "a report"


def test_a_blind_item_has_no_pre_label_and_its_candidates_stand_as_in_the_text():
    made = task(article(), item(2, arm="blind"), CONFIG)
    assert made["predictions"] == []
    assert names(made) == ["NATO", "Bo Lee", "Ann Lee", "author"]
    assert not any(
        option.get("selected")
        for name, options in made["data"].items()
        if name == "speakers" or "_options_" in name
        for option in options
        if option["value"] != controls.NOT_ASKED
    )


def test_keys_of_speakers():
    options = task(article(), item(), CONFIG)["data"]["speakers"]
    assert [option["hotkey"] for option in options] == ["1", "2", "3", "8", "9"]
    assert [option["value"] for option in options][-2:] == ["__author__", "__other__"]


def test_titles_tell_speakers_apart():
    options = task(article(), item(), CONFIG)["data"]["speakers"]
    assert "<small><bdi>mayor</bdi></small>" in options[0]["html"]


def test_equal_names_stay_apart():
    twins = (
        *SPEAKERS,
        speaker("lee2", "Ann Lee", titles=("docker",)),
        speaker("lee3", "Ann Lee", titles=("docker",)),
        speaker("lee4", "Ann  Lee"),
    )
    options = task(article(twins), item(), CONFIG)["data"]["speakers"]
    values = [option["value"] for option in options]
    assert len(set(values)) == len(values)
    assert {"Ann Lee (mayor)", "Ann Lee (docker)", "Ann Lee"} <= set(values)
    assert len({option["speaker_id"] for option in options if option.get("speaker_id")}) == len(values) - 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_inert_distinct_and_chosen(name):
    people = (*SPEAKERS[:-1], speaker("ann", name, titles=(name,)))
    made = json.loads(json.dumps(task(article(people), item(), CONFIG)))
    option = made["data"]["speakers"][0]
    assert option["speaker"] == name
    assert tags(option["html"]) == {"span", "kbd", "bdi", "small"}
    assert "$" not in option["value"]
    assert chosen(made, "speaker") == option.get("alias", option["value"])
    values = [option.get("alias", option["value"]) for option in made["data"]["speakers"]]
    assert len(set(values)) == len(values)
    assert values[0] not in {controls.AUTHOR_VALUE, controls.OTHER_VALUE, controls.NOT_ASKED}
    assert problems(made, PAGE) == []


def test_the_models_labels():
    made = task(article(), item(2), CONFIG)
    assert [prediction["model_version"] for prediction in made["predictions"]] == [MODEL]
    assert made["predictions"][0]["score"] == 0.8
    assert chosen(made, "speaker") == "Bo Lee"
    assert chosen(made, "stance_1") == chosen(made, "stance_2") == "against"
    assert chosen(made, "sentiment_1") == "negative"
    assert chosen(task(article(), item(3), CONFIG), "speaker") == "__author__"
    assert task(article(), item(), CONFIG, model_version="m@2")["predictions"][0]["model_version"] == "m@2"


def test_what_is_not_asked_is_answered_by_itself():
    made = task(article(), item(), CONFIG)
    hidden = ["sentiment_2", "stance_3", "sentiment_3"]
    assert [c for c in ("stance_2", *hidden) if chosen(made, c) == controls.NOT_ASKED] == hidden
    for control in hidden:
        (option,) = made["data"][control.replace("_", "_options_")]
        assert (option["value"], option["selected"]) == (controls.NOT_ASKED, True)
    assert list(made["data"]["asks"]) == ["stance_1", "sentiment_1", "stance_2"]


def test_a_further_part_does_not_ask_for_the_speaker():
    made = task(article(), item(asks_speaker=False), CONFIG)
    assert [option["value"] for option in made["data"]["speakers"]] == [controls.NOT_ASKED]
    assert chosen(made, "speaker") == controls.NOT_ASKED


def test_an_item_without_targets_asks_for_the_speaker_alone():
    made = task(article(), item(targets=()), CONFIG)
    assert made["data"]["asks"] == {}
    assert problems(made, PAGE) == []


@given(
    st.text(min_size=1, max_size=300) | st.sampled_from(["x" * 5000, "“" + "é😀\u202e " * 1500 + "”", "\x00", "\ud800"])
)
def test_texts_are_the_articles_but_for_what_cannot_be_stored_or_turns_words_round(words):
    text = f"{words}. Said Ann."
    base = article()
    sentences = tuple(
        replace(sentence, span=Span(0, len(words))) if sentence.index == 1 else replace(sentence, span=Span(0, 0))
        for sentence in base.sentences or ()
    )
    made = replace(base, document=replace(base.document, text=text, title=words), sentences=sentences)
    data = json.loads(json.dumps(task(made, item(), CONFIG), ensure_ascii=False).encode("utf-8"))["data"]
    assert data["sentence"] == data["title"] == words.translate(READ)


def test_what_turns_words_round_is_shown_nowhere_and_comes_back():
    name = f"Ann {TURNING}eeL\u200f\u061c"
    base = article((*SPEAKERS[:-1], speaker("ann", name, titles=(TURNING,))), title=name, source=name, date=TURNING)
    text = base.document.text.replace("pay", name)
    whole = replace(base, document=replace(base.document, text=text))
    predictions = tuple(replace(one, target=name) for one in base.predictions or () if one.target == "Ann Lee")
    made = task(replace(whole, predictions=predictions), item(targets=(Target(name=name),)), CONFIG)
    data = made["data"]
    read = [data[field] for field in ("title", "about", "before", "sentence", "after", "target_1", "outlet", "date")]
    read += [option.get("html", "") for options in data.values() if isinstance(options, list) for option in options]
    assert not set(TURNING).intersection("".join(read))
    assert "Ann " in data["target_1"]
    assert data["target_1"].endswith("eeL\u200f\u061c")
    assert {ask["target"] for ask in data["asks"].values()} == {name}
    assert (data["speakers"][0]["speaker"], data["speakers"][0]["value"]) == (name, name)
    assert (chosen(made, "speaker"), chosen(made, "stance_1")) == (name, "against")


@given(strategies.articles(), schemes(), st.lists(words, max_size=3, unique=True), st.booleans(), st.data())
def test_any_article_under_any_scheme_makes_a_task_that_label_studio_shows(any_article, scheme, targets, part, data):
    assume(fits(scheme) and any_article.sentences)
    slots = controls.slots_of(scheme)
    sentence = data.draw(st.sampled_from(any_article.sentences))
    asked = tuple(Target(name=name, kind=data.draw(st.sampled_from(["name", "proposition"]))) for name in targets)[
        :slots
    ]
    one = replace(item(targets=asked, asks_speaker=part), sentence_id=sentence.sentence_id)
    made = json.loads(json.dumps(task(any_article, one, config_of(scheme))))
    xml = interface(scheme, slots)
    assert problems(made, xml) == []
    page = LabelInterface(xml)
    for prediction in made["predictions"]:
        assert page.validate_prediction(prediction, return_errors=True) == []
    assert made["data"]["sentence"] == any_article.text_of(sentence).translate(READ)
    asks = [(ask["question"], ask["target"]) for ask in made["data"]["asks"].values()]
    assert asks == [
        (q.name, t.name.replace("\x00", "␀")) for t in asked for q in scheme.questions if t.kind in q.asked_of
    ]


def broken(**changes: object) -> dict:
    made = task(article(), item(), CONFIG)
    made["predictions"][0] |= changes
    return made


def result(**changes: object) -> dict:
    whole = {
        "id": "x",
        "from_name": "stance_1",
        "to_name": "sentence",
        "type": "choices",
        "value": {"choices": ["favor"]},
    }
    return broken(result=[whole | changes])


@pytest.mark.parametrize(
    "made",
    [
        broken(score=1.7),
        broken(score=None),
        broken(model_version=""),
        broken(result={}),
        result(from_name="stance_9"),
        result(to_name="before"),
        result(type="rating"),
        result(value={"choices": ["pro"]}),
        result(value={}),
        result(from_name="flags", value={"choices": ["nonsense"]}),
        result(from_name="speaker", value={"choices": ["Nobody"]}),
    ],
)
def test_a_wrong_prediction_is_a_problem(made):
    assert len(problems(made, PAGE)) == 1


@pytest.mark.parametrize("field", ["sentence", "before", "speakers", "target_2", "about"])
def test_a_missing_field_is_a_problem(field):
    made = task(article(), item(), CONFIG)
    del made["data"][field]
    assert problems(made, PAGE)


def test_a_right_prediction_is_none():
    assert problems(result(), PAGE) == []


def test_an_unknown_sentence_is_a_key_error():
    with pytest.raises(KeyError):
        task(article(), item(9), CONFIG)


def test_an_article_that_nobody_attributed_makes_a_task():
    bare = Article(document=article().document, sentences=article().sentences)
    assert names(task(bare, item(targets=()), CONFIG)) == ["author"]
    assert TEXT.startswith(task(bare, item(targets=()), CONFIG)["data"]["title"])
