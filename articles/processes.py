"""Processes that work for this one: how they begin and end. Imports nothing that needs Django's apps to be loaded."""

import multiprocessing
import os
import threading

import django


def begin() -> None:
    """Prepare a process that was started to work for another: it ends with that one, also where that is killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
