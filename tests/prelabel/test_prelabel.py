from dataclasses import replace

import numpy as np
import pytest

from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.labels import Target
from pipeline.prelabel.pairs import article_pairs
from pipeline.prelabel.stage import Prelabel
from pipeline.prelabel.targets import article_targets
from pipeline.records import (
    Article,
    Attribution,
    Document,
    Mention,
    Sentence,
    Span,
    Speaker,
    Voice,
)
from pipeline.stage import check_order

TEXT = "Trial opens\n\nAnna Berg sued Nordbank. “They lied,” Berg said, “to all of us.” The bank declined to comment."


def span(words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def mention(words, nth=0, kind="name"):
    return Mention(*span(words, nth), kind)


def sentence(index, words, kind="body"):
    return Sentence(sentence_id=f"s{index}", index=index, paragraph=min(index, 1), span=span(words), kind=kind)


SPEAKERS = (
    Speaker(speaker_id="author", name="author", kind="author"),
    Speaker(
        speaker_id="berg",
        name="Anna Berg",
        kind="person",
        aliases=("Berg",),
        mentions=(mention("Anna Berg"), mention("Berg", 1)),
    ),
    Speaker(
        speaker_id="bank",
        name="Nordbank",
        kind="organisation",
        mentions=(mention("Nordbank"), mention("They", kind="pronoun"), mention("The bank", kind="nominal")),
    ),
    Speaker(speaker_id="crowd", name="several onlookers", kind="group", mentions=(mention("all of us"),) * 9),
)
ARTICLE = Article(
    document=Document(doc_id="d", text=TEXT),
    sentences=(
        sentence(0, "Trial opens", kind="headline"),
        sentence(1, "Anna Berg sued Nordbank."),
        sentence(2, "“They lied,” Berg said, “to all of us.”"),
        sentence(3, "The bank declined to comment."),
    ),
    quotations=(),
    speakers=SPEAKERS,
    attributions=(
        Attribution(
            attribution_id="a",
            speaker_id="berg",
            content=(span("“They lied,”"), span("“to all of us.”")),
            cue=span("said"),
            source=span("Berg", 1),
            type="direct",
            force="speech",
            rule="quote",
            confidence=0.9,
        ),
    ),
    voices=(
        Voice(sentence_id="s1", speaker_id="author", attribution_id=None, confidence=1.0),
        Voice(sentence_id="s2", speaker_id="berg", attribution_id="a", confidence=0.9),
        Voice(sentence_id="s3", speaker_id="author", attribution_id=None, confidence=1.0),
    ),
)


class LengthClassifier:
    """Sure of the label whose place is the length of the text, modulo three."""

    name = "lengths"
    revision = "r1"

    def __init__(self):
        self.labels = {"stance": ("favor", "neutral", "against"), "sentiment": ("positive", "neutral", "negative")}

    def probabilities(self, pairs):
        rows = np.full((len(pairs), 3), 0.1, dtype=np.float32)
        for row, pair in zip(rows, pairs, strict=True):
            row[len(pair.text) % 3] = 0.8
        return {"stance": rows, "sentiment": rows}


def stage(**prelabel):
    config = Config.model_validate({"prelabel": prelabel})
    return Prelabel(config, LengthClassifier())


def test_the_most_mentioned_people_and_organisations_are_the_targets():
    assert [target.name for target in article_targets(ARTICLE, most=3)] == ["Nordbank", "Anna Berg"]
    assert [target.name for target in article_targets(ARTICLE, most=1)] == ["Nordbank"]


def test_ties_go_to_who_is_mentioned_first():
    tied = replace(SPEAKERS[2], mentions=SPEAKERS[2].mentions[:2])
    article = replace(ARTICLE, speakers=(tied, SPEAKERS[1]))
    assert [target.name for target in article_targets(article, most=2)] == ["Anna Berg", "Nordbank"]


def test_an_article_that_is_not_attributed_has_no_targets_yet():
    with pytest.raises(ValueError, match="not been attributed"):
        article_targets(replace(ARTICLE, speakers=None), most=3)


def test_what_is_judged_is_what_was_said_without_who_said_it():
    asked = list(article_pairs(ARTICLE, [Target(name="Nordbank")]))
    assert [one.pair.text for one in asked] == [
        "Anna Berg sued Nordbank.",
        "They lied, to all of us.",
        "The bank declined to comment.",
    ]
    assert [one.text_judged for one in asked] == ["sentence", "content", "sentence"]


def test_pairs_know_where_their_text_means_the_target():
    words = [
        [one.pair.text[place.start : place.end] for place in one.pair.mentions]
        for one in article_pairs(ARTICLE, [Target(name="Nordbank"), Target(name="Berg")])
    ]
    assert words == [["Nordbank"], ["Anna Berg", "Berg"], ["They"], [], ["The bank"], []]


def test_predictions_stand_in_order_and_add_up():
    (article,) = stage()([ARTICLE])
    assert [(one.sentence_id, one.target, one.question) for one in article.predictions[:4]] == [
        ("s1", "Nordbank", "stance"),
        ("s1", "Nordbank", "sentiment"),
        ("s1", "Anna Berg", "stance"),
        ("s1", "Anna Berg", "sentiment"),
    ]
    assert len(article.predictions) == 3 * 2 * 2
    for one in article.predictions:
        assert one.model == "lengths@r1"
        assert sum(one.scores.values()) == pytest.approx(1)
        assert one.label == max(one.scores, key=one.scores.get)
    assert list(article.predictions[0].scores) == ["favor", "neutral", "against"]


def test_a_proposition_is_asked_for_stance_only():
    (article,) = stage(targets=[{"name": "a trial", "kind": "proposition"}])([ARTICLE])
    assert {(one.target, one.question) for one in article.predictions} == {("a trial", "stance")}


def test_company_does_not_matter():
    other = replace(ARTICLE, document=Document(doc_id="e", text=TEXT))
    empty = Article(document=Document(doc_id="f", text=""), sentences=(), speakers=(), attributions=(), voices=())
    together = stage()([empty, ARTICLE, other])
    assert together[0].predictions == ()
    assert together[1] == stage()([ARTICLE])[0]
    assert together[2].predictions == together[1].predictions


def test_the_fingerprint_follows_model_questions_and_targets():
    plain = stage().fingerprint
    assert plain == stage().fingerprint
    assert plain == stage(batch_tokens=128, threads=1).fingerprint
    assert plain != stage(targets=[{"name": "Nordbank"}]).fingerprint
    assert plain != stage(default_targets=2).fingerprint
    newer = Prelabel(Config(), type("Newer", (LengthClassifier,), {"revision": "r2"})())
    assert plain != newer.fingerprint


def question(name, labels):
    return {"name": name, "instruction": "?", "level": "nominal", "labels": [{"name": label} for label in labels]}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (question("irony", ["yes", "no"]), "does not answer 'irony'"),
        (question("stance", ["for", "against"]), "labels of 'stance'"),
    ],
)
def test_a_scheme_that_the_model_cannot_answer_is_refused(asked, message):
    with pytest.raises(ConfigError, match=message):
        stage(questions=[asked])


def test_a_question_for_people_only_is_neither_asked_nor_in_the_mark():
    frame = {**question("frame", ["money", "law"]), "prelabelled": False}
    assert stage(questions=["stance", frame]).fingerprint == stage(questions=["stance"]).fingerprint


def test_the_stage_declares_what_it_reads():
    class Before:
        name, reads, writes = "before", (), ("sentences", "speakers", "attributions", "voices")

    check_order([Before(), stage()])
