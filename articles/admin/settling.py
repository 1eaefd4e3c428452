"""The list “To settle”: what tagging is not sure of, each with the words it rests on and a button for each answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.admin.index_changes import update_after_commit
from articles.importing import settling
from articles.models import Article
from articles.presentation.evidence import in_sentence, passages
from articles.presentation.rules import rule_in_words

PER_PAGE = 25
MOST_QUOTATIONS = 3
# Of a primary key: 2**63 has as many.
MOST_DIGITS = 19
NO_KEY = -1
SETTLED = "settled"
KINDS = {
    "": "All that is open",
    settling.QUESTION: "Offices",
    "country": "Countries",
    "minister": "Ministers",
    "topic": "Topics",
    SETTLED: "Offices, settled",
}

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Quotation:
    """A passage in its sentence, and the rule by which it was found, in plain words."""

    before: str
    words: str
    after: str
    rule: str


@dataclass(frozen=True)
class Quoted:
    """An article with the first passages that something rests on."""

    article: Article
    quotations: list[Quotation]
    more: int


def urls(model_admin: admin.ModelAdmin) -> list[URLPattern]:
    """Return the addresses of the list and of its buttons."""

    def guarded(view: View) -> View:
        return _for_editors(model_admin, view)

    name = "articles_article_settle"
    return [
        path("settle/", guarded(settle_page), name=name),
        path("settle/question/<int:pk>/", guarded(settle_question), name=f"{name}_question"),
        path("settle/question/<int:pk>/reopen/", guarded(reopen_question), name=f"{name}_reopen"),
        path("settle/tag/<str:kind>/<int:article>/<str:key>/", guarded(settle_tag), name=f"{name}_tag"),
        path("settle/undo/", guarded(undo), name=f"{name}_undo"),
    ]


def _for_editors(model_admin: admin.ModelAdmin, view: View) -> View:
    """Let in who may change articles. Who is logged in and may not is told so, instead of being asked to log in."""

    def inner(request: HttpRequest, **arguments: object) -> HttpResponse:
        if not request.user.is_staff or not model_admin.has_change_permission(request):
            raise PermissionDenied
        return view(request, model_admin, **arguments)

    behind_login = model_admin.admin_site.admin_view(inner)

    def outer(request: HttpRequest, **arguments: object) -> HttpResponse:
        if request.user.is_authenticated:
            return inner(request, **arguments)
        return behind_login(request, **arguments)

    # What admin_view does for its own; those who are logged in go past it.
    return never_cache(outer)


# --- the list


@require_safe
def settle_page(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    """Show a page of what is open, or of the questions that are settled."""
    countries, topics = list(settling.open_countries()), list(settling.open_topics())
    kind = request.GET.get("kind", "")
    about = request.GET.get("about", "")
    country = next((each.code for each in countries if about == f"country:{each.code}"), "")
    topic = next((each.slug for each in topics if about == f"topic:{each.slug}"), "")
    if kind == SETTLED:
        entries = settling.settled_questions(country)
    else:
        entries = settling.open_entries(settling.Wanted(kind if kind in KINDS else "", country, topic))
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "To settle",
        "page": page,
        "rows": rows if kind == SETTLED else [_row(entry) for entry in settling.load(rows)],
        "settled": kind == SETTLED,
        "kinds": KINDS.items(),
        "kind": kind,
        "about": f"country:{country}" if country else f"topic:{topic}" if topic else "",
        "countries": countries,
        "topics": topics,
        "state": _state(request),
    }
    return TemplateResponse(request, "admin/articles/article/settle.html", context)


def _row(entry: settling.OpenQuestion | settling.OpenTag) -> dict[str, object]:
    """Return what the template shows of an entry."""
    if isinstance(entry, settling.OpenQuestion):
        quoted = [_quoted(mention.article, mention.evidence) for mention in entry.mentions]
        return {"entry": entry, "quoted": quoted, "more": entry.articles - len(quoted), "is_question": True}
    return {"entry": entry, "quoted": [_quoted(entry.tag.article, entry.tag.evidence)], "more": 0}


def _quoted(article: Article, evidence: object) -> Quoted:
    found = passages(article, evidence)
    quotations = [
        Quotation(*in_sentence(article, passage), rule_in_words(passage.rule)) for passage in found[:MOST_QUOTATIONS]
    ]
    return Quoted(article, quotations, len(found) - len(quotations))


def _state(request: HttpRequest) -> str:
    """Return the list's filters and page, to come back to."""
    kept = request.GET.copy()
    for name in set(kept) - {"kind", "about", "page"}:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else ""


