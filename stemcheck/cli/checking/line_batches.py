"""Lines of a pipe or a file in batches: full ones while much is there, what there is when the writer pauses."""

import io
import os
import select
from collections.abc import Iterable, Iterator
from typing import BinaryIO

MOST_LINES = 256
MOST_BYTES = 512 * 1024  # of a batch: long texts share it with few others, which bounds the memory
LONGEST_LINE = 256 * 1024  # 8,000 emoji written as \\ud83d\\ude00 are 96 kB
BLOCK = 64 * 1024

NumberedLine = tuple[int, bytes]


def batches_of_lines(stream: BinaryIO) -> Iterator[list[NumberedLine]]:
    """Yield the lines that are not blank, with their numbers, in order. When the stream pauses, what was read comes at once."""
    batch: list[NumberedLine] = []
    size, number = 0, 0
    for line in _lines_and_pauses(stream):
        if line is not None:
            number += 1
            if line.strip():
                batch.append((number, line))
                size += len(line)
        if batch and (line is None or len(batch) >= MOST_LINES or size >= MOST_BYTES):
            yield batch
            batch, size = [], 0


def _lines_and_pauses(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield each line, and None where nothing more is there yet and at the end. Of a line too long, only the start is kept."""
    rest = b""
    for block in _blocks(stream):
        if block is None:
            yield None
            continue
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
        rest = rest[: LONGEST_LINE + 1]
    yield from (rest, None)


def _blocks(stream: BinaryIO) -> Iterable[bytes | None]:
    try:
        descriptor = stream.fileno()
    except (io.UnsupportedOperation, AttributeError):
        return iter(lambda: stream.read(BLOCK), b"")
    return _blocks_of(descriptor)


def _blocks_of(descriptor: int) -> Iterator[bytes | None]:
    while block := os.read(descriptor, BLOCK):
        yield block
        if not select.select([descriptor], [], [], 0)[0]:
            yield None
