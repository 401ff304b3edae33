"""CSV that spreadsheets open rightly: with accents, and without a formula, whatever sign they take for the end of a cell."""

import csv
import io
import re
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"  # Excel reads UTF-8 only behind it
# Where a cell may begin: with the value, or inside it for a spreadsheet that divides cells by semicolons, tabs or bars. Blanks and
# quotes are skipped, as spreadsheets skip them; the wide forms of the signs count too.
FORMULA = re.compile(r"(^|[;\t\r\n|,])([ \u00a0\"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])")


def safe_cell(value: object) -> str:
    """Return a value that no spreadsheet takes for a formula: an apostrophe stands before each sign that begins one."""
    text = "" if value is None else str(value)
    return FORMULA.sub(lambda found: f"{found[1] or ''}'{found[2] or ''}", text)


def csv_line(cells: Iterable[object]) -> str:
    """Return one line of CSV."""
    line = io.StringIO()
    csv.writer(line).writerow([safe_cell(cell) for cell in cells])
    return line.getvalue()
