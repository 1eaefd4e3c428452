"""What belongs to an article and what stands around it. All sentences are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.cleaning import clean, clean_characters, paragraphs_of, pasted, read_pasted
from articles.importing.cleaning.lines import is_dateline, is_sentence, is_signed_caption, kind_of
from articles.importing.cleaning.repeats import tandems, without_repeats

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)
SECOND = (
    "They agreed to meet again before the end of the year, and to send experts to each other's ports in the meantime."
)
FOREIGN = (
    "In other places a football club won a cup after many years, and its supporters danced in the streets until dawn."
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Leave a Comment", "comments"),
        ("Comments (31)   Most liked   Newest", "comments"),
        ("Print Friendly and PDF", "noise"),
        ("fbpx", "noise"),
        ("Share on Facebook Tweet WhatsApp 12", "noise"),
        ("Поделиться ВКонтакте Телеграм", "noise"),
        ("📄 Read in full", "noise"),
        ("Photo: Harbour Press", "noise"),
        ("Based on materials from the Harbour Wire", "noise"),
        ("المصدر: وكالة الميناء", "noise"),
        ("Источник: Портовый вестник", "noise"),
        ("Fuente: Agencia del Puerto", "noise"),
        ("Home > World > Asia", "noise"),
        ("World | Politics | Sport", "noise"),
        ("4 min read", "noise"),
        ("@harbour_wire", "noise"),
        ("We use cookies on this website. By going on you accept our cookie policy.", "noise"),
        ("Sign up for our newsletter, straight to your inbox.", "noise"),
        ("Club wins cupRead more Bridge opensRead more Film starts", "ticker"),
        ("Club wins the cup at last… Read more", "ticker"),
        ("إقرأ أيضاً:", "related"),
        ("Читайте также", "related"),
        ("También te puede interesar:", "related"),
        ("À lire aussi", "related"),
        ("Related stories", "related"),
        ("Read also: Club wins the cup", "related headline"),
        ("show caption", "caption mark"),
        ("Read the treaty before you speak about it", "text"),
        ("The source of the river lies in the mountains", "text"),
        ("Photographs of the talks were shown", "text"),
        ("Share prices fell on Monday", "text"),
        ("Comments by the minister drew laughter", "text"),
        ("По теме урегулирования стороны обменялись мнениями", "text"),
        ("Energy", "text"),
        ("<…>", "text"),
        (FIRST, "text"),
    ],
)
def test_a_line_is_known_for_what_it_is(line: str, kind: str) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "label",
    ["Read also:", "إقرأ أيضاً:", "Читайте также:", "También te puede interesar", "À lire aussi :", "Related stories"],
)
def test_behind_read_also_a_pasted_text_ends(label: str) -> None:
    assert clean([FIRST, SECOND, label, "Club wins cup", FOREIGN], to_the_end=True) == [FIRST, SECOND]


def test_read_also_inside_a_page_loses_only_its_headlines() -> None:
    assert clean([FIRST, "Read also:", "Club wins cup", "Bridge opens", SECOND]) == [FIRST, SECOND]
    assert clean([FIRST, "Read also: Club wins cup", SECOND]) == [FIRST, SECOND]


def test_read_also_above_the_text_cuts_nothing_below() -> None:
    assert clean(["Read also:", "Club wins cup", FIRST, SECOND], to_the_end=True) == [FIRST, SECOND]


def test_a_text_that_is_nothing_but_boilerplate_is_kept() -> None:
    assert clean(["Photo: Harbour Press"]) == ["Photo: Harbour Press"]


def test_a_long_passage_stands_once_and_short_lines_may_repeat() -> None:
    assert without_repeats([FIRST, "Question:", SECOND, "Question:", FIRST]) == [
        FIRST,
        "Question:",
        SECOND,
        "Question:",
    ]
    assert without_repeats(["Energy", FIRST, SECOND, "Energy", FIRST, SECOND]) == ["Energy", FIRST, SECOND]


def test_a_passage_right_behind_itself_is_found_whole() -> None:
    assert tandems(["a", "b", "a", "b", "c"])[0] == 2
    assert tandems(["a", "a", "b", "a", "a", "b"])[0] == 3
    assert tandems(["a", "b", "c"])[0] == 0


def test_captions_and_datelines_above_the_text_go() -> None:
    caption = "The minister at the harbour on Friday./AFP"
    assert is_signed_caption(caption)
    assert is_dateline("Caracas - AFP")
    assert clean([caption, "Caracas - AFP", FIRST, SECOND]) == [FIRST, SECOND]
    assert not is_dateline("War - and peace")


def test_a_wrapped_text_is_joined_to_paragraphs() -> None:
    text = (
        "The two ministers met in the capital on Monday and spoke\nabout trade, grain and the price of oil for more\n"
        "than three hours, officials said.\n    They agreed to meet again before the end of the year\n"
        "and to send experts.\n"
    )
    assert paragraphs_of(text) == [
        "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for more "
        "than three hours, officials said.",
        "They agreed to meet again before the end of the year and to send experts.",
    ]


def test_lines_of_any_length_stay_apart_where_nothing_is_wrapped() -> None:
    assert paragraphs_of(f"{FIRST}\nEnergy\n\n{SECOND}") == [FIRST, "Energy", SECOND]


def test_controls_surrogates_and_invisible_marks_go_and_line_ends_are_one() -> None:
    assert clean_characters("a\x00b\ud800c\u200bd\r\ne\u2028f\u0085g\ufeff") == "abcd\ne\nf\ng"
    assert clean_characters("cafe\u0301") == "café"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian spelling
        ("خانه\u200c\u200cها", "خانه\u200cها"),
        ("خانه\u200c ها", "خانه ها"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩🏽\u200d🚀 ❤️\u200d🔥", "👩🏽\u200d🚀 ❤️\u200d🔥"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("mi\u200cnis\u200dter", "minister"),
        ("\u2067وزير\u2069 \u202bالخارجية\u202c\u061c\u200f", "وزير الخارجية"),
        ("so\u00adft\u2060 \ufeffhyphen", "soft hyphen"),
        ("الســلام", "الســلام"),  # the tatweel is stored as it was written
        ("й", "й"),
        ("أ", "أ"),
        ("a" + "\u0301\u0316" * 100_000, None),
        ("🎉" * 100, "🎉" * 100),
    ],
)
def test_marks_that_mean_something_stay_and_others_go(text: str, kept: str | None) -> None:
    cleaned = clean_characters(text)
    assert len(cleaned) < 40 if kept is None else cleaned == kept
    assert clean_characters(cleaned) == cleaned


@given(st.text(max_size=500))
def test_whatever_is_pasted_can_be_stored(text: str) -> None:
    pasted = read_pasted(text)
    assert "\x00" not in "".join(pasted.paragraphs)
    "".join([pasted.title, *pasted.paragraphs]).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Ministers meet\n{FIRST}\n{SECOND}", "Ministers meet"),
        (f"fbpx\nClub winsRead more Bridge opensRead more\nMinisters meet\n{FIRST}", "Ministers meet"),
        (f"{FIRST}\n{SECOND}", ""),
        (FIRST, ""),
        (f"The desk writes:\n{FIRST}", ""),
        (f"هل ينجح الوزيران؟\n{FIRST}", "هل ينجح الوزيران؟"),
    ],
)
def test_the_headline_is_the_first_line_that_reads_like_one(text: str, title: str) -> None:
    assert read_pasted(text).title == title


def test_date_and_byline_leave_the_body() -> None:
    pasted = read_pasted(
        f"Ministers meet\nBy Ana Ruiz\nUpdated: 3 May 2024\nPublished: 2 May 2024, 10:15\n{FIRST}\n{SECOND}"
    )
    assert pasted.byline == "Ana Ruiz"
    assert pasted.date is not None
    assert (pasted.date.when.isoformat(), pasted.date.precision) == ("2024-05-02T10:15:00+00:00", "minute")
    assert pasted.paragraphs == [FIRST, SECOND]


def test_each_line_of_a_long_list_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def counted(line: str) -> bool:
        nonlocal looks
        looks += 1
        return is_sentence(line)

    monkeypatch.setattr(pasted, "is_sentence", counted)
    lines = [f"Entry {number}" for number in range(2_000)]
    read_pasted("\n".join(["Published: 5 May 2024", *lines]))
    assert looks < 3 * len(lines)
