"""Many documents become segments: in this process, or in several at a time."""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from articles.processes import begin
from articles.search.engines.base import EngineUnavailable
from articles.search.engines.whoosh.building import SegmentBuilder
from articles.search.engines.whoosh.writing import Prepared

# So many batches are made here before other processes are started, which takes some seconds of each.
ALONE = 2
# Begins the name of a file that is being made: a commit removes files named like segments that are none.
UNFINISHED = "making-"


def cores() -> int:
    """Return how many processes may be at work at the same time, on a machine for more than this."""
    return min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def make_segment(path: Path, batch: Sequence[Prepared]) -> int:
    """Write a segment of what was prepared into a new file; return how many documents it has."""
    builder = SegmentBuilder()
    for prepared in batch:
        builder.add(prepared.indexed())
    return builder.write(path)


class SegmentMakers:
    """Makes a segment of each batch, several batches at a time where there are several processes.

    `finished` is told each one's (path, batch, number of documents), in the order of the batches.
    """

    def __init__(self, folder: Path, processes: int, finished: Callable[[Path, Sequence[Prepared], int], None]) -> None:
        self.folder = folder
        self.processes = processes
        self.finished = finished
        self._made = 0
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[Path, Sequence[Prepared], Future[int]]] = deque()

    def make(self, batch: Sequence[Prepared]) -> None:
        """Make a segment of a batch, or begin to. Raises EngineUnavailable where one of the processes has died."""
        path = self.folder / f"{UNFINISHED}{os.getpid()}-{self._made}"
        self._made += 1
        if self.processes < 2 or self._made <= ALONE:
            self.finished(path, batch, make_segment(path, batch))
            return
        if self._pool is None:
            # Not forked: other threads of this process may hold locks.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.processes, context, initializer=begin)
        self._waiting.append((path, batch, self._submitted(path, batch)))
        if len(self._waiting) > self.processes + 1:
            self._finish_first()

    def _submitted(self, path: Path, batch: Sequence[Prepared]) -> Future[int]:
        assert self._pool is not None
        try:
            return self._pool.submit(make_segment, path, batch)
        except BrokenProcessPool as error:
            raise _died() from error

    def finish(self) -> None:
        """Wait for what is being made. Raises EngineUnavailable where one of the processes has died."""
        while self._waiting:
            self._finish_first()

    def _finish_first(self) -> None:
        path, batch, future = self._waiting.popleft()
        try:
            count = future.result()
        except BrokenProcessPool as error:
            raise _died() from error
        self.finished(path, batch, count)

    def close(self) -> None:
        """Let the processes go; what they have not finished is lost."""
        self._waiting.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _died() -> EngineUnavailable:
    return EngineUnavailable(
        "A process that was indexing has been ended, perhaps for want of memory. Run the command again: it goes on "
        "where it stopped. With INDEX_PROCESSES=1 it needs less memory."
    )
