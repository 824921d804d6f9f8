"""The embedded model as transformers would run it: its own weights, taken back to 32-bit floats, in torch."""

from __future__ import annotations

from pathlib import Path

from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerFast
from transformers.modeling_outputs import SequenceClassifierOutput

from pipeline.train.model import TargetClassifier


class StanceModel(PreTrainedModel):
    """The stance head alone, as a sequence classifier."""

    config_class = PretrainedConfig

    def __init__(self, model: TargetClassifier, labels: tuple[str, ...]) -> None:
        by_label = {label: column for column, label in enumerate(labels)}
        super().__init__(PretrainedConfig(id2label=dict(enumerate(labels)), label2id=by_label))
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        answers = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
        return SequenceClassifierOutput(logits=answers["stance"])


def tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    """The folder's tokenizer as transformers' own."""
    return PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"),
        model_max_length=256,
        model_input_names=["input_ids", "token_type_ids", "attention_mask"],
        cls_token="[CLS]",
        sep_token="[SEP]",
        pad_token="[PAD]",
        unk_token="[UNK]",
    )
