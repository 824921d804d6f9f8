"""An HTML page is one article: its main text, without menus, advertisements and comments, by ``trafilatura``."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from pipeline.config import ArticlesConfig
from pipeline.errors import InputError, Place
from pipeline.ingest.decode import read_bytes
from pipeline.ingest.rows import OWN_FIELDS, Row, document_of
from pipeline.records import Document

_BYTES_PER_CHARACTER = 10
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_webpage(path: str, config: ArticlesConfig) -> Iterator[Document]:
    """Read an HTML file, in any encoding that it declares.

    The extracted text is the document's text, one block of the page a paragraph, with blank lines between. Title,
    site, address and date come from the page's metadata; a date is never guessed from the page's wording.
    """
    content = read_bytes(path, _BYTES_PER_CHARACTER * config.max_characters)
    values = _extract(content, path)
    if not values.get("text"):
        raise InputError(
            "no main text was found in this page.",
            where=Place(path=path),
            fix="save the article's text as a .txt file.",
        )
    yield document_of(Row(values=values, line=None), path, OWN_FIELDS, config.max_characters)


def _extract(content: bytes, path: str) -> dict[str, object]:
    """The main text and the metadata of a page; empty where there is no text."""
    import trafilatura

    for library in ("trafilatura", "htmldate"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    try:
        page = trafilatura.bare_extraction(
            content, with_metadata=True, include_comments=False, date_extraction_params=_DATES
        )
    except Exception as error:
        raise InputError(
            f"the page cannot be taken apart: {error}.",
            where=Place(path=path),
            fix="save the article's text as a .txt file.",
        ) from error
    if page is None or not page.text:
        return {}
    return {
        "text": page.text.replace("\n", "\n\n"),
        "title": page.title,
        "source": page.sitename,
        "url": page.url,
        "date": page.date,
    }
