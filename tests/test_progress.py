"""Rate and time left: written over on a terminal, in plain lines elsewhere."""

import io
from typing import Any

import pytest
from django.core.management.base import OutputWrapper

from articles.management import progress
from articles.management.progress import Progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def shown(stream: io.StringIO, clock: list[float]) -> str:
    wrapper: Any = OutputWrapper(stream)
    wrapper.style_func = lambda text: f"RED{text}"
    over = Progress(wrapper, total=1000)
    for second in (10, 20, 40):
        clock[0] = 100.0 + second
        over.show("a.jsonl: " + "5 created, " * 12, done=second * 10, records=second * 50)
    over.say("done")
    return stream.getvalue()


def test_on_a_terminal_one_line_is_written_over_and_is_never_broken_into_two(clock: list[float]) -> None:
    text = shown(Terminal(), clock)
    assert text.count("\n") == 1
    assert text.endswith("\r\x1b[Kdone\n")
    lines = text.split("\r\x1b[K")[1:]
    assert len(lines) == 4
    assert all(len(line) < 80 for line in lines)
    assert all("left" in line for line in lines[:3])
    assert "RED" not in text


def test_elsewhere_there_are_plain_lines_now_and_then(clock: list[float]) -> None:
    lines = shown(io.StringIO(), clock).splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("50/s · 40 % · 1 min 0 s left")
    assert lines[1] == "done"


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0 s"), (45, "45 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")])
def test_times_are_written_as_people_read_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
