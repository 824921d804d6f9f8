"""Whether this machine multiplies in 16-bit brain floats, or only emulates them."""

from __future__ import annotations

import torch


def has_bfloat16() -> bool:
    """Whether a GPU is there, which training takes then, or a processor with AMX or AVX512-BF16 (oneDNN's own test)."""
    return torch.cuda.is_available() or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
