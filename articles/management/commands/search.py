"""Searches from the command line: one query, or a file of them. stdout carries data only."""

import json
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from articles.json_lines import json_line
from articles.management.piping import reader_may_leave
from articles.models import Article
from articles.search import EngineUnavailable, Matches, SearchParams, explain, matches, prepare

# Parameters of an address that the command offers as options, with the name they have there.
FILTERS = {"country": "country", "minister": "minister", "topic": "topic", "date_from": "from", "date_to": "to"}


def positive(text: str) -> int:
    """Read a positive whole number. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a positive whole number")
    return int(text)


class Command(BaseCommand):
    """The same search as the page's, without pages: `--limit` is the only bound."""

    help = "Search the archive: one QUERY, or one query a line with --batch FILE (one JSON line out for each line in)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", help="What to search for, as in the page's box.")
        parser.add_argument("--batch", metavar="FILE", help="A UTF-8 file, one query a line.")
        parser.add_argument("--limit", type=positive, default=20, metavar="N", help="At most N hits (default 20).")
        parser.add_argument("--country", action="append", default=[], help="ISO code, e.g. RU; repeatable.")
        parser.add_argument("--minister", action="append", default=[], help="Slug, e.g. sergey-lavrov; repeatable.")
        parser.add_argument("--topic", action="append", default=[], help="Slug, e.g. gaza; repeatable.")
        parser.add_argument("--from", dest="date_from", default="", help="2023, 2023-10 or 2023-10-07, inclusive.")
        parser.add_argument("--to", dest="date_to", default="", help="2023, 2023-10 or 2023-10-07, inclusive.")
        parser.add_argument("--explain", action="store_true", help="Say on stderr how the query was understood.")
        parser.add_argument("--format", choices=["table", "jsonl"], default="table")

    def handle(self, *args: Any, query: str | None, **options: Any) -> None:
        batch: str | None = options["batch"]
        if (query is None) == (batch is None):
            raise CommandError("Give either a QUERY or --batch FILE.")
        with reader_may_leave():
            if batch is not None:
                lines = self.lines(batch)
                self.prepare()
                for line in lines:
                    self.write(line, options)
            elif options["format"] == "jsonl":
                self.write(query or "", options)
            else:
                self.table(query or "", options)

    def prepare(self) -> None:
        """Load what is loaded once, so that it is not counted as the first query's time. Raises CommandError."""
        try:
            prepare()
        except EngineUnavailable as error:
            raise CommandError(str(error)) from error

    def lines(self, name: str) -> list[str]:
        """Return the lines of the file, split at line feeds only: other separators belong to the query."""
        try:
            text = Path(name).read_bytes().decode("utf-8", "replace")
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
        return text.removesuffix("\n").split("\n") if text else []

    def search(self, query: str, options: dict[str, Any]) -> Matches:
        """Search and tell on stderr what was left out. Raises CommandError where the index cannot be read."""
        address = QueryDict(mutable=True)
        address["q"] = query
        for option, name in FILTERS.items():
            value = options[option]
            address.setlist(name, value if isinstance(value, list) else [value])
        params = SearchParams.from_query(address)
        # Without words the filters alone are listed, but a blank line of a batch is no query.
        if not params.q and (options["batch"] is not None or not params.is_filtered):
            return Matches([], [], 0, "not_understood")
        if options["explain"]:
            self.stderr.write(f"Searched for: {explain(params)}")
        found = matches(params, limit=options["limit"], drop_unknown=False)
        if found.state == "unavailable":
            raise CommandError(" ".join(found.messages))
        for message in found.messages:
            self.stderr.write(message)
        if options["batch"] is not None and not found.understood:
            return Matches([], [], 0, "not_understood")
        return found

    def write(self, query: str, options: dict[str, Any]) -> None:
        """Write one JSON line for one query."""
        started = time.perf_counter()
        found = self.search(query, options)
        elapsed = (time.perf_counter() - started) * 1000
        hits = list(self.hits(found))
        self.stdout.write(
            json_line({"query": query, "total": found.total, "ms": round(elapsed, 3), "hits": hits}), ending="\n"
        )

    def hits(self, found: Matches) -> Iterator[dict[str, Any]]:
        """Yield the hits in order, as the command promises them."""
        rows: dict[int, Article] = {}
        for first in range(0, len(found.ids), 500):
            part = found.ids[first : first + 500]
            rows.update(Article.objects.visible().only("url", "title", "published_at", "date_precision").in_bulk(part))
        for rank, (pk, score) in enumerate(zip(found.ids, found.scores, strict=True), 1):
            article = rows.get(pk)
            if article is not None:
                yield {"rank": rank, "id": pk, "url": article.url, "title": article.title, "date": article.date_text,
                       "score": round(score, 4)}  # fmt: skip

    def table(self, query: str, options: dict[str, Any]) -> None:
        """Write a table for people."""
        found = self.search(query, options)
        for hit in self.hits(found):
            title = " ".join(hit["title"].split())
            self.stdout.write(f"{hit['rank']:>4}  {hit['date'] or 'no date':<17}  {hit['score']:>8.3f}  {title}")
        self.stderr.write(f"{found.total} found")
        if not found.total:
            self.stderr.write(json.dumps(query, ensure_ascii=False) + ": nothing was found.")
