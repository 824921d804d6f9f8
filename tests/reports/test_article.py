from __future__ import annotations

import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pipeline.labels import DEFAULT_SCHEME, Label, LabelScheme, Question
from pipeline.records import Article
from reports.view.article import article_page
from tests.reports.demo import TARGETS, answer, crowded_article, unmentioned, with_text
from tests.reports.hostile import PAYLOADS, hostile_article


class Reader(HTMLParser):
    """Collects tags, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def read(article: Article, scheme: LabelScheme = DEFAULT_SCHEME) -> Reader:
    return Reader(article_page(article, scheme))


def test_the_page_is_one_file_without_scripts(demo):
    reader = read(demo)
    assert not {"script", "link", "iframe", "img", "object", "embed", "form"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name.startswith("on") or name in ("src", "srcset")]
    assert "default-src 'none'" in article_page(demo, DEFAULT_SCHEME)


def test_the_same_article_gives_the_same_page(demo):
    assert article_page(demo, DEFAULT_SCHEME) == article_page(demo, DEFAULT_SCHEME)


def test_headline_metadata_and_body_are_told_apart(demo):
    page = article_page(demo, DEFAULT_SCHEME)
    assert re.search(r"<h1[^>]*>NASA administrator advocates for probe", page)
    assert page.count("NASA administrator advocates") == 2  # the window's title and the heading
    assert '<p class="metadata" dir="auto">date 2024-10-25</p>' in page
    assert "25 October 2024" not in page, "the line above the headline has said so"


def test_the_whole_text_is_there(demo):
    shown = read(demo).text
    for sentence in demo.sentences:
        assert " ".join(demo.text_of(sentence).split())[:20] in shown


def test_the_page_says_who_why_and_how_sure(demo):
    shown = read(demo).text
    for words in (
        "Bill Nelson, 97% sure",
        "quote-cue-subject",
        "for the Kremlin",
        "perhaps John Kirby",
        "favor 11%, neutral 31%, against 58%",
        "pre-labels by all-MiniLM-L6-v2-onrecord@3f9c2a1: a model’s guesses, not human judgements",
        "Or elseWhite House officials",
    ):
        assert words in shown.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"predictions": None}, "Stance and sentiment have not been computed."),
        ({"predictions": ()}, "there was no target to judge any sentence toward"),
        ({"predictions": None, "voices": None}, "Speakers have not been computed"),
        ({"predictions": None, "voices": None, "attributions": None, "quotations": None, "speakers": None,
          "sentences": None}, "This article has not been split into sentences"),
    ],
)  # fmt: skip
def test_what_has_not_been_computed_is_said_plainly(demo, missing, words):
    shown = read(replace(demo, **missing)).text
    assert words in shown
    assert "ought to be scrutinized" in shown


def test_predictions_without_speakers_are_shown_too(demo):
    assert "not attributed" in read(replace(demo, voices=None)).text


def test_a_title_that_differs_from_the_headline_leaves_it_in_the_text(demo):
    reader = read(replace(demo, document=replace(demo.document, title="Another title")))
    assert "Another title" in reader.text
    assert "NASA administrator advocates for probe" in reader.text


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://www.example.com/a?b=1&c=2", True),
        ("http://example.com", True),
        ("javascript:alert(1)", False),
        (" JaVaScRiPt:alert(1)", False),
        ("data:text/html,<script>1</script>", False),
        ("https://", False),
        ("http://[broken", False),
        ("//example.com", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url, linked):
    links = [value for name, value in read(with_text("Rain is due.", url=url)).attributes if name == "href"]
    assert any(not link.startswith("#") for link in links) == linked


def test_hostile_words_stay_words():
    reader = read(hostile_article())
    assert not {"script", "iframe", "img", "form", "base", "button", "animate"} & set(reader.tags)
    assert reader.tags.count("meta") == 5
    assert not [name for name, _ in reader.attributes if name.startswith("on")]
    styles = {value for name, value in reader.attributes if name == "style"}
    assert all(re.fullmatch(r"(width|left):-?[\d.]+%", style) for style in styles)
    assert PAYLOADS[0] in reader.text
    assert "{{ ''.__class__ }}" in reader.text


def test_controls_and_overrides_are_gone_from_the_page():
    page = article_page(hostile_article(), DEFAULT_SCHEME)
    page.encode("utf-8")
    assert not set("\x00\x07\x1b\x7f\x9b\u202e\ud800") & set(page)
    assert "␛[31;5mred" in page


def test_labels_without_an_order_are_counted():
    base = with_text("Rain is due.")
    labels = (Label(name="loss"), Label(name="gain"))
    scheme = LabelScheme(questions=(Question(name="frame", instruction="", labels=labels, level="nominal"),))
    judged = answer(base.sentences[0].sentence_id, "Rain", "frame", {"loss": 0.8, "gain": 0.2}, "sentence")
    shown = read(replace(base, predictions=(judged,)), scheme).text
    assert "◆ loss Rain 80%" in shown
    assert "frame 1 loss" in shown


def test_many_targets_leave_the_neutral_ones_to_a_sentence():
    assert "Neutral throughout toward" in read(crowded_article(3, 20, 6)).text


def test_a_very_long_article_takes_seconds_and_grows_linearly():
    started = time.perf_counter()
    long = len(article_page(crowded_article(30, 3, 2500), DEFAULT_SCHEME))
    assert time.perf_counter() - started < 20
    half = len(article_page(crowded_article(30, 3, 1250), DEFAULT_SCHEME))
    assert long < 2.2 * half


@pytest.mark.parametrize("text", ["", " ", "\n\n", "x", "Rain."])
def test_next_to_nothing_is_still_a_page(text):
    assert article_page(with_text(text), DEFAULT_SCHEME).rstrip().endswith("</html>")


def test_a_label_by_rule_gives_the_rule_and_no_probability(demo):
    shown = read(unmentioned(demo, "NASA")).text.replace("\xa0", " ")
    assert "neutral by rule: target not mentioned" in shown
    assert "neutral 100%" not in shown
    assert "No mention of NASA." in shown
    assert "A sentence that does not mention the target counts as neutral." in shown
    assert "is neutral by rule; the model was not asked." in shown
    assert "(target not mentioned)" not in shown, "the model was asked of others in every sentence"
    assert "by rule" not in read(demo).text
    assert "neutral (target not mentioned)" in read(unmentioned(demo, *TARGETS)).text


def test_the_key_introduces_the_targets(demo):
    assert "Toward: Elon Musk; Vladimir Putin; NASA." in read(demo).text
    assert "Plan 5; and 14 more." in read(crowded_article(3, 20, 6)).text


def test_a_name_that_the_margin_shortens_is_told_whole_too():
    base = with_text("Rain is due.")
    names = ("the council should ban cars", "the council should ban coal")
    scores = {"favor": 0.8, "neutral": 0.1, "against": 0.1}
    made = tuple(answer(base.sentences[0].sentence_id, name, "stance", scores, "sentence") for name in names)
    page = article_page(replace(base, predictions=made), DEFAULT_SCHEME)
    assert f'title="{names[0]}"><span class="hidden">{names[0]}</span><span aria-hidden="true">… cars</span>' in page
