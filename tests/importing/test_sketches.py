"""Texts as they are compared: equal, alike, nearly the same. No database."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.sketches import FEWEST_WORDS, Text, likeness

WIRE = (
    "The foreign ministers of the two coastal states met in the old customs house on Tuesday and signed a memorandum "
    "on grain, fuel and the passage of fishing boats. After four hours they told reporters that experts would draft "
    "the details before the end of the month. The opposition in both capitals called the paper thin. A spokesman for "
    "the port said that ships would be let through from Thursday morning, as long as the weather held. Nobody would "
    "say what had become of the 12 sailors who have been waiting on board since March. The next round is planned for "
    "May 14."
)
RATES = (
    "Rates at this minute. The dollar stands at {a} dinars on the interbank market this evening, the euro at {b} "
    "dinars. Gold is at {c} dollars an ounce and the barrel of crude for delivery next month at {d} dollars. The index "
    "of the exchange closed at {e} points after a calm day. Subscribe for the rates of the morning and send us your "
    "questions, the desk answers all of them in the order of their coming."
)
CALL = (
    "Telephone conversation of the minister with the foreign minister of {name}. The sides spoke about trade between "
    "{name} and the republic, about students from {name} at its universities and about the coming session of the joint "
    "commission. They agreed to keep in touch and to prepare a visit at the highest level. The initiative for the call "
    "came from the other side, the ministry said in its usual note to the press late in the evening."
)  # fmt: skip


def words(count: int, seed: int) -> str:
    chosen = random.Random(seed)
    return " ".join("".join(chosen.choices("abcdefghij", k=6)) for _ in range(count))


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("a headline in front", WIRE, f"Ministers sign. {WIRE}"),
        ("a line of the agency behind", WIRE, f"{WIRE} Reporting by the harbour desk, with agencies."),
        ("one word corrected", WIRE, WIRE.replace("Tuesday", "Wednesday")),
        ("other punctuation and capitals", WIRE, WIRE.replace(",", " –").upper()),
        ("the last sentence cut", WIRE, WIRE[: WIRE.rindex("The next")]),
    ],
)
def test_a_text_with_small_changes_is_a_near_copy(name: str, one: str, other: str) -> None:
    assert Text(one).is_near(Text(other))
    assert Text(other).is_near(Text(one))
    assert Text(one).hash == Text(other).hash or set(Text(one).bands) & set(Text(other).bands)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("other news", WIRE, words(90, 1)),
        (
            "the same form with other figures",
            RATES.format(a="106,7", b="112,5", c="2641", d="72,9", e="2514"),
            RATES.format(a="95,9", b="104,6", c="2649", d="77,5", e="2718"),
        ),
        ("the same form about another country", CALL.format(name="Ghana"), CALL.format(name="Chad")),
        (
            "a short post that differs in one name",
            "Talks with the foreign minister of Laos began in the capital.",
            "Talks with the foreign minister of Chad began in the capital.",
        ),
        ("half of the text", WIRE, WIRE[: len(WIRE) // 2]),
    ],
)
def test_another_text_is_no_near_copy(name: str, one: str, other: str) -> None:
    assert not Text(one).is_near(Text(other))
    assert not Text(other).is_near(Text(one))


def test_short_texts_are_copies_only_when_their_words_are_equal() -> None:
    short = words(FEWEST_WORDS - 1, 2)
    assert Text(short).is_near(Text(short.upper() + "!"))
    assert not Text(short).is_near(Text(f"{short} more"))
    assert Text(short).bands == []


def test_texts_without_words_are_compared_as_they_are() -> None:
    assert Text("🇷🇺").is_near(Text("🇷🇺"))
    assert not Text("🇷🇺").is_near(Text("🇨🇳"))


def test_sketches_stay_what_they_are_for_they_are_stored() -> None:
    assert Text(words(60, 3)).bands[:4] == [600586527, 1327767581, 2002223774, -1915041607]


@pytest.mark.parametrize("share", [0.85, 0.9, 0.95])
def test_near_texts_nearly_always_share_a_band(share: float) -> None:
    missed = 0
    for seed in range(200):
        text = words(300, seed)
        kept = text.split()
        for index in random.Random(seed).sample(range(300), int(300 * (1 - share) / 3)):
            kept[index] = "changed"
        missed += not set(Text(text).bands) & set(Text(" ".join(kept)).bands)
    assert missed <= 2


def test_different_texts_hardly_ever_share_a_band() -> None:
    seen = [set(Text(words(200, seed)).bands) for seed in range(300)]
    assert sum(bool(seen[index] & seen[index - 1]) for index in range(1, 300)) == 0


@given(st.text(max_size=400), st.text(max_size=400))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    first, second = Text(one).sample, Text(other).sample
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, second) == likeness(second, first)
    assert likeness(first, first) == 1


def test_likeness_of_short_texts_is_exact_and_of_long_ones_near() -> None:
    assert likeness(Text("a b c d").sample, Text("a b c e").sample) == pytest.approx(0.6)
    long = words(3000, 1).split()
    assert likeness(Text(" ".join(long)).sample, Text(" ".join(long[:2000])).sample) == pytest.approx(2 / 3, abs=0.12)


@given(st.text(max_size=600), st.text(max_size=600))
def test_nearness_is_the_same_both_ways_and_every_text_is_near_to_itself(one: str, other: str) -> None:
    assert Text(one).is_near(Text(one))
    assert Text(one).is_near(Text(other)) == Text(other).is_near(Text(one))
