"""Eight-bit matrices that are the same for every batch.

Both factors of each of the encoder's products become 8-bit integers by scales fixed beforehand, from what real
texts put through the model. Scales found at run time would follow whatever else is in the batch, and a sentence
would get another label in other company.

Some of the encoder's features are far larger than the rest, and one scale for all of them would drown the small
ones. So each feature is first divided by a factor of its own, which its row of the weights is multiplied with:
``x W = (x / f) (f W)`` (SmoothQuant: Xiao et al. 2023, arXiv:2211.10438, equation 4). How much of the range moves to
the weights, and how much of the largest values is clipped, is searched for each product: least squared error. What
error is left on average is added back (bias correction: Nagel et al. 2019, arXiv:1906.04721, section 4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pipeline.train.graph import Floats, GraphBuilder, Linear
from pipeline.train.model import TargetClassifier

_MIGRATION = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
"""Shares of the range, in powers, that may move from the features to the weights."""
_CLIPPING = (1.0, 0.85, 0.7, 0.55, 0.4)
"""Shares of the observed range that the integers may cover."""
_WEIGHT_LIMIT = 64
"""Weights use 7 of 8 bits: then no processor's 16-bit sums overflow, and all of them agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EightBit:
    """A product in integers.

    ``x W ≈ scale * (u8(x * inverse / scale + zero) - zero) @ weight * weight_scale + shift``, where `inverse` has shape
    ``(in,)``, `weight` ``(in, out)``, `weight_scale` and `shift` ``(out,)``; `error` is the mean squared error over the
    mean square of the product, on the sample that the scales were fitted on.
    """

    inverse: Floats
    scale: np.float32
    zero: np.uint8
    weight: NDArray[np.int8]
    weight_scale: Floats
    shift: Floats
    error: float


def observe(
    model: TargetClassifier, batches: Iterable[Mapping[str, Tensor]], *, rows: int, seed: int
) -> dict[str, Floats]:
    """Return what goes into each matrix of the encoder: up to `rows` rows ``(rows, in)`` by the graph's names.

    The batches hold ``input_ids``, ``token_type_ids`` and ``attention_mask``; rows are drawn evenly from the
    tokens that are not padding.
    """
    kept: dict[str, list[Floats]] = {}
    draw = np.random.default_rng(seed)
    chosen = np.empty(0, dtype=np.int64)

    def keep(name: str) -> object:
        def hook(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            flat = inputs[0].reshape(-1, inputs[0].shape[-1])
            kept.setdefault(name, []).append(flat[torch.from_numpy(chosen)].float().numpy())

        return hook

    hooks = [
        module.register_forward_pre_hook(keep(_graph_name(name)))
        for name, module in model.named_modules()
        if isinstance(module, nn.Linear) and _is_observed(name)
    ]
    listed = list(batches)
    for batch in listed:
        real = np.flatnonzero(batch["attention_mask"].reshape(-1).numpy())
        chosen = np.sort(draw.choice(real, min(len(real), -(-rows // len(listed))), replace=False))
        with torch.inference_mode():
            model(**{name: batch[name] for name in ("input_ids", "token_type_ids", "attention_mask")})
    for hook in hooks:
        hook.remove()
    return {name: np.concatenate(parts)[:rows] for name, parts in kept.items()}


def _is_observed(name: str) -> bool:
    """One of the three that read the same states stands for query, key and value."""
    return name.startswith("encoder.encoder") and not name.endswith((".key", ".value"))


def _graph_name(name: str) -> str:
    return name.removesuffix(".query")


def fit_eight_bit(states: Floats, weight: Floats) -> EightBit:
    """Choose factors, range and integers for ``states @ weight`` by least squared error on `states`.

    `states` has shape ``(rows, in)``, `weight` ``(in, out)``.
    """
    wanted = states @ weight
    highest = np.maximum(np.abs(states).max(axis=0), 1e-5)
    widest = np.maximum(np.abs(weight).max(axis=1), 1e-5)
    fitted = (
        _fit(states, weight, wanted, highest**power / widest ** (1 - power) if power else None, cover)
        for power in _MIGRATION
        for cover in _CLIPPING
    )
    return min(fitted, key=lambda candidate: candidate.error)


def _fit(states: Floats, weight: Floats, wanted: Floats, factor: Floats | None, cover: float) -> EightBit:
    factor = np.ones(len(weight), np.float32) if factor is None else (factor / factor.mean())
    inverse = (1 / factor).astype(np.float32)
    scaled = states * inverse
    low, high = min(0.0, float(scaled.min()) * cover), max(0.0, float(scaled.max()) * cover)
    scale = np.float32(max(high - low, 1e-8) / 255)
    zero = np.uint8(round(-low / float(scale)))
    moved = weight / inverse[:, None]
    weight_scale = (np.maximum(np.abs(moved).max(axis=0), 1e-12) / _WEIGHT_LIMIT).astype(np.float32)
    integers = np.rint(moved / weight_scale).astype(np.int8)
    rounded = np.clip(np.rint(scaled / scale) + int(zero), 0, 255) - int(zero)
    product = (rounded.astype(np.float32) @ integers.astype(np.float32)) * (scale * weight_scale)
    shift = (wanted - product).mean(axis=0)
    error = float(np.square(product + shift - wanted).mean() / np.square(wanted).mean())
    return EightBit(
        inverse=inverse,
        scale=scale,
        zero=zero,
        weight=integers,
        weight_scale=weight_scale,
        shift=shift.astype(np.float32),
        error=error,
    )


def eight_bit_linear(fitted: Mapping[str, EightBit]) -> Linear:
    """Return the `Linear` of `build_graph` that multiplies in 8-bit integers, by each matrix's name."""

    def linear(builder: GraphBuilder, name: str, states: str, _: Floats, bias: Floats) -> str:
        product = fitted[name]
        scale = builder.constant(f"{name}.scale", np.asarray(product.scale))
        zero = builder.constant(f"{name}.zero", np.asarray(product.zero))
        smoothed = builder.apply("Mul", states, builder.constant(f"{name}.inverse", product.inverse))
        return builder.fused(
            "MatMulIntegerToFloat",
            builder.apply("QuantizeLinear", smoothed, scale, zero),
            builder.constant(name, product.weight),
            scale,
            builder.constant(f"{name}.weight_scale", product.weight_scale),
            zero,
            builder.constant(f"{name}.weight_zero", np.zeros(len(product.weight_scale), np.int8)),
            builder.constant(f"{name}.shift", product.shift + bias),
        )

    return linear
