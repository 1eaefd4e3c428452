"""How far a long work is: one line that is written over on a terminal, plain lines now and then elsewhere."""

import time

from django.core.management.base import OutputWrapper

# Plain lines come no oftener than this, a terminal's line is not written over oftener than that; seconds.
_PLAIN = 30.0
_TERMINAL = 0.2
# A line that a terminal breaks into two could not be written over.
_WIDEST = 78
# So long the rate is too new to tell the time that is left.
_TOO_EARLY = 3.0


class Progress:
    """Shows rate and time left of a work of `total` units (0: unknown) on `stream`."""

    def __init__(self, stream: OutputWrapper, total: int = 0) -> None:
        self.stream = stream
        self.total = total
        self.started = self.shown = time.monotonic()
        self.terminal = stream.isatty()

    @property
    def seconds(self) -> float:
        """How long the work has taken so far."""
        return time.monotonic() - self.started

    def show(self, label: str, done: int, records: int) -> None:
        """Show that `done` units and `records` records are behind it, where it is time for it."""
        now = time.monotonic()
        if now - self.shown < (_TERMINAL if self.terminal else _PLAIN):
            return
        self.shown = now
        pace = self._pace(now - self.started, done, records)
        if self.terminal:
            # The pace is what one looks for: the label gives way.
            self._write(f"\r\x1b[K{label[: _WIDEST - len(pace) - 3]} · {pace}")
        else:
            self._write(f"{label} · {pace}\n")

    def say(self, line: str) -> None:
        """Write a line that stays."""
        self._write(f"\r\x1b[K{line}\n" if self.terminal else f"{line}\n")

    def _write(self, text: str) -> None:
        # As it stands: by itself a command's stream paints what goes to standard error red and ends every line.
        self.stream.write(text, style_func=str, ending="")
        self.stream.flush()

    def _pace(self, seconds: float, done: int, records: int) -> str:
        pace = f"{records / seconds:,.0f}/s" if seconds else ""
        if not self.total or not done or seconds < _TOO_EARLY:
            return pace
        left = max(self.total - done, 0) * seconds / done
        return f"{pace} · {done * 100 // self.total} % · {duration(left)} left"


def duration(seconds: float) -> str:
    """Return a time as people read it: "45 s", "3 min 20 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
