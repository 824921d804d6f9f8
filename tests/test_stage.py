"""What a stage's fingerprint hangs on, and how items go through stages a few at a time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.config import Config
from pipeline.prelabel.stage import Prelabel
from pipeline.split.stage import Split
from pipeline.stage import batches, code_digest


def package(folder: Path, rule: str) -> None:
    inner = folder / "inner"
    inner.mkdir(parents=True, exist_ok=True)
    for file, text in ((folder / "__init__.py", ""), (inner / "__init__.py", ""), (inner / "rules.py", rule)):
        file.write_text(text)


def test_code_digest_follows_every_file_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    package(tmp_path / "onrecord_rules_one", "LIMIT = 1\n")
    before = code_digest("onrecord_rules_one")
    code_digest.cache_clear()
    assert code_digest("onrecord_rules_one") == before
    code_digest.cache_clear()
    package(tmp_path / "onrecord_rules_one", "LIMIT = 2\n")
    assert code_digest("onrecord_rules_one") != before
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        code_digest("no_such_module")


@pytest.mark.parametrize("stage", [Split, Attribute, Prelabel])
def test_fingerprints_hang_on_the_code_of_their_stage(stage: type, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Prelabel(Config()) if stage is Prelabel else stage()
    before = made.fingerprint
    monkeypatch.setattr(sys.modules[stage.__module__], "code_digest", lambda *names: " ".join(names))
    assert made.fingerprint != before
    assert made.fingerprint == made.fingerprint


@pytest.mark.parametrize(("size", "lengths"), [(1, [1] * 5), (2, [2, 2, 1]), (5, [5]), (9, [5])])
def test_batches_have_all_items_in_order(size, lengths):
    found = list(batches(iter(range(5)), size))
    assert [len(batch) for batch in found] == lengths
    assert [item for batch in found for item in batch] == list(range(5))


def test_there_is_no_batch_of_nothing():
    assert list(batches([], 3)) == []
