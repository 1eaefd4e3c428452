"""The list “To settle”, from outside: what an editor sees and clicks, and what becomes of questions and tags."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from articles import reference
from articles import search as search_door
from articles.admin import settling as settling_views
from articles.importing import settling
from articles.importing.retagging import Retagged, retag
from articles.importing.settling import questions
from articles.models import Article, Country, CountryTag, Minister, OfficeMention, OfficeQuestion, Tenure
from articles.search import indexing
from articles.search.params import SearchParams

LIST = reverse("admin:articles_article_settle")
DAY = datetime.date(2024, 5, 7)
TEXT = "Talks went on. The foreign minister of Egypt spoke at length. Nothing was signed."


@pytest.fixture
def editor(client, index):
    client.force_login(User.objects.create_superuser("editor"))
    return client


@pytest.fixture
def post(editor, django_capture_on_commit_callbacks):
    """Return a function that posts to an address as a button does, and follows to the list; its page."""

    def posted(address: str, **data: str) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            response = editor.post(address, data)
        assert response.status_code == 302
        return editor.get(response.url).content.decode()

    return posted


@pytest.fixture
def uncertain(archive):
    """An article with an uncertain tag of each kind, in the index."""
    (article,) = archive(
        {"body": TEXT, "title": "Talks", "date": "2024-05-07", "countries": ("EG",), "topics": ("gaza",),
         "ministers": ("sameh-shoukry",)}
    )  # fmt: skip
    start = TEXT.index("Egypt")
    for tags in (article.country_tags, article.minister_tags, article.topic_tags):
        tags.update(uncertain=True, evidence=[["body", start, start + 5, "name"]])
    return article


@pytest.fixture
def question(archive):
    """An open question of two candidates, asked by one article."""
    (article,) = archive({"body": TEXT, "title": "Who spoke?", "date": "2024-05-07", "countries": ("EG",)})
    made = OfficeQuestion.objects.create(country_id="EG", first=DAY, last=DAY)
    for slug in ("badr-abdelatty", "sameh-shoukry"):
        made.candidates.add(
            Minister.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").title()})[0]
        )
    start = TEXT.index("foreign")
    OfficeMention.objects.create(article=article, question=made, evidence=[["body", start, start + 25, "office"]])
    return made


def of_question(question, view: str = "question") -> str:
    return reverse(f"admin:articles_article_settle_{view}", args=[question.pk])


def of_tag(kind: str, article: int, key: str) -> str:
    return reverse("admin:articles_article_settle_tag", args=[kind, article, key])


def undo_of(page: str) -> tuple[str, str]:
    """The address and the token of the button in the message."""
    form = re.search(r'<form class="undo" method="post" action="([^"]*)">.*?name="token" value="([^"]*)"', page)
    assert form
    return form[1].replace("&amp;", "&"), form[2]


def found_by(**include: tuple[str, ...]) -> list[int]:
    return search_door.matches(SearchParams(include=include)).ids


# --- who gets in

ADDRESSES = (
    ("get", LIST),
    ("post", "/admin/articles/article/settle/question/1/"),
    ("post", "/admin/articles/article/settle/question/1/reopen/"),
    ("post", "/admin/articles/article/settle/tag/country/1/EG/"),
    ("post", "/admin/articles/article/settle/undo/"),
)


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
@pytest.mark.parametrize(
    ("staff", "right", "logged_in", "status"),
    [
        (True, "change_article", True, 200),
        (True, "view_article", True, 403),
        (True, "", True, 403),
        (False, "change_article", True, 403),
        (False, "", True, 403),
        (False, "", False, 302),
    ],
    ids=["editor", "who may only view", "staff without a right", "no staff", "reader", "nobody"],
)
def test_only_who_may_change_articles_gets_in(client, db, method, address, staff, right, logged_in, status):
    user = User.objects.create_user("somebody", is_staff=staff)
    if right:
        user.user_permissions.add(Permission.objects.get(codename=right))
    if logged_in:
        client.force_login(user)
    response = getattr(client, method)(address)
    if status == 200 and method == "post":
        assert response.url == LIST
    elif status == 302:
        assert response.url.startswith(reverse("admin:login"))
    else:
        assert response.status_code == status


@pytest.mark.parametrize("right", ["change_article", "view_article"])
def test_the_list_is_linked_with_its_number_for_who_may_settle(client, uncertain, question, right):
    user = User.objects.create_user("somebody", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(user)
    for address in (reverse("admin:index"), reverse("admin:articles_article_changelist")):
        page = client.get(address).content.decode()
        assert ("To settle (4)" in page) is (right == "change_article")
        assert (LIST in page) is (right == "change_article")


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_no_browser_or_proxy_keeps_what_editors_see(editor, method, address):
    assert "no-store" in getattr(editor, method)(address)["Cache-Control"]


@pytest.mark.parametrize("address", [address for method, address in ADDRESSES if method == "post"])
def test_opening_the_address_of_a_button_changes_nothing(editor, uncertain, question, address):
    assert editor.get(address).status_code == 405


def test_buttons_are_protected_against_forged_forms(editor, uncertain):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert strict.post(of_tag("country", uncertain.pk, "EG"), {"verdict": "wrong"}).status_code == 403
    assert not uncertain.country_tags.get().removed


# --- the list


def test_questions_stand_first_then_tags_of_the_newest_articles(editor, uncertain, question, make_article):
    newer = make_article(title="Newer", date="2024-06-01", topics=("grain",))
    newer.topic_tags.update(uncertain=True)
    undated = make_article(title="Undated", topics=("grain",))
    undated.topic_tags.update(uncertain=True)
    page = editor.get(LIST).content.decode()
    order = [page.index(text) for text in ("Who was foreign minister", ">Newer<", ">Talks<", ">Undated<")]
    assert order == sorted(order)
    assert "6 open" in page


def test_an_entry_shows_its_sentence_its_rule_and_its_article(editor, uncertain):
    page = editor.get(LIST, {"kind": "country"}).content.decode()
    assert '<p dir="auto" lang="en">The foreign minister of <mark>Egypt</mark> spoke at length.</p>' in page
    assert "by name" in page
    assert uncertain.get_absolute_url() in page


def test_evidence_outside_an_edited_text_is_said_to_be_gone(editor, uncertain):
    Article.objects.update(body="Short.")
    page = editor.get(LIST).content.decode()
    assert page.count("The text was changed since") == 3


def test_markup_in_texts_and_names_stays_text(editor, uncertain, question):
    nasty = "<script>alert(1)</script> Egypt"
    Article.objects.update(body=nasty, title=nasty)
    Minister.objects.update(name="<b>Name")
    Country.objects.update(name="<i>Land")
    CountryTag.objects.update(evidence=[["body", 0, len(nasty), "<u>"]])
    page = editor.get(LIST).content.decode()
    assert not re.search(r"<script>alert|<b>Name|<i>Land|<u>", page)


@pytest.mark.parametrize("state", [{"by_editor": True}, {"removed": True}, {"uncertain": False}])
def test_what_an_editor_has_decided_and_what_is_certain_is_not_listed(editor, uncertain, state):
    CountryTag.objects.update(**state)
    assert settling.open_count() == 2
    assert "Country:" not in editor.get(LIST).content.decode()


def test_a_question_that_no_article_asks_is_not_listed(editor, question):
    OfficeMention.objects.all().delete()
    assert settling.open_count() == 0
    assert "Nothing here." in editor.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, {"Who was", "Country:", "Minister:", "Topic:"}),
        ({"kind": "question"}, {"Who was"}),
        ({"kind": "minister"}, {"Minister:"}),
        ({"kind": "nonsense", "about": "country:ZZ"}, {"Who was", "Country:", "Minister:", "Topic:"}),
        ({"about": "country:EG"}, {"Who was", "Country:", "Minister:"}),
        ({"about": "topic:gaza"}, {"Topic:"}),
        ({"kind": "country", "about": "topic:gaza"}, set()),
        ({"about": "topic:' OR 1=1 --", "page": "-7"}, {"Who was", "Country:", "Minister:", "Topic:"}),
        ({"page": "x" * 5000}, {"Who was", "Country:", "Minister:", "Topic:"}),
    ],
)
def test_the_list_can_be_narrowed(editor, uncertain, question, asked, shown):
    Tenure.objects.create(minister=Minister.objects.get(slug="sameh-shoukry"), country_id="EG", start="2014")
    page = editor.get(LIST, asked).content.decode()
    assert {text for text in ("Who was", "Country:", "Minister:", "Topic:") if f"<h2>{text}" in page} == shown


def countries_of(page: str) -> list[str]:
    return re.findall(r'<option value="country:(..)"', page)


def test_only_countries_with_something_to_show_are_offered(editor, uncertain, question, make_article):
    for code in ("QA", "TR", "CN"):
        Country.objects.create(code=code, name=code)
    OfficeQuestion.objects.create(country_id="QA", first=DAY, last=DAY)
    OfficeQuestion.objects.create(country_id="TR", first=DAY, last=DAY, settled=True)
    make_article(countries=("CN",)).country_tags.update(uncertain=True, by_editor=True)
    assert countries_of(editor.get(LIST).content.decode()) == ["EG", "TR"]
    CountryTag.objects.all().delete()
    assert countries_of(editor.get(LIST).content.decode()) == ["EG", "TR"]
    OfficeMention.objects.all().delete()
    assert countries_of(editor.get(LIST).content.decode()) == ["TR"]


def test_a_long_list_has_pages_that_keep_the_filters(editor, make_article, monkeypatch):
    monkeypatch.setattr(settling_views, "PER_PAGE", 2)
    for number in range(5):
        make_article(title=f"Number {number}", date=f"2024-05-0{number + 1}", topics=("gaza",)).topic_tags.update(
            uncertain=True
        )
    first = editor.get(LIST, {"kind": "topic"}).content.decode()
    assert re.findall(r">(Number \d)<", first) == ["Number 4", "Number 3"]
    last = editor.get(LIST, {"kind": "topic", "page": "99"}).content.decode()
    assert re.findall(r">(Number \d)<", last) == ["Number 0"]
    assert "kind=topic&amp;page=2" in first


def test_a_page_of_tags_takes_a_fixed_number_of_queries(editor, make_article, django_assert_max_num_queries):
    for _ in range(20):
        made = make_article(countries=("EG", "RU"), topics=("gaza",), ministers=("a-b",))
        made.country_tags.update(uncertain=True)
        made.minister_tags.update(uncertain=True)
    with django_assert_max_num_queries(20):
        editor.get(LIST)


# --- tags


@pytest.mark.parametrize(("kind", "key"), [("country", "EG"), ("minister", "sameh-shoukry"), ("topic", "gaza")])
def test_right_keeps_a_tag_for_good(post, uncertain, kind, key):
    page = post(of_tag(kind, uncertain.pk, key), verdict="right")
    tag = getattr(uncertain, f"{kind}_tags").get()
    assert (tag.by_editor, tag.removed, tag.uncertain) == (True, False, False)
    assert "is right" in page
    assert "2 open" in page
    assert found_by(**{kind: (key,)}) == [uncertain.pk]


@pytest.mark.parametrize(("kind", "key"), [("country", "EG"), ("minister", "sameh-shoukry"), ("topic", "gaza")])
def test_wrong_removes_a_tag_for_good_and_the_search_learns_of_it(post, uncertain, kind, key):
    assert found_by(**{kind: (key,)}) == [uncertain.pk]
    post(of_tag(kind, uncertain.pk, key), verdict="wrong")
    tag = getattr(uncertain, f"{kind}_tags").get()
    assert (tag.by_editor, tag.removed, tag.uncertain) == (True, True, False)
    assert found_by(**{kind: (key,)}) == []


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_undo_puts_a_tag_back_as_it_was(post, uncertain, verdict):
    before = CountryTag.objects.values().get()
    address, token = undo_of(post(of_tag("country", uncertain.pk, "EG"), verdict=verdict))
    page = post(address, token=token)
    assert "Undone" in page
    assert CountryTag.objects.values().get() == before
    assert found_by(country=("EG",)) == [uncertain.pk]


def test_undoing_twice_or_after_another_change_changes_nothing(post, uncertain):
    address, token = undo_of(post(of_tag("country", uncertain.pk, "EG"), verdict="wrong"))
    CountryTag.objects.update(removed=False)
    assert "was changed since" in post(address, token=token)
    assert CountryTag.objects.get().by_editor


@pytest.mark.parametrize("token", ["", "x", "WzFd:abc:def", "é" * 3000])
def test_a_forged_undo_changes_nothing(post, uncertain, token):
    CountryTag.objects.update(by_editor=True, uncertain=False)
    assert "cannot be undone" in post(reverse("admin:articles_article_settle_undo"), token=token)
    assert CountryTag.objects.get().by_editor


def test_both_decisions_and_their_undoing_are_logged_at_the_article(post, uncertain):
    post(of_tag("country", uncertain.pk, "EG"), verdict="right")
    address, token = undo_of(post(of_tag("topic", uncertain.pk, "gaza"), verdict="wrong"))
    post(address, token=token)
    said = [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]
    assert said == [
        "Settled: the country EG is right.",
        "Settled: the topic Gaza is wrong, and removed.",
        "Open again: the topic Gaza.",
    ]
    assert {entry.object_id for entry in LogEntry.objects.all()} == {str(uncertain.pk)}


@pytest.mark.parametrize(
    ("kind", "article", "key", "verdict"),
    [
        ("country", 10**6, "EG", "wrong"),
        ("country", 10**30, "EG", "wrong"),
        ("country", 0, "ZZ", "wrong"),
        ("planet", 0, "EG", "wrong"),
        ("article", 0, "EG", "wrong"),
        ("question", 0, "EG", "wrong"),
        ("country", 0, "EG", ""),
        ("country", 0, "EG", "perhaps"),
        ("country", 0, "مصر' OR 1=1", "right"),
    ],
)
def test_an_answer_about_what_is_not_there_changes_nothing(post, uncertain, kind, article, key, verdict):
    before = list(CountryTag.objects.values())
    page = post(of_tag(kind, article or uncertain.pk, key), verdict=verdict)
    assert 'class="warning"' in page
    assert list(CountryTag.objects.values()) == before


def test_a_tag_is_settled_once(post, uncertain):
    post(of_tag("country", uncertain.pk, "EG"), verdict="right")
    assert "settled already" in post(of_tag("country", uncertain.pk, "EG"), verdict="wrong")
    assert not CountryTag.objects.get().removed


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_tag_that_tagging_has_made_again_is_settled_and_undone_all_the_same(post, uncertain, verdict):
    before = CountryTag.objects.values("country", "evidence", "uncertain", "by_editor", "removed").get()
    old = CountryTag.objects.get()
    CountryTag.objects.all().delete()
    CountryTag.objects.create(article=uncertain, country=old.country, count=1, uncertain=True, evidence=old.evidence)
    address, token = undo_of(post(of_tag("country", uncertain.pk, "EG"), verdict=verdict))
    assert CountryTag.objects.get().removed is (verdict == "wrong")
    post(address, token=token)
    assert CountryTag.objects.values("country", "evidence", "uncertain", "by_editor", "removed").get() == before


@pytest.mark.django_db(transaction=True)
def test_an_article_is_locked_while_a_tag_of_it_is_settled_or_undone(editor, uncertain, monkeypatch):
    locked = []
    plain = QuerySet.select_for_update

    def watched(self, *args, **kwargs):
        locked.append((self.model, connection.in_atomic_block))
        return plain(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", watched)
    page = editor.post(of_tag("country", uncertain.pk, "EG"), {"verdict": "wrong"}, follow=True).content.decode()
    assert locked == [(Article, True)]
    address, token = undo_of(page)
    editor.post(address, {"token": token})
    assert locked == [(Article, True)] * 2
    assert CountryTag.objects.get().uncertain


def test_a_button_leads_back_to_the_list_as_it_was_narrowed(editor, uncertain):
    address = of_tag("country", uncertain.pk, "EG") + "?kind=country&page=2&next=https://evil.example/"
    response = editor.post(address, {"verdict": "right"})
    assert response.url == f"{LIST}?kind=country&page=2"


@pytest.mark.django_db(transaction=True)
def test_an_index_that_cannot_be_written_costs_a_warning_not_the_decision(editor, uncertain, monkeypatch):
    def fail(ids):
        raise indexing.EngineUnavailable("locked")

    monkeypatch.setattr(indexing, "update", fail)
    page = editor.post(of_tag("country", uncertain.pk, "EG"), {"verdict": "wrong"}, follow=True).content.decode()
    assert "update_index" in page
    assert CountryTag.objects.get().removed


# --- questions


@pytest.fixture
def tagged_again(monkeypatch):
    """The articles that were tagged again, in turn, without the work: what tagging makes of an answer is its own."""
    calls: list[list[int]] = []

    def called(articles):
        calls.append(sorted(articles.values_list("pk", flat=True)))
        return Retagged(len(calls[-1]), calls[-1])

    monkeypatch.setattr(questions, "retag", called)
    return calls


def candidate(question, slug: str) -> str:
    return str(question.candidates.get(slug=slug).pk)


def test_a_question_has_a_button_for_each_candidate_and_for_nobody(editor, question):
    page = editor.get(LIST).content.decode()
    buttons = re.findall(r'<button type="submit" name="answer" value="([^"]*)">(.*?)</button>', page)
    names = [re.sub(r"<.*?>", "", name) for _value, name in buttons]
    assert names == ["Badr Abdelatty", "Sameh Shoukry", "Nobody"]
    assert "The <mark>foreign minister of Egypt</mark> spoke at length." in page


@pytest.mark.parametrize("slug", ["badr-abdelatty", ""])
def test_an_answer_settles_a_question_and_tags_its_articles_again(post, question, tagged_again, slug):
    before = reference.current().settled
    page = post(of_question(question), answer=candidate(question, slug) if slug else "nobody")
    question.refresh_from_db()
    assert question.settled
    assert (question.answer.slug if question.answer else "") == slug
    assert question.settled_by.username == "editor"
    assert question.settled_at is not None
    assert reference.current().settled != before
    assert tagged_again == [[question.mentions.get().article_id]]
    assert ("Badr Abdelatty" if slug else "nobody") in page
    assert "0 open" in page


@pytest.mark.parametrize("answer", ["badr-abdelatty", "sameh-shoukry"])
def test_the_articles_of_a_question_are_tagged_with_the_answer_and_found_by_it(post, question, answer):
    Tenure.objects.create(minister=question.candidates.get(slug="badr-abdelatty"), country_id="EG", start="2024-05-07")
    Tenure.objects.create(
        minister=question.candidates.get(slug="sameh-shoukry"), country_id="EG", start="2014", end="2024-05-07"
    )
    Country.objects.get().names.create(language="en", kind="name", text="Egypt")
    reference.raise_version()
    post(of_question(question), answer=candidate(question, answer))
    article = Article.objects.get()
    assert [(tag.minister.slug, tag.by_role) for tag in article.minister_tags.all()] == [(answer, True)]
    assert found_by(minister=(answer,)) == [article.pk]


@pytest.mark.parametrize(
    "answer",
    ["", "none", "-1", "1e3", "٣", "999999", str(10**30), "9" * 5000, "1; DROP TABLE articles_article"],
    ids=lambda answer: answer[:20],
)
def test_an_answer_that_is_no_candidate_changes_nothing(post, question, tagged_again, answer):
    page = post(of_question(question), answer=answer)
    assert 'class="warning"' in page
    question.refresh_from_db()
    assert not question.settled
    assert tagged_again == []


@pytest.mark.parametrize("digits", [20, 4300, 4301, 100_000])
def test_an_answer_of_very_many_digits_is_an_unknown_one(post, question, tagged_again, digits):
    assert "none of the candidates" in post(of_question(question), answer="9" * digits)


def test_an_answer_is_kept_where_no_names_are_loaded_to_tag_with(post, question):
    page = post(of_question(question), answer="nobody")
    assert OfficeQuestion.objects.get().settled
    assert "1 more articles are left" in page


def test_a_minister_who_is_no_candidate_is_no_answer(post, question, tagged_again):
    stranger = Minister.objects.create(slug="stranger", name="Stranger")
    assert "none of the candidates" in post(of_question(question), answer=str(stranger.pk))
    assert not OfficeQuestion.objects.get().settled


def test_a_question_is_settled_once(post, question, tagged_again):
    post(of_question(question), answer=candidate(question, "badr-abdelatty"))
    page = post(of_question(question), answer="nobody")
    assert "settled already" in page
    assert OfficeQuestion.objects.get().answer.slug == "badr-abdelatty"
    assert len(tagged_again) == 1


@pytest.mark.parametrize("view", ["question", "reopen"])
@pytest.mark.parametrize("pk", [999, 10**30])
def test_a_question_that_is_not_there_is_said_to_be_gone(post, db, view, pk):
    address = reverse(f"admin:articles_article_settle_{view}", args=[pk])
    assert "no such question" in post(address, answer="nobody")


def test_settled_questions_are_listed_and_can_be_opened_again(editor, post, question, tagged_again):
    post(of_question(question), answer=candidate(question, "badr-abdelatty"))
    listed = editor.get(LIST, {"kind": "settled", "about": "country:EG"}).content.decode()
    assert "Badr Abdelatty" in listed
    assert "by <bdi>editor</bdi>" in listed
    assert of_question(question, "reopen") in listed
    before = reference.current().settled
    post(of_question(question, "reopen"))
    question.refresh_from_db()
    assert (question.settled, question.answer, question.settled_by, question.settled_at) == (False, None, None, None)
    assert reference.current().settled != before
    assert "open already" in post(of_question(question, "reopen"))


def test_an_answer_can_be_undone_from_its_message(post, question, tagged_again):
    address, token = undo_of(post(of_question(question), answer="nobody"))
    post(address, token=token)
    assert not OfficeQuestion.objects.get().settled


@pytest.mark.parametrize("answer", ["badr-abdelatty", ""])
def test_a_question_that_tagging_asked_is_answered_and_asked_again(post, make_article, index, answer):
    Country.objects.create(code="EG", name="Egypt").names.create(language="en", kind="name", text="Egypt")
    for slug, start, end in (("badr-abdelatty", "2024-05", ""), ("sameh-shoukry", "2014", "2024-05")):
        minister = Minister.objects.create(slug=slug, name=slug.replace("-", " ").title())
        Tenure.objects.create(minister=minister, country_id="EG", start=start, end=end)
    reference.raise_version()
    article = make_article(TEXT, date="2024-05-07")
    retag(Article.objects.all())
    asked = OfficeQuestion.objects.get()
    post(of_question(asked), answer=candidate(asked, answer) if answer else "nobody")
    assert [tag.minister.slug for tag in article.minister_tags.all()] == ([answer] if answer else [])
    assert settling.open_count() == 0
    post(of_question(asked, "reopen"))
    assert not article.minister_tags.exists()
    assert [mention.question for mention in article.office_mentions.all()] == [asked]
    assert settling.open_count() == 1


def test_opened_again_a_question_that_nothing_asks_any_more_is_gone_without_a_fault(post, question):
    Country.objects.get().names.create(language="en", kind="name", text="Egypt")
    reference.raise_version()
    OfficeQuestion.objects.update(settled=True)
    page = post(of_question(question, "reopen"))
    assert "no article asks it any more" in page
    assert "0 open" in page
    assert not OfficeQuestion.objects.exists()
    assert LogEntry.objects.get().get_change_message() == "Opened again."


@pytest.mark.parametrize("answer", ["sameh-shoukry", ""])
def test_opened_again_a_question_reaches_the_articles_that_no_longer_ask_it(
    post, question, make_article, answer, tagged_again
):
    asks = question.mentions.get().article
    by_role = make_article(date="2024-05-07", countries=("EG",), ministers=("sameh-shoukry",))
    by_role.minister_tags.update(by_role=True)
    make_article(date="2024-05-20", countries=("EG",), ministers=("sameh-shoukry",)).minister_tags.update(by_role=True)
    make_article(date="2024-05-07", countries=("QA",))
    post(of_question(question), answer=candidate(question, answer) if answer else "nobody")
    OfficeMention.objects.all().delete()
    post(of_question(question, "reopen"))
    assert tagged_again[1] == ([by_role.pk] if answer else [asks.pk, by_role.pk])


def test_of_very_many_articles_the_rest_is_left_and_the_page_says_so(
    post, question, make_article, tagged_again, monkeypatch
):
    monkeypatch.setattr(questions, "MOST_ARTICLES", 2)
    for _ in range(3):
        OfficeMention.objects.create(article=make_article(), question=question)
    page = post(of_question(question), answer="nobody")
    assert len(tagged_again[0]) == 2
    assert "2 more articles are left" in page
    assert Article.objects.filter(tagged_with="").count() >= 2
    assert "manage.py retag --changed”" in page