# --- its buttons


@require_POST
def settle_question(request: HttpRequest, model_admin: admin.ModelAdmin, pk: int) -> HttpResponse:
    """Take the answer to a question: the key of a candidate, or “nobody”."""
    try:
        settled = settling.settle(pk, _answer(request.POST.get("answer", "")), request.user)
    except settling.CannotSettle as error:
        return _refused(request, error)
    said = f"{settled.question}: {settled.question.answer or 'nobody'}."
    model_admin.log_change(request, settled.question, f"Settled: {settled.question.answer or 'nobody'}.")
    back = reverse("admin:articles_article_settle_reopen", args=[pk])
    return _done(request, said + _counted(settled), settled.changed, back)


def _answer(given: str) -> int | None:
    """Return the key of a minister, None for “nobody”. Raises CannotSettle for what is neither."""
    if given == "nobody":
        return None
    if not (given.isascii() and given.isdigit()):
        raise settling.CannotSettle("No answer was given.")
    # No key has more digits; Python reads no number of thousands of them.
    return int(given) if len(given) <= MOST_DIGITS else NO_KEY


@require_POST
def reopen_question(request: HttpRequest, model_admin: admin.ModelAdmin, pk: int) -> HttpResponse:
    """Take back an answer."""
    try:
        settled = settling.reopen(pk)
    except settling.CannotSettle as error:
        return _refused(request, error)
    model_admin.log_change(request, settled.question, "Opened again.")
    said = "the answer is taken back; no article asks it any more." if settled.gone else "open again."
    return _done(request, f"{settled.question}: {said}{_counted(settled)}", settled.changed)


@require_POST
def settle_tag(request: HttpRequest, model_admin: admin.ModelAdmin, kind: str, article: int, key: str) -> HttpResponse:
    """Take an editor's word on a tag: right or wrong."""
    verdict = request.POST.get("verdict", "")
    try:
        if verdict not in {"right", "wrong"}:
            raise settling.CannotSettle("No answer was given.")
        decision = settling.decide(kind, article, key, right=verdict == "right")
    except settling.CannotSettle as error:
        return _refused(request, error)
    said = "is right" if decision.right else "is wrong, and removed"
    model_admin.log_change(request, decision.article, f"Settled: the {kind} {decision.subject} {said}.")
    changed = [] if decision.right else [decision.article.pk]
    back = reverse("admin:articles_article_settle_undo")
    return _done(request, f"{decision.subject} {said}: {decision.article}.", changed, back, decision.token)


@require_POST
def undo(request: HttpRequest, model_admin: admin.ModelAdmin) -> HttpResponse:
    """Take back an editor's word on a tag."""
    try:
        decision = settling.undo(request.POST.get("token", ""))
    except settling.CannotSettle as error:
        return _refused(request, error)
    model_admin.log_change(request, decision.article, f"Open again: the {decision.kind} {decision.subject}.")
    return _done(request, f"Undone: {decision.subject}, {decision.article}.", [decision.article.pk])


def _counted(settled: settling.Settled) -> str:
    said = f" The tags of {len(settled.changed)} articles changed."
    if settled.left:
        said += f" {settled.left} more articles are left: run “python manage.py retag --changed”."
    return said


def _refused(request: HttpRequest, error: settling.CannotSettle) -> HttpResponse:
    messages.warning(request, str(error))
    return _to_list(request)


def _done(request: HttpRequest, said: str, changed: Iterable[int], back: str = "", token: str = "") -> HttpResponse:
    """Say what was done, with a button that takes it back where there is an address for that."""
    update_after_commit(request, changed)
    if back:
        said = format_html(
            '{} <form class="undo" method="post" action="{}">'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="token" value="{}">'
            '<button type="submit">Undo</button></form>',
            said,
            back + _state(request),
            get_token(request),
            token,
        )
    messages.success(request, said)
    return _to_list(request)


def _to_list(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:articles_article_settle") + _state(request))
