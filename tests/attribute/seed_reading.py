"""The seed article as one careful reader attributes it, written before the program's answer was looked at.

One line a sentence, in order: who says it; then, where a reader may as well hear somebody else, who, and why.
"""

from __future__ import annotations

AUTHOR = "author"
NELSON = "Nelson"

READING: tuple[tuple[str, ...], ...] = (
    (AUTHOR,),  # the date
    (NELSON, AUTHOR),  # the administrator advocates; or the paper says that he does
    (AUTHOR,),  # the report suggests; that it raises worries is the author's
    (AUTHOR,),
    (NELSON,),
    (AUTHOR, NELSON),  # no cue; but his concerns seem to go on, right after he is quoted
    ("several White House officials",),
    ("several current and former US, European, and Russian officials",),
    (AUTHOR, "unknown", "Putin"),  # hedged and without a source; or whoever alleges; or whose request it is
    ("Elon Musk", AUTHOR),  # he says nothing; or the author says so
    ("White House", "John Kirby"),  # it "admitted"; he can only be its spokesman, for nobody is questioned by one
    ("Department of Defense",),
    ("Dmitry Peskov",),
    (AUTHOR,),
    (AUTHOR,),
    (AUTHOR,),
    (AUTHOR,),
    ("duo", AUTHOR),  # the two discussed a role; but nothing that they said is told
    (AUTHOR,),
    (AUTHOR,),  # the warning stands beside; that the prizes were awarded is the author's
    (AUTHOR,),
    (AUTHOR,),
    (AUTHOR,),
)
