"""Clock times beside dates, and the zones behind them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.clock import clocks, without_clocks

DAY = (2024, 7, 25)


def read(text: str, day: tuple[int, int, int] = DAY) -> str:
    """Return the first clock time of a text on a summer's day, in UTC where its zone is known."""
    clock = next(clocks(text), None)
    if clock is None:
        return "none"
    when, zoned = clock.on(*day)
    return f"{when:%H:%M}" + (" UTC" if zoned else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:05", "14:05"),
        ("14:05:33", "14:05"),
        ("T10:30:00.123Z", "10:30 UTC"),
        ("2:03 PM", "14:03"),
        ("12:39 AM", "00:39"),
        ("12:05 p.m.", "12:05"),
        ("2:30 p. m.", "14:30"),
        ("2pm", "14:00"),
        ("2.30 pm", "14:30"),
        ("14.30 hrs", "14:30"),
        ("15:30 AM", "15:30"),
        ("10h30", "10:30"),
        ("10 h 30", "10:30"),
        ("à 10h", "10:00"),
        ("10H30", "10:30"),
        ("14 ч 30 мин", "14:30"),
        ("в 14.30", "14:30"),
        ("8:30 вечера", "20:30"),
        ("الساعة 2:30 مساءً", "14:30"),
        ("٢:٣٠ م", "14:30"),
        ("٠٢:٣٠ ص", "02:30"),
        ("2:30 بعد الظهر", "14:30"),
        ("11:30 قبل الظهر", "11:30"),
        ("11:30 ظهرا", "11:30"),
        ("las 8:30 de la noche", "20:30"),
        ("25:00", "none"),
        ("10:75", "none"),
        ("100:30", "none"),
        ("10 hours", "none"),
        ("in 5 minutes", "none"),
        ("14.30", "none"),
        ("3 mars", "none"),
        ("5 млн", "none"),
    ],
)
def test_clock_times_are_read_as_they_are_written(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30 GMT", "14:30 UTC"),
        ("14:30 UTC", "14:30 UTC"),
        ("14:30Z", "14:30 UTC"),
        ("14:30 +0300", "11:30 UTC"),
        ("14:30+03:00", "11:30 UTC"),
        ("14:30 GMT+3", "11:30 UTC"),
        ("14:30 (UTC-05:00)", "19:30 UTC"),
        ("14:30 MSK", "11:30 UTC"),
        ("14:30 мск", "11:30 UTC"),
        ("14:30 по московскому времени", "11:30 UTC"),
        ("14:30 (CEST)", "12:30 UTC"),
        ("2:30 PM EDT", "18:30 UTC"),
        ("2:30 PM ET", "18:30 UTC"),
        ("14:30 JST", "05:30 UTC"),
        ("14:30 GST", "10:30 UTC"),
        ("14.30 CEST", "12:30 UTC"),
        ("14:30 Moscow time", "11:30 UTC"),
        ("14:30 بتوقيت غرينتش", "14:30 UTC"),
        ("14:30 بتوقيت القاهرة", "11:30 UTC"),
        ("14:30 بتوقيت مكة المكرمة", "11:30 UTC"),
        ("14h30 (heure de Paris)", "12:30 UTC"),
        ("14:30 hora de Madrid", "12:30 UTC"),
        ("14:30 Europe/Madrid", "12:30 UTC"),
        # No zone, or one that several places call so: the source's zone is the better guess.
        ("14:30", "14:30"),
        ("14:30 local time", "14:30"),
        ("14:30 بالتوقيت المحلي", "14:30"),
        ("14:30 IST", "14:30"),
        ("14:30 BST", "14:30"),
        ("10:30 est publié", "10:30"),
        ("10:30-12:00", "10:30"),
        ("10:30 - 12", "10:30"),
        ("10:30 Nowhere/Atall", "10:30"),
    ],
)
def test_zones_are_read_where_they_are_sure(text: str, expected: str) -> None:
    assert read(text) == expected


def test_a_named_place_has_the_time_of_its_season_and_its_laws() -> None:
    assert read("14:30 hora de Madrid", (2024, 1, 25)) == "13:30 UTC"
    # Moscow was four hours ahead of Greenwich from 2011 to 2014.
    assert read("14:30 МСК", (2013, 5, 5)) == "10:30 UTC"


def test_clock_times_are_blanked_out_with_their_zones() -> None:
    assert without_clocks("at 10:30 GMT, and 2 PM").split() == ["at", ",", "and"]


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for clock in clocks(text):
        assert 0 <= clock.start < clock.end <= len(text)
        assert clock.on(*DAY)[0].tzinfo is datetime.UTC
    assert len(without_clocks(text)) <= len(text)
