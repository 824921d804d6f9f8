"""One `Item` as one Label Studio task: what the page shows, and the model's labels beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any
from xml.etree import ElementTree as ET

from annotation.page import controls
from annotation.page.candidates import candidates, distinct, role_of
from annotation.page.index import ArticleIndex
from annotation.page.prelabels import model_of, prelabels
from annotation.records import Item
from pipeline.config import Config
from pipeline.labels import LabelScheme, Question
from pipeline.records import AUTHOR, Article, Sentence, Span

Json = dict[str, Any]
_PLACE = attrgetter("index")


def task(index: ArticleIndex, item: Item, config: Config, *, model_version: str | None = None) -> Json:
    """The task that asks people about `item`, a sentence of the article: ``{"data": ..., "predictions": [...]}``.

    What people read is what the article says, as `controls.shown` has it; what comes back from them is exact.
    `model_version` names the pre-labels; left out, the model of the article's predictions does. A blind item
    has no predictions, and its speakers stand in the order of the text, so that their order does not tell what the
    model holds. Raises KeyError where the article has no such sentence.
    """
    sentence = index.sentences[item.sentence_id]
    asked, not_asked = _questions(item, config.scheme)
    data = {
        **_design(item),
        **_reading(index, sentence, item, config.annotation.context_sentences),
        "speakers": _speaker_options(index, sentence, item, config) if item.asks_speaker else [controls.not_asked()],
        **asked,
    }
    if item.arm == "blind":
        return {"data": data, "predictions": []}
    hidden = not_asked if item.asks_speaker else [controls.SPEAKER, *not_asked]
    shown = prelabels(index, sentence, data, hidden, model_version or model_of(index.article, config))
    return {"data": data, "predictions": [shown]}


def asked_anew(data: Mapping[str, Any], item: Item, scheme: LabelScheme) -> Json:
    """A task's data with the questions of `scheme` in place of those it came with: for that, no article is needed."""
    return {**data, **_questions(item, scheme)[0]}


def _design(item: Item) -> Json:
    """What the sampling design says of the item: later statistics weigh by it."""
    return {
        "uid": item.uid,
        "sentence_id": item.sentence_id,
        "doc_id": item.doc_id,
        "arm": item.arm,
        "inclusion_probability": item.inclusion_probability,
        "occasion": item.occasion,
        "gold": item.gold,
        "annotators": item.annotators,
    }


def _reading(index: ArticleIndex, sentence: Sentence, item: Item, around: int) -> Json:
    """What the annotator reads: the sentence, with those of the article's body around it.

    A page that comes again, for more targets, says so: it looks like the one before.
    """
    article, body = index.article, index.body
    document, total = article.document, len(index.sentences)
    first = bisect_left(body, sentence.index, key=_PLACE)
    last = bisect_right(body, sentence.index, lo=first, key=_PLACE)
    headline = article.text_of(index.headline) if index.headline else ""
    facts = [document.source, document.date, f"sentence {sentence.index + 1} of {total}"]
    facts += [] if item.asks_speaker else ["further targets"]
    return {
        "title": controls.shown(document.title or headline),
        "outlet": controls.shown(document.source or ""),
        "date": controls.shown(document.date or ""),
        "about": controls.shown(" · ".join(fact for fact in facts if fact)),
        "sent_no": sentence.index + 1,
        "sent_total": total,
        "before": _stretch(article, body[max(0, first - around) : first]),
        "sentence": controls.shown(article.text_of(sentence)),
        "after": _stretch(article, body[last : last + around]),
    }


def _stretch(article: Article, sentences: Sequence[Sentence]) -> str:
    """The text from the first of the sentences to the last."""
    span = Span(sentences[0].span.start, sentences[-1].span.end) if sentences else Span(0, 0)
    return controls.shown(article.text_of(span))


