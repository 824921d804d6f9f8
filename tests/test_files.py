from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.errors import RunError
from pipeline.files import locked, replace_text, writing


def test_a_file_gets_its_folder(tmp_path):
    replace_text(tmp_path / "new" / "deep" / "page.html", "words")
    assert (tmp_path / "new" / "deep" / "page.html").read_text() == "words"


@pytest.mark.parametrize(
    ("reason", "fix"),
    [
        (errno.ENOENT, "make the folder"),
        (errno.EACCES, "a place that you may write to"),
        (errno.EROFS, "a place that you may write to"),
        (errno.ENOSPC, "make room"),
        (errno.ENOTDIR, "is a file"),
        (errno.EISDIR, "name a file in it"),
        (errno.ENAMETOOLONG, "a shorter name"),
        (errno.EIO, "another place"),
    ],
)
def test_the_fix_fits_what_keeps_a_file_from_being_written(tmp_path, reason, fix):
    with pytest.raises(RunError) as caught, writing(tmp_path / "f"):
        raise OSError(reason, os.strerror(reason))
    assert os.strerror(reason) in caught.value.what
    assert fix in caught.value.fix
    assert ("make room" in caught.value.fix) == (reason == errno.ENOSPC)


@pytest.mark.parametrize("name", ["taken", "."])
def test_a_folder_is_not_written_over(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path("taken").mkdir()
    with pytest.raises(RunError, match=r"(?s)Is a directory.*name a file in it"):
        replace_text(Path(name), "words")
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_a_file_is_not_taken_for_a_folder(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="is a file: name a folder"):
        replace_text(tmp_path / "file" / "page.html", "words")


def test_a_lock_is_held_by_one_and_free_afterwards(tmp_path):
    lock = tmp_path / "new" / "lock"
    with locked(lock, "busy."), pytest.raises(RunError, match=r"busy\.\nFix: wait"), locked(lock, "busy."):
        pass
    with locked(lock, "busy."):
        pass
