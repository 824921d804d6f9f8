"""The trained model as an ONNX graph, written node by node.

Two integer inputs of shape ``(batch, length)``, ``input_ids`` and ``token_type_ids``, and one output of logits
``(batch, labels)`` for each question. There is no attention mask: a batch holds rows of one length, unpadded, so
nothing a row is judged with can reach its answer. Fused operators are those of ONNX Runtime (``com.microsoft``).
The graph is meant to run as it stands: at its higher levels ONNX Runtime fuses more of it, and is slower.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Floats = NDArray[np.float32]
_FUSED = "com.microsoft"
_OPSET = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderShape:
    """What the weights alone do not say: how many layers and attention heads, and the norm's epsilon."""

    layers: int
    attention_heads: int
    epsilon: float


@dataclass(slots=True)
class GraphBuilder:
    """Collects nodes and constants. `apply` adds a node and returns the name of its output."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Add a constant, once for each name, and return its name."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.asarray(values, order="C"), name)
        return name

    def apply(self, operator: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        """Add a node with one output and return the output's name."""
        output = f"{operator}.{len(self.nodes)}"
        node = helper.make_node(operator, list(inputs), [output], domain=domain, **attributes)
        self.nodes.append(node)
        return output

    def fused(self, operator: str, *inputs: str, **attributes: object) -> str:
        """Add a node of ONNX Runtime's own operators."""
        return self.apply(operator, *inputs, domain=_FUSED, **attributes)


Linear = Callable[[GraphBuilder, str, str, Floats, Floats], str]
"""Adds ``x @ W + b`` to a graph: builder, name of the matrix, name of x, W ``(in, out)``, b ``(out,)`` -> its name."""


def float_linear(builder: GraphBuilder, name: str, states: str, weight: Floats, bias: Floats) -> str:
    """Multiply in 32-bit floating point."""
    product = builder.apply("MatMul", states, builder.constant(name, weight))
    return builder.apply("Add", product, builder.constant(f"{name}.bias", bias))


