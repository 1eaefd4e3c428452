"""The citation of an article, as a file for a reference manager."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.presentation.citation_files import FORMATS
from articles.presentation.citations import citation
from articles.views.seen_article import right_address, seen_article
from articles.views.site import site_address


@require_safe
def cite(request: HttpRequest, pk: int, slug: str, ending: str) -> HttpResponse:
    """The citation of an article that the reader may see, in the format whose files end so."""
    found = seen_article(Article.objects.select_related("source"), pk, request.user)
    if ending not in FORMATS:
        raise Http404
    if slug != found.slug:
        return right_address(request, "cite", found.pk, found.slug, ending)
    chosen = FORMATS[ending]
    cited = citation(found, site_address(request))
    response = HttpResponse(chosen.write(cited), content_type=f"{chosen.content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{cited.key}.{ending}"'
    response["X-Robots-Tag"] = "noindex"
    return response
