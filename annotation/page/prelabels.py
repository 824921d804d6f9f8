"""The model's labels for a task, in the shape of a Label Studio prediction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotation.page import controls
from annotation.page.index import ArticleIndex
from pipeline.config import Config
from pipeline.records import Article, Sentence

Json = dict[str, Any]


def prelabels(index: ArticleIndex, sentence: Sentence, data: Json, hidden: Sequence[str], model_version: str) -> Json:
    """What is chosen already when an annotator opens the task that has `data`.

    ``score``, in [0, 1], is the probability of the least sure of the labels, the speaker's among them; 0 where there
    is none. The controls in `hidden`, by which the task asks nothing, are answered `controls.NOT_ASKED`.
    """
    chosen = [*_speaker(index, sentence, data["speakers"]), *_answers(index, sentence, data["asks"])]
    answers = {control: value for control, value, _ in chosen} | dict.fromkeys(hidden, controls.NOT_ASKED)
    return {
        "model_version": model_version,
        "score": round(min((sure for _, _, sure in chosen), default=0.0), 6),
        "result": [
            {
                "id": control,
                "from_name": control,
                "to_name": controls.TEXT,
                "type": "choices",
                "value": {"choices": [value]},
            }
            for control, value in answers.items()
        ],
    }


def model_of(article: Article, config: Config) -> str:
    """The model of the article's predictions, ``name@revision``; that of the configuration where it has none."""
    return next((prediction.model for prediction in article.predictions or ()), config.prelabel.model)


def _speaker(index: ArticleIndex, sentence: Sentence, options: list[Json]) -> Iterator[tuple[str, str, float]]:
    if voice := index.voices.get(sentence.sentence_id):
        for option in options:
            if option.get("speaker_id") == voice.speaker_id:
                yield controls.SPEAKER, str(controls.value_of(option)), _share(voice.confidence)


def _answers(index: ArticleIndex, sentence: Sentence, asks: Mapping[str, Json]) -> Iterator[tuple[str, str, float]]:
    made = {
        (prediction.question, controls.storable(prediction.target)): prediction
        for prediction in index.predictions.get(sentence.sentence_id, ())
    }
    for control, asked in asks.items():
        prediction = made.get((asked["question"], asked["target"]))
        if prediction:
            yield control, prediction.label, _share(prediction.scores.get(prediction.label, 0.0))


def _share(number: float) -> float:
    return min(1.0, max(0.0, float(number)))
