"""Other parts for a review console: what would read messages by the real model, in tests that need none."""

from dataclasses import replace


def change_console(app, **parts):
    """Give the console of a web service other parts, such as `load_reader` or `vectors`."""
    state = app.routes[0].app.state
    state.console = replace(state.console, **parts)
