from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.agreement.judged_run import labelled


@pytest.fixture(scope="session")
def labelled_once(tmp_path_factory) -> Path:
    return labelled(tmp_path_factory.mktemp("labelled"))


@pytest.fixture
def run(labelled_once, tmp_path) -> Path:
    """A run of its own over four real articles, which nobody has judged."""
    return Path(shutil.copytree(labelled_once, tmp_path / "run"))
