"""Dates that texts and machines state, and the days that texts speak of, in five languages."""

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import dates


def stamp(moment: dates.Moment | None) -> str:
    """Return a moment as text, as precise as it is; "?" stands behind a clock time without a zone."""
    if moment is None:
        return "none"
    assert moment.when.tzinfo is datetime.UTC
    assert moment.precision == "minute" or moment.zoned
    length = {"minute": 16, "day": 10, "month": 7, "year": 4}[moment.precision]
    return moment.when.isoformat(" ")[:length] + ("" if moment.zoned else "?")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # English
        ("Published: May 5, 2024 at 2:03 PM", "2024-05-05 14:03?"),
        ("Published May 5, 2024 at 14:03 GMT", "2024-05-05 14:03"),
        ("PUBLISHED 05 MAY 2024", "2024-05-05"),
        ("Date: May 2024", "2024-05"),
        ("Published: 2024-07-25T10:30:00Z", "2024-07-25 10:30"),
        ("Published: 2024-07-25T10:30:00+02:00 by the desk", "2024-07-25 08:30"),
        ("Date: 2024-07-25 10:30", "2024-07-25 10:30?"),
        ("Published: 5 May 2024 | Updated: 6 May 2024, 10:30", "2024-05-05"),
        ("Updated: 6 May 2024 10:30 GMT | Published: 5 May 2024", "2024-05-05"),
        ("Updated 6 May 2024", "2024-05-06"),
        ("5 May 2024 10:30 | Updated 11:00", "2024-05-05 10:30?"),
        ("06.02.2023 01:39", "2023-02-06 01:39?"),
        ("01:39, 06.02.2023", "2023-02-06 01:39?"),
        ("2023/09/21 - 14:30", "2023-09-21 14:30?"),
        ("21st, September 2023 GMT", "2023-09-21"),
        ("Feb 06, 2023 - 01:39 AM", "2023-02-06 01:39?"),
        ("05/06/2024", "none"),
        ("Published: 05/06/2024", "none"),
        ("05.06.2024", "2024-06-05"),
        ("05/05/2024", "2024-05-05"),
        ("Tue, 25 Jul 2023 10:30:00 +0000", "2023-07-25 10:30"),
        ("Tue, 25 Jul 2023 10:30:00 -0500", "2023-07-25 15:30"),
        ("July 25, 2023 10:30 AM EDT", "2023-07-25 14:30"),
        ("July 25, 2023 10:30 AM IST", "2023-07-25 10:30?"),
        ("July 25, 2023 2:30 p.m. ET", "2023-07-25 18:30"),
        ("2:30 PM EST, January 5, 2024", "2024-01-05 19:30"),
        ("July 25, 2023 10:30 (GMT+3)", "2023-07-25 07:30"),
        ("July 25, 2023 10:30 UTC+05:30", "2023-07-25 05:00"),
        ("July 25, 2023 10:30 Moscow time", "2023-07-25 07:30"),
        ("July 25, 2023, 10:30 local time", "2023-07-25 10:30?"),
        ("25-Jul-2023", "2023-07-25"),
        ("25 July, 2023", "2023-07-25"),
        ("The 25th of July, 2023", "2023-07-25"),
        ("Sept. 6, 2023", "2023-09-06"),
        ("🕒 25 July 2023", "2023-07-25"),
        ("(25 July 2023)", "2023-07-25"),
        ("Posted on July 25, 2023 by admin", "2023-07-25"),
        ("Published: Kyiv, 25 July 2023", "2023-07-25"),
        ("Published figures for 5 May 2024 show growth", "none"),
        ("1 January 2999", "2999-01-01"),
        ("3 May 1812", "1812-05-03"),
        ("Published: 3 May 2099", "2099-05-03"),
        ("Date published: March 3, 2024", "2024-03-03"),
        ("Veröffentlicht am 3. März 2021", "2021-03-03"),
        ("Published 3 Ekim 2023", "2023-10-03"),
        ("July 25 and 26, 2024", "2024-07-25"),
        ("2 PM, 5 May 2024", "2024-05-05 14:00?"),
        ("5 May 2024 14.30 hrs", "2024-05-05 14:30?"),
        ("5 May 2024 | 10:30 - 11:30", "2024-05-05 10:30?"),
        ("5 May 2024 — Reuters", "2024-05-05"),
        ("Publicado em 5 de maio de 2024", "2024-05-05"),
        ("06 / 02 / 2023", "none"),
        ("26 / 02 / 2023", "2023-02-26"),
        ("Data: 5 maggio 2024", "none"),
        ("Pubblicato il 5 maggio 2024", "2024-05-05"),
        ("Veröffentlicht: 3. Dez. 2021", "2021-12-03"),
        ("July 25, 2024 was a quiet day", "none"),
        ("10:30 a.m. on July 25, 2024", "2024-07-25 10:30?"),
        ("Updated: 07/25/2024", "2024-07-25"),
        ("31.02.2024", "none"),
        ("Jul 25, 2024 · 5 min read", "none"),
        # French
        ("Publié le 5 mai 2024, mis à jour le 6 mai 2024 à 11h00", "2024-05-05"),
        ("Publié le 5 mai 2024 à 10h30", "2024-05-05 10:30?"),
        ("le 5 mai 2024 à 10h30", "2024-05-05 10:30?"),
        ("Dimanche 5 mai 2024 à 10 h 30", "2024-05-05 10:30?"),
        ("Publié le dimanche 5 mai 2024 à 10h30 (heure de Paris)", "2024-05-05 08:30"),
        ("Mis à jour le 5 mai 2024 à 10:30", "2024-05-05 10:30?"),
        ("Publié le : 1er janv. 2024", "2024-01-01"),
        ("Date de publication : 3 mars 2024", "2024-03-03"),
        # Spanish
        ("Publicado: 5 de mayo de 2024, 2:30 p. m.", "2024-05-05 14:30?"),
        ("Publicado el domingo 5 de mayo de 2024 a las 14:30 h", "2024-05-05 14:30?"),
        ("05 may. 2024 - 14:30", "2024-05-05 14:30?"),
        ("Fecha: 25/12/2023", "2023-12-25"),
        ("Domingo, 5 de mayo del 2024", "2024-05-05"),
        ("Actualizado: 5 may 2024 14:30 CEST", "2024-05-05 12:30"),
        ("mayo 4 de 2024", "2024-05-04"),
        ("Última actualización: 3 de marzo de 2024", "2024-03-03"),
        ("Publicado a las 14:30 del 5 de mayo de 2024", "2024-05-05 14:30?"),
        # Russian
        ("5 мая 2024, 14:30 МСК", "2024-05-05 11:30"),
        ("Опубликовано 06.02.2023 в 01:39", "2023-02-06 01:39?"),
        ("06.02.2023 в 01:39", "2023-02-06 01:39?"),
        ("5 мая 2024 года", "2024-05-05"),
        ("5 мая 2024 г.", "2024-05-05"),
        ("воскресенье, 5 мая 2024 г., 14:30", "2024-05-05 14:30?"),
        ("Дата публикации: 5 мая 2024 г. 14:30 (МСК)", "2024-05-05 11:30"),
        ("Дата: 05.05.2024", "2024-05-05"),
        ("Обновлено: 5 мая 2024 в 14:30 по московскому времени", "2024-05-05 11:30"),
        ("Опубликовано: 5 мая 2013 14:30 МСК", "2013-05-05 10:30"),
        ("5 МАЯ 2024", "2024-05-05"),
        ("14:30 | 5 мая 2024", "2024-05-05 14:30?"),
        ("Дата публикации — 3 марта 2024", "2024-03-03"),
        ("3 марта 2024, воскресенье", "2024-03-03"),
        ("25–26 июля 2024", "2024-07-25"),
        ("5 мая 2024 в 14.30", "2024-05-05 14:30?"),
        ("6 февраля 2023 года, 14 ч. 30 мин.", "2023-02-06 14:30?"),
        ("23:30 31 декабря 2023 МСК", "2023-12-31 20:30"),
        ("5 мая 2024 | Новости | 14:30", "2024-05-05 14:30?"),
        # Arabic
        ("تاريخ النشر: 5 مايو 2024 الساعة 2:30 مساءً", "2024-05-05 14:30?"),
        ("تاريخ النشر: ٥ مايو ٢٠٢٤، الساعة ٢:٣٠ مساءً بتوقيت غرينتش", "2024-05-05 14:30"),
        ("نُشر في 5 أيار 2024", "2024-05-05"),
        ("نشر في: الأحد، ٥ أيار/مايو ٢٠٢٤", "2024-05-05"),
        ("الأحد 12 تشرين الثاني/نوفمبر 2023", "2023-11-12"),
        ("الأحد 12 نوفمبر/تشرين الثاني 2023", "2023-11-12"),
        ("12 نوفمبر (تشرين الثاني) 2023", "2023-11-12"),
        ("أيار 2024", "2024-05"),
        ("تشرين الثاني/نوفمبر 2023", "2023-11"),
        ("18 جوان 2022 - 10:30", "2022-06-18 10:30?"),
        ("الثلاثاء 2 جانفي 2024", "2024-01-02"),
        ("3 غشت 2023", "2023-08-03"),
        ("3 آب 2023", "2023-08-03"),
        ("3 كانون الأول، 2023", "2023-12-03"),
        ("۱۲ نوفمبر ۲۰۲۳", "2023-11-12"),
        ("الخميس 21 سبتمبر 2023 الموافق 6 ربيع الأول 1445 هـ", "2023-09-21"),
        ("الخميس 6 ربيع الأول 1445 هـ - 21 سبتمبر 2023 م", "2023-09-21"),
        ("آخر تحديث: 21 سبتمبر 2023، 14:30 بتوقيت القاهرة", "2023-09-21 11:30"),
        ("21 سبتمبر 2023 - 02:30 م بتوقيت مكة المكرمة", "2023-09-21 11:30"),
        ("تاريخ النشر: 2023-09-21 14:30", "2023-09-21 14:30?"),
        ("نشر بتاريخ 21/09/2023", "2023-09-21"),
        ("21/09/2023 10:30 ص", "2023-09-21 10:30?"),
        ("تاريخ النشر: 21st, September 2023 GMT", "2023-09-21"),
        ("\u200f21 سبتمبر\u200f 2023", "2023-09-21"),
        ("12:30 ظهراً، 5 مايو 2024", "2024-05-05 12:30?"),
        ("1:30 ظهرا 5 مايو 2024", "2024-05-05 13:30?"),
        ("الساعة 8 مساء، 5 مايو 2024", "2024-05-05 20:00?"),
        ("Feb 06, 2023 - 12:39 AM", "2023-02-06 00:39?"),
        ("Published: 25 July 2024", "2024-07-25"),
        ("Published on July 25th, 2024 by the desk in Nairobi", "2024-07-25"),
        ("Tuesday, 25 July 2023", "2023-07-25"),
        ("Cairo | 7 May 2023 | 15:25", "2023-05-07 15:25?"),
        ("2024-07-25T10:00:00+03:00", "2024-07-25 07:00"),
        ("14:05 MSK, 3 марта 2024 года", "2024-03-03 11:05"),
        ("16 ноября 2023, 14:30", "2023-11-16 14:30?"),
        ("Опубликовано 3.11.2023", "2023-11-03"),
        ("٢ يناير ٢٠٢٤ - ١٢:٣٠ ص", "2024-01-02 00:30?"),
        ("نشر في ١٢ تشرين الثاني ٢٠٢٣", "2023-11-12"),
        ("Publicado el 4 de mayo de 2024", "2024-05-04"),
        ("Por Marisol Ruiz — 25 de enero de 2024", "2024-01-25"),
        ("Publié le 1er mars 2023 à 14h30", "2023-03-01 14:30?"),
        # Day and month as figures: what stands beside them tells which is which
        ("Publié le 06/05/2024 à 18h30", "2024-05-06 18:30?"),
        ("le 06/05/2024 à 10:30", "2024-05-06 10:30?"),
        ("Fecha: 06/05/2024", "2024-05-06"),
        ("Publicado el 06-05-2024", "2024-05-06"),
        ("martes, 07/05/2024", "2024-05-07"),
        ("تاريخ النشر 06/05/2024", "2024-05-06"),
        ("٠٦/٠٥/٢٠٢٤ - الاثنين", "2024-05-06"),
        ("Опубликовано 06/05/2024", "2024-05-06"),
        ("Tuesday, 05/07/2024", "2024-05-07"),
        ("Tue, 07/05/2024", "2024-05-07"),
        ("Sunday, 06/05/2024", "none"),
        ("Monday, 01/08/2024", "2024-01-08"),
        ("viernes, 06/05/2024", "none"),
        ("Published: 06/05/2024 by Ana del Mar", "none"),
        ("06/05/2024 10:30 AM", "none"),
        ("Date: 06/05/2024", "none"),
        ("06-05-2024", "none"),
        # Two figures of a year, with dots and a label
        ("Published: 15.06.24", "2024-06-15"),
        ("Дата: 15.06.24 14:30", "2024-06-15 14:30?"),
        ("Published: 15.06.84", "none"),
        ("15.06.24", "none"),
        ("Published: 15/06/24", "none"),
        # Two calendars, letters that are drawn out, a dash that parts time and day
        ("05 مايو 2024 مـ", "2024-05-05"),
        ("الأحد 26 شوال 1445 هـ - 05 مايو 2024 مـ - 14:30", "2024-05-05 14:30?"),
        ("٢٦ شوال ١٤٤٥ هـ الموافق ٥ أيار (مايو) ٢٠٢٤", "2024-05-05"),
        ("نُشر: 14:30-5 مايو 2024 م ـ 26 شوّال 1445 هـ", "2024-05-05 14:30?"),
        ("Published: 10:30-5 May 2024", "2024-05-05 10:30?"),
        ("Sunday 5 May 2024, 14.30 BST", "2024-05-05 14:30?"),
        ("Sun 5 May 2024 14.30 CEST", "2024-05-05 12:30"),
        # What says more than when, or nothing sure
        ("Room 12, 2024 seats", "none"),
        ("The meeting of 25 July 2024", "none"),
        ("2024", "none"),
        ("Copyright 2024", "none"),
        ("The list, published 5 May 2024, names ten people", "none"),
        ("Published figures for the year, updated 5 May 2024, show growth", "none"),
        ("The minister spoke at length about the harbour (published: 5 May 2024)", "none"),
        ("By Ada Writer | Published: 5 May 2024", "2024-05-05"),
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
        ("📍 Vientiane, July 25, 2999", "2999-07-25"),
        ("📍 Москва, 5 марта 2024, 14:30 МСК", "2024-03-05 11:30"),
        ("📍 القاهرة، 5 آذار/مارس 2024", "2024-03-05"),
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
        ("МОСКВА, 24 июля 2022 г. — РИА Новости. Встреча прошла.", "2022-07-24"),
        ("МОСКВА, 24 июля 2022. /ТАСС/. Встреча прошла.", "2022-07-24"),
        ("القاهرة، 24 يوليو 2022 (وكالة) - قال الوزير إن المحادثات مستمرة.", "2022-07-24"),
        ("MADRID, 24 de julio de 2022 (Agencia) - El ministro habló.", "2022-07-24"),
        ("PARIS, 24 juillet 2022 (Agence) — Le ministre a parlé.", "2022-07-24"),
        ("CAIRO, July 24, 2050 — Nobody knows.", "2050-07-24"),
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
        ("2024", "2024"),
        ("٢٠٢٤-٠٥", "2024-05"),
        ("2024-05-01T10:30:59", "2024-05-01 10:30?"),
        ("2024-05-01T10:30Z", "2024-05-01 10:30"),
        ("2024-05-01T10:30:00.123Z", "2024-05-01 10:30"),
        ("2024-05-01 10:30:00 UTC", "2024-05-01 10:30"),
        ("2024-05-01 10:30:00 +0200", "2024-05-01 08:30"),
        ("2024-05-01T01:30+03:00", "2024-04-30 22:30"),
        ("2024-05-01 10:30", "2024-05-01 10:30?"),
        ("0000", "none"),
        ("20245", "none"),
        ("2024-02-31", "none"),
        ("31.02", "none"),
        ("0001-01-01T00:00+14:00", "none"),
        ("9999-12-31T23:59-10:00", "none"),
        ("2024-05-01T10:30+99:00", "none"),
        ("yesterday", "none"),
    ],
)
def test_machine_dates_are_read_strictly(text: str, expected: str) -> None:
    assert stamp(dates.parse_iso(text)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Date: 2024", "2024"),
        ("Date: 2024-05", "2024-05"),
        ("Дата: 2024", "2024"),
        ("تاريخ النشر: ٢٠٢٤", "2024"),
        ("Fecha: mayo de 2024", "2024-05"),
    ],
)
def test_a_label_may_announce_a_year_or_a_month_only(line: str, expected: str) -> None:
    assert stamp(dates.line_date(line)) == expected


