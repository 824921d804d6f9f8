import pytest

from pipeline.config import Config
from pipeline.labels import Target
from pipeline.prelabel.absence import Absence, forms_of, words_of
from pipeline.prelabel.stage import Prelabel
from pipeline.prelabel.targets import speaker_of_target
from pipeline.records import Article, Document, Mention, Span, Speaker
from tests.prelabel.test_prelabel import ARTICLE, LengthClassifier, question

SPEAKERS = (
    Speaker(speaker_id="author", name="author", kind="author"),
    Speaker(speaker_id="berg", name="Anna Berg", kind="person", aliases=("Berg",)),
    Speaker(speaker_id="bank", name="Nordbank", kind="organisation"),
)


def absent(text, target, *, said_by=None, others=(), after=""):
    """Whether the target is said to be absent from the text; `others` are words that mean somebody else.

    `after` is what the article goes on to say.
    """
    lind = Speaker(
        speaker_id="lind",
        name="Ove Lind",
        kind="person",
        mentions=tuple(Mention(text.index(word), text.index(word) + len(word), "pronoun") for word in others),
    )
    article = Article(document=Document(doc_id="d", text=text + after), speakers=(*SPEAKERS, lind))
    target = target if isinstance(target, Target) else Target(name=target)
    absence = Absence(article, target, speaker_of_target(target, article.speakers), forms_of(article))
    return absence.holds(words_of(article, [Span(0, len(text))]), said_by)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("The council met at noon.", "Anna Berg"),
        ("The council met at noon.", "Nordbank"),
        ("He said that she had left.", "Nordbank"),
        ("I am of the same mind, and so are we.", "Anna Berg"),
        ("The axis of evil.", "Xi Jinping"),
        ("It was announced, and done at the same time.", "Ann Leeds"),
    ],
)
def test_a_text_without_anything_that_could_mean_the_target_is_seen_to_be(text, target):
    assert absent(text, target)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("BERG’S lawyers met at noon.", "Anna Berg"),
        ("Anna met them at noon.", "Anna Berg"),
        ("The Mexican economy grew.", "Mexico"),
        ("The Chinese economy grew.", "China"),
        ("A republican plan.", "Republicans"),
        ("Xi's plan.", "Xi Jinping"),
        ("She met them at noon.", "Anna Berg"),
        ("The Musks of this world.", Target(name="the owner", aliases=("Elon Musk",))),
        ("It rained.", Target(name="a new harbour tunnel", kind="proposition")),
        ("It rained.", "—"),
    ],
)
def test_where_something_could_mean_the_target_the_model_is_asked(text, target):
    assert not absent(text, target)


def test_a_pronoun_of_somebody_else_is_not_the_target():
    assert absent("Lind said she had left.", "Anna Berg", others=["she"])


def test_a_pronoun_may_be_a_target_that_the_article_names_and_is_none_that_it_does_not():
    assert not absent("They asked him.", "Ben Carson", after=" It was Mr Carson.")
    assert not absent("They asked him.", "Ben Carson", after=" It was Ben.")
    assert absent("They asked him.", "Ben Carson", after=" It was no benefit.")
    assert absent("“I’d back him,” Lind said of her brother.", "Ben Carson")


def test_i_is_the_target_only_where_the_target_speaks():
    assert not absent("I sued.", "Anna Berg", said_by="berg")
    assert absent("I sued.", "Anna Berg", said_by="lind")


class Counting(LengthClassifier):
    def __init__(self):
        super().__init__()
        self.asked = []

    def probabilities(self, pairs):
        self.asked += pairs
        return super().probabilities(pairs)


def predict(**prelabel):
    classifier = Counting()
    stage = Prelabel(Config.model_validate({"prelabel": prelabel}), classifier)
    (article,) = stage([ARTICLE])
    return classifier, stage, article.predictions


def test_an_absent_target_is_neutral_with_the_reason_and_the_model_is_not_asked():
    classifier, _, predictions = predict(targets=[{"name": "Ove Lind"}, {"name": "Nordbank"}])
    by_rule = [one for one in predictions if one.reason]
    assert {one.target for one in by_rule} == {"Ove Lind"}
    assert len(by_rule) == 3 * 2
    for one in by_rule:
        assert one.reason == "target not mentioned"
        assert one.label == "neutral"
        assert one.scores["neutral"] == 1
        assert sum(one.scores.values()) == 1
    assert {pair.target for pair in classifier.asked} == {"Nordbank"}


def test_the_rule_can_be_switched_off_and_is_part_of_the_fingerprint():
    classifier, judging, predictions = predict(targets=[{"name": "Ove Lind"}], unmentioned="judge")
    assert {pair.target for pair in classifier.asked} == {"Ove Lind"}
    assert all(one.reason is None for one in predictions)
    assert judging.fingerprint != predict(targets=[{"name": "Ove Lind"}])[1].fingerprint


def test_a_question_without_neutral_is_always_put_to_the_model():
    class TwoWay(Counting):
        def __init__(self):
            super().__init__()
            self.labels = {"stance": ("yes", "no", "unsure")}

    config = Config.model_validate(
        {"prelabel": {"targets": [{"name": "Ove Lind"}], "questions": [question("stance", ["yes", "no", "unsure"])]}}
    )
    (article,) = Prelabel(config, TwoWay())([ARTICLE])
    assert all(one.reason is None for one in article.predictions)
