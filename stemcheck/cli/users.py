"""`stemcheck users`: who may use the review console."""

import sys

import typer

from stemcheck.settings import load_settings
from stemcheck.storage import users as people
from stemcheck.storage.audit import write_audit
from stemcheck.storage.database import create_engine, transaction
from stemcheck.storage.migrate import migrate
from stemcheck.storage.sql import Connection

WHO = "(command line)"  # in the audit log


def users(
    what: str = typer.Argument(..., help="add, list, disable, enable, password or role."),
    name: str = typer.Argument("", help="The user's name."),
    role: str = typer.Option("viewer", help="viewer, reviewer or admin."),
    proxy_only: bool = typer.Option(
        False, "--proxy-only", help="No password: only the trusted proxy signs this user in."
    ),
) -> None:
    """Add, list, disable or change users. A password is typed, or read from standard input; never an argument."""
    engine = create_engine(load_settings().database_url)
    migrate(engine)
    try:
        with transaction(engine) as connection:
            _do(connection, what, name.strip().lower(), role, proxy_only)
    except people.UserError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
    finally:
        engine.dispose()


def _do(connection: Connection, what: str, name: str, role: str, proxy_only: bool) -> None:
    if what == "list":
        for user in people.list_users(connection):
            typer.echo(f"{user.name}\t{user.role}\t{'disabled' if user.disabled_at else 'active'}")
        return
    if what == "add":
        people.add_user(connection, name, role, "" if proxy_only else _password())
    elif what == "password":
        people.change_password(connection, name, _password())
    elif what == "role":
        people.change_role(connection, name, role)
    elif what in ("disable", "enable"):
        (people.disable_user if what == "disable" else people.enable_user)(connection, name)
    else:
        raise people.UserError("Say add, list, disable, enable, password or role.")
    write_audit(connection, WHO, f"user-{what}", name=name, role=role if what in ("add", "role") else "")
    typer.echo(f"Done: {what} {name}.")


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