@pytest.mark.parametrize(
    ("line", "label", "changed"),
    [
        ("Published: 5 May 2024", "Published", False),
        ("🕒 تاريخ النشر : 5 مايو 2024", "تاريخ النشر", False),
        ("Last updated on 5 May 2024", "Last updated on", True),
        ("Updated: 6 May 2024 | Published: 5 May 2024", "Published", False),
        ("آخر تحديث: 5 مايو 2024", "آخر تحديث", True),
        ("Обновлено 5 мая 2024", "Обновлено", True),
        ("Дата обновления: 5 мая 2024", "Дата обновления", True),
        ("Última actualización: 5 de mayo de 2024", "Última actualización", True),
        ("Mis à jour le 5 mai 2024", "Mis à jour le", True),
        ("Date de publication : 5 mai 2024", "Date de publication", False),
        ("Dated 5 May 2024", "", False),
        ("5 May 2024", "", False),
    ],
)
def test_labels_are_known_and_those_of_the_last_change_told(line: str, label: str, changed: bool) -> None:
    assert dates.label_of(line) == label
    assert dates.is_change(label) is changed


def test_a_date_in_the_future_or_before_1900_is_no_date() -> None:
    now = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)
    assert dates.plausible(dates.day_moment(2024, 5, 2), now) is not None  # another zone's today
    assert dates.plausible(dates.day_moment(2024, 5, 3), now) is None
    assert dates.plausible(dates.day_moment(1899, 12, 31), now) is None


