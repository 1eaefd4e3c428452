"""Tags articles again with the gazetteer and the rules as they are now, and tells the index what changed."""

from argparse import ArgumentParser
from datetime import UTC, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from articles.importing import EmptyGazetteer, retagging
from articles.management.progress import Progress
from articles.models import Article, Unindexed
from articles.search import indexing
from articles.search.engines.base import EngineUnavailable

_GO_ON = "Go on with: python manage.py retag --changed"


class Command(BaseCommand):
    """What editors set or removed stays as it is."""

    help = "Tag articles again and index what changed: all, those published since a day, or those with old tags."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="Only articles published on that day (UTC) or later.")
        parser.add_argument(
            "--changed",
            action="store_true",
            help="Only articles whose tags are of an older gazetteer or older rules; goes on where a run stopped.",
        )
        parser.add_argument("--no-index", action="store_true", help="Leave the search index alone.")

    def handle(self, *args: Any, since: str | None, changed: bool, no_index: bool, **options: Any) -> None:
        articles = Article.objects.all()
        if since is not None:
            articles = articles.filter(published_at__gte=self.start_of(since))
        if changed:
            articles = retagging.changed(articles)
        found = self.retag(articles)
        if not no_index:
            self.index()
        Progress(self.stderr).say(f"the tags of {len(found.changed)} of {found.done} articles changed")
        if found.failed:
            raise CommandError(
                f"{len(found.failed)} articles could not be tagged and keep the tags they had (the log says why): "
                f"{', '.join(map(str, found.failed[:20]))}"
            )

    def retag(self, articles: Any) -> retagging.Retagged:
        """Tag with a line of progress. Ctrl-C says how to go on."""
        progress = Progress(self.stderr)

        def show(done: int, total: int) -> None:
            progress.total = total
            progress.show(f"tagged {done:,} of {total:,}", done, done)

        try:
            return retagging.retag(articles, show)
        except EmptyGazetteer:
            raise CommandError(
                "No names are known, so that every tag would go. Run first: python manage.py load_gazetteer"
            ) from None
        except KeyboardInterrupt:
            progress.say("")
            raise CommandError(
                f"Stopped. What was tagged is saved, and is indexed the next time anything is. {_GO_ON}"
            ) from None

    @staticmethod
    def index() -> None:
        """Index what changed, and what a run that was stopped left."""
        waiting = list(Unindexed.objects.values_list("pk", flat=True))
        if waiting:
            try:
                indexing.update(waiting)
            except EngineUnavailable as error:
                raise CommandError(f"The tags are saved, but the index is not up to date: {error}") from error

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
