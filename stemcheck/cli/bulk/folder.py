"""Which files of a folder are read, and where what comes of them is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXTS = ("", ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".eml")
PICTURES = (".png", ".jpg", ".jpeg", ".heic", ".heif", ".webp", ".gif", ".bmp", ".tif", ".tiff")
SUFFIXES = frozenset((*TEXTS, *PICTURES))
PARTS_OF_A_PAGE = "_files"  # what a browser saves beside a page: its pictures and scripts
REPORT_FOLDER = "stemcheck-report"
PAGE_SUFFIXES = (".html", ".htm")


@dataclass(frozen=True)
class Targets:
    """The files that a run writes; the journal is there only while the run is unfinished."""

    page: Path
    claims: Path
    signs: Path
    journal: Path


def list_files(folder: Path, leave_out: Path | None = None) -> list[Path]:
    """Return the files of a folder and the folders in it, in order: no hidden ones, no parts of saved pages, not our own report."""
    return sorted(_walk(folder, leave_out.resolve() if leave_out else None))


def name_targets(html: Path, folder: Path | None) -> Targets:
    """Return what to write for `--html`: a page with tables beside it, or a folder of them. It may be the folder that is read."""
    if html.suffix.lower() in PAGE_SUFFIXES and not html.is_dir():
        stem = html.with_suffix("")
        return Targets(
            html, stem.with_suffix(".csv"), _beside(html, "-warning-signs.csv"), _beside(html, "-unfinished.jsonl")
        )
    target = html if folder and folder.resolve() != html.resolve() else html / REPORT_FOLDER
    names = ("index.html", "claims.csv", "warning-signs.csv", "unfinished.jsonl")
    return Targets(*(target / name for name in names))


def _beside(page: Path, ending: str) -> Path:
    return page.with_name(page.stem + ending)


def _walk(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.name == REPORT_FOLDER or path.resolve() == leave_out:
            continue
        if path.is_dir():
            # a link to a folder may lead in a circle
            if not path.is_symlink() and not path.name.endswith(PARTS_OF_A_PAGE):
                yield from _walk(path, leave_out)
        elif path.is_file() and path.suffix.lower() in SUFFIXES:
            yield path
