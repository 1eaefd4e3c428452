"""Tags articles again with the gazetteer as it is now, and tells the index what changed."""

from argparse import ArgumentParser
from datetime import UTC, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from articles.importing.retagging import retag
from articles.models import Article
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable


class Command(BaseCommand):
    """What editors set or removed stays as it is."""

    help = "Tag all articles again, or those published since a day, and index what changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="Only articles published on that day (UTC) or later.")
        parser.add_argument("--no-index", action="store_true", help="Leave the search index alone.")

    def handle(self, *args: Any, since: str | None, no_index: bool, **options: Any) -> None:
        articles = Article.objects.all()
        if since:
            articles = articles.filter(published_at__gte=self.start_of(since))
        changed = retag(articles, self.show)
        if changed and not no_index:
            try:
                indexing.update(changed)
            except EngineUnavailable as error:
                raise CommandError(f"The tags are saved, but the index is not up to date: {error}") from error
        self.stderr.write(f"the tags of {len(changed)} articles changed")

    @staticmethod
    def start_of(since: str) -> datetime:
        """Return the first moment of a day in UTC."""
        try:
            day = parse_date(since)
        except ValueError:
            day = None
        if day is None:
            raise CommandError(f"{since!r} is not a day: YYYY-MM-DD is wanted.")
        return datetime.combine(day, time.min, UTC)

    def show(self, done: int, total: int) -> None:
        """Report how far the work is."""
        self.stderr.write(f"tagged {done} of {total}")
