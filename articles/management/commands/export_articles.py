"""Write every article to standard output, one a line."""

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from articles.exports import COLUMNS, all_articles, article_row
from articles.json_lines import json_line
from articles.management.piping import reader_may_leave


class Command(BaseCommand):
    """Every article, hidden ones too, as JSON Lines or CSV. Lists are JSON arrays, in CSV joined by `|`."""

    help = "Write every article, hidden ones too, to standard output: JSON Lines (default) or CSV, UTF-8."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")

    def handle(self, *args: Any, **options: Any) -> None:
        with reader_may_leave():
            if options["format"] == "csv":
                self._write_csv()
            else:
                for article in all_articles():
                    self.stdout.write(json_line(article_row(article)))

    def _write_csv(self) -> None:
        writer = csv.writer(self.stdout)
        writer.writerow(COLUMNS)
        for article in all_articles():
            row = article_row(article)
            writer.writerow([_cell(row[name]) for name in COLUMNS])


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "|".join(value)
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value
