"""The encoder in eight bits beside the same one in floating point: `python -m benchmarks.model`; takes some minutes.

How near the vectors are (cosine), F1 over types on each set with the same heads, time, size on disk, memory. Each engine runs in a
process of its own, one after the other.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.services import ROOT
from evaluation.evaluate import CLAIM_SETS
from evaluation.rows import compare, present, read_labelled
from evaluation.scoring import score
from stemcheck.claims.cues import load_cues
from stemcheck.claims.patterns import load_patterns
from stemcheck.claims.spotter import Spotter
from stemcheck.claims.thresholds import load_thresholds
from stemcheck.claims.treatment import load_treatment_words
from stemcheck.claims.whole_text import load_whole_text_judge
from stemcheck.content.library import load_library
from stemcheck.model.base_weights import TOKENIZER, unpack_base_weights
from stemcheck.model.encoder import Encoder
from stemcheck.model.encoder_build import ENCODER, assemble
from stemcheck.model.inference import BUILT, REFIT, SHIPPED, Model
from stemcheck.settings import load_settings
from stemcheck.training.dataset import test_rows

ENGINES = ("float", "int8")
VECTORS = "claims"  # the set whose texts' vectors are compared
ROUNDS = 3
RESULT = ROOT / "benchmarks" / "results" / "model.md"
Figures = dict[str, Any]


def main() -> None:
    """Measure both engines, print and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--vectors", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.engine:
        json.dump(measure(arguments.engine, arguments.vectors), sys.stdout)
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name}.npy" for name in ENGINES}
        found = {name: measure_apart(name, paths[name]) for name in ENGINES}
        cosines = (np.load(paths["float"]) * np.load(paths["int8"])).sum(axis=1)
    report = describe(found, cosines)
    print(report)
    RESULT.write_text(report, encoding="utf-8")


def measure_apart(engine: str, vectors: Path) -> Figures:
    """Return the figures of an engine, from a process of its own. Raises CalledProcessError."""
    command = [sys.executable, "-m", "benchmarks.model", "--engine", engine, "--vectors", str(vectors)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    figures: Figures = json.loads(done.stdout)
    return figures


def measure(engine: str, vectors: Path) -> Figures:
    """Return the figures of an engine in this process, and write the vectors of VECTORS to a file."""
    models = load_settings().models_folder
    with tempfile.TemporaryDirectory() if engine == "float" else nullcontext(str(models / BUILT)) as folder:
        if engine == "float":
            build_float(Path(folder))
        before = resident_mb()
        model = Model(Encoder(Path(folder)), models, models / REFIT)
        texts = [row.text for row in read_labelled(VECTORS)]
        times = [time_one(model, texts) for _ in range(ROUNDS)]
        np.save(vectors, np.stack([prediction.vector for prediction in model.predict(texts)]))
        return {
            "f1": f1_by_set(model),
            "messages": held_out_messages(model),
            "ms": statistics.median(times) / len(texts) * 1000,
            "disk_mb": (Path(folder) / ENCODER).stat().st_size / 1e6,
            "memory_mb": resident_mb() - before,
        }


def build_float(folder: Path) -> None:
    """Write the encoder in floating point: the same weights and adapters, neither smoothed nor quantised."""
    import onnx

    settings = load_settings()
    published = unpack_base_weights(settings.models_folder / "base", settings.sentence_model)
    model, _ = assemble(settings.models_folder / SHIPPED, published)
    onnx.save(model, str(folder / ENCODER))
    (folder / TOKENIZER).write_bytes((published / TOKENIZER).read_bytes())


def f1_by_set(model: Model) -> dict[str, float | None]:
    """Return F1 over types on each set of claims."""
    library = load_library(load_settings().data_folder)
    parts = (load_thresholds(), load_cues(), load_patterns(), load_treatment_words(), load_whole_text_judge())
    spotter = Spotter(model, *parts)
    sets = present(*CLAIM_SETS)
    return {name: score(compare(library, read_labelled(name), spotter))["type_micro_f1"] for name in sets}


def time_one(model: Model, texts: Sequence[str]) -> float:
    """Return the seconds that reading the texts takes, all together."""
    began = time.perf_counter()
    model.predict(texts)
    return time.perf_counter() - began


def resident_mb() -> float:
    """Return the memory that this process has now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def processor_name() -> str:
    """Return what the processor calls itself, and whether it has the instructions that eight bits like."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "an unknown processor"
    )
    return f"{name} {'with' if any('vnni' in line for line in lines) else 'without'} VNNI"


def held_out_messages(model: Model) -> float:
    """Return the share of messages never trained on whose likeliest situation is one that they hold."""
    rows = [row for row in test_rows(load_library(load_settings().data_folder)) if row.situations]
    names, found = model.heads.names("situations"), model.predict([row.text for row in rows])
    right = [
        names[one.labels["situations"].argmax()] in dict(row.situations) for one, row in zip(found, rows, strict=True)
    ]
    return float(np.mean(right))


def describe(found: Mapping[str, Figures], cosines: np.ndarray) -> str:
    """Return the figures as a page of Markdown."""
    shown = [
        ("a text, ms", "ms", "{:.1f}"),
        ("on disk, MB", "disk_mb", "{:.0f}"),
        ("memory, MB", "memory_mb", "{:.0f}"),
    ]
    rows = [(label, *(form.format(found[name][key]) for name in ENGINES)) for label, key, form in shown]
    rows.append(("situations of held-out messages right", *(f"{found[name]['messages']:.4f}" for name in ENGINES)))
    rows += [
        (f"F1 over types, {name}", *(f"{found[engine]['f1'][name]:.4f}" for engine in ENGINES))
        for name in found["float"]["f1"]
    ]
    return "\n".join(
        [
            "# The encoder in eight bits",
            "",
            f"`.venv/bin/python -m benchmarks.model`, {date.today()}, {os.cpu_count()} cores of {processor_name()},"
            f" load {os.getloadavg()[0]:.1f} at the end, onnxruntime {version('onnxruntime')}.",
            "",
            f"Cosine of both vectors over {len(cosines)} texts: mean {cosines.mean():.4f}, lowest {cosines.min():.4f}.",
            "",
            f"| | {' | '.join(ENGINES)} |",
            "|---|---|---|",
            *(f"| {' | '.join(row)} |" for row in rows),
            "",
        ]
    )


if __name__ == "__main__":
    main()