def test_of_several_stated_dates_the_first_that_can_be_is_taken_a_mere_year_last() -> None:
    past, future = dates.day_moment(2023, 5, 1), dates.day_moment(2999, 5, 1)
    old, year = dates.day_moment(1850, 1, 1), dates.parse_iso("2022")
    assert dates.preferred([None, future, past]) == past
    assert dates.preferred([year, past]) == past
    assert dates.preferred([future, year]) == year
    assert dates.preferred([None, old, future]) == old
    assert dates.preferred([]) is None


def test_candidates_behind_the_one_that_is_taken_are_not_looked_at() -> None:
    def candidates() -> Iterator[dates.Moment]:
        yield dates.day_moment(2023, 5, 1)
        raise AssertionError

    assert dates.preferred(candidates()) == dates.day_moment(2023, 5, 1)


@given(st.text(max_size=300))
def test_any_text_is_searched_without_a_fault(text: str) -> None:
    for found in (dates.line_date(text), dates.place_date(text), dates.dateline_date(text), dates.parse_iso(text)):
        assert found is None or found.when.tzinfo is datetime.UTC
    found = dates.event_date("", text)
    assert found is None or dates.plausible(found)
    dates.label_of(text)


PIECES = st.sampled_from(
    ["Published: ", " Updated: ", "تاريخ النشر: ", "5", "05", "0", "31", "2024", "٢٠٢٤", ".", "/", "-", ":",
     " ", ", ", " — ", "May ", "мая ", "تشرين ", "الثاني ", "de ", "of ", "T", "Z", "GMT", "+03:00", "10:30", "PM",
     "مساءً", "в ", "à ", "h", "📍 ", "(", ")", "\n", "г.", "هـ", "th", "\u200f", "²"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_heap_of_pieces_of_dates_is_read_without_a_fault(text: str) -> None:
    for found in (dates.line_date(text), dates.place_date(text), dates.dateline_date(text), dates.parse_iso(text)):
        assert found is None or 1 <= found.when.year <= 9999
    dates.event_date(text, text)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2024, 12, 31)), st.times())
def test_every_day_is_found_again_in_english_and_arabic_digits(day: datetime.date, time: datetime.time) -> None:
    arabic = str(day.day).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert stamp(dates.line_date(f"{day:%B} {day.day}, {day.year}")) == day.isoformat()
    assert stamp(dates.line_date(f"{arabic} {day:%B} {day.year}")) == day.isoformat()
    assert stamp(dates.line_date(f"{day:%d.%m}.{day.year}, {time:%H:%M} GMT")) == f"{day} {time:%H:%M}"
    assert stamp(dates.line_date(f"{day:%A}, {day:%d %b} {day.year} {time:%I:%M %p}")) == f"{day} {time:%H:%M}?"
