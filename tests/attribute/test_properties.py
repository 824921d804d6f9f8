"""What must hold of every text."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.attribute.stage import Attribute
from pipeline.records import LAYERS, Article, Document
from pipeline.split.stage import Split
from tests.strategies import texts

STAGES = (Split(), Attribute())
STORY = (
    "Council votes on the harbour\n\n"
    "Mayor Helen Drax said the harbour would close in June. “We cannot pay for it,” Drax told reporters. "
    "“Nobody can.” She added that the ferries would go on.\n\n"
    "Union leader Tom Rusk criticised the vote. “This is a betrayal of dockers,” he said, calling it “a shame.”\n\n"
    "According to the Harbour Board, 300 jobs are at risk. A spokesman for the board declined to comment."
)
SENTENCES = st.sampled_from(
    [
        "Rain fell on the hills all night.",
        "The trains ran late again.",
        "“It was cold up there,” a farmer said.",
        "Bakers in the valley say that flour is dear.",
        "A goose crossed the road.",
    ]
)


FRAGMENTS = (
    "Ann Lee|Bob|Baxley's Corp.|McDonald's|the|The|Spaniard|Speaker|senator|Sen. Al Kho|31-year-old|a retired welder|"
    ", 71,|said|told|he|she|it|its|they|I|we|that|\"|“|”|'|’|,|.|?|:|;|—|-|(|)|Q:|A:|Q.|A.|\n|\n\n|BOB MARSH:|"
    "according to|in a statement|on Tuesday|called for|asked whether|declined to comment|His daughter|Her aide|of|"
    "for|and|who|whose|Halvex NV|(NASDAQ: NVTA)|/PRNewswire/|CAMBRIDGE, Mass.,|Reacting,|in Pune,|the company|"
    "\u202e|\x00|é|Ó Tuathaigh|van der|Jr.|M.D.|mother of three|No.|me.|“No,”|rain fell|it was late"
).split("|")
GARBLED = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60).map(" ".join)
"""What news is made of, in any order: the parser then makes trees that no sentence has."""


def _run(*texts_):
    batch = [Article(document=Document(doc_id=f"d{at}", text=text)) for at, text in enumerate(texts_)]
    for stage in STAGES:
        batch = stage(batch)
    return batch


@settings(max_examples=120)
@given(texts | GARBLED)
def test_every_place_lies_in_the_text_and_every_id_is_there(text):
    (article,) = _run(text)
    speakers = {speaker.speaker_id for speaker in article.speakers}
    ids = [found.attribution_id for found in article.attributions]
    spans = [span for found in article.attributions for span in (*found.content, found.source, found.cue) if span]
    spans += [mention.span for speaker in article.speakers for mention in speaker.mentions]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert len(speakers) == len(article.speakers)
    assert all(speaker.name.strip() for speaker in article.speakers)
    assert len(set(ids)) == len(ids)
    assert all(found.content and found.speaker_id in speakers for found in article.attributions)
    assert all(found.parent is None or found.parent in ids for found in article.attributions)
    assert [voice.sentence_id for voice in article.voices] == [s.sentence_id for s in article.sentences]
    assert all(voice.speaker_id in speakers and 0 <= voice.confidence <= 1 for voice in article.voices)
    assert all(voice.attribution_id is None or voice.attribution_id in ids for voice in article.voices)


@settings(max_examples=25)
@given(st.lists(SENTENCES, min_size=1, max_size=6))
def test_paragraphs_added_after_change_nothing_before(extra):
    (alone,), (longer,) = _run(STORY), _run(f"{STORY}\n\n{' '.join(extra)}")
    assert longer.attributions[: len(alone.attributions)] == alone.attributions
    assert longer.voices[: len(alone.voices)] == alone.voices


@settings(max_examples=25)
@given(st.sampled_from(["Quimby", "Okonkwo", "Lindqvist", "Marchetti", "Zielinski"]))
def test_renaming_a_speaker_renames_the_result_and_nothing_else(name):
    (before,), (after,) = _run(STORY), _run(STORY.replace("Drax", name))
    assert [s.name.replace("Drax", name) for s in before.speakers] == [s.name for s in after.speakers]
    for one, other in zip(before.attributions, after.attributions, strict=True):
        said = [
            " ".join(article.text_of(piece) for piece in found.content)
            for article, found in ((before, one), (after, other))
        ]
        assert said[0].replace("Drax", name) == said[1]
        assert (one.type, one.force, one.rule) == (other.type, other.force, other.rule)
        assert one.speaker_id.replace("drax", name.lower()) == other.speaker_id


@settings(max_examples=15)
@given(st.permutations([STORY, "Rain fell.", STORY.replace("Drax", "Vole"), "“No,” said Ann Lee."]))
def test_what_is_found_does_not_depend_on_the_batch(stories):
    together = _run(*stories)
    for at, text in enumerate(stories):
        (alone,) = _run(text)
        assert [a.content for a in together[at].attributions] == [a.content for a in alone.attributions]
        assert [s.name for s in together[at].speakers] == [s.name for s in alone.speakers]
        assert [v.confidence for v in together[at].voices] == [v.confidence for v in alone.voices]


def test_the_stage_can_be_sent_to_another_process():
    (used,) = STAGES[1](STAGES[0]([Article(document=Document(doc_id="d", text=STORY))]))
    (again,) = pickle.loads(pickle.dumps(STAGES[1]))(STAGES[0]([Article(document=Document(doc_id="d", text=STORY))]))
    assert used == again


HOSTILE = {
    "empty": "",
    "spaces": " \n\t\u00a0\n ",
    "NULs": "He said\x00 that \x00it was\x00 so. \x00" * 20,
    "right to left": "\u202eHe said it was late.\u202c “\u202eNo,\u202c” she said.",
    "emoji": "😀 said 😀 that 😀. “😀😀😀,” said 😀 Smith 😀.",
    "no points": "he said that she said that they said that it said so " * 80,
    "capitals": "“WE ARE DONE,” SAID THE MAYOR. THE COUNCIL SAID THAT IT WAS NOT. " * 10,
    "only marks": "“” \"\" '' ‘’ « » “ ” \" ' " * 50,
    "one word": "said" * 5000,
    "open": "“" * 3000 + " he said",
    "dashes": "― — – - " * 500,
    "colons": "A: B: C: D: said: " * 300,
    "hedges in hedges": "He \u202e reportedly no comment [ ( I wrote ’ allegedly 1. \n ß \xa0 we he \u202e i : http://x.y",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_does_no_harm(text):
    (article,) = _run(text)
    assert all(getattr(article, layer) is not None for layer in LAYERS if layer != "predictions")
    above = {found.attribution_id: found.parent for found in article.attributions}
    for found in above:
        seen = set()
        while (found := above[found]) is not None:
            assert found not in seen, "an attribution that holds itself"
            seen.add(found)


@pytest.mark.parametrize(
    "part", ['"', '"Oh no.\n', "“we will go now” said Bob and ", "A.", "A.B-C&", 'Bob said: "no\n', "“Oh, no.\n\n"]
)
def test_time_grows_with_the_text(part):
    """Eight times the text takes eight times as long, and not sixty-four times."""
    _run("Bob said it was late.")
    took = []
    for size in (20_000, 160_000):
        began = time.process_time()
        _run(part * (size // len(part)))
        took.append(time.process_time() - began)
    assert took[1] < 20 * max(took[0], 0.02)


def test_a_line_of_a_megabyte_takes_bounded_time():
    line = "Officials said that the river was “very high indeed” today, and Tom Rusk agreed with them. " * 1500
    start = time.process_time()
    (article,) = _run(line)
    assert len(article.attributions) > 1000
    assert time.process_time() - start < 25
