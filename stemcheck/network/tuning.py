"""Tune the network on the examples: AdamW, a learning rate that warms up and falls, rows of like length together, some misspelt."""

import json
import math
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from stemcheck.network.examples import TrainingSet
from stemcheck.network.graph import write_graph
from stemcheck.network.misspelling import Spellings, misspell
from stemcheck.network.network import GRAPH, LABELS, TOKENIZER, pad
from stemcheck.network.weights import check_weights

TRAINED_TOKENS = 96  # the longest example has fewer
MODE_WEIGHT = 0.5  # of the mode's loss beside the claims'
Progress = Callable[[int, int, float], None]
Indexes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """How the network is tuned; chosen on our own sentences, see docs/decisions/0001."""

    epochs: int = 5
    rate: float = 2e-4
    head_factor: float = 10.0
    batch: int = 64  # at 32 the optimizer takes a third of the time
    warm_up: float = 0.1
    decay: float = 0.01
    misspelt: float = 0.12  # share of the rows that each pass reads in phone spelling
    seed: int = 7


def tune(
    rows: TrainingSet,
    folder: Path,
    recipe: Recipe,
    progress: Progress,
    spellings: Spellings,
    chosen: Indexes | None = None,
) -> dict[str, Any]:
    """Train on the chosen rows (all by default) and return the weights; `progress` hears (step, steps, loss)."""
    import tensorflow as tf

    from stemcheck.network.trainable import TrainableNetwork

    # the same data give the same network, on this kind of machine
    tf.keras.utils.set_random_seed(recipe.seed)
    tf.config.experimental.enable_op_determinism()
    published = load_file(str(check_weights(folder)))
    network = TrainableNetwork(published, len(rows.claim_types), len(rows.intents))
    chosen = np.arange(len(rows.texts)) if chosen is None else chosen
    ids = tokenise(rows.texts, folder)
    step, set_rate = _build_step(tf, network, recipe)
    steps, done = recipe.epochs * math.ceil(len(chosen) / recipe.batch), 0
    random = np.random.default_rng(recipe.seed)
    for _ in range(recipe.epochs):
        read = with_misspelt(ids, rows.texts, folder, recipe, spellings, random)
        lengths = np.array([len(row) for row in read])
        for batch in batches(chosen, lengths, recipe.batch, random):
            set_rate(recipe.rate * min(1.0, (done + 1) / (recipe.warm_up * steps)) * max(0.0, 1 - done / steps))
            padded, mask = pad([read[index] for index in batch])
            loss = step(padded, mask.astype(np.float32), *(labels[batch] for labels in labels_of(rows)))
            done += 1
            progress(min(done, steps), steps, float(loss))
    return dict(network.numpy())


def labels_of(rows: TrainingSet) -> tuple[Any, ...]:
    """Return the labels in the order in which the loss takes them."""
    return rows.claims, rows.claim_weights, rows.mode, rows.intent, rows.intent_weight


def tokenise(texts: Sequence[str], folder: Path) -> list[list[int]]:
    """Return the token ids of each text."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.enable_truncation(TRAINED_TOKENS)
    tokenizer.no_padding()
    return [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]


def with_misspelt(
    ids: list[list[int]],
    texts: Sequence[str],
    folder: Path,
    recipe: Recipe,
    spellings: Spellings,
    random: np.random.Generator,
) -> list[list[int]]:
    """Return the token ids with some rows' replaced by those of the same text in phone spelling."""
    rows = np.flatnonzero(random.random(len(texts)) < recipe.misspelt)
    typed = tokenise([misspell(texts[row], spellings, random) for row in rows], folder)
    read = list(ids)
    for row, tokens in zip(rows, typed, strict=True):
        read[row] = tokens
    return read


def batches(chosen: Indexes, lengths: Indexes, size: int, random: np.random.Generator) -> Iterator[Indexes]:
    """Yield the rows in batches of about the same length, in random order, each row once."""
    shuffled = random.permutation(chosen)
    pools = np.array_split(shuffled, max(1, len(shuffled) // (size * 20)))
    ordered = [pool[np.argsort(lengths[pool], kind="stable")] for pool in pools]
    found = [pool[start : start + size] for pool in ordered for start in range(0, len(pool), size)]
    yield from (found[index] for index in random.permutation(len(found)))


def save_network(weights: dict[str, Any], rows: TrainingSet, source: Path, folder: Path, facts: dict[str, Any]) -> None:
    """Write graph, tokenizer and labels to `folder`, whole or not at all; `facts` are kept with the labels."""
    unfinished = folder.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    write_graph(weights, unfinished / GRAPH, heads=True)
    shutil.copy(source / TOKENIZER, unfinished / TOKENIZER)
    labels = {"claim_types": rows.claim_types, "intents": rows.intents, **facts}
    (unfinished / LABELS).write_text(json.dumps(labels, indent=1), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def _build_step(tf: Any, network: Any, recipe: Recipe) -> tuple[Callable[..., Any], Callable[[float], None]]:
    """Return the function that learns from one batch, and the one that sets the learning rate."""
    from stemcheck.network.trainable import DROPOUT

    heads = list(network.heads.values())
    optimizers = [tf.keras.optimizers.AdamW(0.0, weight_decay=recipe.decay, jit_compile=False) for _ in range(2)]
    for optimizer, variables in zip(optimizers, (network.body, heads), strict=True):
        optimizer.build(variables)

    @tf.function(reduce_retracing=True, autograph=False)
    def step(ids: Any, mask: Any, *labels: Any) -> Any:
        with tf.GradientTape() as tape:
            top = network.run_layers(network.embed(ids), mask, dropout=DROPOUT)
            loss = _loss(tf, network.run_heads(top, mask, dropout=DROPOUT), *labels)
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, network.body + heads), 1.0)
        optimizers[0].apply_gradients(zip(gradients[: len(network.body)], network.body, strict=True))
        optimizers[1].apply_gradients(zip(gradients[len(network.body) :], heads, strict=True))
        return loss

    def set_rate(rate: float) -> None:
        optimizers[0].learning_rate.assign(rate)
        optimizers[1].learning_rate.assign(rate * recipe.head_factor)

    return step, set_rate


def _loss(
    tf: Any, logits: tuple[Any, Any, Any], claims: Any, weights: Any, mode: Any, intent: Any, intent_weight: Any
) -> Any:
    """The three heads' losses, each over the rows that have a label for it, as a mean over the batch."""
    claim_logits, mode_logits, intent_logits = logits
    by_claim = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(claims, claim_logits) * weights)

    def over_labelled(labels: Any, found: Any, row_weights: Any) -> Any:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(labels, 0), found)
        return tf.reduce_sum(losses * tf.cast(labels >= 0, tf.float32) * row_weights)

    by_intent = over_labelled(intent, intent_logits, intent_weight)
    total = by_claim + MODE_WEIGHT * over_labelled(mode, mode_logits, 1.0) + by_intent
    return total / tf.cast(tf.shape(mode)[0], tf.float32)
