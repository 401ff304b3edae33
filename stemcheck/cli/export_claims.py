"""`stemcheck export-claims`: our verdicts as schema.org's ClaimReview, or as a table."""

import json
from enum import Enum
from pathlib import Path

import typer

from stemcheck.content.library import Library, load_library
from stemcheck.content.problems import ContentError
from stemcheck.replies.claim_review import AUTHOR, claim_reviews, claim_table
from stemcheck.settings import Settings, SettingsError, load_settings


class Format(str, Enum):
    """How the claim types are written."""

    jsonld = "jsonld"
    csv = "csv"


def export_claims(
    format: Format = typer.Option(Format.jsonld, help="jsonld: ClaimReview of the flagged types; csv: all types."),
    site: str = typer.Option("", help="Address of the site that publishes the reviews.", show_default=False),
    author: str = typer.Option("", help="Organisation that publishes them.", show_default=False),
    output: Path = typer.Option(None, dir_okay=False, help="File to write to instead of standard output."),
) -> None:
    """Write the claim types with their verdicts. Types that our source does not cover get no ClaimReview."""
    try:
        settings = load_settings()
        library = load_library(settings.data_folder)
    except (ContentError, SettingsError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    text = claim_table(library) if format is Format.csv else _json_ld(library, settings, site, author)
    if output:
        output.write_bytes(text.encode())
    else:
        typer.get_binary_stream("stdout").write(text.encode())


def _json_ld(library: Library, settings: Settings, site: str, author: str) -> str:
    if not site:
        site = f"http://{settings.host}:{settings.port}"
        typer.echo(
            f"The reviews point to {site}. Name the public address with --site before you publish them.", err=True
        )
    reviews = claim_reviews(library, site=site, author=author or settings.contact_name or AUTHOR)
    return json.dumps(reviews, ensure_ascii=False, indent=2) + "\n"
