"""The page of an article, from outside."""

import datetime
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.enrichment.tags import Rule
from articles.models import Article, CountryTag, ImportRun, Minister, MinisterTag, Topic, TopicTag
from articles.presentation.article_head import first_words
from articles.presentation.evidence import (
    Passage,
    Piece,
    Span,
    in_sentence,
    marked_paragraphs,
    marked_title,
    passages,
    quotations,
)
from articles.presentation.rules import RULES, rule_in_words
from articles.search.facets import country_name

BODY = "Russia and Egypt spoke about Gaza.\n\nThe minister of Egypt <b>left</b> early & late.\nA second line."


@pytest.fixture
def article(make_article):
    made = make_article(
        BODY,
        "Talks in Cairo",
        date="2024-05-07T14:03",
        date_precision="minute",
        url="https://example.org/talks?a=1&b=2",
        byline="A. Writer",
        forwarded_from="Some channel",
        countries=("RU", "EG"),
        main=("EG",),
        ministers=("sergey-lavrov",),
        topics=("gaza",),
    )
    CountryTag.objects.filter(article=made, country="RU").update(evidence=[["body", 0, 6]])
    CountryTag.objects.filter(article=made, country="EG").update(
        evidence=[
            ["body", 11, 16, "name"],
            ["body", BODY.index("Egypt", 20), BODY.index("Egypt", 20) + 5, "name"],
            ["title", 9, 14, "capital"],
        ]
    )
    MinisterTag.objects.filter(article=made).update(by_role=True, evidence=[["body", 40, 48]])
    return made


def page_of(client, article) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def marks_of(page: str) -> dict[str, list[str]]:
    """The marked words of a page, with what each is said to speak for."""
    found: dict[str, list[str]] = {}
    for title, words in re.findall(r'<span class="ev"[^>]* title="([^"]*)">([^<]*)</span>', page):
        found.setdefault(words, []).append(title)
    return found


def aside_of(page: str) -> str:
    return page[page.index("<aside") : page.index("</aside>")]


@pytest.mark.parametrize("ending", ["", "wrong-slug/"])
def test_a_wrong_or_missing_slug_leads_to_the_right_address(client, article, ending):
    response = client.get(f"/articles/{article.pk}/{ending}?from=here&x=%D8%BA")
    assert response.status_code == 301
    assert response["Location"] == f"/articles/{article.pk}/talks-in-cairo/?from=here&x=%D8%BA"


@pytest.mark.parametrize("title", ["لقاء الوزيرين", "Встреча в Каире", "🙂🙂", "a/b?c#d", "x" * 500])
def test_every_title_gives_an_address_that_leads_back(client, make_article, title):
    made = make_article(title=title)
    assert client.get(made.get_absolute_url()).status_code == 200


def test_the_page_says_where_the_article_comes_from(client, article):
    page = page_of(client, article)
    for text in ("World Desk", "7 May 2024, 14:03 UTC", "English", "A. Writer", "Some channel"):
        assert text in page
    assert '<link rel="canonical" href="http://testserver/articles/' in page


def test_an_inferred_date_says_so(client, article):
    Article.objects.update(date_kind="inferred", date_precision="month")
    page = page_of(client, article)
    assert "May 2024</time>, inferred from the text" in page
    assert 'datetime="2024-05"' in page


def test_the_body_is_paragraphs_of_escaped_text(client, article):
    page = page_of(client, article)
    assert page.count('<p dir="auto">') == 2
    assert "&lt;b&gt;left&lt;/b&gt; early &amp; late." in page
    assert '<div class="body" lang="en">' in page


def test_evidence_is_marked_with_what_it_speaks_for(client, article):
    page = page_of(client, article)
    assert marks_of(page)["Russia"] == ["Russia"]
    assert marks_of(page)["Egypt"] == ["Egypt: by name"] * 2
    assert marks_of(page)["Cairo"] == ["Egypt: by its capital"]
    assert 'title="Sergey Lavrov">' in page


def test_a_mark_names_the_tags_it_speaks_for_and_has_an_address(client, article):
    page = page_of(client, article)
    assert '<span class="ev" id="title-9" data-tags="country-EG" data-starts="country-EG"' in page


@pytest.mark.parametrize("rule", ["", "by-magic", "<b>", None, 7, ["name"]])
def test_a_rule_that_is_not_known_is_not_told(client, article, rule):
    CountryTag.objects.filter(country="RU").update(evidence=[["body", 0, 6, rule]])
    assert marks_of(page_of(client, article))["Russia"] == ["Russia"]


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_every_rule_has_plain_words_in_every_language_of_the_interface(language):
    assert set(RULES) == set(get_args(Rule))
    english = {rule: rule_in_words(rule) for rule in RULES}
    with translation.override(language):
        words = {rule: rule_in_words(rule) for rule in RULES}
    assert all(words.values())
    assert language == "en" or all(words[rule] != english[rule] for rule in RULES)