def _speaker_options(index: ArticleIndex, sentence: Sentence, item: Item, config: Config) -> list[Json]:
    found = candidates(index, sentence, most=config.annotation.speaker_candidates)
    if item.arm == "blind":
        found = sorted(found, key=lambda speaker: index.order[speaker.speaker_id])
    options = [
        controls.option(
            value,
            speaker.name,
            str(key),
            role=role_of(speaker),
            speaker=controls.storable(speaker.name),
            speaker_id=speaker.speaker_id,
        )
        for key, (value, speaker) in enumerate(distinct(found), start=1)
    ]
    author = index.author.speaker_id if index.author else None
    own = controls.option(
        controls.AUTHOR_VALUE, "The article itself", controls.AUTHOR_KEY, speaker=AUTHOR, speaker_id=author
    )
    return [*options, own, controls.option(controls.OTHER_VALUE, "Someone else …", controls.OTHER_KEY)]


def _questions(item: Item, scheme: LabelScheme) -> tuple[Json, list[str]]:
    """Targets and choices of every slot, and the controls that the item asks nothing by, which fill themselves."""
    slots = controls.slots_of(scheme)
    keys, stems = controls.keys(scheme, slots), controls.stems(scheme)
    data: Json = {"asks": {}}
    not_asked = []
    for slot in range(1, slots + 1):
        target = item.targets[slot - 1] if slot <= len(item.targets) else None
        data[f"target_{slot}"] = controls.shown(target.name) if target else ""
        for question in scheme.questions:
            control, field = f"{stems[question.name]}_{slot}", f"{stems[question.name]}_options_{slot}"
            if target and target.kind in question.asked_of:
                data[field] = _options(question, keys[question.name, slot])
                data["asks"][control] = {"question": question.name, "target": controls.storable(target.name)}
            else:
                data[field] = [controls.not_asked()]
                not_asked.append(control)
    return data, not_asked


def _options(question: Question, keys: Sequence[str]) -> list[Json]:
    return [
        controls.option(label.name, label.name, key, hint=label.instruction)
        for label, key in zip(question.labels, keys, strict=True)
    ]


def problems(task: Json, xml: str) -> list[str]:
    """What keeps `task` from being shown as it is meant to be by the page `xml`, in words; empty when nothing does.

    Label Studio takes a wrong prediction without a word and shows a blank; this is what it should have said.
    """
    data, page = task["data"], _page(xml)
    fields = {tag_field for tag_field in page.fields if tag_field[1] not in data}
    found = [f"the page shows ${field}, which the task does not have" for _, field in sorted(fields)]
    found += [
        f"${field} is not a text"
        for tag, field in page.fields
        if tag == "Text" and field in data and not isinstance(data[field], str)
    ]
    for prediction in task["predictions"]:
        score, results = prediction.get("score"), prediction.get("result")
        if not prediction.get("model_version"):
            found.append("a prediction has no model version")
        if not isinstance(score, int | float) or not 0 <= score <= 1:
            found.append("a prediction's score is not in [0, 1]")
        if not isinstance(results, list):
            found.append("a prediction has no list of results")
        else:
            found += [problem for result in results for problem in _result_problems(result, page, data)]
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """Of a labelling configuration: the task's fields that tags show, and the tags that results come from."""

    fields: tuple[tuple[str, str], ...]
    controls: Mapping[str, ET.Element]


@lru_cache(maxsize=4)
def _page(xml: str) -> _Page:
    elements = list(ET.fromstring(xml).iter())
    shown = ((element.tag, element.get("value", "")) for element in elements)
    return _Page(
        fields=tuple((tag, value[1:]) for tag, value in shown if value.startswith("$")),
        controls={element.get("name", ""): element for element in elements if element.get("toName")},
    )


def _result_problems(result: Json, page: _Page, data: Json) -> Iterator[str]:
    name = result.get("from_name")
    control = page.controls.get(str(name))
    if control is None or control.tag.casefold() != result.get("type"):
        yield f"the page has no control {name!r} of type {result.get('type')!r}"
        return
    if control.get("toName") != result.get("to_name"):
        yield f"{name!r} is not about {result.get('to_name')!r}"
    offered = {element.get("value") for element in control.iter("Choice")}
    offered |= {str(controls.value_of(option)) for option in data.get(control.get("value", "")[1:]) or ()}
    chosen = (result.get("value") or {}).get("choices") or [None]
    yield from (f"{name!r} does not offer a value that is chosen" for value in chosen if value not in offered)
