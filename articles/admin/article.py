"""Articles at the editors' desk: listed, filtered, written, changed, deleted, and uploaded."""

import datetime

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from articles.admin import settling, upload
from articles.admin.bounded_search import BoundedSearchMixin
from articles.admin.index_changes import remove_after_commit, update_after_commit
from articles.admin.tags import CountryTagInline, MinisterTagInline, TopicTagInline
from articles.forms import ArticleForm
from articles.importing import by_hand
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(BoundedSearchMixin, admin.ModelAdmin):
    """An article with its tags beside it. What is saved is in the index as soon as it is committed."""

    form = ArticleForm
    list_display = ("title", "source", "date", "date_kind", "language", "visible")
    list_filter = ("visible", "date_kind", "date_precision", "extent", "language", "source")
    list_select_related = ("source",)
    list_per_page = 50
    # Counting all articles beside the found ones would read the whole table a second time.
    show_full_result_count = False
    search_fields = ("title", "body", "url")
    date_hierarchy = "published_at"
    autocomplete_fields = ("source",)
    actions = ("hide", "show")
    inlines = (CountryTagInline, MinisterTagInline, TopicTagInline)
    came_here = ("original", "import_run", "external_id", "reply_to", "edited_at", "extent", "created_at", "updated_at")
    readonly_fields = came_here
    fieldsets = (
        (None, {"fields": ("title", "body", "tag_again", "visible")}),
        ("Where and when", {"fields": ("source", "url", "date", "date_kind", "language", "byline", "forwarded_from")}),
        ("How it came here", {"classes": ("collapse",), "fields": came_here}),
    )

    @admin.display(description="date", ordering="published_at", empty_value="–")
    def date(self, article: Article) -> str:
        """The date as precise as it is known."""
        return article.date_text.replace("T", " ").replace("Z", "")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The list in UTC, where a day without a clock time begins: elsewhere it would drill down to the day before."""
        with timezone.override(datetime.UTC):
            response = super().changelist_view(request, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response

    def get_urls(self) -> list[URLPattern]:
        own = path("upload/", self.admin_site.admin_view(self.upload), name="articles_article_upload")
        return [own, *settling.urls(self), *super().get_urls()]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """The page on which files are uploaded."""
        return upload.upload_page(self, request)

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        if change and "title" in form.changed_data:
            obj.title_made = False
        form.moved = by_hand.complete(obj)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ArticleForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["tag_again"] or (change and form.tags_may_change):
            by_hand.tag(form.instance)
        update_after_commit(request, [form.instance.pk, *form.moved])

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        remove_after_commit(request, [obj.pk])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        # Actions have no transaction of their own: the index would learn of it before it has happened.
        with transaction.atomic():
            remove_after_commit(request, queryset.values_list("pk", flat=True))
            super().delete_queryset(request, queryset)

    @admin.action(description="Hide from readers", permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Hide the chosen articles."""
        self._set_visible(request, queryset, False, "hidden from readers")

    @admin.action(description="Show to readers", permissions=["change"])
    def show(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Show the chosen articles."""
        self._set_visible(request, queryset, True, "shown to readers")

    def _set_visible(self, request: HttpRequest, queryset: QuerySet[Article], visible: bool, said: str) -> None:
        changed = list(queryset.exclude(visible=visible))
        with transaction.atomic():
            chosen = Article.objects.filter(pk__in=[article.pk for article in changed])
            chosen.update(visible=visible)
            # Those that are still there; from here on nobody else can delete them.
            ids = list(chosen.order_by().values_list("pk", flat=True))
            update_after_commit(request, ids)
            for article in changed:
                self.log_change(request, article, said.capitalize())
        self.message_user(request, f"{len(ids)} now {said}.", messages.SUCCESS)
