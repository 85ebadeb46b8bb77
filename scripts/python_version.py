"""Say in one line what is wrong when Python is too old.

This file, start.py and test.py keep to syntax that Python 3.6 reads: the check must run before anything newer is met.
"""

import sys

OLDEST = (3, 11)


def require_python():  # type: ignore[no-untyped-def]  # an old Python must get as far as the message
    """End the program with one line if this Python is older than Plumbline needs."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"Plumbline needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is Python "
            f"{sys.version_info[0]}.{sys.version_info[1]}: install a newer one from https://www.python.org/downloads/ "
            "and run this script with it."
        )
