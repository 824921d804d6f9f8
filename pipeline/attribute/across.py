"""Who is one person in all articles of a run.

Within an article a speaker is settled by what the article says; across articles only names can tell. People are one
where the forms of their names agree with one another (*Joe Hallam*, *Joseph R. Hallam Jr.*) and no article has both as
two; a surname alone is whose it nearly always is in the run. Two people of one full name in two articles are taken for
one, which nothing here can tell. Roles and groups (*spokesman*, *officials*) keep their words, and are nobody in
particular.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations, product
from typing import Any, NamedTuple

from pipeline.attribute.gender import may_be_same
from pipeline.attribute.member import is_full_name, suffix, surname, without_suffix
from pipeline.attribute.namesakes import Namesakes
from pipeline.attribute.organisations import bare
from pipeline.records import SpeakerKind
from pipeline.store import Run

_NEARLY_ALL = 0.9
_FEWEST = 3
"""A surname alone is somebody's who has this share of the articles that name anybody of it in full, and so many."""


class Appearance(NamedTuple):
    """A speaker of one article, as the table ``speakers`` has it."""

    doc_id: str
    speaker_id: str
    name: str
    kind: SpeakerKind


def names_in_run(run: Run) -> dict[str, str]:
    """The name under which each speaker goes in a run, by speaker id, as far as its articles are attributed."""
    return names_across(appearances(run))


def appearances(run: Run) -> Iterator[Appearance]:
    """Who appears in the articles of a run, in order."""
    for chunk in range(run.chunks()):
        if run.table_path("speakers", chunk).exists():
            yield from map(Appearance._make, _rows(run, chunk))


def _rows(run: Run, chunk: int) -> Iterator[tuple[Any, ...]]:
    table = run.read_table("speakers", chunk, Appearance._fields)
    return zip(*(table[name].to_pylist() for name in Appearance._fields), strict=True)


def names_across(appearances: Iterable[Appearance]) -> dict[str, str]:
    """The name under which each speaker goes in the whole run, by speaker id.

    That is, of the forms of the name, the one in most articles. Two speakers of one article never get one name, and
    the order of the appearances does not matter.
    """
    articles: defaultdict[str, set[str]] = defaultdict(set)
    found = list(appearances)
    for each in found:
        if _is_person(each):
            articles[each.name].add(each.doc_id)
    people = _people(articles)
    bearers = _of_surnames(people, articles)
    named_in_full = {(doc, surname(name)) for name in people for doc in articles[name]}
    named = {}
    for each in found:
        name = each.name
        if each.kind == "organisation":
            name = bare(name)
        elif name in people:
            name = people[name]
        elif _is_person(each) and (each.doc_id, name) not in named_in_full:
            name = bearers.get(name, name)
        named[each.speaker_id] = name
    return named


def _is_person(each: Appearance) -> bool:
    return each.kind == "person" and each.name[:1].isupper()


def _people(articles: Mapping[str, Set[str]]) -> dict[str, str]:
    """Full names, and the commonest form of the name of the same person."""
    by_surname: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(filter(is_full_name, articles)):
        by_surname[surname(name)].append(name)
    commonest = {}
    for names in by_surname.values():
        for forms in _same_surname(names, articles):
            main = max(forms, key=lambda name: (len(articles[name]), -len(name), name))
            commonest.update(dict.fromkeys(forms, main))
    return commonest


def _same_surname(names: Sequence[str], articles: Mapping[str, Set[str]]) -> list[list[str]]:
    """The names of one surname, put together by person: first those of one first name, then short and long ones."""
    namesakes = Namesakes(names)

    def agree(one: Sequence[str], other: Sequence[str]) -> bool:
        return all(
            _agree(left, right) and not namesakes.apart(left, right) and not articles[left] & articles[right]
            for left, right in product(one, other)
        )

    by_first: defaultdict[str, list[list[str]]] = defaultdict(list)
    for name in names:
        by_first[name.split()[0]].append([name])
    return _joined([each for same in by_first.values() for each in _joined(same, agree)], agree)


def _joined(groups: Sequence[list[str]], agree: Callable[[list[str], list[str]], bool]) -> list[list[str]]:
    """Groups that agree, made one where all that hang together agree with each other; the others as they are."""
    left, done = list(groups), []
    while left:
        together = [left.pop(0)]
        for each in together:
            together += (found := [other for other in left if agree(each, other)])
            left = [other for other in left if other not in found]
        if all(agree(one, other) for one, other in combinations(together, 2)):
            together = [[name for group in together for name in group]]
        done += together
    return done


def _agree(one: str, other: str) -> bool:
    """Whether two full names of one surname can be one person's: no first, middle or last part contradicts."""
    (first, *middle), (other_first, *other_middle) = (without_suffix(name).split()[:-1] for name in (one, other))
    middles = all(map(may_be_same, middle, other_middle))
    return may_be_same(first, other_first) and middles and len({suffix(one), suffix(other)} - {""}) < 2


def _of_surnames(people: Mapping[str, str], articles: Mapping[str, Set[str]]) -> dict[str, str]:
    """Surnames, and the person whom nearly all articles mean that name one of them in full."""
    by_surname: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, main in people.items():
        by_surname[surname(name)][main] += len(articles[name])
    mostly = {last: found.most_common(1)[0] for last, found in by_surname.items()}
    return {
        last: main
        for last, (main, count) in mostly.items()
        if count >= max(_FEWEST, _NEARLY_ALL * by_surname[last].total())
    }
