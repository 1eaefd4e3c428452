"""Who published a record: a Source row, made when it is first met."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import slugify

from articles.importing.records import ArticleRecord, ImportFile
from articles.models import Source

UNKNOWN = "Unknown source"


def source_name(record: ArticleRecord, file: ImportFile) -> str:
    """Return the name to show: the record's own, else the host of its address, else the file's folder."""
    host = _host(record.url)
    return " ".join((record.source or host or file.folder or UNKNOWN).split())[:200].strip() or UNKNOWN


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


class Sources:
    """The sources of one import, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, Source | None] = {}

    def find(self, name: str) -> Source | None:
        """Return the source of this name, None where there is none yet."""
        if name not in self._known:
            self._known[name] = Source.objects.filter(name=name).first()
        return self._known[name]

    def get(self, name: str) -> Source:
        """Return the source of this name, made if need be. Its slug is unique and never changes."""
        source = self.find(name)
        if source is None:
            source = self._known[name] = self._made(name)
        return source

    def time_zone(self, name: str) -> ZoneInfo:
        """Return the zone of clock times that a source gives without one: its own, else the program's setting."""
        source = self.find(name)
        return ZoneInfo(source.time_zone if source and source.time_zone else settings.SOURCE_TIME_ZONE)

    @staticmethod
    def _made(name: str) -> Source:
        base = slugify(name, allow_unicode=True)[:90].strip("-") or "source"
        slug, number = base, 1
        while Source.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return Source.objects.get_or_create(name=name, defaults={"slug": slug})[0]
