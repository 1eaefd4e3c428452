"""Dates as texts write them, in five languages."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import dates


def stamp(moment: dates.Moment | None) -> str:
    """Return a moment as text, as precise as it is."""
    if moment is None:
        return "none"
    assert moment.when.tzinfo is datetime.UTC
    return moment.when.strftime({"minute": "%Y-%m-%d %H:%M", "day": "%Y-%m-%d", "month": "%Y-%m"}[moment.precision])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Feb 06, 2023 - 01:39 AM", "2023-02-06 01:39"),
        ("Feb 06, 2023 - 12:39 AM", "2023-02-06 00:39"),
        ("Published: 25 July 2024", "2024-07-25"),
        ("Published on July 25th, 2024 by the desk in Nairobi", "2024-07-25"),
        ("Tuesday, 25 July 2023", "2023-07-25"),
        ("14:05 MSK, 3 марта 2024 года", "2024-03-03 11:05"),
        ("16 ноября 2023, 14:30", "2023-11-16 14:30"),
        ("Опубликовано 3.11.2023", "2023-11-03"),
        ("تاريخ النشر: 21st, September 2023 GMT", "2023-09-21"),
        ("نشر في ١٢ تشرين الثاني ٢٠٢٣", "2023-11-12"),
        ("الخميس 21 أيلول/سبتمبر 2023", "2023-09-21"),
        ("18 جوان 2022", "2022-06-18"),
        ("٢ يناير ٢٠٢٤ - ١٢:٣٠ ص", "2024-01-02 00:30"),
        ("Publicado el 4 de mayo de 2024", "2024-05-04"),
        ("Por Marisol Ruiz — 25 de enero de 2024", "2024-01-25"),
        ("Publié le 1er mars 2023 à 14h30", "2023-03-01 14:30"),
        ("Cairo | 7 May 2023 | 15:25", "2023-05-07 15:25"),
        ("2024-07-25T10:00:00+03:00", "2024-07-25 07:00"),
        ("Veröffentlicht am 3. März 2021", "2021-03-03"),
        ("Updated: 07/25/2024", "2024-07-25"),
        ("Published 05/06/2024", "none"),  # May or June: nobody can know
        ("31.02.2024", "none"),
        ("1 January 2999", "none"),
        ("3 May 1812", "none"),
        ("July 25, 2024 was a quiet day", "none"),
        ("The meeting of 25 July 2024", "none"),
        ("Room 12, 2024 seats", "none"),
        ("", "none"),
    ],
)
def test_a_line_that_only_says_when_gives_its_date(line: str, expected: str) -> None:
    assert stamp(dates.line_date(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("📍 Vientiane, July 25, 2024", "2024-07-25"),
        ("📍 Тегеран, 25 февраля 2025 г.", "2025-02-25"),
        ("🎙 Remarks after the talks (Vientiane, July 25, 2024)", "2024-07-25"),
        ("The treaty (signed in Paris, 3 May 1990) holds", "none"),
        ("📍 Vientiane", "none"),
    ],
)
def test_a_place_line_or_a_headings_brackets_state_the_date(line: str, expected: str) -> None:
    assert stamp(dates.place_date(line)) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("CAIRO, July 24, 2022 — Russia will meet its commitments.", "2022-07-24"),
        ("PARIS, 3 May 2023 (Wire) - Talks went on.", "2023-05-03"),
        ("On July 24, 2022 — a Sunday — talks went on.", "2022-07-24"),
        ("The treaty was signed on 3 May 2023.", "none"),
        ("CAIRO — Talks went on.", "none"),
    ],
)
def test_a_dateline_states_the_date(paragraph: str, expected: str) -> None:
    assert stamp(dates.dateline_date(paragraph)) == expected


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("On the 16th of November, 2023, ministers met.", [], "2023-11-16"),
        ("Ministers met on July 27.", ["2024-07-26"], "2024-07-27"),
        ("Ministers met on December 30.", ["2025-01-02"], "2024-12-30"),
        ("Ministers met on July 27. In May 2024 they had met too.", [], "2024-07-27"),
        ("Встреча состоялась 26 июля, сообщили в МИД.", ["2024-07-26"], "2024-07-26"),
        ("التقى الوزيران يوم 26 يوليو 2024 في فيينتيان.", [], "2024-07-26"),
        ("On October 7, the conflict escalated.", [], "none"),
        ("The agreement, signed on 3 May 2015, holds.", [], "none"),
        ("Since 3 May 2015 the agreement holds; on 4 June 2021 they met.", [], "2021-06-04"),
        ("It may 10 times be said.", ["2024-07-26"], "none"),
        ("They will meet on 3 May 2999.", [], "none"),
        ("An old story of 1 May 2001 told on 1 May 2001.", ["2024-07-26"], "none"),
    ],
)
def test_an_event_in_the_lead_gives_a_day(text: str, near: list[str], expected: str) -> None:
    found = dates.event_date("", text, [datetime.date.fromisoformat(day) for day in near])
    assert stamp(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-05", "2024-05"),
        ("2024-05-01T10:30:59", "2024-05-01 10:30"),
        ("2024-05-01T10:30Z", "2024-05-01 10:30"),
        ("2024-05-01T01:30+03:00", "2024-04-30 22:30"),
        ("2024-05-01 10:30", "2024-05-01 10:30"),
        ("2024-02-31", "none"),
        ("31.02", "none"),
        ("2024", "none"),
        ("0001-01-01T00:00+14:00", "none"),
        ("9999-12-31T23:59-10:00", "none"),
        ("2024-05-01T10:30+99:00", "none"),
        ("yesterday", "none"),
    ],
)
def test_machine_dates_are_read_strictly(text: str, expected: str) -> None:
    assert stamp(dates.parse_iso(text)) == expected


def test_a_date_in_the_future_or_before_1900_is_no_date() -> None:
    now = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)
    assert dates.plausible(dates.day_moment(2024, 5, 2), now) is not None  # another zone's today
    assert dates.plausible(dates.day_moment(2024, 5, 3), now) is None
    assert dates.plausible(dates.day_moment(1899, 12, 31), now) is None


@given(st.text(max_size=300))
def test_any_text_is_searched_without_a_fault(text: str) -> None:
    for mention in dates.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
    for found in (dates.line_date(text), dates.place_date(text), dates.dateline_date(text), dates.event_date("", text)):
        assert found is None or found.when.year >= dates.EARLIEST_YEAR


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2024, 12, 31)))
def test_every_day_is_found_again_in_english_and_arabic_digits(day: datetime.date) -> None:
    arabic = str(day.day).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert stamp(dates.line_date(f"{day:%B} {day.day}, {day.year}")) == day.isoformat()
    assert stamp(dates.line_date(f"{arabic} {day:%B} {day.year}")) == day.isoformat()