def test_a_tag_lists_its_words_with_the_rule_a_link_and_their_places(client, article):
    aside = aside_of(page_of(client, article))
    egypt = aside[aside.index('data-tag="country-EG"') : aside.index('data-tag="country-RU"')]
    assert "3 passages" in egypt
    lines = re.findall(r'<li data-at="([^"]*)"><q[^>]*><a href="([^"]*)">([^<]*)</a></q> <span[^>]*>([^<]*)<', egypt)
    assert lines == [
        ("1", "#title-9", "Cairo", "by its capital"),
        ("2 3", "#body-11", "Egypt", "by name"),
    ]


@pytest.mark.parametrize("prefix", ["", "/ar", "/ru"])
def test_every_link_to_a_passage_leads_to_one(client, article, prefix):
    page = client.get(prefix + article.get_absolute_url()).content.decode()
    places = re.findall(r'href="#((?:title|body)-\d+)"', page)
    assert len(places) == 4
    assert all(page.count(f'id="{place}"') == 1 for place in places)


def test_a_tag_without_a_passage_offers_none(client, article):
    aside = aside_of(page_of(client, article))
    gaza = aside[aside.index('data-tag="topic-gaza"') :]
    assert '<details class="evidence"' not in gaza


def test_the_same_place_twice_is_one_passage(client, article):
    CountryTag.objects.filter(country="EG").update(
        evidence=[["body", 11, 16, "name"], ["body", 11, 16, "name"], ["body", 11, 20, "place"], ["body", 10, 16, ""]]
    )
    aside = aside_of(page_of(client, article))
    assert "1 passage<" in aside[aside.index('data-tag="country-EG"') : aside.index('data-tag="country-RU"')]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One. Two of Egypt here. Three.", "Egypt", ("Two of ", "Egypt", " here.")),
        ("One?\n\nEgypt\nThree.", "Egypt", ("", "Egypt", "")),
        ("وصل الوزير إلى مصر؟ نعم.", "مصر", ("وصل الوزير إلى ", "مصر", "؟")),
        ("a " * 200 + "Egypt" + " b" * 200, "Egypt", ("…" + "a " * 5, "Egypt", " b" * 5 + "…")),
    ],
)
def test_a_passage_is_quoted_in_its_sentence(make_article, text, words, expected):
    made = make_article(text)
    start = text.index(words)
    assert in_sentence(made, Passage("body", start, start + len(words)), most=10 if "b b" in text else 200) == expected


def test_overlapping_evidence_names_everything_it_speaks_for(article):
    start = BODY.index("minister of Egypt")
    MinisterTag.objects.filter(article=article).update(evidence=[["body", start, start + 17]])
    TopicTag.objects.filter(article=article).update(evidence=[["body", start + 12, start + 30]])
    pieces = marked_paragraphs(Article.objects.with_tags().get(), "en", {"sergey-lavrov": "Sergey Lavrov"})[1]
    assert "".join(piece.text for piece in pieces) == BODY.split("\n\n")[1]
    assert {piece.text: piece.title for piece in pieces}["Egypt"] == "Egypt: by name; Sergey Lavrov; Gaza"


@pytest.mark.parametrize(
    "bad", [[["body", 5, 900]], [["body", 9, 3]], [["head", 0, 3]], [["body", "a", 3]], [7], {"a": 1}]
)
def test_evidence_that_does_not_fit_the_text_is_passed_over(client, article, bad):
    CountryTag.objects.update(evidence=bad)
    page = page_of(client, article)
    assert 'title="Egypt"' not in page
    assert quotations(article, bad) == []


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("One.", ["One."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("\n\n One.\n \n\nTwo.\nStill two. \n\n", ["One.", "Two.\nStill two."]),
        ("", []),
    ],
)
def test_paragraphs_are_parted_by_blank_lines(make_article, body, paragraphs):
    made = make_article(body)
    assert ["".join(piece.text for piece in found) for found in marked_paragraphs(made, "en", {})] == paragraphs


def test_the_original_is_linked_without_a_trace(client, article):
    page = page_of(client, article)
    assert '<a href="https://example.org/talks?a=1&amp;b=2" rel="noopener nofollow noreferrer">' in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,hi", "", "talks.html"])
def test_nothing_but_web_addresses_becomes_a_link(client, article, url):
    Article.objects.update(url=url)
    page = page_of(client, article)
    assert "Original page" not in page
    assert not url or f'href="{url}' not in page


