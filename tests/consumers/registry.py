"""The checks of all files, and what they look at."""

import types

CHECKS = []
# The folder with exports, and the program's path or None.
GIVEN = types.SimpleNamespace(folder=None, program=None)


def check(function):
    """Registers a check: its docstring is its name, an exception its failure."""
    CHECKS.append(function)
    return function


def equal(found, expected, what):
    assert found == expected, f"{what}: found {found!r}, expected {expected!r}"
