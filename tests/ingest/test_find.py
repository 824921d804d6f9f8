"""Folders, globs, and the order of it all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.txt", "c/z.txt", "c/d/y.md", "c-1.txt", ".hidden/x.txt", ".x.txt", "image.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{name}.")
    (tmp_path / "loop").symlink_to(tmp_path)
    return tmp_path


def names(documents):
    return [document.text.removesuffix(".") for document in documents]


def test_a_folder_is_walked_by_name_and_hidden_files_are_passed_over(folder, read):
    documents, (reject,) = read(folder)
    assert names(documents) == ["a.txt", "b.txt", "c/d/y.md", "c/z.txt", "c-1.txt"]
    assert documents[2].path == str(folder / "c/d/y.md")
    assert (reject.file, reject.reason) == (str(folder / "image.png"), "files of this kind are not read.")


def test_a_path_stays_as_the_user_wrote_it(folder, read, monkeypatch):
    monkeypatch.chdir(folder)
    assert read("./c")[0][0].path == "./c/d/y.md"
    assert read("c//z.txt")[0][0].path == "c//z.txt"


def test_a_glob_is_sorted(folder, read):
    assert names(read(folder / "*.txt")[0]) == ["a.txt", "b.txt", "c-1.txt"]
    assert names(read(folder / "c/**/*.*")[0]) == ["c/d/y.md", "c/z.txt"]


def test_inputs_keep_their_order(folder, read):
    assert names(read(folder / "b.txt", folder / "c", folder / "a.txt")[0]) == ["b.txt", "c/d/y.md", "c/z.txt", "a.txt"]


def test_a_file_that_looks_like_a_glob_is_a_file(tmp_path, read):
    (tmp_path / "a[1].txt").write_text("Itself.")
    assert names(read(tmp_path / "a[1].txt")[0]) == ["Itself"]


def test_a_bad_file_in_a_folder_is_a_reject(folder, read):
    (folder / "a.txt").write_bytes(b"\xff\xff")
    documents, rejects = read(folder)
    assert names(documents)[0] == "b.txt"
    assert [reject.file for reject in rejects] == [str(folder / "a.txt"), str(folder / "image.png")]


def test_a_file_that_may_not_be_read(folder, read):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (folder / "a.txt").chmod(0)
    assert "cannot be read" in read(folder)[1][0].reason


def test_a_name_that_is_no_text_can_still_be_written_down(tmp_path, read):
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(name)).write_text("Good.")
    (document,), _ = read(tmp_path)
    assert document.path == str(tmp_path / "caf?.txt")


def test_a_pipe_is_refused(tmp_path, read):
    from pipeline.errors import InputError

    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="regular file"):
        read(tmp_path / "pipe")
