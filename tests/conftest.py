from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("default")

ROOT = Path(__file__).parent.parent
pytest_plugins = ["tests.contract.studio"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def seed() -> str:
    """The text of the seed article."""
    return (ROOT / "seeds" / "seed.txt").read_text(encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--data``: a folder of gold files, for the tests of ``make bench`` only."""
    parser.addoption("--data", default="", help="folder of gold files, for make bench")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is measured out of what is tested, unless it is asked for by its marker."""
    if "bench" not in config.getoption("-m"):
        items[:] = [item for item in items if item.get_closest_marker("bench") is None]
