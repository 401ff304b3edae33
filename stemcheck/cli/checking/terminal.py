"""The report on a terminal: coloured where there is one, plain text everywhere else."""

import textwrap

from rich.console import Console
from rich.text import Text

from stemcheck.replies.check_report import CheckReport, report_lines

STYLES = {
    "summary": "bold",
    "safety": "bold white on red",
    "quote": "italic",
    "flagged": "bold red",
    "unflagged": "green",
    "asked": "cyan",
    "heading": "bold",
    "text": "",
    "source": "dim",
}
WIDEST = 100


def print_report(console: Console, name: str, report: CheckReport) -> None:
    """Print a report under the name of its file."""
    width = min(console.width, WIDEST)
    console.print(Text(name, style="bold underline"), soft_wrap=True)
    for line in report_lines(report):
        for part in _wrap(line.text, width):
            # Text: a patient's square brackets are no markup
            console.print(Text(part, style=STYLES[line.role]), soft_wrap=True)
    console.print()


def _wrap(text: str, width: int) -> list[str]:
    hanging = "  " if text.startswith("- ") else ""
    return [
        part
        for line in text.splitlines() or [""]
        for part in textwrap.wrap(line, width, subsequent_indent=hanging, break_long_words=False) or [""]
    ]
