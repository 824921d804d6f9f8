"""Eight-bit matrices that are the same for every batch.

Both factors of each of the encoder's products become 8-bit integers by scales fixed beforehand, from what real
texts put through the model. Scales found at run time would follow whatever else is in the batch, and a sentence
would get another label in other company.

Some of the encoder's features are far larger than the rest, and one scale for all of them would drown the small
ones. So each feature is first divided by a factor of its own, which its row of the weights is multiplied with:
``x W = (x / f) (f W)`` (SmoothQuant: Xiao et al. 2023, arXiv:2211.10438, equation 4). How much of the range moves to
the weights, and how much of the largest values is clipped, is searched for each product: least squared error. Then the
weights are rounded one feature after the other, and what each rounding does to the product is made good by the features
that are left (GPTQ: Frantar et al. 2022, arXiv:2210.17323, section 3): a fifth less error on texts that were not
observed. What is left on average is added back (bias correction: Nagel et al. 2019, arXiv:1906.04721, section 4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.linalg import cholesky, inv
from torch import Tensor, nn

from pipeline.train.graph import Floats, GraphBuilder, Linear
from pipeline.train.model import TargetClassifier

_MIGRATION = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
"""Shares of the range, in powers, that may move from the features to the weights."""
_CLIPPING = (1.0, 0.85, 0.7, 0.55, 0.4)
"""Shares of the observed range that the integers may cover."""
_SEARCHED = 3072
"""The search looks at about so many rows, the rounding at all."""
_DAMPING = 0.01
"""Share of a feature's mean square that is added to each: then features that say the same do no harm."""
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
    highest = np.maximum(np.abs(states).max(axis=0), 1e-5)
    widest = np.maximum(np.abs(weight).max(axis=1), 1e-5)
    some = states[:: max(1, len(states) // _SEARCHED)]
    tried = (
        _rounded(some, weight, highest**power / widest ** (1 - power) if power else np.ones_like(highest), cover)
        for power in _MIGRATION
        for cover in _CLIPPING
    )
    return _compensated(min(tried, key=lambda candidate: candidate.error), states, weight)


def _rounded(states: Floats, weight: Floats, factor: Floats, cover: float) -> EightBit:
    """Every weight to the nearest integer, `factor` moved into it; states clipped to a share `cover` of their range."""
    inverse = (factor.mean() / factor).astype(np.float32)
    scaled = states * inverse
    low, high = min(0.0, float(scaled.min()) * cover), max(0.0, float(scaled.max()) * cover)
    scale = np.float32(max(high - low, 1e-8) / 255)
    moved = weight / inverse[:, None]
    weight_scale = (np.maximum(np.abs(moved).max(axis=0), 1e-12) / _WEIGHT_LIMIT).astype(np.float32)
    product = EightBit(
        inverse=inverse,
        scale=scale,
        zero=np.uint8(round(-low / float(scale))),
        weight=np.rint(moved / weight_scale).astype(np.int8),
        weight_scale=weight_scale,
        shift=np.zeros(weight.shape[1], np.float32),
        error=0.0,
    )
    return _corrected(product, states, weight)


def _compensated(product: EightBit, states: Floats, weight: Floats) -> EightBit:
    """Round the weights again, each feature's error made good by those after it."""
    seen = _read(product, states).astype(np.float64)
    second = seen.T @ seen
    second[np.diag_indices_from(second)] += _DAMPING * np.diag(second).mean() + 1e-12
    upper = cholesky(inv(second), lower=False)
    left = weight.astype(np.float64) / product.inverse[:, None]
    integers = np.empty(weight.shape, np.int8)
    for feature in range(len(weight)):
        whole = np.clip(np.rint(left[feature] / product.weight_scale), -_WEIGHT_LIMIT, _WEIGHT_LIMIT)
        missed = (left[feature] - whole * product.weight_scale) / upper[feature, feature]
        left[feature + 1 :] -= np.outer(upper[feature, feature + 1 :], missed)
        integers[feature] = whole
    return _corrected(replace(product, weight=integers), states, weight)


def _corrected(product: EightBit, states: Floats, weight: Floats) -> EightBit:
    """The product with the mean error added back, and the error that is left."""
    wanted = states @ weight
    found = _read(product, states) @ (product.weight * product.weight_scale)
    shift = (wanted - found).mean(axis=0)
    error = float(np.square(found + shift - wanted).mean() / np.square(wanted).mean())
    return replace(product, shift=shift.astype(np.float32), error=error)


def _read(product: EightBit, states: Floats) -> Floats:
    """The states as the integers say them, each feature still divided by its factor."""
    integers = np.clip(np.rint(states * product.inverse / product.scale) + int(product.zero), 0, 255)
    read: Floats = (integers - int(product.zero)).astype(np.float32) * product.scale
    return read


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
