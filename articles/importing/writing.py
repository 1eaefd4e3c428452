"""Prepared records into the database: what each becomes is decided, tagged, grouped and written, a batch at a time.

All that takes long happens before the transaction, which is short.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.enrichment import Tags
from articles.gazetteer.facts import Gazetteer
from articles.importing.boilerplate import Boilerplate, Learned, stripped
from articles.importing.catalogue import Catalogue, Match
from articles.importing.cleaning import one_line
from articles.importing.cleaning.repeats import passage_key
from articles.importing.copies import Copies, remember
from articles.importing.prepared import Prepared
from articles.importing.report import Entry, Outcome
from articles.importing.sketches import Text
from articles.importing.sources import Sources
from articles.importing.tagging import tags_of, write_tags
from articles.importing.titles import made_title
from articles.models import Article, BoilerplateLine, Identity, ImportEntry, ImportRun, Original, Source

logger = logging.getLogger(__name__)

_FIELDS = (
    "url", "external_id", "title", "title_made", "body", "body_hash", "language", "published_at", "date_precision",
    "date_kind", "byline", "forwarded_from", "reply_to", "edited_at", "extent",
)  # fmt: skip
# What one file says of an article and another does not: a record that is silent on it takes nothing away.
_KEPT_IF_SILENT = ("url", "external_id", "byline", "forwarded_from", "reply_to", "edited_at")
_REWRITTEN = 200


@dataclass(frozen=True)
class Origin:
    """Where records come from: the file as the report names it, its path, and the kept bytes of it and of the whole.

    `whole` is what was handed in, `file` the file inside it where that is an archive; they are None in a dry run.
    """

    name: str
    path: str = ""
    whole: Original | None = None
    file: Original | None = None
    sha256: str = ""


@dataclass
class _Change:
    """A record with the article it becomes. `tags` is None where the article is left as it is."""

    prepared: Prepared
    match: Match
    entry: Entry
    article: Article | None = None
    tags: Tags | None = None
    new_text: bool = False


@dataclass
class Writer:
    """What one import writes with. `run` is None in a dry run, which decides everything and writes nothing."""

    run: ImportRun | None
    gazetteer: Gazetteer | None
    catalogue: Catalogue = field(default_factory=Catalogue)
    sources: Sources = field(default_factory=Sources)
    boilerplate: Boilerplate = field(default_factory=Boilerplate)
    copies: Copies = field(default_factory=Copies)
    changed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.copies.dry_run = self.run is None

    def take_changed(self) -> list[int]:
        """Return the keys of the articles that were changed and committed since the last call."""
        changed, self.changed = list(dict.fromkeys([*self.changed, *self.copies.moved])), []
        self.copies.moved.clear()
        return changed

    def write(self, batch: Sequence[Prepared], said: Sequence[Entry], origin: Origin) -> list[Entry]:
        """Write a batch of which no two records share a key, and what else is to be `said`; return all entries.

        Raises IntegrityError or DataError where the database refuses a record; then nothing of the batch is written.
        """
        self.catalogue.load(batch)
        changes = [self._change(prepared, origin) for prepared in batch]
        learned = [
            line for change in changes if change.new_text
            for line in self.boilerplate.note(change.prepared.source, change.prepared.body)
        ]  # fmt: skip
        notes = [Entry(0, "note", str(line)) for line in learned]
        if self.run is None:
            self._place(changes)
            return [*said, *(change.entry for change in changes), *notes]
        with transaction.atomic():
            self._save(changes, origin)
            self._note([(entry, None) for entry in [*said, *notes]], origin)
            self._note([(change.entry, change.article) for change in changes], origin)
        self.changed += [change.article.pk for change in changes if change.article and change.tags is not None]
        for line in learned:
            self._leave_out(line)
        return [*said, *(change.entry for change in changes), *notes]

    def _change(self, prepared: Prepared, origin: Origin) -> _Change:
        """Decide what becomes of a record, and find its tags where it becomes or changes an article."""
        match = self.catalogue.match(prepared)
        said = " ".join(prepared.warnings)
        if match.repeated:
            reason = "The same article came before in this import."
            return _Change(prepared, match, Entry(prepared.number, "unchanged", reason, prepared.place), match.article)
        known = match.article
        if known is not None and _is_summary_of(known, prepared):
            reason = "A summary of an article that is here in full."
            return _Change(prepared, match, Entry(prepared.number, "unchanged", reason, prepared.place), known)
        values = prepared.values if known is None else _merged(known, prepared)
        if known is not None and (_is_stored(known, prepared.source, values) or self._gave(origin, known)):
            return _Change(prepared, match, Entry(prepared.number, "unchanged", said, prepared.place), known)
        new_text = known is None or known.body_hash != prepared.text.hash
        article = known or Article()
        for name in _FIELDS:
            setattr(article, name, values[name])
        article.source = self._source(prepared.source)
        tags, reason = self._tags(article)
        outcome: Outcome = "updated" if known or match.again else "created"
        entry = Entry(prepared.number, outcome, " ".join(filter(None, (said, reason))), prepared.place)
        return _Change(prepared, match, entry, article, tags, new_text)

    def _gave(self, origin: Origin, article: Article) -> bool:
        """Tell an article that these very bytes gave in an earlier import: where it differs, an editor corrected it."""
        before = self.run is None or article.import_run_id != self.run.pk
        return before and article.original is not None and article.original.sha256 == origin.sha256

    def _source(self, name: str) -> Source:
        if self.run is None:
            return self.sources.find(name) or Source(name=name)
        return self.sources.get(name)

    def _tags(self, article: Article) -> tuple[Tags, str]:
        if self.gazetteer is None or self.run is None:
            return Tags(), ""
        try:
            return tags_of(article, self.gazetteer), ""
        except Exception as error:
            # Better an article without tags than none.
            logger.exception("Tagging %r failed", article.title)
            return Tags(), f"Imported without tags ({type(error).__name__})."

    def _place(self, changes: list[_Change]) -> None:
        """Group the articles with new texts; a new one that is nearly the same as others is reported as such."""
        placed = [change for change in changes if change.article and change.new_text]
        heads = self.copies.place([(change.article, change.prepared.text) for change in placed if change.article])
        for change, head in zip(placed, heads, strict=True):
            if head and change.entry.outcome == "created":
                said = change.entry.reason
                reason = f"Nearly the same text as {head}." + (f" {said}" if said else "")
                change.entry = Entry(change.entry.record, "copy", reason, change.entry.place)

    def _save(self, changes: list[_Change], origin: Origin) -> None:
        self._place(changes)
        written = [change for change in changes if change.article and change.tags is not None]
        for change in written:
            assert change.article is not None
            change.article.original = origin.file
            change.article.import_run = self.run
            change.article.updated_at = timezone.now()
        articles = [change.article for change in written if change.article is not None]
        new = [article for article in articles if article.pk is None]
        known = [article for article in articles if article.pk is not None]
        Article.objects.bulk_create(new)
        Article.objects.bulk_update(
            known, [*_FIELDS, "copy_group", "source", "original", "import_run", "updated_at"], batch_size=50
        )
        Identity.objects.bulk_create(
            [
                Identity(key=key, article_id=change.article.pk)
                for change in changes if change.article
                for key in change.match.keys
            ]
        )  # fmt: skip
        remember(change.prepared.text for change in written if change.new_text)
        if self.gazetteer is not None:
            write_tags([(change.article, change.tags) for change in written if change.article and change.tags])

    def _note(self, entries: list[tuple[Entry, Article | None]], origin: Origin) -> None:
        """Write a row of the run for every entry."""
        ImportEntry.objects.bulk_create(
            [
                ImportEntry(
                    run=self.run,
                    file=(entry.file or origin.name)[-500:],
                    path=origin.path[-1000:],
                    original=origin.whole,
                    record=entry.record,
                    place=entry.place[:100],
                    outcome=entry.outcome,
                    reason=entry.reason[:500],
                    article_id=article.pk if article else None,
                )
                for entry, article in entries
            ]
        )

    def _leave_out(self, line: Learned) -> None:
        """Keep a line that was learned, and take it out of the source's articles that came in with it."""
        source = self.sources.get(line.source)
        BoilerplateLine.objects.get_or_create(
            source=source, text=line.text, defaults={"articles": line.articles, "seen": line.seen}
        )
        having = Article.objects.filter(source=source, body__contains=line.text).order_by("pk")
        keys = list(having.values_list("pk", flat=True))
        for start in range(0, len(keys), _REWRITTEN):
            articles = list(having.filter(pk__in=keys[start : start + _REWRITTEN]).select_related("source"))
            self._rewrite([(article, stripped(article.body, [passage_key(line.text)])) for article in articles])

    def _rewrite(self, pairs: list[tuple[Article, str]]) -> None:
        """Give articles other bodies, with all that hangs on them."""
        changed = []
        for article, body in pairs:
            if body == article.body:
                continue
            text = Text(body)
            article.body, article.body_hash, article.updated_at = body, text.hash, timezone.now()
            if article.title_made:
                article.title = one_line(made_title(body), 500)
            changed.append((article, text, self._tags(article)[0]))
        if not changed:
            return
        with transaction.atomic():
            self.copies.place([(article, text) for article, text, _tags in changed])
            names = ["title", "body", "body_hash", "copy_group", "updated_at"]
            Article.objects.bulk_update([article for article, _text, _tags in changed], names, batch_size=50)
            remember(text for _article, text, _tags in changed)
            if self.gazetteer is not None:
                write_tags([(article, tags) for article, _text, tags in changed])
        self.changed += [article.pk for article, _text, _tags in changed]


def _is_summary_of(article: Article, prepared: Prepared) -> bool:
    return prepared.values["extent"] == Article.Extent.SUMMARY and article.extent != Article.Extent.SUMMARY


def _merged(article: Article, prepared: Prepared) -> dict[str, Any]:
    """Return what an article will be when a record of it comes again."""
    values = dict(prepared.values)
    for name in _KEPT_IF_SILENT:
        values[name] = values[name] or getattr(article, name)
    if article.date_kind == Article.DateKind.STATED and values["date_kind"] != Article.DateKind.STATED:
        for name in ("published_at", "date_precision", "date_kind"):
            values[name] = getattr(article, name)
    return values


def _is_stored(article: Article, source: str, values: dict[str, Any]) -> bool:
    return article.source.name == source and all(getattr(article, name) == values[name] for name in _FIELDS)
