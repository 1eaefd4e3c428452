"""A preview of a topic or a minister as it stands in its form, unsaved: which articles it would tag."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseModelFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from articles.gazetteer.facts import MinisterFacts, TenureFacts, TopicFacts, TopicPhraseFacts
from articles.importing import previewing
from articles.models import Article, MinisterName, Tenure, TopicPhrase
from articles.presentation.evidence import in_sentence, passages, words_of

MOST_QUOTATIONS = 3
# The rows of a form by their model: what stands in each inline, without the rows that are to be deleted.
Rows = dict[type[models.Model], list[dict[str, Any]]]


def topic_preview(form: ModelForm, rows: Rows, hidden: bool) -> previewing.Preview:
    """Preview a topic with the phrases and the threshold of its form."""
    phrases = tuple(TopicPhraseFacts(row["language"], row["text"], row["weight"]) for row in rows[TopicPhrase])
    names = tuple(sorted(form.instance.names.items()))
    facts = TopicFacts(form.instance.slug, names, "", phrases, form.cleaned_data["threshold"])
    return previewing.preview_topic(facts, previewing.MOST_ARTICLES, previewing.MOST_SECONDS, hidden)


def minister_preview(form: ModelForm, rows: Rows, hidden: bool) -> previewing.Preview:
    """Preview a minister with the spellings and the offices of the form."""
    spellings = tuple((row["script"], row["text"]) for row in rows[MinisterName])
    tenures = tuple(TenureFacts(row["country"].code, row["start"], row["end"], row["office"]) for row in rows[Tenure])
    person = form.instance
    facts = MinisterFacts(person.slug, form.cleaned_data["name"], person.wikidata_id, spellings, tenures)
    return previewing.preview_minister(facts, previewing.MOST_ARTICLES, previewing.MOST_SECONDS, hidden)


class PreviewMixin:
    """For a ModelAdmin: a button on the change page that posts the form to a preview, in a tab of its own.

    So nothing that is typed into the form is lost, and it can be changed and tried again.
    """

    change_form_template = "admin/articles/previewed_change_form.html"
    previewed: Callable[[ModelForm, Rows, bool], previewing.Preview]

    def get_urls(self) -> list[URLPattern]:
        name = f"articles_{self.opts.model_name}_preview"  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(require_POST(self.preview))  # type: ignore[attr-defined]
        own = path("<path:object_id>/preview/", view, name=name)
        return [own, *super().get_urls()]  # type: ignore[misc]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show which articles would be tagged by what the form holds. Nothing is saved."""
        model_admin: Any = self
        found = model_admin.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        if not model_admin.has_change_permission(request, found):
            raise PermissionDenied
        form = model_admin.get_form(request, found, change=True)(request.POST, instance=found)
        formsets = list(_formsets(model_admin, request, found))
        # Both are asked, so that all that is wrong is told at once.
        valid = all([form.is_valid(), *(formset.is_valid() for formset in formsets)])
        preview = type(self).previewed(form, _rows(formsets), _may_see_hidden(request)) if valid else None
        context = {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": f"Preview: {found}",
            "errors": [] if valid else [error for one in (form, *formsets) for error in _errors(one)],
            "preview": preview,
            "groups": _groups(preview) if preview else [],
            "seconds": previewing.MOST_SECONDS,
        }
        return TemplateResponse(request, "admin/articles/preview.html", context)


def _may_see_hidden(request: HttpRequest) -> bool:
    """Whether hidden articles may be shown: who may change topics need not be one who may see these."""
    return any(request.user.has_perm(f"articles.{right}_article") for right in ("view", "change"))


def _formsets(model_admin: admin.ModelAdmin, request: HttpRequest, found: models.Model) -> Iterator[BaseModelFormSet]:
    for FormSet, inline in model_admin.get_formsets_with_inlines(request, found):
        arguments = model_admin.get_formset_kwargs(request, found, inline, FormSet.get_default_prefix())
        yield FormSet(**arguments)


def _rows(formsets: list[BaseModelFormSet]) -> Rows:
    rows: Rows = {}
    for formset in formsets:
        kept = [form.cleaned_data for form in formset.forms if form not in formset.deleted_forms]
        # A row that was added and left empty has no data.
        rows[formset.model] = [data for data in kept if data]
    return rows


def _errors(one: ModelForm | BaseModelFormSet) -> Iterator[str]:
    """Yield what is wrong with a form, or with the rows of a formset."""
    if isinstance(one, BaseModelFormSet):
        yield from (str(error) for error in one.non_form_errors())
        for form in one.forms:
            yield from _errors(form)
        return
    for name, errors in one.errors.items():
        yield from (f"{one.fields[name].label}: {error}" if name in one.fields else str(error) for error in errors)


def _groups(preview: previewing.Preview) -> list[tuple[str, previewing.Group, list[tuple[Article, list]]]]:
    """Return (heading, group, its articles with their first passages in their sentences)."""
    named = (
        ("would be tagged that are not yet", preview.newly),
        ("would lose the tag", preview.lost),
        ("would be tagged in all", preview.tagged),
    )
    return [(heading, group, [_quoted(one) for one in group.shown]) for heading, group in named]


def _quoted(one: previewing.PreviewedArticle) -> tuple[Article, list[tuple[str, str, str]]]:
    # Different words say more than the same ones again.
    different = {words_of(one.article, passage).casefold(): passage for passage in passages(one.article, one.evidence)}
    return one.article, [in_sentence(one.article, passage) for passage in list(different.values())[:MOST_QUOTATIONS]]
