"""Which articles have no word of a proposition: nothing is silenced, it is counted."""

from __future__ import annotations

import pytest

from pipeline.engine.inline import run_inline
from pipeline.labels import Target
from pipeline.prelabel.foreign import Foreign, count_foreign, foreign_words
from pipeline.records import Document
from pipeline.split.stage import Split
from pipeline.store import Run
from tests.engine.stages import AllAuthor, LengthPrediction


@pytest.mark.parametrize(
    ("text", "proposition", "words"),
    [
        ("It rained on the harbour.", "a carbon tax", 5),
        ("TAXES rose.", "a carbon tax", 0),
        ("Carbon-free power is cheap.", "a carbon tax", 0),
        ("They were vaccinated.", "Vaccines should be mandatory", 0),
        ("They should have been there.", "Vaccines should be mandatory", 5),
        ("It rained.", "to be", 0),
        ("Die Grünen regnen.", "(a* [b", 0),
    ],
)
def test_a_word_counts_by_its_beginning(text, proposition, words):
    assert foreign_words(text, Target(name=proposition, kind="proposition")) == words


def test_a_name_is_never_foreign_and_an_alias_is_a_word_too():
    assert foreign_words("It rained.", Target(name="Marta Lind", kind="name")) == 0
    assert foreign_words("It rained.", Target(name="a carbon tax", kind="proposition", aliases=("rain",))) == 0


def test_what_takes_a_side_there_is_counted(tmp_path):
    run = Run(tmp_path / "run")
    texts = ("The length of the ferry is not known to anybody.", "It rained. It went on and on for all of the night.")
    documents = [Document(doc_id=f"d{place}", text=text) for place, text in enumerate(texts)]
    run_inline(documents, [Split(), AllAuthor(), LengthPrediction()], run, chunk_articles=1, on_progress=lambda _: None)
    asked = [Target(name="length", kind="proposition"), Target(name="Ferry", kind="name")]
    assert count_foreign(run, asked) == (Foreign(target="length", articles=1, sided=1),)
