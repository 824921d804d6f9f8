"""The parser's arithmetic: its matrix products through ONNX Runtime, which knows the processor where BLIS may not.

The parser spends most of its time in them. BLIS, which spaCy takes, falls back on plain C on a processor younger than
itself (on a Zen 5 about 40 GFLOP a second against 140 and more). OpenBLAS is as fast, but there a row's product changes
with the rows beside it, and so would a sentence's parse with its batch. ONNX Runtime on one thread gives a row the same
bits in any company, but for a row alone: that one is given company.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from thinc.api import NumpyOps

Floats = NDArray[np.float32]

GRAPH = (
    b'\x08\x07:D\n\x1e\n\x01x\n\x01y\x12\x01z"\x04Gemm*\r\n\x06transB\x18\x01\xa0\x01\x02\x12\x01g'
    b"Z\t\n\x01x\x12\x04\n\x02\x08\x01Z\t\n\x01y\x12\x04\n\x02\x08\x01b\t\n\x01z\x12\x04\n\x02\x08\x01B\x04\n\x00\x10\r"
)
"""An ONNX model of one operator, ``z = Gemm(x, y, transB=1)``: the base install has no package that writes one."""


class SteadyOps(NumpyOps):  # type: ignore[misc]
    """Thinc's operations on arrays, for a model that only predicts.

    Products ``x @ y.T`` in 32-bit floating point are taken to ONNX Runtime, and the largest of a few pieces is found
    without noting which it was: a fifth of the time.
    """

    def gemm(
        self, x: Floats, y: Floats, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        """Return ``x @ y``, with either transposed first; a row of the product depends on no other row of `x`."""
        if trans1 or not trans2 or not x.size or x.dtype != np.float32 or y.dtype != np.float32:
            product: Floats = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return product
        product = times_transposed(x, y)
        if out is None:
            return product
        out[...] = product
        return out

    def maxout(self, x: Floats) -> tuple[Floats, NDArray[np.int32]]:
        """Return the largest of the pieces of `x`, (rows, width, pieces): (rows, width); and no places of them."""
        best = x[..., 0]
        for piece in range(1, x.shape[2]):
            best = np.maximum(best, x[..., piece])
        return np.ascontiguousarray(best), np.empty((0, 0), np.int32)


def times_transposed(x: Floats, y: Floats) -> Floats:
    """Return ``x @ y.T``, each row the same bits whatever rows stand beside it."""
    if len(x) == 1:
        return times_transposed(np.repeat(x, 2, axis=0), y)[:1]
    product: Floats = _session().run(None, {"x": np.ascontiguousarray(x), "y": np.ascontiguousarray(y)})[0]
    return product


@lru_cache(maxsize=1)
def _session() -> Any:  # noqa: ANN401
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"])
