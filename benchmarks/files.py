"""Claims found in flyers and pages as files, photos at an angle among them, beside those found in their true text.

usage: .venv/bin/python -m benchmarks.files
"""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from stemcheck.claims.spotter import Spotter, load_spotter
from stemcheck.documents.reading_process import read_document
from tests.made_files import as_bytes, draw_page, mail_of, pdf_of, photograph, scan_of, word_of

HERE = Path(__file__).parent
RESULT = HERE / "results" / "files.md"
FACES = ("DejaVuSans", "DejaVuSerif", "STIXGeneral", "DejaVuSans-Oblique", "DejaVuSansMono")
ANGLES = (4.0, -7.0, 12.0, -3.0, 18.0)
PATIENT_SECONDS = 600  # the time is measured, not cut off
MIN_AGREEMENT, MAX_PHOTO_SECONDS = 0.90, 6.0


@dataclass(frozen=True)
class Made:
    """One file and the text that is really in it."""

    look: str
    data: bytes
    text: str

    @property
    def is_photo(self) -> bool:
        return self.look.startswith("photo")


@dataclass(frozen=True)
class Measured:
    """How a file was read."""

    look: str
    words_read: float
    in_file: Counter
    in_text: Counter
    seconds: float
    is_photo: bool


def make_files() -> Iterator[Made]:
    """Yield twenty files: each flyer as a photo at an angle, and in one other form."""
    flyers = yaml.safe_load((HERE / "flyers.yml").read_text("utf-8"))["flyers"]
    others = (_as_pdf, _as_scan, _as_word, _as_page, _as_mail)
    for place, flyer in enumerate(flyers):
        title, columns = flyer["title"], flyer["columns"]
        paragraphs = [title, *(text for column in columns for text in column)]
        face, angle, turns = FACES[place % 5], ANGLES[place % 5], place % 4 if place > 5 else 0
        page = draw_page(title, columns, face=face)
        look = f"photo, {face}, {len(columns)} columns, {angle:+.0f}°" + (f", turned {90 * turns}°" if turns else "")
        photo = as_bytes(photograph(page, degrees=angle, quarter_turns=turns), quality=80)
        yield Made(look, photo, _text(paragraphs))
        yield others[place % 5](title, columns, paragraphs, face)


def _as_pdf(_title: str, columns: list, paragraphs: list, face: str) -> Made:
    data = pdf_of(["\n".join(paragraphs)], columns=len(columns), face=face)
    return Made(f"PDF, {face}, {len(columns)} columns", data, _text(paragraphs))


def _as_scan(title: str, columns: list, paragraphs: list, face: str) -> Made:
    return Made(f"scanned PDF, {face}", scan_of([draw_page(title, columns, face=face, size=26)]), _text(paragraphs))


def _as_word(_title: str, _columns: list, paragraphs: list, _face: str) -> Made:
    return Made("Word", word_of(paragraphs), _text(paragraphs))


def _as_page(title: str, columns: list, paragraphs: list, _face: str) -> Made:
    body = "".join(f"<div>{''.join(f'<p>{text}</p>' for text in column)}</div>" for column in columns)
    html = f"<html><body><nav>Home Prices Contact</nav><h1>{title}</h1>{body}<script>track()</script></body></html>"
    return Made("web page", html.encode(), _text(paragraphs))


def _as_mail(title: str, _columns: list, paragraphs: list, _face: str) -> Made:
    return Made("mail", mail_of(title, "\n\n".join(paragraphs[1:])), _text(paragraphs))


def _text(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs).replace("\n\n•", "\n•")


def measure(made: Made, spotter: Spotter) -> Measured:
    """Return how a file was read, in a process of its own as in the service."""
    began = time.perf_counter()
    document = read_document(made.data, PATIENT_SECONDS)
    seconds = time.perf_counter() - began
    in_file, in_text = (_claims(spotter, text) for text in (document.text, made.text))
    return Measured(made.look, _share(made.text, document.text), in_file, in_text, seconds, made.is_photo)


def _claims(spotter: Spotter, text: str) -> Counter:
    return Counter((claim.type, claim.mode) for claim in spotter.find_claims(text) if claim.is_confirmed)


def _share(true: str, read: str) -> float:
    wanted, found = (Counter(re.findall(r"\w+", text)) for text in (true, read))
    return (wanted & found).total() / wanted.total()


def agreement(measured: list[Measured]) -> float:
    """Return the share of claims, by type and mode, that file and text have in common (F1 over all files)."""
    common = sum((one.in_file & one.in_text).total() for one in measured)
    return 2 * common / max(1, sum(one.in_file.total() + one.in_text.total() for one in measured))


def report(measured: list[Measured]) -> str:
    """Return the page of results."""
    photos = sorted(one.seconds for one in measured if one.is_photo)
    rows = [
        f"| {one.look} | {one.words_read:.3f} | {one.in_text.total()} | {one.in_file.total()} |"
        f" {(one.in_file & one.in_text).total()} | {one.seconds:.1f} |"
        for one in measured
    ]
    words = sum(one.words_read for one in measured) / len(measured)
    middle, longest = photos[len(photos) // 2], photos[-1]
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end, {time.strftime('%Y-%m-%d')}"
    return f"""# Files and photos

`python -m benchmarks.files`: {machine}.

Claims, by type and mode, that are found both in a file and in its true text: **{agreement(measured):.3f}**
(F1 over {len(measured)} files; the aim is {MIN_AGREEMENT:.2f}). Words read: {words:.3f}. A photo is read in {middle:.1f} s (median),
{longest:.1f} s at most (the aim is {MAX_PHOTO_SECONDS:.0f} s), the start of its process included.

| file | words read | claims in the text | in the file | in both | seconds |
|---|---|---|---|---|---|
{chr(10).join(rows)}
"""


def main(write: Callable[[str], object] = print) -> None:
    """Measure and write the page."""
    spotter = load_spotter()
    measured = []
    for made in make_files():
        measured.append(measure(made, spotter))
        write(f"{made.look}: {measured[-1].words_read:.3f}, {measured[-1].seconds:.1f} s")
    RESULT.write_text(report(measured), "utf-8")
    write(f"agreement {agreement(measured):.3f}")


if __name__ == "__main__":
    main()
