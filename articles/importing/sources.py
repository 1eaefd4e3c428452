"""Who published a record: a Source row, made when it is first met."""

from urllib.parse import urlsplit

from django.utils.text import slugify

from articles.importing.records import ArticleRecord, ImportFile
from articles.models import Source

UNKNOWN = "Unknown source"


def source_name(record: ArticleRecord, file: ImportFile) -> str:
    """Return the name to show: the record's own, else the host of its address, else the file's folder."""
    host = _host(record.url)
    return (record.source or host or file.folder or UNKNOWN)[:200]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


class Sources:
    """The sources of one import, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, Source] = {}

    def get(self, name: str) -> Source:
        """Return the source of this name, made if need be. Its slug is unique and never changes."""
        if name not in self._known:
            self._known[name] = Source.objects.filter(name=name).first() or self._made(name)
        return self._known[name]

    @staticmethod
    def _made(name: str) -> Source:
        base = slugify(name, allow_unicode=True)[:90].strip("-") or "source"
        slug, number = base, 1
        while Source.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return Source.objects.get_or_create(name=name, defaults={"slug": slug})[0]
