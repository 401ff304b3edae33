"""Reports the failure rate of every behaviour at the end of the run."""

import pytest

RATES = pytest.StashKey[dict[str, tuple[int, int]]]()


@pytest.fixture
def report_rate(request):
    """Return the function that notes how many of how many cases of a behaviour failed."""
    rates = request.config.stash.setdefault(RATES, {})

    def note(behaviour, failed, cases):
        rates[behaviour] = (failed, cases)

    return note


def pytest_terminal_summary(terminalreporter, config):
    """Print the rates, also when all tests pass."""
    rates = config.stash.get(RATES, {})
    if rates:
        terminalreporter.section("behaviour: failure rates")
    for behaviour, (failed, cases) in rates.items():
        terminalreporter.write_line(f"{behaviour:<32} {failed:>3} of {cases:>3}  {failed / max(1, cases):6.1%}")
