"""The tags of an article, edited beside it with their evidence. What a person sets or removes, tagging never undoes."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.admin.revival import RevivingForm, RevivingFormSet, RevivingInlineMixin
from articles.models import ArticleTag, CountryTag, MinisterTag, TopicTag
from articles.presentation.evidence import quotations

MOST_QUOTATIONS = 3


class ChosenSelect(AutocompleteSelect):
    """A choice with a search; the row that is `chosen` need not be asked for to be shown."""

    chosen: models.Model | None = None

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list[tuple]:
        """Return the one option that is selected."""
        if self.chosen is None or value != [str(self.chosen.pk)]:
            return super().optgroups(name, value, attr)
        return [(None, [self.create_option(name, self.chosen.pk, str(self.chosen), True, 0)], 0)]


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
    """The tags of an article of one kind. None of them asks the database by itself, however many there are."""

    def _construct_form(self, i: int, **kwargs: Any) -> TagForm:
        form = super()._construct_form(i, **kwargs)
        kind = form.key[0]
        if form.instance.pk:
            form.instance.article = self.instance
            if kind in form.fields:
                # The widget stands in another one, with the links to change and add.
                form.fields[kind].widget.widget.chosen = getattr(form.instance, kind)
        return form

    def mark_kept(self, row: ArticleTag) -> None:
        row.by_editor, row.removed = True, False

    def mark_taken_back(self, row: ArticleTag) -> None:
        row.by_editor, row.removed = True, True


class TagInline(RevivingInlineMixin, admin.TabularInline):
    """What the three kinds of tags have in common."""

    formset = TagFormSet
    extra = 0
    readonly_fields = ("count", "quoted", "by_editor")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return the tags that hold, with what they name."""
        return super().get_queryset(request).select_related(*self.autocomplete_fields)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = ChosenSelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

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
