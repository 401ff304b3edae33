"""The network in TensorFlow, for training alone: the layers of the sentence model and the heads; its word vectors stay as published."""

from typing import Any

import numpy as np
import tensorflow as tf

from stemcheck.network.graph import HEADS, LAYER_NORM_EPSILON, LAYERS, WIDTH

DROPOUT = 0.1
Weights = dict[str, Any]


class TrainableNetwork:
    """The layers and the heads as variables, the embeddings as constants."""

    def __init__(self, published: Weights, claim_types: int, intents: int) -> None:
        self.weights: Weights = {
            name: tf.Variable(value, name=name) if name.startswith("encoder.layer.") else tf.constant(value)
            for name, value in published.items()
            if name.startswith(("embeddings", "encoder")) and value.dtype == np.float32
        }
        self.body = [value for value in self.weights.values() if isinstance(value, tf.Variable)]
        self.heads = {name: tf.Variable(value, name=name) for name, value in _fresh_heads(claim_types, intents).items()}
        self.weights.update(self.heads)

    def embed(self, ids: tf.Tensor) -> tf.Tensor:
        """Return the embeddings [batch, tokens, 384]."""
        words = tf.gather(self.weights["embeddings.word_embeddings.weight"], ids)
        positions = self.weights["embeddings.position_embeddings.weight"][: tf.shape(ids)[1]]
        segment = self.weights["embeddings.token_type_embeddings.weight"][0]
        return self._norm(words + positions + segment, "embeddings.LayerNorm")

    def run_layers(self, x: tf.Tensor, mask: tf.Tensor, *, dropout: float = 0.0) -> tf.Tensor:
        """Return what the layers make of `x` [batch, tokens, 384]."""
        hidden = (mask - 1)[:, None, None, :] * 1e9
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            attended = self._drop(self._attention(x, layer, hidden), dropout)
            x = self._norm(x + attended, f"{layer}.attention.output.LayerNorm")
            wide = tf.nn.gelu(self._linear(x, f"{layer}.intermediate.dense"))
            x = self._norm(
                x + self._drop(self._linear(wide, f"{layer}.output.dense"), dropout), f"{layer}.output.LayerNorm"
            )
        return x

    def run_heads(
        self, x: tf.Tensor, mask: tf.Tensor, *, dropout: float = 0.0
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Return the logits of claims [batch, types], mode [batch, 3] and intents [batch, intents]."""
        mean = tf.reduce_sum(x * mask[:, :, None], 1) / tf.reduce_sum(mask, 1, keepdims=True)
        looks = tf.einsum("td,bnd->btn", self.heads["claims.query"], x) + ((mask - 1) * 1e9)[:, None, :]
        seen = self._drop(tf.matmul(tf.nn.softmax(looks), x) + mean[:, None, :], dropout)
        claims = tf.reduce_sum(seen * self.heads["claims.weight"], -1) + self.heads["claims.bias"]
        dropped = self._drop(mean, dropout)
        mode, intents = (
            dropped @ tf.transpose(self.heads[f"{head}.weight"]) + self.heads[f"{head}.bias"]
            for head in ("mode", "intents")
        )
        return claims, mode, intents

    def numpy(self) -> Weights:
        """Return all weights as arrays, under the names that the graph wants."""
        return {name: np.asarray(value) for name, value in self.weights.items()}

    def _linear(self, x: tf.Tensor, name: str) -> tf.Tensor:
        # one large product is quicker than one a row of the batch
        flat = tf.reshape(x, [-1, x.shape[-1]])
        product = tf.matmul(flat, self.weights[f"{name}.weight"], transpose_b=True) + self.weights[f"{name}.bias"]
        shape = tf.shape(x)
        return tf.reshape(product, [shape[0], shape[1], product.shape[-1]])

    def _attention(self, x: tf.Tensor, layer: str, hidden: tf.Tensor) -> tf.Tensor:
        shape = tf.shape(x)

        def heads(part: str) -> tf.Tensor:
            projected = self._linear(x, f"{layer}.attention.self.{part}")
            return tf.transpose(tf.reshape(projected, [shape[0], shape[1], HEADS, WIDTH // HEADS]), [0, 2, 1, 3])

        scores = tf.matmul(heads("query"), heads("key"), transpose_b=True) * (WIDTH // HEADS) ** -0.5
        mixed = tf.transpose(tf.matmul(tf.nn.softmax(scores + hidden), heads("value")), [0, 2, 1, 3])
        return self._linear(tf.reshape(mixed, [shape[0], shape[1], WIDTH]), f"{layer}.attention.output.dense")

    def _norm(self, x: tf.Tensor, name: str) -> tf.Tensor:
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        scaled = (x - mean) * tf.math.rsqrt(variance + LAYER_NORM_EPSILON)
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    @staticmethod
    def _drop(x: tf.Tensor, rate: float) -> tf.Tensor:
        return tf.nn.dropout(x, rate) if rate else x


def _fresh_heads(claim_types: int, intents: int) -> Weights:
    random = np.random.default_rng(7)

    def small(*shape: int) -> Any:
        return (random.standard_normal(shape) * 0.02).astype(np.float32)

    return {
        "claims.query": small(claim_types, WIDTH),
        "claims.weight": small(claim_types, WIDTH),
        "claims.bias": np.full(claim_types, -2.0, np.float32),  # a type is rare in any one sentence
        "mode.weight": small(3, WIDTH),
        "mode.bias": np.zeros(3, np.float32),
        "intents.weight": small(intents, WIDTH),
        "intents.bias": np.zeros(intents, np.float32),
    }
