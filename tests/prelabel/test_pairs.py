"""What is judged toward whom: real articles through the real stages, up to the model."""

from __future__ import annotations

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.labels import Target
from pipeline.prelabel.pairs import Asked, article_pairs
from pipeline.records import Article, Document
from pipeline.split.stage import Split
from pipeline.stage import run_stages

RENNER = Target(name="Paul Renner")
TEXT = """Carbon tax divides the cabinet.

Energy Secretary Paul Renner presented a plan on Tuesday.

Asked about Renner, Grant Walsh said the plan was “the best thing in a generation.”

“The energy secretary has no idea,” Dana Reyes said. “The secretary should go.”

Press secretary Kim Vale said the bridge would be closed.

“The bridge is old,” Renner said."""


@pytest.fixture(scope="module")
def asked() -> dict[str, Asked]:
    (article,) = run_stages([Split(), Attribute()], [Article(document=Document(doc_id="d", text=TEXT))])
    return {article.text_of(each.sentence): each for each in article_pairs(article, [RENNER])}


def of(asked: dict[str, Asked], words: str) -> Asked:
    return next(each for sentence, each in asked.items() if words in sentence)


def test_a_target_that_only_the_rest_of_the_sentence_names_is_judged_on_all_of_it(asked):
    found = of(asked, "Asked about Renner")
    assert (found.absent, found.text_judged) == (False, "sentence")
    assert [found.pair.text[span.start : span.end] for span in found.pair.mentions] == ["Renner"]


def test_one_who_speaks_of_a_bridge_does_not_speak_of_themselves(asked):
    assert (of(asked, "The bridge is old").absent, of(asked, "The bridge is old").text_judged) == (True, "content")


def test_a_whole_role_means_who_has_it(asked):
    found = of(asked, "no idea")
    assert [found.pair.text[span.start : span.end] for span in found.pair.mentions] == ["The energy secretary"]


def test_of_a_role_that_two_have_the_model_is_asked_without_a_place(asked):
    found = of(asked, "should go")
    assert (found.pair.mentions, found.absent) == ((), False)


def test_an_article_is_foreign_to_a_proposition_as_a_whole():
    (article,) = run_stages([Split(), Attribute()], [Article(document=Document(doc_id="d", text=TEXT, title="Fares"))])
    asked = ("a carbon tax", "higher fares", "free school meals")
    pairs = article_pairs(article, [Target(name=name, kind="proposition") for name in asked])
    found = {(each.target.name, each.pair.foreign) for each in pairs}
    assert found == {("a carbon tax", 0), ("higher fares", 0), ("free school meals", len(TEXT.split()) + 1)}
