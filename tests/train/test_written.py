import json
import random

import pytest

from pipeline.errors import InputError
from pipeline.prelabel.encoding import find_mentions
from pipeline.train.sources import read_examples
from pipeline.train.written import (
    key_of,
    name_people,
    read_claims,
    read_comments,
    read_names,
    read_people,
    read_topics,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "written.txt"


def test_a_sentence_is_asked_about_every_target_of_its_topic(path):
    path.write_text("# a remark\n= +a ban on whaling | -whaling\n+ Let them live.\n0 The vote is on Monday.\n")
    found = {(example.text, example.target): example.stance for example in read_topics(path)}
    assert found == {
        ("Let them live.", "a ban on whaling"): "favor",
        ("Let them live.", "whaling"): "against",
        ("The vote is on Monday.", "a ban on whaling"): "neutral",
        ("The vote is on Monday.", "whaling"): "neutral",
    }


def test_a_pattern_is_given_with_things_in_it(path):
    path.write_text(
        "* obesity | air pollution\n= +{} is a problem | -the fuss about {} is silly\n+ {} kills.\n0 So be it.\n"
    )
    found = {(example.text, example.target, example.stance) for example in read_topics(path)}
    assert found == {
        ("Obesity kills.", "Obesity is a problem", "favor"),
        ("Air pollution kills.", "Air pollution is a problem", "favor"),
        ("Obesity kills.", "the fuss about obesity is silly", "against"),
        ("Air pollution kills.", "the fuss about air pollution is silly", "against"),
        *(("So be it.", f"{thing} is a problem", "neutral") for thing in ("Obesity", "Air pollution")),
        *(("So be it.", f"the fuss about {thing} is silly", "neutral") for thing in ("obesity", "air pollution")),
    }


def test_people_are_named_and_marked(path):
    path.write_text("0- {A} accused {B} of lying.\n00 {A} was silent.\n")
    rows = list(read_people(path))
    assert [(row.target, row.stance, row.sentiment) for row in rows] == [
        ("{A}", "neutral", "neutral"),
        ("{B}", "against", "negative"),
        ("{A}", "neutral", "neutral"),
    ]
    for seed in range(20):
        named = name_people(rows[1], random.Random(seed))
        (mention,) = named.mentions
        assert named.text.endswith(f"accused {named.text[slice(*mention)]} of lying.")
        assert named.target.split()[-1] in named.text
        assert "{" not in named.text + named.target


def test_a_comment_is_asked_about_each_of_its_targets(path):
    path.write_text("Let the trains run on time.\t+trains | -delays on the line | 0the mayor\n", encoding="utf-8")
    found = [(row.text, row.target, row.stance, row.sentiment) for row in read_comments(path)]
    assert found == [
        ("Let the trains run on time.", "trains", "favor", None),
        ("Let the trains run on time.", "delays on the line", "against", None),
        ("Let the trains run on time.", "the mayor", "neutral", None),
    ]
    path.write_text("No targets here.\n")
    with pytest.raises(InputError, match=r"written.txt:1"):
        list(read_comments(path))


def test_claims_are_asked_about_the_sentence_that_their_key_stands_for(path):
    sentences = ["The council voted on Monday.", "“It was a mistake,” she said."]
    path.write_text(f"{key_of(sentences[1])}\t-the vote | 0the mayor's trip | +the vote was wrong\n", encoding="utf-8")
    found = [(row.text, row.target, row.stance, row.sentiment) for row in read_claims(path, sentences)]
    assert found == [
        (sentences[1], "the vote", "against", None),
        (sentences[1], "the mayor's trip", "neutral", None),
        (sentences[1], "the vote was wrong", "favor", None),
    ]


def test_names_are_shown_where_they_stand_and_judged_by_both_heads(path):
    sentences = ["Ada Berg praised Cole, and Cole blushed."]
    path.write_text(f"{key_of(sentences[0])}\t0Ada Berg | +Cole\n", encoding="utf-8")
    found = [(row.target, row.stance, row.sentiment, row.mentions) for row in read_names(path, sentences)]
    assert found == [
        ("Ada Berg", "neutral", "neutral", ((0, 8),)),
        ("Cole", "favor", "positive", ((17, 21), (27, 31))),
    ]


def test_a_name_that_the_sentence_lacks_is_named(path):
    path.write_text(f"{key_of('Ada Berg left.')}\t0Cole\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"written\.txt:1"):
        list(read_names(path, ["Ada Berg left."]))


@pytest.mark.parametrize("line", ["abc\t+the vote", "{key}\tthe vote", "{key}\t+", "{key}"])
def test_a_claim_about_nothing_known_is_named(path, line):
    path.write_text("# claims\n" + line.format(key=key_of("A vote.")), encoding="utf-8")
    with pytest.raises(InputError, match=r"written\.txt:2"):
        list(read_claims(path, ["A vote."]))


@pytest.mark.parametrize(
    "text", ["+ A sentence before any topic.", "= ban", "= +ban\n? What?", "= +{} is bad\n+ It kills."]
)
def test_a_line_of_no_kind_is_named(path, text):
    path.write_text(text)
    with pytest.raises(InputError, match=r"written\.txt:\d"):
        list(read_topics(path))


@pytest.mark.parametrize("text", ["+ {A} won.", "++ Nobody won.", "+? {A} beat {B}."])
def test_a_line_without_people_is_named(path, text):
    path.write_text(text)
    with pytest.raises(InputError, match=r"written\.txt:1"):
        list(read_people(path))


def test_the_projects_own_sentences_can_be_read(root):
    folder = root / "configs" / "embedded-model"
    topics, people = list(read_topics(folder / "topics.txt")), list(read_people(folder / "people.txt"))
    for rows in (topics, people):
        assert {row.stance for row in rows} == {"favor", "neutral", "against"}
    assert all(name_people(row, random.Random(0)).mentions for row in people)


def test_nothing_is_learned_that_is_measured_on_our_own_gold(root):
    folder = root / "configs" / "embedded-model"
    files = ("topics.txt", "more-topics.txt", "news-topics.txt", "severity.txt", "grave-topics.txt")
    learned = [row for file in files for row in read_topics(folder / file)]
    learned += [row for file in ("comments.tsv", "more-comments.tsv") for row in read_comments(folder / file)]
    assert {row.stance for row in learned} == {"favor", "neutral", "against"}
    gold = [json.loads(line) for line in (root / "seeds" / "stance.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["text"] for row in gold}.isdisjoint(row.text for row in learned)
    assert {row["target"].lower() for row in gold}.isdisjoint(row.target.lower() for row in learned)


def _runs(text, length=10):
    words = text.lower().split()
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def test_our_gold_on_people_is_sound_and_shares_no_ten_words_with_what_is_learned(root):
    files = ("people.txt", "more-people.txt", "still-more-people.txt")
    learned = [row for file in files for row in read_people(root / "configs" / "embedded-model" / file)]
    learned = set().union(*(_runs(row.text) for row in learned))
    for name in ("people.jsonl", "more-people.jsonl"):
        rows = read_examples(root / "seeds" / name, "stance")
        assert {row.stance for row in rows} == {"favor", "neutral", "against"}
        assert all(find_mentions(row.text, row.target) for row in rows)
        assert all(_runs(row.text).isdisjoint(learned) for row in rows)
        assert len({(row.text, row.target) for row in rows}) == len(rows)


@pytest.mark.parametrize("files", [("claims.tsv", "more-claims.tsv"), ("names.tsv",)])
def test_the_projects_own_claims_hold_no_sentence_of_others(root, files):
    """Keys, signs, claims and names, and nothing else: the sentences may not be copied. No sentence is there twice."""
    keys = []
    for line in [line for file in files for line in _own(root, file).splitlines()]:
        if not line.startswith("#"):
            key, _, claims = line.partition("\t")
            assert len(key) == len(key_of("")) == len(key.strip("ghijklmnopqrstuvwxyz "))
            assert all(claim.strip()[0] in "+-0" for claim in claims.split("|"))
            keys.append(key)
    assert len(keys) == len(set(keys)) > 400


def _own(root, name):
    return (root / "configs" / "embedded-model" / name).read_text(encoding="utf-8")
