"""Where an article stands among a search's results, and what stands beside it."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from articles import search as door
from articles.models import Article
from articles.search import SearchParams
from articles.search.article_marks import marks
from articles.search.neighbours import MAX_RANK, neighbours

GAZA = SearchParams(q="gaza", sort="oldest")


@pytest.fixture
def twelve(archive) -> list[Article]:
    """Twelve articles on Gaza, the oldest first."""
    return archive(*({"body": "Gaza.", "title": f"Title {n}", "date": f"2024-01-{n:02}"} for n in range(1, 13)))


def beside(found) -> tuple[int, str, str]:
    previous, following = found.previous, found.next
    return found.rank, previous.article.title if previous else "", following.article.title if following else ""


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (1, (1, "", "Title 2")),
        (2, (2, "Title 1", "Title 3")),
        (7, (7, "Title 6", "Title 8")),
        (12, (12, "Title 11", "")),
    ],
)
def test_the_articles_before_and_behind_are_those_of_the_rows(twelve, rank, expected):
    found = neighbours(GAZA, rank, twelve[rank - 1].pk)
    assert beside(found) == expected
    assert (found.rows, found.total) == (12, 12)


def test_the_ranks_are_those_of_the_pages_of_the_search(twelve):
    rows = [hit for page in (1, 2) for hit in door.search(replace(GAZA, per=10, page=page)).hits]
    assert [hit.rank for hit in rows] == list(range(1, 13))
    for hit in rows:
        assert neighbours(GAZA, hit.rank, hit.article.pk).rank == hit.rank


@pytest.mark.parametrize("rank", [1, 5, 13, 100, MAX_RANK, 10**30])
def test_a_rank_that_is_no_longer_right_is_put_right(twelve, rank):
    assert beside(neighbours(GAZA, rank, twelve[5].pk)) == (6, "Title 5", "Title 7")


@pytest.mark.parametrize("rank", [0, -1, -(10**30)])
def test_without_a_rank_there_is_no_place_but_the_total(twelve, rank):
    found = neighbours(GAZA, rank, twelve[0].pk)
    assert (beside(found), found.rows, found.total) == ((0, "", ""), 12, 12)


def test_an_article_that_the_search_does_not_find_has_no_place(twelve, archive):
    (other,) = archive({"body": "Nothing of it."})
    found = neighbours(GAZA, 3, other.pk)
    assert (beside(found), found.total) == ((0, "", ""), 12)


def test_a_search_that_finds_nothing_has_no_places(twelve):
    found = neighbours(SearchParams(q="atlantis"), 3, twelve[0].pk)
    assert (beside(found), found.rows, found.total) == ((0, "", ""), 0, 0)


def test_a_search_that_is_not_understood_has_no_places(twelve):
    found = neighbours(SearchParams(q="?!"), 3, twelve[0].pk)
    assert (beside(found), found.total) == ((0, "", ""), None)


def test_what_names_nothing_is_left_out_of_the_search(twelve):
    found = neighbours(replace(GAZA, include={"country": ("XX",)}), 3, twelve[2].pk)
    assert found.params.include == {}
    assert found.rank == 3


def test_near_copies_share_a_row_and_its_rank(archive):
    first, copy, second = archive(
        {"body": "Gaza.", "title": "One", "date": "2024-01-01", "copy_group": "same"},
        {"body": "Gaza.", "title": "Copy", "date": "2024-01-02", "copy_group": "same"},
        {"body": "Gaza.", "title": "Two", "date": "2024-01-03"},
    )
    assert beside(neighbours(GAZA, 2, second.pk)) == (2, "One", "")
    assert beside(neighbours(GAZA, 1, copy.pk)) == beside(neighbours(GAZA, 1, first.pk)) == (1, "", "Two")
    apart = replace(GAZA, fold_copies=False)
    assert beside(neighbours(apart, 2, copy.pk)) == (2, "One", "Two")


def test_hidden_articles_are_neighbours_for_editors_only(archive):
    one, _hidden, three = archive(
        {"body": "Gaza.", "title": "One", "date": "2024-01-01"},
        {"body": "Gaza.", "title": "Hidden", "date": "2024-01-02", "visible": False},
        {"body": "Gaza.", "title": "Three", "date": "2024-01-03"},
    )
    assert beside(neighbours(GAZA, 1, one.pk)) == (1, "", "Three")
    editor = User.objects.create_superuser("editor")
    assert beside(neighbours(GAZA, 1, one.pk, user=editor)) == (1, "", "Hidden")
    assert beside(neighbours(GAZA, 3, three.pk, user=editor)) == (3, "Hidden", "")


def test_what_was_hidden_since_the_index_learned_of_it_is_passed_over(twelve):
    Article.objects.filter(title__in=["Title 5", "Title 7", "Title 8"]).update(visible=False)
    found = neighbours(GAZA, 6, twelve[5].pk)
    assert beside(found) == (6, "Title 4", "Title 9")
    assert (found.previous.rank, found.next.rank) == (4, 9)


def test_of_a_hidden_row_a_near_copy_stands_in(archive):
    one, hidden, _copy = archive(
        {"body": "Gaza.", "title": "One", "date": "2024-01-01"},
        {"body": "Gaza.", "title": "Hidden", "date": "2024-01-02", "copy_group": "same"},
        {"body": "Gaza.", "title": "Copy", "date": "2024-01-03", "copy_group": "same"},
    )
    Article.objects.filter(pk=hidden.pk).update(visible=False)
    assert beside(neighbours(GAZA, 1, one.pk)) == (1, "", "Copy")


def test_an_index_that_cannot_be_read_leaves_the_place_open(make_article, settings, tmp_path):
    made = make_article("Gaza.")
    found = neighbours(GAZA, 1, made.pk)
    assert (beside(found), found.total) == ((0, "", ""), None)


# --- what is marked


def words(article: Article, q: str) -> list[str]:
    found = marks(SearchParams(q=q), Article.objects.with_tags().get(pk=article.pk))
    texts = [article.title[start:end] for start, end in found.title]
    return texts + [article.body[start:end] for start, end in found.body]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("gaza", ["Gaza", "Gaza"]),
        ("talks -gaza", ["Talks"]),
        ('"aid for gaza"', ["aid for Gaza"]),
        ("aid gaza", ["Gaza", "aid", "Gaza"]),
        ("title:gaza", ["Gaza"]),
        ("country:EG", []),
        ("", []),
        ("?!", []),
        ("gaz* OR talk*", ["Talks", "Gaza", "Gaza"]),
    ],
)
def test_the_words_of_a_search_are_marked(make_article, q, expected):
    assert words(make_article("Some aid for Gaza.", "Talks on Gaza"), q) == expected


def test_a_person_is_marked_in_another_script(make_article):
    made = make_article("قال لافروف", ministers=("sergey-lavrov",), language="ar")
    made.minister_tags.update(evidence=[["body", 4, 10, "surname-alone"]])
    assert words(made, "minister:sergey-lavrov") == ["لافروف"]


@pytest.mark.parametrize("bad", [{"a": 1}, [7], [["body", "x", 3]], [["body"]], [["body", 4, 900]]])
def test_evidence_that_does_not_fit_marks_nothing(make_article, bad):
    made = make_article("قال لافروف", ministers=("sergey-lavrov",), language="ar")
    made.minister_tags.update(evidence=bad)
    assert words(made, "minister:sergey-lavrov") == []


def test_a_long_text_says_how_much_of_it_was_looked_through(make_article):
    made = make_article("gaza " * 20_000)
    found = marks(SearchParams(q="gaza"), Article.objects.with_tags().get(pk=made.pk))
    assert found.looked_through == 60_000
    assert found.count == len(found.body) == 12_000
