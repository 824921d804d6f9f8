"""The parser's matrix products: right, and the same for a row in any company."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.attribute.products import GRAPH, SteadyOps, times_transposed

_DRAW = np.random.default_rng(0)
_ROWS = _DRAW.standard_normal((700, 288)).astype(np.float32)
_WEIGHTS = {width: _DRAW.standard_normal((width, 288)).astype(np.float32) for width in (64, 90, 106, 288)}


@given(width=st.sampled_from(sorted(_WEIGHTS)), start=st.integers(0, 699), count=st.integers(1, 700))
def test_a_row_has_the_same_product_to_the_bit_whatever_stands_beside_it(width, start, count):
    part = times_transposed(_ROWS[start : start + count], _WEIGHTS[width])
    assert np.array_equal(part, times_transposed(_ROWS, _WEIGHTS[width])[start : start + count])


@pytest.mark.parametrize("rows", [0, 1, 2, 700])
@pytest.mark.parametrize(("trans1", "trans2"), [(False, True), (False, False), (True, False)])
def test_products_are_those_of_numpy(rows, trans1, trans2):
    x, y = _ROWS[:rows].copy(), _WEIGHTS[64].copy()
    left, right = (x.T.copy() if trans1 else x), (y if trans2 else y.T.copy())
    expected = x.astype(np.float64) @ y.T
    found = SteadyOps().gemm(left, right, trans1=trans1, trans2=trans2)
    assert np.allclose(found, expected, atol=1e-3)
    out = np.empty((rows, 64), np.float32)
    SteadyOps().gemm(left, right, out=out, trans1=trans1, trans2=trans2)
    assert np.allclose(out, expected, atol=1e-3)


def test_the_graph_is_the_one_operator_that_it_is_said_to_be():
    onnx = pytest.importorskip("onnx")
    names = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in "xyz"]
    gemm = onnx.helper.make_node("Gemm", ["x", "y"], ["z"], transB=1)
    graph = onnx.helper.make_graph([gemm], "g", names[:2], names[2:])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=7)
    assert onnx.load_from_string(GRAPH) == model


def test_every_layer_of_the_parser_takes_them():
    from pipeline.attribute.parse import _load

    layers = [layer for _, component in _load().components for layer in component.model.walk()]
    assert layers
    assert all(isinstance(layer.ops, SteadyOps) for layer in layers)
