"""What the ingest tests share: reading with the rejects at hand, and a network that is not there."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from pipeline.config import ArticlesConfig
from pipeline.ingest import read_documents
from pipeline.records import Document, Reject

Read = Callable[..., tuple[list[Document], list[Reject]]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read inputs to the end; returns the documents and the rejects."""

    def read_all(*inputs: object, **settings: object) -> tuple[list[Document], list[Reject]]:
        rejects: list[Reject] = []
        config = ArticlesConfig.model_validate(settings)
        documents = list(read_documents([str(name) for name in inputs], config, rejects.append))
        return documents, rejects

    return read_all


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every try to reach another machine: it fails, and is written down."""
    tried: list[object] = []

    def refuse(*args: object, **_: object) -> None:
        tried.append(args)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried
