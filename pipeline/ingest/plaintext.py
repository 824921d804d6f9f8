"""A plain text file is one article."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.config import ArticlesConfig
from pipeline.ingest.decode import decode, read_bytes
from pipeline.ingest.rows import OWN_FIELDS, Row, document_of
from pipeline.records import Document


def read_plaintext(path: str, config: ArticlesConfig) -> Iterator[Document]:
    """Read a text file; a file of more bytes than its characters could take is refused without being read."""
    text = decode(read_bytes(path, 4 * config.max_characters + 4), path)
    yield document_of(Row(values={"text": text}, line=None), path, OWN_FIELDS, config.max_characters)
