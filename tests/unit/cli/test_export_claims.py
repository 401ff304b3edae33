"""The command `export-claims`, as an operator runs it."""

import json

from typer.testing import CliRunner

from stemcheck.cli.main import app

RUNNER = CliRunner(mix_stderr=False)


def test_claim_reviews_are_written_as_json_and_the_missing_address_is_told():
    result = RUNNER.invoke(app, ["export-claims"])

    assert result.exit_code == 0
    assert json.loads(result.stdout)["@context"] == "https://schema.org"
    assert "--site" in result.stderr


def test_site_and_author_are_taken_over():
    result = RUNNER.invoke(app, ["export-claims", "--site", "https://charity.example", "--author", "A Charity"])

    review = json.loads(result.stdout)["@graph"][0]
    assert result.stderr == ""
    assert review["author"] == {"@type": "Organization", "name": "A Charity", "url": "https://charity.example"}


def test_table_goes_to_a_file(tmp_path):
    target = tmp_path / "claims.csv"

    result = RUNNER.invoke(app, ["export-claims", "--format", "csv", "--output", str(target)])

    assert result.exit_code == 0
    assert target.read_text("utf-8").startswith("type,label,says")
