from __future__ import annotations

import pytest

from pipeline.records import Article
from tests.reports.demo import demo_article


@pytest.fixture(scope="session")
def demo() -> Article:
    """The seed with every layer, by hand."""
    return demo_article()