def test_tags_stand_beside_the_text_main_subjects_first(client, article):
    aside = aside_of(page_of(client, article))
    assert aside.index("Egypt") < aside.index("Russia")
    assert aside.count("main subject") == 1
    assert "by office" in aside
    assert 'href="/ministers/sergey-lavrov/"' in aside
    assert 'href="/topics/gaza/"' in aside


def test_removed_tags_do_not_show(client, article):
    CountryTag.objects.filter(country="RU").update(removed=True)
    page = page_of(client, article)
    assert "Russia</bdi>" not in page
    assert 'title="Russia"' not in page


def test_near_copies_are_listed_hidden_ones_are_not(client, make_article, article):
    Article.objects.update(copy_group="group")
    make_article(title="Nearly the same", copy_group="group")
    make_article(title="Nearly the same but hidden", copy_group="group", visible=False)
    aside = aside_of(page_of(client, article))
    assert "Nearly the same" in aside
    assert "but hidden" not in aside


def test_a_hidden_article_is_not_there_for_readers(client, article):
    Article.objects.update(visible=False)
    assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get(f"/articles/{article.pk}/").status_code == 404


def test_an_editor_sees_a_hidden_article_with_a_note(client, article):
    Article.objects.update(visible=False)
    editor = User.objects.create_user("editor", is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(editor)
    page = page_of(client, article)
    assert "This article is hidden" in page
    assert 'content="noindex"' in page


def test_near_copies_beyond_the_first_are_counted(client, make_article, article):
    Article.objects.update(copy_group="group")
    for number in range(23):
        make_article(title=f"Copy {number}", copy_group="group")
    make_article(title="Hidden", copy_group="group", visible=False)
    aside = aside_of(page_of(client, article))
    copies = aside[aside.index('id="copies"') :].split("</section>")[0]
    assert copies.count("<a ") == 20
    assert "3 more" in copies


@pytest.mark.parametrize(("run", "words"), [(True, "imported on 2 Jan 2025"), (False, "added on 2 Jan 2025")])
def test_the_page_says_when_the_article_came(client, article, run, words):
    made = ImportRun.objects.create() if run else None
    moment = datetime.datetime(2025, 1, 2, 12, tzinfo=datetime.UTC)
    Article.objects.update(import_run=made, created_at=moment)
    assert words in page_of(client, article)


@pytest.mark.parametrize(
    ("precision", "published"),
    [("minute", "2024-05-07T14:03Z"), ("day", "2024-05-07"), ("month", ""), ("year", ""), ("none", "")],
)
def test_the_head_says_when_it_was_published_if_the_day_is_known(client, article, precision, published):
    Article.objects.update(date_precision=precision)
    page = page_of(client, article)
    assert ("article:published_time" in page) == bool(published)
    assert f'content="{published}"' in page or not published


def test_the_head_describes_the_article(client, make_article):
    made = make_article('He said "no" & <b>left</b>.\n\n' + "word " * 100, '<i>"Talks"</i> & more')
    page = page_of(client, made)
    head = page[: page.index("</head>")]
    described = "He said &quot;no&quot; &amp; &lt;b&gt;left&lt;/b&gt;. word word"
    assert f'<meta name="description" content="{described}' in head
    assert f'<meta property="og:description" content="{described}' in head
    assert '<meta property="og:title" content="&lt;i&gt;&quot;Talks&quot;&lt;/i&gt; &amp; more">' in head
    assert f'<meta property="og:url" content="http://testserver{made.get_absolute_url()}">' in head
    assert '<meta property="og:type" content="article">' in head
    assert "<title>&lt;i&gt;&quot;Talks&quot;&lt;/i&gt; &amp; more – Diplomacy Search</title>" in head
    assert "application/ld+json" not in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("One\n\ntwo.", "One two."),
        ("one two, three", "one two…"),
        ("onetwothreefour", "onetwothr…"),
        ("وزير وزيرة وزير", "وزير…"),
        ("a\x00b\u202ec", "abc"),
    ],
)
def test_a_description_is_the_first_whole_words(text, expected):
    assert first_words(text, 10) == expected


def test_headings_are_in_order(client, article, make_article):
    Article.objects.update(copy_group="group")
    make_article(title="Copy", copy_group="group")
    levels = [int(level) for level in re.findall(r"<h(\d)", page_of(client, article))]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}


def test_an_article_of_unknown_language_claims_none(client, make_article):
    page = page_of(client, make_article("Text.", language=""))
    assert re.search(r'<div class="body" lang="">', page)


def test_the_page_is_made_with_a_fixed_number_of_queries(client, make_article, django_assert_max_num_queries):
    codes = ("RU", "EG", "QA", "TR", "CN", "US")
    made = make_article(countries=codes, ministers=("a-b", "c-d", "e-f"), topics=("one", "two", "three"))
    with django_assert_max_num_queries(6):
        page_of(client, made)


