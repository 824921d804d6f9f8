"""Who is one person in the articles of a run: forms of a name that agree, and never two of one article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.attribute.across import Appearance, names_across


def _people(*articles: str) -> list[list[str]]:
    """The names across articles of people given as ``"A, B"`` for each article, in order."""
    found = [
        Appearance(doc_id=str(doc), speaker_id=f"{doc}:{at}", name=name, kind="person")
        for doc, names in enumerate(articles)
        for at, name in enumerate(names.split("; "))
    ]
    named = names_across(found)
    return [[named[each.speaker_id] for each in found if each.doc_id == str(doc)] for doc in range(len(articles))]


def test_forms_of_a_name_are_one_person_under_the_commonest():
    found = _people("Marta Lind", "Marta K. Lind", "Marta Lind", "Marta Karin Lind")
    assert found == [["Marta Lind"]] * 4


def test_short_first_names_are_the_long_one():
    assert _people("Joe Hallam", "Joseph R. Hallam Jr.", "Joe Hallam") == [["Joe Hallam"]] * 3


def test_a_short_form_of_two_people_is_neither():
    assert _people("J. Hallam", "Joseph Hallam", "Jane Hallam") == [["J. Hallam"], ["Joseph Hallam"], ["Jane Hallam"]]


def test_middle_names_tell_two_people_apart():
    found = _people("George H. W. Bush", "George W. Bush", "George Bush", "George W. Bush")
    assert found == [["George H. W. Bush"], ["George W. Bush"], ["George Bush"], ["George W. Bush"]]


def test_junior_is_not_his_father():
    found = _people("Harold Trask", "Harold Trask Jr.", "Harold J. Trask")
    assert found == [["Harold Trask"], ["Harold Trask Jr."], ["Harold Trask"]]


def test_a_surname_alone_is_whose_it_nearly_always_is():
    assert _people("Lind", *["Marta Lind"] * 9, "Olof Lind")[0] == ["Marta Lind"]
    assert _people("Lind", *["Marta Lind"] * 5, "Olof Lind")[0] == ["Lind"]
    assert _people("Lind", "Marta Lind", "Marta Lind")[0] == ["Lind"]
    assert _people("Lind; Marta Lind", *["Marta Lind"] * 5)[0] == ["Lind", "Marta Lind"]


def test_two_of_one_article_are_two():
    assert _people("Joe Hallam; Joseph Hallam", "Joe Hallam") == [["Joe Hallam", "Joseph Hallam"], ["Joe Hallam"]]


def test_roles_and_groups_keep_their_names_and_organisations_lose_their_article():
    found = [
        Appearance(doc_id="a", speaker_id="1", name="spokesman", kind="unknown"),
        Appearance(doc_id="a", speaker_id="2", name="The Ministry of Fisheries", kind="organisation"),
        Appearance(doc_id="b", speaker_id="3", name="Ministry of Fisheries", kind="organisation"),
        Appearance(doc_id="b", speaker_id="4", name="fishermen", kind="group"),
    ]
    ministry = "Ministry of Fisheries"
    assert names_across(found) == {"1": "spokesman", "2": ministry, "3": ministry, "4": "fishermen"}


_NAMES = st.sampled_from(
    ["Ann Lee", "A. Lee", "Anna B. Lee", "Lee", "Bob Lee", "Bob Lee Jr.", "Robert Lee", "Lee Jr.", "x"]
)


@given(st.lists(st.lists(_NAMES, max_size=4, unique=True), max_size=8), st.randoms())
def test_it_hangs_on_no_order_and_never_joins_two_of_one_article(articles, random):
    found = [
        Appearance(doc_id=str(doc), speaker_id=f"{doc} {name}", name=name, kind="person")
        for doc, names in enumerate(articles)
        for name in names
    ]
    named = names_across(found)
    shuffled = random.sample(found, len(found))
    assert names_across(shuffled) == named
    for doc, names in enumerate(articles):
        assert len({named[f"{doc} {name}"] for name in names}) == len(names)
