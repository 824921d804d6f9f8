from __future__ import annotations

import errno
import os

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


def test_a_lock_is_held_by_one_and_free_afterwards(tmp_path):
    lock = tmp_path / "new" / "lock"
    with locked(lock, "busy."), pytest.raises(RunError, match=r"busy\.\nFix: wait"), locked(lock, "busy."):
        pass
    with locked(lock, "busy."):
        pass