def table(builder: GraphBuilder, name: str, rows: Floats, ids: str, *, eight_bit: bool) -> str:
    """Look up rows of an embedding table, kept as they are or as 8-bit integers with a scale for each row."""
    if not eight_bit:
        return builder.apply("Gather", builder.constant(name, rows), ids)
    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12) / 127
    integers = np.rint(rows / scale).astype(np.int8)
    found = builder.apply("Gather", builder.constant(name, integers), ids)
    scales = builder.constant(f"{name}.scale", scale.astype(np.float32))
    return builder.apply(
        "Mul",
        builder.apply("Cast", found, to=TensorProto.FLOAT),
        builder.apply("Gather", scales, ids),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What every part of the graph is written from."""

    builder: GraphBuilder
    weights: Mapping[str, Floats]
    shape: EncoderShape
    linear: Linear

    def constant(self, name: str) -> str:
        """Add one of the weights as it stands."""
        return self.builder.constant(name, self.weights[name])


def build_graph(
    weights: Mapping[str, Floats],
    shape: EncoderShape,
    heads: Mapping[str, int],
    *,
    linear: Linear = float_linear,
    eight_bit_tables: bool = False,
) -> onnx.ModelProto:
    """Write the graph of a `TargetClassifier`.

    `weights` are its parameters by their torch names; `heads` gives each question its number of labels, and the
    outputs stand in that order. `linear` decides how the encoder multiplies by its matrices; the heads are always
    multiplied in floating point.
    """
    builder = GraphBuilder()
    plan = _Plan(builder=builder, weights=weights, shape=shape, linear=linear)
    states = _embed(plan, eight_bit=eight_bit_tables)
    for layer in range(shape.layers):
        states = _layer(plan, f"encoder.encoder.layer.{layer}", states)
    blended = _blend(plan, states)
    for name in heads:
        logits = _head(plan, f"heads.{name}", blended)
        builder.nodes.append(helper.make_node("Identity", [logits], [name]))
    return _model(builder, heads)


def layer_inputs(weights: Mapping[str, Floats], layers: int) -> dict[str, Floats]:
    """Every matrix that `build_graph` gives to its `linear`, by name, as ``(in, out)``."""
    matrices = {}
    for layer in range(layers):
        prefix = f"encoder.encoder.layer.{layer}"
        matrices[f"{prefix}.attention.self"] = _packed(weights, prefix, "weight")
        for name in ("attention.output.dense", "intermediate.dense", "output.dense"):
            matrices[f"{prefix}.{name}"] = weights[f"{prefix}.{name}.weight"].T
    return matrices


def _packed(weights: Mapping[str, Floats], prefix: str, kind: str) -> Floats:
    """Query, key and value side by side: one product in place of three."""
    parts = [weights[f"{prefix}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
    return np.concatenate([part.T for part in parts], axis=-1)


def _embed(plan: _Plan, *, eight_bit: bool) -> str:
    builder, prefix = plan.builder, "encoder.embeddings"
    words, places, types = (
        plan.weights[f"{prefix}.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
    )
    length = builder.apply("Shape", "input_ids", start=1, end=2)
    zero = builder.constant("zero", np.array([0], dtype=np.int64))
    total = builder.apply(
        "Add",
        table(builder, f"{prefix}.words", words, "input_ids", eight_bit=eight_bit),
        table(builder, f"{prefix}.types", types, "token_type_ids", eight_bit=False),
    )
    positions = builder.apply("Slice", builder.constant(f"{prefix}.places", places), zero, length)
    total = builder.apply("Add", total, positions)
    norm = _norm(plan, f"{prefix}.LayerNorm")
    return builder.apply("LayerNormalization", total, *norm, axis=-1, epsilon=plan.shape.epsilon)


def _layer(plan: _Plan, prefix: str, states: str) -> str:
    attended = _attend(plan, prefix, states)
    attended = _dense_norm(plan, f"{prefix}.attention.output", attended, states)
    inner = plan.builder.fused("Gelu", _dense(plan, f"{prefix}.intermediate.dense", attended))
    return _dense_norm(plan, f"{prefix}.output", inner, attended)


def _attend(plan: _Plan, prefix: str, states: str) -> str:
    name = f"{prefix}.attention.self"
    weight, bias = (_packed(plan.weights, prefix, kind) for kind in ("weight", "bias"))
    product = plan.linear(plan.builder, name, states, weight, bias)
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    plan.builder.nodes.append(helper.make_node("Split", [product], parts, axis=-1))
    return plan.builder.fused("MultiHeadAttention", *parts, num_heads=plan.shape.attention_heads)


def _dense(plan: _Plan, name: str, states: str) -> str:
    """Multiply by a matrix of the encoder and add its bias."""
    return plan.linear(plan.builder, name, states, plan.weights[f"{name}.weight"].T, plan.weights[f"{name}.bias"])


def _dense_norm(plan: _Plan, prefix: str, states: str, skipped: str) -> str:
    """Multiply, add what was skipped, and normalise: faster on processors than the fused node for it."""
    total = plan.builder.apply("Add", _dense(plan, f"{prefix}.dense", states), skipped)
    norm = _norm(plan, f"{prefix}.LayerNorm")
    return plan.builder.apply("LayerNormalization", total, *norm, axis=-1, epsilon=plan.shape.epsilon)


def _norm(plan: _Plan, prefix: str) -> tuple[str, str]:
    return plan.constant(f"{prefix}.weight"), plan.constant(f"{prefix}.bias")


def _blend(plan: _Plan, states: str) -> str:
    """What ``[CLS]`` says beside the mean of what the target's places say, through one layer."""
    builder, whole = plan.builder, np.array([1], dtype=np.int64)
    one = builder.constant("one", whole)
    end = builder.constant("end", np.array([np.iinfo(np.int64).max], dtype=np.int64))
    first = builder.apply("Gather", states, builder.constant("first", np.array(0)), axis=1)
    rest = builder.apply("Slice", states, one, end, one)
    types = builder.apply("Slice", "token_type_ids", one, end, one)
    shown = builder.apply("Cast", builder.apply("Sub", one, types), to=TensorProto.FLOAT)
    shown = builder.apply("Unsqueeze", shown, builder.constant("minus_one", -whole))
    total = builder.apply("ReduceSum", builder.apply("Mul", rest, shown), one, keepdims=0)
    target = builder.apply("Div", total, builder.apply("ReduceSum", shown, one, keepdims=0))
    both = builder.apply("Concat", first, target, axis=-1)
    return builder.fused("Gelu", _head(plan, "blend", both))


def _head(plan: _Plan, name: str, states: str) -> str:
    """Multiply by a small matrix that is always kept in floating point."""
    return float_linear(plan.builder, name, states, plan.weights[f"{name}.weight"].T, plan.weights[f"{name}.bias"])


def _model(builder: GraphBuilder, heads: Mapping[str, int]) -> onnx.ModelProto:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "token_type_ids")
    ]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", count]) for name, count in heads.items()
    ]
    graph = helper.make_graph(builder.nodes, "onrecord", inputs, outputs, list(builder.constants.values()))
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="onrecord")
