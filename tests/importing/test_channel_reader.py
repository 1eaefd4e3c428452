"""Pasted posts of a channel read from bytes, good and bad. No database."""

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.cleaning.repeats import tandems
from articles.importing.readers import channel, reader_of
from articles.importing.records import ArticleRecord, ImportFile, Record, UnreadableFile

FIRST = (
    "The two ministers met in the capital on Monday and spoke about trade, grain and the price of oil for three hours."
)
SECOND = (
    "They agreed to meet again before the end of the year, and to send experts to each other's ports in the meantime."
)


def read(content: str | bytes) -> list[Record]:
    return list(channel.read(ImportFile("a.txt", content if isinstance(content, bytes) else content.encode())))


def articles(content: str) -> list[ArticleRecord]:
    assert reader_of(ImportFile("a.txt", content.encode()))[0] == "channel text"
    return [record for record in read(content) if isinstance(record, ArticleRecord)]


def day(record: ArticleRecord) -> str:
    return record.date.moment.isoformat()[:16] if record.date.moment else ""


def test_posts_with_heads_are_parted_and_dated() -> None:
    first, second = articles(
        f"Harbour Wire, [25.07.2024 14:03]\nTalks went on.\n{FIRST}\n\nHarbour Wire, [26.07.24 9:15]\nTalks ended.\n",
    )
    assert (first.body, day(first), first.source) == (f"Talks went on.\n\n{FIRST}", "2024-07-25T14:03", "Harbour Wire")
    assert (second.body, day(second)) == ("Talks ended.", "2024-07-26T09:15")


def test_doubled_posts_are_parted_and_kept_once_with_a_single_one_between() -> None:
    text = "\n".join(
        [
            "🇷🇺🇨🇳 Talks are held in Vienna", "📍 Vienna, July 25, 2024", "#Talks", "📍 Vienna, July 25, 2024", "#Talks",
            "🗓 On July 26, the ministers will meet again.", FIRST, "Read in full", FIRST, "Read in full",
            "Forwarded from Port News 🇷🇺", "🎙 Words after the talks (Vienna, July 27, 2024)",
            f"💬 {SECOND}", f"💬 {SECOND}",
        ]
    )  # fmt: skip
    first, second, third = articles(text)
    assert first.body.split("\n\n") == ["🇷🇺🇨🇳 Talks are held in Vienna", "📍 Vienna, July 25, 2024", "#Talks"]
    assert (day(first), first.date.kind) == ("2024-07-25T00:00", "stated")
    assert second.body.split("\n\n") == ["🗓 On July 26, the ministers will meet again.", FIRST]
    assert (day(second), second.date.kind) == ("2024-07-26T00:00", "inferred")
    assert third.forwarded_from == "Port News"
    assert day(third) == "2024-07-27T00:00"
    assert [record.place for record in (first, second, third)] == ["post 1", "post 2", "post 3"]


@pytest.mark.parametrize(
    "content",
    ["", "\n\n", f"Talks held 🇷🇺\n{FIRST}", f"🇷🇺 Talks held\n{FIRST}\n{SECOND}", "a [" + "12:34 " * 50_000],
)
def test_other_texts_are_no_channels(content: str) -> None:
    assert not channel.recognises(ImportFile("a.txt", content.encode()))


def test_a_large_text_is_recognised_by_its_head_alone() -> None:
    post = f"🔴 Talks held\n{FIRST}\n{FIRST}\n"
    file = ImportFile("a.txt", (post * 200_000).encode())
    started = time.perf_counter()
    assert channel.recognises(file)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("content", ["🔥🔥\n🔥🔥", "Harbour Wire, [25.07.2024 14:03]\n...", "\u200e\x00"])
def test_a_text_without_a_word_is_refused(content: str) -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read(content)


def _alike(kinds: int) -> str:
    numbers = random.Random(7)
    return "\n".join(f"🔴 Talks held {numbers.randrange(kinds)} in the capital of the country." for _ in range(10_000))


@pytest.mark.parametrize(
    "content",
    [
        _alike(1),
        _alike(2),
        _alike(3),
        "\n".join("🔴 a" if number % 7 else f"🔴 Talks held on day {number} of them" for number in range(10_000)),
        "\n".join(f"Harbour Wire, [25.07.2024 14:{number % 60:02}]\n🔴" for number in range(5_000)) + " Talks",
        "🔴 Talks\n" + "🔥" * 300_000 + "x" + "🔥" * 300_000 + "\n🔴 Talks",
        "\n".join(["Harbour Wire, [25.07.2024 14:03]", "Harbour Wire [" + "12:34 " * 30_000]),
        "🔴 " + "#" * 100_000 + "!\n🔴 " + "#a" * 50_000 + "!",
    ],
    ids=["one line", "two lines", "three lines", "near repeats", "heads", "ornaments", "clock times", "hashtags"],
)
def test_texts_made_to_be_slow_are_not(content: str) -> None:
    started = time.perf_counter()
    channel.recognises(ImportFile("a.txt", content.encode()))
    assert read(content)
    assert time.perf_counter() - started < 10


def _by_hand(keys: list[str], start: int) -> int:
    lengths = range(1, (len(keys) - start) // 2 + 1)
    return max((n for n in lengths if keys[start : start + n] == keys[start + n : start + 2 * n]), default=0)


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_repeated_passages_are_found_wherever_they_begin(keys: list[str]) -> None:
    assert tandems(keys) == [_by_hand(keys, start) for start in range(len(keys))]


def test_a_hundred_thousand_lines_are_searched_for_repeats_in_a_moment() -> None:
    keys = list(itertools.islice(itertools.cycle(["a"] * 6 + ["b", "c"]), 100_000))
    started = time.perf_counter()
    assert tandems(keys)[0] == 400
    assert time.perf_counter() - started < 5


_LINES = [
    "🔴 Talks held", FIRST, SECOND, "Forwarded from Port News", "📍 Vienna, July 25, 2024", "#Talks", "Read in full",
    "Harbour Wire, [25.07.2024 14:03]", "Harbour Wire, [99.99.9999 99:99]", "", " ", "[12:30]", "🔥",
    "On July 26 they met.",
]  # fmt: skip


@given(st.lists(st.sampled_from(_LINES) | st.text(max_size=12), max_size=14))
def test_any_lines_give_posts_or_a_reason(lines: list[str]) -> None:
    file = ImportFile("a.txt", "\n".join(lines).encode("utf-8", "surrogatepass"))
    channel.recognises(file)
    try:
        found = list(channel.read(file))
    except UnreadableFile as error:
        assert str(error)
    else:
        assert [getattr(record, "number", 0) for record in found] == list(range(1, len(found) + 1))
        assert all(getattr(record, "body", "") for record in found)
