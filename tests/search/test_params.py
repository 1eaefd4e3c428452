"""SearchParams: the state of a search page, from an address and back to it."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.params import COMBINABLE, FACET_NAMES, MAX_PAGE, MAX_VALUES, PER_PAGE, SORTS, SearchParams
from articles.text.days import parse_period


def read(address: str) -> SearchParams:
    return SearchParams.from_query(QueryDict(address))


def from_pairs(pairs: list[tuple[str, str]]) -> SearchParams:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return SearchParams.from_query(query)


def named(params: SearchParams) -> list[tuple[str, str]]:
    return [(problem.parameter, problem.value) for problem in params.problems]


# --- from an address


def test_an_empty_address_is_the_start_page() -> None:
    params = read("")
    assert params == SearchParams()
    assert params.is_empty
    assert not params.is_filtered
    assert params.query_string() == ""
    assert params.order == "newest"


def test_every_parameter_is_read() -> None:
    params = read(
        "q=oil+prices&country=RU&country=IR&-country=US&minister=sergey-lavrov&topic=gaza&source=wire&lang=ar&-lang=en"
        "&all=country&about=RU&from=2023&to=2023-10-07&undated=0&sort=oldest&page=3&per=50&copies=all&variants=0"
    )
    assert params.problems == ()
    assert params.q == "oil prices"
    assert {name: set(values) for name, values in params.include.items()} == {
        "country": {"RU", "IR"},
        "minister": {"sergey-lavrov"},
        "topic": {"gaza"},
        "source": {"wire"},
        "lang": {"ar"},
    }
    assert params.exclude == {"country": ("US",), "lang": ("en",)}
    assert params.all_of == {"country"}
    assert params.about == ("RU",)
    assert (str(params.date_from), str(params.date_to)) == ("2023", "2023-10-07")
    assert params.undated is False
    assert (params.sort, params.page, params.per) == ("oldest", 3, 50)
    assert not params.fold_copies
    assert not params.variants


def test_the_order_of_an_address_does_not_matter() -> None:
    left = read("country=RU&country=IR&q=oil&from=2023&-lang=en&-lang=fr&about=RU&about=gaza&all=topic&all=country")
    right = read("all=country&all=topic&about=gaza&about=RU&-lang=fr&-lang=en&from=2023&country=IR&country=RU&q=oil")
    assert left == right
    assert left.query_string() == right.query_string()


def test_a_value_given_twice_counts_once() -> None:
    params = read("country=RU&country=RU&country=+RU+&about=RU&about=RU")
    assert params.include == {"country": ("RU",)}
    assert params.about == ("RU",)


def test_of_several_words_parameters_the_last_counts_and_white_space_is_made_single() -> None:
    assert read("q=first&q=++second%0A%09third%E2%80%A8fourth%00fifth++").q == "second third fourth fifth"


@pytest.mark.parametrize(
    "address", ["q=", "country=", "from=&to=", "page=", "sort=", "undated=&copies=&variants=", "q=+"]
)
def test_blank_parameters_of_a_form_are_no_mistake(address: str) -> None:
    params = read(address)
    assert params == SearchParams()
    assert params.problems == ()


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("page=0", ("page", "0")),
        ("page=-1", ("page", "-1")),
        ("page=x", ("page", "x")),
        ("page=1.5", ("page", "1.5")),
        ("page=٣", ("page", "٣")),
        ("page=²", ("page", "²")),
        ("page=1000001", ("page", "1000001")),
        ("page=0000000000019999999", ("page", "0000000000019999999")),
        ("page=0000000000" + "1" * 5000, ("page", ("0000000000" + "1" * 5000)[:80])),
        ("per=7", ("per", "7")),
        ("per=1000", ("per", "1000")),
        ("sort=random", ("sort", "random")),
        ("sort=Newest", ("sort", "Newest")),
        ("undated=yes", ("undated", "yes")),
        ("copies=some", ("copies", "some")),
        ("variants=2", ("variants", "2")),
        ("all=lang", ("all", "lang")),
        ("all=colour", ("all", "colour")),
        ("from=yesterday", ("from", "yesterday")),
        ("from=2023-02-30", ("from", "2023-02-30")),
        ("to=0000", ("to", "0000")),
        ("country=" + "x" * 121, ("country", "x" * 80)),
        ("country=R%00U", ("country", "R\x00U")),
        ("about=" + "x" * 121, ("about", "x" * 80)),
        ("colour=red", ("colour", "red")),
        ("-q=oil", ("-q", "oil")),
        ("country__in=RU", ("country__in", "RU")),
        ("=x", ("", "x")),
        ("q=" + "x" * 501, ("q", "x")),
    ],
)
def test_what_is_malformed_is_dropped_and_named(address: str, problem: tuple[str, str]) -> None:
    params = read(address)
    assert named(params) == [problem]
    assert all(problem.reason for problem in params.problems)
    assert params.with_words("") == SearchParams()


@pytest.mark.parametrize("name", FACET_NAMES)
def test_a_value_chosen_and_excluded_at_once_is_chosen(name: str) -> None:
    params = read(f"{name}=x&-{name}=x&-{name}=y")
    assert params.include == {name: ("x",)}
    assert params.exclude == {name: ("y",)}
    assert named(params) == [(f"-{name}", "x")]


def test_a_range_that_ends_before_it_starts_loses_its_end() -> None:
    params = read("from=2024&to=2023")
    assert (str(params.date_from), params.date_to) == ("2024", None)
    assert named(params) == [("to", "2023")]
    assert named(read("from=2023-06&to=2023")) == []


def test_more_values_than_anybody_chooses_are_bounded() -> None:
    params = read("&".join(f"country={number:03}" for number in range(MAX_VALUES + 5)))
    assert len(params.include["country"]) == MAX_VALUES
    assert len(params.problems) == 5


# --- round trip

VALUES = st.lists(st.text(min_size=1, max_size=12), max_size=4)
PERIODS = st.sampled_from(["", "2019", "2023", "2023-10", "2023-10-07", "2024-2", "٢٠٢٤", "nonsense", "9999"])
ADDRESSES = st.fixed_dictionaries(
    {},
    optional={
        "q": st.lists(st.text(max_size=40), max_size=2),
        **dict.fromkeys(FACET_NAMES, VALUES),
        **{f"-{name}": VALUES for name in FACET_NAMES},
        "all": st.lists(st.sampled_from([*COMBINABLE, "lang", "x"]), max_size=3),
        "about": VALUES,
        "from": st.lists(PERIODS, max_size=2),
        "to": st.lists(PERIODS, max_size=2),
        "undated": st.lists(st.sampled_from(["", "0", "1", "2"]), max_size=1),
        "sort": st.lists(st.sampled_from([*SORTS, "", "x"]), max_size=1),
        "page": st.lists(st.one_of(st.integers(-1, MAX_PAGE + 1).map(str), st.text(max_size=5)), max_size=1),
        "per": st.lists(st.sampled_from([*map(str, PER_PAGE), "", "7"]), max_size=1),
        "copies": st.lists(st.sampled_from(["fold", "all", "x"]), max_size=1),
        "variants": st.lists(st.sampled_from(["0", "1", "x"]), max_size=1),
        "unknown": VALUES,
    },
).map(lambda parts: [(name, value) for name, values in parts.items() for value in values])


@given(ADDRESSES)
@settings(deadline=None)
def test_a_state_written_as_an_address_is_read_as_the_same_state(pairs: list[tuple[str, str]]) -> None:
    params = from_pairs(pairs)
    again = from_pairs(params.to_pairs())
    assert again == params
    assert again.problems == ()
    assert read(params.query_string().removeprefix("?")) == params
    assert again.to_pairs() == params.to_pairs()


@given(ADDRESSES, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_any_order_of_facet_values_gives_the_same_address(pairs: list[tuple[str, str]], random: object) -> None:
    mixed = [pair for pair in pairs if pair[0].lstrip("-") in FACET_NAMES]
    before = from_pairs(mixed)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert from_pairs(mixed) == before


# --- other states

FULL = "q=oil&country=RU&-country=US&topic=gaza&all=country&about=RU&from=2023&to=2024&sort=oldest&per=50&page=7"

CHANGES: dict[str, tuple[Callable[[SearchParams], SearchParams], set[tuple[str, str]], set[tuple[str, str]]]] = {
    "words": (lambda state: state.with_words("gas"), {("q", "gas")}, {("q", "oil")}),
    "no words": (lambda state: state.with_words(""), set(), {("q", "oil")}),
    "sort": (lambda state: state.with_sort("newest"), {("sort", "newest")}, {("sort", "oldest")}),
    "per": (lambda state: state.with_per(20), set(), {("per", "50")}),
    "variants": (lambda state: state.with_variants(False), {("variants", "0")}, set()),
    "copies": (lambda state: state.with_copies(False), {("copies", "all")}, set()),
    "choose": (lambda state: state.with_value("country", "IR"), {("country", "IR")}, set()),
    "choose again": (lambda state: state.with_value("country", "RU"), set(), set()),
    "choose what is excluded": (
        lambda state: state.with_value("country", "US"),
        {("country", "US")},
        {("-country", "US")},
    ),
    "exclude": (lambda state: state.with_exclusion("lang", "ar"), {("-lang", "ar")}, set()),
    "exclude what is chosen": (
        lambda state: state.with_exclusion("country", "RU"),
        {("-country", "RU")},
        {("country", "RU")},
    ),
    "without a chosen value": (lambda state: state.without_value("country", "RU"), set(), {("country", "RU")}),
    "without an excluded value": (lambda state: state.without_value("country", "US"), set(), {("-country", "US")}),
    "without a value that is not there": (lambda state: state.without_value("country", "FR"), set(), set()),
    "all of": (lambda state: state.with_all_of("topic", True), {("all", "topic")}, set()),
    "one of": (lambda state: state.with_all_of("country", False), set(), {("all", "country")}),
    "without about": (lambda state: state.without_about("RU"), set(), {("about", "RU")}),
    "dates": (
        lambda state: state.with_dates(parse_period("2022"), None),
        {("from", "2022")},
        {("from", "2023"), ("to", "2024")},
    ),
    "undated": (
        lambda state: state.with_undated(True),
        {("undated", "1")},
        {("from", "2023"), ("to", "2024")},
    ),
    "dated": (lambda state: state.with_undated(False), {("undated", "0")}, set()),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_touches_what_it_names_and_goes_to_page_one(name: str) -> None:
    change, added, dropped = CHANGES[name]
    state = read(FULL)
    changed = change(state)
    assert set(changed.to_pairs()) == (set(parse_qsl(FULL)) - {("page", "7")} - dropped) | added
    assert changed.page == 1
    assert from_pairs(changed.to_pairs()) == changed
    assert state == read(FULL)


def test_paging_keeps_everything_else() -> None:
    assert read(FULL).with_page(8) == read(FULL.replace("page=7", "page=8"))


def test_dates_end_the_choice_of_undated_articles() -> None:
    state = read("undated=1").with_dates(parse_period("2023"), parse_period("2023"))
    assert state.to_pairs() == [("from", "2023"), ("to", "2023")]


def test_a_new_state_forgets_what_was_wrong_with_the_address() -> None:
    assert read("sort=x&q=oil").with_page(2).problems == ()


@pytest.mark.parametrize(
    ("address", "filtered"),
    [
        ("q=oil", False),
        ("sort=newest&page=2&per=50&copies=all&variants=0&all=country", False),
        ("country=RU", True),
        ("-country=RU", True),
        ("about=RU", True),
        ("from=2023", True),
        ("to=2023", True),
        ("undated=0", True),
        ("undated=1", True),
    ],
)
def test_what_narrows_a_search_is_a_filter(address: str, filtered: bool) -> None:
    assert read(address).is_filtered is filtered


@pytest.mark.parametrize(
    ("address", "order"),
    [("", "newest"), ("q=oil", "relevance"), ("country=RU", "newest"), ("q=oil&sort=oldest", "oldest")],
)
def test_the_default_order_is_by_relevance_where_there_are_words(address: str, order: str) -> None:
    assert read(address).order == order


def test_half_a_character_is_no_part_of_words_and_no_value() -> None:
    # A command line hands over bytes that are no UTF-8 in this shape.
    params = from_pairs([("q", "oil\udc80 prices"), ("country", "R\udc80")])
    assert params.q == "oil prices"
    assert params.include == {}
    assert len(params.problems) == 1
    assert params.query_string() == "?q=oil+prices"


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("16.11.2023", "2023-11-16"),
        ("6.1.2023", "2023-01-06"),
        ("16/11/2023", "2023-11-16"),
        ("11.2023", "2023-11"),
        ("11/2023", "2023-11"),
        ("٢٠٢٣", "2023"),
        ("١٦/١١/٢٠٢٣", "2023-11-16"),
        ("2023-11-16", "2023-11-16"),
        ("11/16/2023", None),
        ("16.13.2023", None),
        ("31.02.2023", None),
        ("16.11.23", None),
        ("1.2.3.2023", None),
        ("²⁰²³", "2023"),
    ],
)
def test_a_date_may_be_typed_as_people_write_it_the_day_first(typed: str, period: str | None) -> None:
    state = from_pairs([("from", typed)])
    assert (str(state.date_from) if state.date_from else None) == period
    assert bool(state.problems) == (period is None)
