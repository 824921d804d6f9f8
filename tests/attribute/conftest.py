"""What the tests of attribution share: one loaded stage, and short ways to read an article it has been through."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.records import Article, Document
from pipeline.split.stage import Split

HEADLINE = "A day in the news.\n\n"


@pytest.fixture(scope="session")
def attribute() -> Callable[[str], Article]:
    stages = (Split(), Attribute())

    def run(text: str, doc_id: str = "d") -> Article:
        batch = [Article(document=Document(doc_id=doc_id, text=text))]
        for stage in stages:
            batch = stage(batch)
        return batch[0]

    return run


@pytest.fixture(scope="session")
def said(attribute):
    """Attributions of a body text as (speaker's name, content, type, force), in order."""

    def run(body: str) -> list[tuple[str, str, str, str]]:
        article = attribute(HEADLINE + body)
        return [
            (
                article.speaker(found.speaker_id).name,
                " | ".join(article.text_of(piece) for piece in found.content),
                found.type,
                found.force,
            )
            for found in article.attributions
        ]

    return run


@pytest.fixture(scope="session")
def speaker_of(attribute):
    """The name of the speaker of the sentence that holds some words."""

    def run(body: str, words: str) -> str:
        article = attribute(HEADLINE + body)
        sentence = next(s for s in article.sentences if words in article.text_of(s))
        return article.speaker_of(sentence).name

    return run
