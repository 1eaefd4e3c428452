"""Prepared records into the database: what each becomes is decided, tagged, grouped and written, a batch at a time.

All that takes long happens before the transaction, which is short.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from articles.enrichment import Tags
from articles.gazetteer.facts import Gazetteer
from articles.importing.boilerplate import Boilerplate
from articles.importing.catalogue import Catalogue, Match
from articles.importing.copies import Copies, forget_unused, remember
from articles.importing.merging import is_stored, is_summary_of, merged
from articles.importing.prepared import Prepared
from articles.importing.report import Entry, Outcome
from articles.importing.sources import Sources
from articles.importing.tagging import drop_tags, tags_if_possible, write_tags
from articles.models import Article, Identity, ImportEntry, ImportRun, Original, Source, Unindexed

FIELDS = (
    "url", "external_id", "title", "title_made", "body", "body_hash", "language", "published_at", "date_precision",
    "date_kind", "byline", "forwarded_from", "reply_to", "edited_at", "extent",
)  # fmt: skip
# One import at a time writes on PostgreSQL, as SQLite has it by itself: two would not see each other's near-copies.
_LOCK = "SELECT pg_advisory_xact_lock(7226, 1)"


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
    copy: bool = False


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
        changed, self.changed = list(dict.fromkeys(self.changed)), []
        return changed

    def write(self, batch: Sequence[Prepared], said: Sequence[Entry], origin: Origin) -> list[Entry]:
        """Write a batch of which no record needs another's, and what else is to be `said`; return all entries.

        Raises IntegrityError or DataError where the database refuses a record; then nothing of the batch is written.
        """
        self.catalogue.load(batch)
        matches = [(prepared, self.catalogue.match(prepared)) for prepared in batch]
        changes = [self._change(prepared, match, origin) for prepared, match in matches if prepared.wanted]
        if self.run is None:
            self._place(changes)
        else:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    connection.cursor().execute(_LOCK)
                self._save(changes, origin)
                self._note([(entry, None) for entry in said], origin)
                self._note([(change.entry, change.article) for change in changes], origin)
            # Not before it is committed: of a batch that is refused the next one must mark them again.
            self.catalogue.newly_shared.clear()
        for change in changes:
            # A story that many print, and one article in many wordings, says nothing of what recurs.
            if change.entry.outcome == "created" and not change.copy:
                self.boilerplate.note(change.prepared.source, change.prepared.body)
        return [*said, *(change.entry for change in changes)]

    def say(self, entries: Sequence[Entry], origin: Origin) -> None:
        """Write entries that stand for no record."""
        if self.run is not None and entries:
            self._note([(entry, None) for entry in entries], origin)

    def _change(self, prepared: Prepared, match: Match, origin: Origin) -> _Change:
        """Decide what becomes of a record, and find its tags where it becomes or changes an article."""
        said = " ".join(prepared.warnings)
        known = match.article
        reason = self._why_unchanged(prepared, match, origin)
        if reason is not None:
            text = " ".join(filter(None, (reason, said)))
            return _Change(prepared, match, Entry(prepared.number, "unchanged", text, prepared.place), known)
        values = prepared.values if known is None else merged(known, prepared)
        new_text = known is None or known.body_hash != prepared.text.hash
        article = known or Article()
        for name in FIELDS:
            setattr(article, name, values[name])
        if known is None or prepared.source_stated:
            article.source = self._source(prepared.source)
        tags, reason = tags_if_possible(article, self.gazetteer if self.run else None)
        outcome: Outcome = "updated" if known or match.again else "created"
        entry = Entry(prepared.number, outcome, " ".join(filter(None, (said, reason))), prepared.place)
        return _Change(prepared, match, entry, article, tags, new_text)

    def _why_unchanged(self, prepared: Prepared, match: Match, origin: Origin) -> str | None:
        """Return why a record changes nothing, "" where that needs no words; None for one that does."""
        known = match.article
        if match.repeated:
            return "The same article came before in this import."
        if known is None:
            return None
        if is_summary_of(known, prepared):
            return "A summary of an article that is here in full."
        if match.older:
            return "The article came with this text before and has another now."
        source = prepared.source if prepared.source_stated else known.source.name
        if is_stored(known, source, merged(known, prepared), FIELDS) or self._gave(origin, known, match):
            return ""
        return None

    def _gave(self, origin: Origin, article: Article, match: Match) -> bool:
        """Tell an article that these very bytes gave in an earlier import: where it differs, an editor corrected it."""
        before = self.run is None or article.import_run_id != self.run.pk
        new_text = any(key == match.text_key for key in match.keys)
        return before and not new_text and article.original is not None and article.original.sha256 == origin.sha256

    def _source(self, name: str) -> Source:
        if self.run is None:
            return self.sources.find(name) or Source(name=name)
        return self.sources.get(name)

    def _place(self, changes: list[_Change]) -> None:
        """Group the articles with new texts; a new one that is nearly the same as others is reported as such."""
        placed = [change for change in changes if change.article and change.new_text]
        heads = self.copies.place([(change.article, change.prepared.text) for change in placed if change.article])
        for change, head in zip(placed, heads, strict=True):
            change.copy = head is not None
            if head and change.entry.outcome == "created":
                said = change.entry.reason
                reason = f"Nearly the same text as {head}." + (f" {said}" if said else "")
                change.entry = Entry(change.entry.record, "copy", reason, change.entry.place)

    def _save(self, changes: list[_Change], origin: Origin) -> None:
        written = [change for change in changes if change.article and change.tags is not None]
        replaced = self._texts_of(change.article for change in written if change.new_text)
        self._place(changes)
        articles = [change.article for change in written if change.article is not None]
        for article in articles:
            article.original = origin.file
            article.import_run = self.run
            article.updated_at = timezone.now()
        self._write(written)
        self._identify(changes)
        remember(change.prepared.text for change in written if change.new_text)
        forget_unused(replaced)
        if self.gazetteer is not None:
            write_tags([(change.article, change.tags) for change in written if change.article and change.tags])
        else:
            if replaced:
                drop_tags([change.article for change in written if change.article and change.new_text])
            # Whatever changed may change tags: a later run of tagging must find them.
            keys = [article.pk for article in articles]
            Article.objects.filter(pk__in=keys).exclude(tagged_with="").update(tagged_with="")
        moved = [*self.copies.take_moved(), *(article.pk for article in articles)]
        Unindexed.objects.mark(moved)
        self.changed += moved

    @staticmethod
    def _write(written: list[_Change]) -> None:
        pairs = [(change.article, change.new_text) for change in written if change.article is not None]
        new = [article for article, _new_text in pairs if article.pk is None]
        rewritten = [article for article, new_text in pairs if article.pk is not None and new_text]
        others = [article for article, new_text in pairs if article.pk is not None and not new_text]
        names = [*FIELDS, "source", "original", "import_run", "updated_at"]
        Article.objects.bulk_create(new)
        Article.objects.bulk_update(rewritten, [*names, "copy_group"], batch_size=50)
        # The group of an article whose text stays may have been joined to another meanwhile.
        Article.objects.bulk_update(others, names, batch_size=50)

    @staticmethod
    def _texts_of(articles: Iterable[Article | None]) -> list[str]:
        keys = [article.pk for article in articles if article and article.pk]
        return list(Article.objects.filter(pk__in=keys).values_list("body_hash", flat=True)) if keys else []

    def _identify(self, changes: list[_Change]) -> None:
        """Store by what the articles are known from now on."""
        rows: dict[str, Identity] = {}
        texts: dict[str, Identity] = {}
        for change in changes:
            if change.article is not None:
                for key in change.match.keys:
                    kind = texts if key == change.match.text_key else rows
                    kind.setdefault(key, Identity(key=key, article_id=change.article.pk))
        # In one order, so that two imports never wait for each other. Equal texts may be known by other keys as well.
        Identity.objects.bulk_create([rows[key] for key in sorted(rows)])
        Identity.objects.bulk_create([texts[key] for key in sorted(texts)], ignore_conflicts=True)
        if self.catalogue.newly_shared:
            Identity.objects.filter(key__in=self.catalogue.newly_shared).update(shared=True)

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
