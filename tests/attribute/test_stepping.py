"""The parser's steps: the trees are spaCy's own, whatever is parsed together, and no torch is loaded for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.attribute import stepping
from pipeline.attribute.parse import _load

TEXTS = [
    "The senator said on Monday that she would vote against the bill, adding that it was late.",
    "No.",
    "",
    "“We never agreed to that,” Hale told reporters.",
    "According to two officials, who asked not to be named, the strike killed at least nine people near the border.",
    "  ",
    "It rained. It rained again, and nobody knew why the river that the town was built on rose.",
]


def read(texts: list[str]) -> list[list[tuple[str, str, int]]]:
    model = _load()
    docs = stepping.parsed(model, [model.make_doc(text) for text in texts])
    return [[(token.tag_, token.dep_, token.head.i) for token in doc] for doc in docs]


def test_trees_are_those_of_spacys_own_loop():
    own = [[(token.tag_, token.dep_, token.head.i) for token in doc] for doc in _load().pipe(TEXTS * 3)]
    assert read(TEXTS * 3) == own
    assert {dep for tree in own for _, dep, _ in tree} >= {"nsubj", "ccomp", "pobj", "relcl"}


@pytest.mark.parametrize("most", [1, 20, 60])
def test_a_tree_does_not_hang_on_what_is_parsed_beside_it(monkeypatch, most):
    together = read(TEXTS * 3)
    monkeypatch.setattr(stepping, "_WORDS_READ", most)
    monkeypatch.setattr(stepping, "_WORDS_STEPPED", most)
    assert read(TEXTS * 3) == together


def test_nothing_to_parse_gives_nothing():
    assert read([]) == []
    assert read(["", ""]) == [[], []]


def test_no_torch_is_loaded_for_the_parser_and_none_is_kept_from_others():
    pytest.importorskip("torch")
    code = """
import sys
from pipeline.attribute.parse import _load
_load()("He said so.")
assert "torch" not in sys.modules
import torch
"""
    subprocess.run([sys.executable, "-c", code], check=True)
