from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """The folder of gold files that ``make bench DATA=...`` names."""
    folder = request.config.getoption("--data")
    if not folder or not Path(folder).is_dir():
        pytest.skip("needs gold files: make bench DATA=folder")
    return Path(folder)
