"""Uploading files to import: one form, the import's own report as the answer."""

import functools
import logging
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles import importing
from articles.forms import UploadForm
from articles.importing import ImportFile, ImportReport
from articles.models import Article
from articles.search import indexing

MOST_ARTICLES = 50
# So many articles that no index has learned of yet are indexed beside an upload's own while its editor waits.
CATCH_UP = 500

logger = logging.getLogger(__name__)


def upload_page(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Show the form; after a POST import its files and show the report. For who may add articles."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    report = None
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            report = _import(request, form.cleaned_data["files"])
        except importing.EmptyGazetteer:
            form.add_error("files", "No country or minister is known yet: run “python manage.py load_gazetteer” first.")
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "Upload articles",
        "form": form,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "largest_file": settings.UPLOAD_MAX_SIZE,
        "report": report,
        "imported": _imported(report),
    }
    return TemplateResponse(request, "admin/articles/article/upload.html", context)


def _import(request: HttpRequest, uploads: list[UploadedFile]) -> ImportReport:
    unindexed: set[int] = set()
    report = importing.import_files(
        _files(uploads),
        user=request.user,
        paths=[str(upload.name) for upload in uploads],
        committed=functools.partial(_index, unindexed),
        catch_up=CATCH_UP,
    )
    if unindexed:
        messages.warning(
            request,
            f"{len(unindexed)} articles are imported but cannot be searched yet: run “python manage.py update_index”.",
        )
    return report


def _imported(report: ImportReport | None) -> Iterable[Article]:
    """Return the first articles that an import created or changed, to look at."""
    if report is None or report.run_id is None:
        return []
    changed = Q(importentry__outcome__in=["created", "copy", "updated"])
    return Article.objects.filter(changed, importentry__run_id=report.run_id).distinct()[:MOST_ARTICLES]


def _files(uploads: Iterable[UploadedFile]) -> Iterator[ImportFile]:
    """Yield the files one after another, so that only one of them is in memory at a time."""
    for upload in uploads:
        yield ImportFile(str(upload.name), upload.read())
        upload.close()


def _index(unindexed: set[int], article_ids: Iterable[int]) -> bool:
    ids = list(article_ids)
    try:
        indexing.update(ids)
    except indexing.EngineUnavailable as error:
        logger.error("The index could not be changed: %s", error)
        unindexed.update(ids)
        return False
    unindexed.difference_update(ids)
    return True
