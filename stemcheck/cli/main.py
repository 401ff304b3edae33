"""The command `stemcheck`: each file beside this one is a command of its name."""

from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup


class CommandFiles(TyperGroup):
    """Imports a command only when it is called, so that a light one need not wait for a heavy one.

    The file `check_content.py` holds the function `check_content`, which is `stemcheck check-content`.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        files = sorted(Path(__file__).parent.glob("[a-z]*.py"))
        return [path.stem.replace("_", "-") for path in files if path.stem != "main"]

    def get_command(self, ctx: Any, name: str) -> Any:
        """Return one command, or None if there is no such file."""
        if name not in self.list_commands(ctx):
            return None
        stem = name.replace("-", "_")
        single = typer.Typer(add_completion=False)
        single.command(name)(getattr(import_module(f"stemcheck.cli.{stem}"), stem))
        return typer.main.get_command(single)


app = typer.Typer(cls=CommandFiles, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def stemcheck() -> None:
    """Cited answers about stem cells and MS, and flags on unproven claims."""
