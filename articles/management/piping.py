"""Commands that write data into a pipe, whose reader may have had enough."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """End the program quietly, as other filters do, when nobody reads its output any more (`… | head`)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What Python still holds for stdout would raise again at exit: it goes nowhere instead.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
