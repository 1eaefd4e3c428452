"""The tags of an article, edited beside it with their evidence. What a person sets or removes, tagging never undoes."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.admin.revival import RevivingForm, RevivingFormSet, RevivingInlineMixin
from articles.models import ArticleTag, CountryTag, MinisterTag, TopicTag
from articles.presentation.evidence import quotations

MOST_QUOTATIONS = 3


class TagForm(RevivingForm):
    """A tag; one that was removed before comes back when it is added again."""

    taken_back = models.Q(removed=True)
    owner_columns = ("article_id",)


class CountryTagForm(TagForm):
    """A country's tag."""

    key: ClassVar[tuple[str, ...]] = ("country",)


class MinisterTagForm(TagForm):
    """A minister's tag."""

    key: ClassVar[tuple[str, ...]] = ("minister",)


class TopicTagForm(TagForm):
    """A topic's tag."""

    key: ClassVar[tuple[str, ...]] = ("topic",)


class TagFormSet(RevivingFormSet):
    """The tags of an article of one kind."""

    def mark_kept(self, row: ArticleTag) -> None:
        row.by_editor, row.removed = True, False

    def mark_taken_back(self, row: ArticleTag) -> None:
        row.by_editor, row.removed = True, True


class TagInline(RevivingInlineMixin, admin.TabularInline):
    """What the three kinds of tags have in common."""

    formset = TagFormSet
    extra = 0
    readonly_fields = ("count", "quoted", "by_editor")

    @admin.display(description="evidence")
    def quoted(self, tag: ArticleTag) -> SafeString | str:
        """The first passages that the tag rests on, with some text around."""
        found = quotations(tag.article, tag.evidence) if tag.pk else []
        if not found:
            return "–"
        lines = format_html_join("", "<li dir=auto>…{}<strong>{}</strong>{}…</li>", found[:MOST_QUOTATIONS])
        more = f"and {len(found) - MOST_QUOTATIONS} more" if len(found) > MOST_QUOTATIONS else ""
        return format_html("<ul>{}</ul>{}", lines, more)


class CountryTagInline(TagInline):
    """Countries of an article."""

    model = CountryTag
    form = CountryTagForm
    autocomplete_fields = ("country",)
    fields = ("country", "main", "count", "quoted", "by_editor")


class MinisterTagInline(TagInline):
    """Ministers of an article."""

    model = MinisterTag
    form = MinisterTagForm
    autocomplete_fields = ("minister",)
    fields = ("minister", "main", "by_role", "count", "quoted", "by_editor")
    readonly_fields = ("by_role", *TagInline.readonly_fields)


class TopicTagInline(TagInline):
    """Topics of an article."""

    model = TopicTag
    form = TopicTagForm
    autocomplete_fields = ("topic",)
    fields = ("topic", "main", "count", "quoted", "by_editor")
