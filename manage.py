#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys


def main() -> None:
    """Run one of Django's or this project's commands, as named in the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_search.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
