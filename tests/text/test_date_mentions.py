"""Dates in running text: where they stand, and that no text is slow to search."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import dates
from articles.text.dates import mentions


def found(text: str) -> list[str]:
    """Return the dates of a text, each as its words and its figures."""
    return [
        f"{text[each.start : each.end]} = {each.year or '?'}-{each.month}" + (f"-{each.day}" if each.day else "")
        for each in mentions(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On the 16th of November, 2023, ministers met.", ["16th of November, 2023 = 2023-11-16"]),
        ("On July 25, 2024 and on Feb. 6.", ["July 25, 2024 = 2024-7-25", "Feb. 6 = ?-2-6"]),
        ("From 26-27 July to 3 August 2024", ["26-27 July = ?-7-26", "3 August 2024 = 2024-8-3"]),
        ("In July 2024, in juillet 2024, en mayo de 2024", ["July 2024 = 2024-7", "juillet 2024 = 2024-7",
                                                           "mayo de 2024 = 2024-5"]),
        ("el 4 de mayo de 2024, el 5 de mayo", ["4 de mayo de 2024 = 2024-5-4", "5 de mayo = ?-5-5"]),
        ("le 1er mars 2023, le 15 mai", ["1er mars 2023 = 2023-3-1", "15 mai = ?-5-15"]),
        ("26 июля 2024 года, с 1 по 3 мая", ["26 июля 2024 = 2024-7-26", "1 по 3 мая = ?-5-1"]),
        ("يوم 21 أيلول/سبتمبر 2023 وفي 5 آب", ["21 أيلول/سبتمبر 2023 = 2023-9-21", "5 آب = ?-8-5"]),
        ("في تشرين الثاني/نوفمبر 2023", ["تشرين الثاني/نوفمبر 2023 = 2023-11"]),
        ("في جوان لسنة 2016", ["جوان لسنة 2016 = 2016-6"]),
        ("16 فيفري1974 و 2 ماي 2017", ["16 فيفري1974 = 1974-2-16", "2 ماي 2017 = 2017-5-2"]),
        ("2024-07-25, 2024/07/25", ["2024-07-25 = 2024-7-25", "2024/07/25 = 2024-7-25"]),
        ("25.07.2024, 25/07/2024, 07/25/2024", ["25.07.2024 = 2024-7-25", "25/07/2024 = 2024-7-25",
                                                "07/25/2024 = 2024-7-25"]),
        ("١٢ نوفمبر ٢٠٢٣", ["١٢ نوفمبر ٢٠٢٣ = 2023-11-12"]),
        # Either of May and June, no such day, no day at all
        ("05/06/2024, 31.02.2024, 0 May, January 0", []),
        ("It may 10 times be said; a march 5 miles long; years ago 5 of them", []),
        ("Soybean May 20.0, oats Mar 3,500, up in May 5%; May 10:30", []),
        ("1.2.3.2024, 10-05-2024-77, room 2024, 100000 May", []),
        ("the 3 May-day parades", ["3 May = ?-5-3"]),
        ("In May 1500 people", []),
        ("5 Mayors and 7 Marchers, MAY24", []),
    ],
)  # fmt: skip
def test_dates_are_found_where_they_stand(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_years_of_other_centuries_are_read_only_where_asked_for() -> None:
    assert [each.year for each in mentions("3 May 1812")] == [None]
    assert [each.year for each in mentions("3 May 1812", all_years=True)] == [1812]


@given(st.text(max_size=300))
def test_any_text_is_searched_in_order(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


LONG = 100_000
HOSTILE = {
    "digits": "1" * LONG,
    "figures": "1 " * (LONG // 2),
    "years": "2024 " * (LONG // 5),
    "blanks": "5" + " " * LONG + "May 2024",
    "months": "May " * (LONG // 4),
    "dates": "5 May " * (LONG // 6),
    "two-word months": "تشرين " * (LONG // 6) + "5",
    "marks": "a" + "\u064b" * LONG + " 5",
    "letters": "a" * LONG + " 5 May 2024",
    "dots": "5." * (LONG // 2),
    "slashes": "5/5/" * (LONG // 4),
    "brackets": "(aaaaaa)" * (LONG // 8),
    "open brackets": "(" * LONG + "5",
    "signs": "!" * LONG + "2024",
    "labels": "Published: " * (LONG // 11) + "2024",
    "clocks": "10:30 " * (LONG // 6),
    "since": "since " * (LONG // 6) + "5 May 2024",
    "of": "de " * (LONG // 3) + "2024",
    "ranges": "5-" * (LONG // 2) + "5 May",
}
READERS: dict[str, Callable[[str], object]] = {
    "mentions": mentions,
    "line_date": dates.line_date,
    "place_date": dates.place_date,
    "dateline_date": dates.dateline_date,
    "label_of": dates.label_of,
    "parse_iso": dates.parse_iso,
    "event_date": lambda text: dates.event_date("", text),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_runs_away_with_the_time(name: str, reader: str) -> None:
    text = HOSTILE[name]
    pieces = [
        text,
        text[:80],
        text[:155],
        f"Published: {text[:80]} 2024",
        f"📍 {text[:100]} 2024",
        f"5 May 2024 {text[:60]}",
    ]
    started = time.process_time()
    for piece in pieces:
        READERS[reader](piece)
    # A hundred thousand characters take half a second at most; a pattern that runs away takes minutes.
    assert time.process_time() - started < 5
