"""Which articles have no word of a proposition: nothing is silenced, it is counted."""

from __future__ import annotations

import pytest

from pipeline.engine.inline import run_inline
from pipeline.labels import Target
from pipeline.prelabel.foreign import Foreign, count_foreign, is_foreign
from pipeline.records import Document
from pipeline.split.stage import Split
from pipeline.store import Run
from tests.engine.stages import AllAuthor, LengthPrediction


@pytest.mark.parametrize(
    ("text", "proposition", "foreign"),
    [
        ("It rained on the harbour.", "a carbon tax", True),
        ("TAXES rose.", "a carbon tax", False),
        ("Carbon-free power is cheap.", "a carbon tax", False),
        ("They were vaccinated.", "Vaccines should be mandatory", False),
        ("They should have been there.", "Vaccines should be mandatory", True),
        ("It rained.", "to be", False),
        ("Die Grünen regnen.", "(a* [b", False),
    ],
)
def test_a_word_counts_by_its_beginning(text, proposition, foreign):
    assert is_foreign(text, proposition) is foreign


def test_what_takes_a_side_there_is_counted(tmp_path):
    run = Run(tmp_path / "run")
    texts = ("The length of the ferry is not known to anybody.", "It rained. It went on and on for all of the night.")
    documents = [Document(doc_id=f"d{place}", text=text) for place, text in enumerate(texts)]
    run_inline(documents, [Split(), AllAuthor(), LengthPrediction()], run, chunk_articles=1, on_progress=lambda _: None)
    asked = [Target(name="length", kind="proposition"), Target(name="Ferry", kind="name")]
    assert count_foreign(run, asked) == (Foreign(target="length", articles=1, sided=1),)
