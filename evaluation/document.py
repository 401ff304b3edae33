"""A report as parts, written as Markdown and as a page that needs only the pictures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; font: 1rem/1.55 system-ui, sans-serif; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { border: 1px solid #8886; padding: .3rem .6rem; text-align: left; vertical-align: top; }
td:not(:first-child) { font-variant-numeric: tabular-nums; }
img { max-width: 100%; height: auto; background: #fff; }
h2 { margin-top: 2.5rem; }
"""


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; cells are words or figures."""

    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture that stands beside the report, with its words for those who don't see it."""

    file: str
    alt: str


Block = Text | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: Sequence[Block]


def as_markdown(title: str, sections: Sequence[Section]) -> str:
    """Return the report as Markdown."""
    parts = [f"# {title}"]
    for section in sections:
        parts += [f"## {section.title}", *map(_block_as_markdown, section.blocks)]
    return "\n\n".join(parts) + "\n"


def as_page(title: str, sections: Sequence[Section]) -> str:
    """Return the report as HTML."""
    body = "".join(
        f"<section><h2>{escape(section.title)}</h2>{''.join(map(_block_as_html, section.blocks))}</section>\n"
        for section in sections
    )
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head>\n'
        f"<body><h1>{escape(title)}</h1>\n{body}</body></html>\n"
    )


def show(cell: object) -> str:
    """Return a cell in words: figures in three digits, nothing as a dash."""
    if cell is None:
        return "–"
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def _block_as_markdown(block: Block) -> str:
    if isinstance(block, Text):
        return block.text
    if isinstance(block, Picture):
        return f"![{block.alt}]({block.file})"
    lines = [block.headers, tuple("---" for _ in block.headers), *block.rows]
    return "\n".join("| " + " | ".join(_cell_as_markdown(cell) for cell in line) + " |" for line in lines)


def _cell_as_markdown(cell: object) -> str:
    flat = " ".join(show(cell).split())
    return flat.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _block_as_html(block: Block) -> str:
    if isinstance(block, Text):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Picture):
        return f'<p><img src="{escape(block.file)}" alt="{escape(block.alt)}"></p>'
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.headers)
    rows = "".join("<tr>" + "".join(f"<td>{escape(show(cell))}</td>" for cell in row) + "</tr>" for row in block.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
