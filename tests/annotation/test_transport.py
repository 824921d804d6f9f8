"""What counts as an answer: JSON from end to end, wherever it may have been cut."""

from __future__ import annotations

import json

import pytest

from annotation.door.transport import _is_whole

EXPORT = json.dumps(
    [{"id": number, "annotations": [], "data": {"text": "It said [so]."}} for number in range(3)]
).encode()


def test_an_answer_is_whole_only_to_its_last_byte():
    assert _is_whole(EXPORT)
    assert [end for end in range(len(EXPORT)) if _is_whole(EXPORT[:end])] == []


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"[{]", b'{"a": "\xff"}', b"nul", b"null]"])
def test_what_is_no_json_is_no_answer(content):
    assert not _is_whole(content)


@pytest.mark.parametrize("content", [b"null", b"[]", b"{}", b"true", b"7", b' {"a": 1}\n'])
def test_json_of_any_kind_is_an_answer(content):
    assert _is_whole(content)
