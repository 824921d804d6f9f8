"""Scoring who speaks by the person meant."""

from __future__ import annotations

import json

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.errors import InputError
from pipeline.evaluate.speakers import evaluate_speakers, read_heard, same_name
from pipeline.records import Speaker
from pipeline.split.stage import Split

TEXT = "A vote.\n\nAnna Lind said the vote was fair. “It was not fair at all,” said Ben Carr. Rain fell on the hills."
STAGES = (Split(), Attribute())


def _row(*names, text=TEXT, **more):
    sentences = [
        "Anna Lind said the vote was fair.",
        "“It was not fair at all,” said Ben Carr.",
        "Rain fell on the hills.",
    ]
    places = [(text.index(each), text.index(each) + len(each)) for each in sentences]
    voices = [{"start": a, "end": b, "speakers": list(n)} for (a, b), n in zip(places, names, strict=True)]
    return {"id": "a", "title": "A vote", "text": text, "voices": voices, **more}


def _write(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_shares_of_all_of_the_spoken_and_of_the_authors_own(tmp_path):
    path = _write(tmp_path, _row(["Anna Lind"], ["Clara Reed"], ["author"]))
    scores = evaluate_speakers(path, STAGES, errors=5)
    values = {name: score["value"] for name, score in scores["speakers"].items()}
    assert values == {"all": pytest.approx(2 / 3), "spoken": 0.5, "author": 1.0}
    assert scores["n"] == {"articles": 1, "sentences": 3, "spoken": 2}
    (mistake,) = scores["errors"]
    assert (mistake["wanted"], mistake["found"], mistake["doc_id"]) == ("Clara Reed", "Ben Carr", "a")
    assert TEXT[mistake["start"] :].startswith("“It was not")


def test_every_accepted_name_is_right(tmp_path):
    path = _write(tmp_path, _row(["Lind"], ["author", "Ben Carr"], ["author"]))
    assert evaluate_speakers(path, STAGES)["speakers"]["all"]["value"] == 1.0


@pytest.mark.parametrize(
    ("wanted", "name", "aliases", "same"),
    [
        ("Ruth Abelson", "Abelson", (), True),
        ("Ruth Abelson", "Walter Abelson", ("Abelson",), False),
        ("Abelson", "Walter Abelson", (), True),
        ("Lucía Montoya", "Lucia Montoya", (), True),
        ("the Pentagon", "Department of Defense", ("Pentagon",), True),
        ("author", "author of the report", (), False),
        ("author", "author", (), True),
        ("Ann", "author", (), False),
        ("the", "the", (), True),
    ],
)
def test_when_two_names_are_one(wanted, name, aliases, same):
    assert same_name(wanted, Speaker(speaker_id="s", name=name, kind="person", aliases=aliases)) is same


@pytest.mark.parametrize(
    "voices",
    [
        None,
        [{"start": 0, "end": 3}],
        [{"start": 0, "end": 3, "speakers": []}],
        [{"start": 3, "end": 3, "speakers": ["Ann"]}],
        [{"start": 0, "end": 99_999, "speakers": ["Ann"]}],
        [{"start": 5, "end": 8, "speakers": ["Ann"]}, {"start": 0, "end": 3, "speakers": ["Ann"]}],
        [{"start": 0, "end": 3, "speakers": [1]}],
        [{"start": 0, "end": 3, "speakers": "Ann"}],
        ["Ann"],
    ],
)
def test_voices_that_are_none_are_named(tmp_path, voices):
    path = _write(tmp_path, _row(["author"], ["author"], ["author"]), {"text": TEXT, "voices": voices})
    with pytest.raises(InputError) as caught:
        read_heard(path)
    assert (caught.value.where.line, caught.value.where.field) == (2, "voices")


def test_a_text_that_is_none_is_named(tmp_path):
    with pytest.raises(InputError):
        read_heard(_write(tmp_path, {"text": 5, "voices": []}))
    with pytest.raises(InputError, match="`title`"):
        read_heard(_write(tmp_path, {"text": TEXT, "title": 5, "voices": []}))
    with pytest.raises(InputError, match="no articles"):
        read_heard(_write(tmp_path))