# --- marked paragraphs: as if every place were asked for every passage


def simply_marked(article: Article, text: str, field: str, ministers: dict[str, str]) -> list[tuple[Piece, ...]]:
    """The paragraphs of a text in pieces, found the slow way."""
    labelled = [
        (tag, f"country-{tag.country_id}", country_name(tag.country_id, "en")) for tag in article.country_tags.all()
    ]
    labelled += [
        (tag, f"minister-{tag.minister.slug}", ministers[tag.minister.slug]) for tag in article.minister_tags.all()
    ]
    labelled += [(tag, f"topic-{tag.topic.slug}", tag.topic.name_in("en")) for tag in article.topic_tags.all()]
    spans = [
        Span(passage, key, label)
        for tag, key, label in labelled
        for passage in passages(article, tag.evidence)
        if passage.field == field
    ]
    whole = [(0, len(text))] if field == "title" else [found.span() for found in re.finditer(r"[^\n]+", text)]
    return [tuple(simple_pieces(text, start, end, spans)) for start, end in whole if text[start:end].strip()]


def simple_pieces(text: str, start: int, end: int, spans: list[Span]) -> Iterator[Piece]:
    """Every piece of a paragraph asks all spans."""
    inside = [span for span in spans if span.passage.start < end and span.passage.end > start]
    cuts = {start, end}
    cuts.update(max(start, span.passage.start) for span in inside)
    cuts.update(min(end, span.passage.end) for span in inside)
    for first, last in pairwise(sorted(cuts)):
        here = [span for span in inside if span.passage.start <= first and span.passage.end >= last]
        starting = [span for span in here if span.passage.start == first]
        yield Piece(
            text[first:last],
            "; ".join(dict.fromkeys(span.title for span in here)),
            " ".join(dict.fromkeys(span.key for span in here)),
            " ".join(dict.fromkeys(span.key for span in starting)),
            starting[0].passage.anchor if starting else "",
        )


def tagged_article(title: str, body: str, evidence: list[list[list]]) -> Article:
    """An article that no database knows, with two tags of each kind; `Gaza` is a minister's name too."""
    made = Article(pk=1, title=title, body=body)
    one, two, three, four, five, six = evidence
    first, second = Minister(slug="gaza", name="Gaza"), Minister(slug="b")
    made._prefetched_objects_cache = {
        "country_tags": [CountryTag(country_id="EG", evidence=one), CountryTag(country_id="RU", evidence=two)],
        "minister_tags": [MinisterTag(minister=first, evidence=three), MinisterTag(minister=second, evidence=four)],
        "topic_tags": [
            TopicTag(topic=Topic(slug="gaza", names={"en": "Gaza"}), evidence=five),
            TopicTag(topic=Topic(slug="c", names={}), evidence=six),
        ],
    }
    return made


PLACES = st.tuples(
    st.sampled_from(["title", "body"]), st.integers(0, 40), st.integers(0, 45), st.sampled_from(["", "name", "capital"])
).map(list)
EVIDENCE = st.lists(st.lists(PLACES, max_size=8), min_size=6, max_size=6)
PARAGRAPHS = st.lists(st.text("ab ", min_size=1, max_size=9).map(lambda text: f"x{text}y"), max_size=6)
NAMES = {"gaza": "Gaza", "b": "B"}


@given(title=st.text("ab ", max_size=12), paragraphs=PARAGRAPHS, evidence=EVIDENCE)
def test_paragraphs_are_marked_as_if_every_place_were_asked_for_every_passage(title, paragraphs, evidence):
    body = "\n\n".join(paragraphs)
    made = tagged_article(title, body, evidence)
    assert marked_paragraphs(made, "en", NAMES) == simply_marked(made, body, "body", NAMES)
    marked = marked_title(made, "en", NAMES)
    assert "".join(piece.text for piece in marked) == title
    if title.strip():
        assert [marked] == simply_marked(made, title, "title", NAMES)


@pytest.mark.parametrize("reach", [5, 9_000], ids=["side by side", "one over the other"])
@pytest.mark.parametrize("parted", ["w ", "w\n\n"], ids=["one paragraph", "many"])
def test_a_long_text_full_of_passages_is_marked_in_time(reach, parted):
    body = (f"{'x' * 5}{parted}" * 20_000)[:100_000]
    places = [["body", start, min(start + reach, len(body)), "name"] for start in range(0, 96_000, 16)]
    made = tagged_article("", body, [places[number::6] for number in range(6)])
    start = time.process_time()
    marked = marked_paragraphs(made, "en", NAMES)
    assert time.process_time() - start < 1.5
    assert sum(bool(piece.anchor) for paragraph in marked for piece in paragraph) > 3000
