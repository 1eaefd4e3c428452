"""Asking whoever sits at the terminal before something is done that takes time or cannot be undone."""

import sys

from django.core.management.base import BaseCommand, CommandError


def ask(command: BaseCommand, question: str) -> None:
    """Ask on stderr, where a person is there to answer. Raises CommandError unless the answer is yes."""
    if not sys.stdin.isatty():
        return
    command.stderr.write(f"{question} Go on? [y/N] ", ending="")
    command.stderr.flush()
    try:
        answer = input()
    except EOFError:
        answer = ""
    if answer.strip().lower() not in {"y", "yes"}:
        raise CommandError("Nothing was done.")
