"""A record as a reader found it in its file, for a page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.importing import ArticleDate, ArticleRecord
from articles.presentation.numbers_and_dates import moment_text
from articles.presentation.web_addresses import web_address

_REASONS = {
    "not_imported": _("This article was not imported, or nothing is known any more of the import that brought it."),
    "not_kept": _("The file that it came in is no longer kept."),
    "too_large": _("The file that it came in is too large to be read again while you wait."),
    "too_long": _("To find it in the file that it came in takes longer than you should wait."),
    "unreadable": _("The file that it came in no longer gives this record: the program reads it in another way now."),
}


@dataclass(frozen=True)
class Detail:
    """A line of what a record says beside its text: `address` where it is one of the web and may be a link."""

    name: str | Promise
    text: str
    address: str = ""


@dataclass(frozen=True)
class ShownRecord:
    """A record's title and text, and what it says beside them, empty ones left out."""

    title: str
    body: str
    details: tuple[Detail, ...]


def shown_record(record: ArticleRecord, language: str) -> ShownRecord:
    """Return a record for who reads in `language`."""
    details = (
        Detail(_("Source"), record.source),
        Detail(_("Date"), _date(record.date, language)),
        Detail(_("Language"), record.language),
        Detail(_("Byline"), record.byline),
        Detail(_("Forwarded from"), record.forwarded_from),
        Detail(_("Address"), record.url, web_address(record.url)),
        Detail(_("Its own number"), record.external_id),
        Detail(_("Answers"), record.reply_to),
        Detail(_("Place in the file"), record.place),
    )
    return ShownRecord(record.title, record.body, tuple(detail for detail in details if detail.text))


def why_not_shown(reason: str) -> str | Promise:
    """Return in a sentence why a record cannot be shown (see importing.NotReadAgain)."""
    return _REASONS[reason]


def _date(date: ArticleDate, language: str) -> str:
    if date.moment is None:
        return date.problem
    return moment_text(date.moment, date.precision, language, date.zoned)
