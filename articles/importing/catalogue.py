"""Known already? Finds the article that a record belongs to, among those of the database and of this import."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from articles.importing.duplicates import SAME_ARTICLE, content_key, numbered, similarity
from articles.importing.prepared import Prepared
from articles.models import Article

# So much of a text is compared to tell whether it is a new wording of another; more is not kept in memory.
_COMPARED = 20_000


@dataclass
class Match:
    """Where a record goes: to `article` (None: a new one) under `identity`. `repeated`: this import has it already."""

    identity: str
    article: Article | None = None
    repeated: bool = False


@dataclass
class _Claim:
    """That a record of this import stands under an identity: in which file, with what text."""

    file: int
    content: str
    external_id: str
    body: str


@dataclass
class Catalogue:
    """What this import has met so far. Ask with `match` in the order of the records, after `load` of their batch."""

    file: int = 0
    _claims: dict[str, dict[str, _Claim]] = field(default_factory=lambda: defaultdict(dict))
    _families: dict[str, dict[str, Article]] = field(default_factory=dict)
    _by_text: dict[str, list[Article]] = field(default_factory=dict)

    def next_file(self) -> None:
        """Say that the records from now on come from another file."""
        self.file += 1

    def load(self, batch: Sequence[Prepared], *, thorough: bool = False) -> None:
        """Read what the database knows under the identities of a batch: one query, a few more where they are shared.

        `thorough` looks for all articles under every identity: for records that could not be stored at first.
        """
        bases = {each.base for each in batch}
        first = {numbered(base, number): base for base in bases for number in (1, 2)}
        self._families = {base: {} for base in bases}
        for article in _stored(identity__in=list(first)):
            self._families[first[article.identity]][article.identity] = article
        for base in bases if thorough else self._crowded(batch):
            for article in _stored(identity__startswith=f"{base}-"):
                self._families[base][article.identity] = article
        self._load_texts(batch)

    def _crowded(self, batch: Sequence[Prepared]) -> set[str]:
        """Return the bases under which more may stand than the first article, which is not the record's."""
        return {
            each.base
            for each in batch
            if (family := self._families[each.base]) and not _is_stored_as(next(iter(family.values())), each)
        }

    def _load_texts(self, batch: Sequence[Prepared]) -> None:
        hashes = [str(each.values["body_hash"]) for each in batch if not each.keyed and not self._families[each.base]]
        self._by_text = defaultdict(list)
        if hashes:
            for article in _stored(body_hash__in=hashes):
                self._by_text[article.body_hash].append(article)

    def match(self, prepared: Prepared) -> Match:
        """Return where a record goes, and remember that it went there."""
        claims = self._claims[prepared.base]
        family = self._families.get(prepared.base, {})
        match = self._match(prepared, claims, family)
        if match.identity not in claims or not match.repeated:
            claims[match.identity] = _Claim(
                self.file, prepared.content, str(prepared.values["external_id"]), prepared.body[:_COMPARED]
            )
        return match

    def forget(self, batch: Sequence[Prepared]) -> None:
        """Take back what `match` remembered of a batch: it could not be written and will be asked again."""
        for prepared in batch:
            claims = self._claims[prepared.base]
            for identity, claim in list(claims.items()):
                if claim.file == self.file and claim.content == prepared.content:
                    del claims[identity]

    def _match(self, prepared: Prepared, claims: dict[str, _Claim], family: dict[str, Article]) -> Match:
        for identity, claim in claims.items():
            if claim.content == prepared.content and not _other_id(claim.external_id, prepared):
                # Under a claim of an earlier file without an article nothing was written: a dry run.
                return Match(identity, family.get(identity), repeated=claim.file == self.file or identity not in family)
        for identity, article in family.items():
            if identity not in claims and _is_stored_as(article, prepared):
                return Match(identity, article)
        for article in self._by_text.get(str(prepared.values["body_hash"]), ()):
            if _is_same_text(article, prepared):
                return Match(article.identity, article)
        for identity, article in family.items():
            if self._is_correction(prepared, article, claims.get(identity), alone=len(family) == 1):
                return Match(identity, article)
        return Match(_free(prepared.base, {*claims, *family}))

    def _is_correction(self, prepared: Prepared, article: Article, claim: _Claim | None, *, alone: bool) -> bool:
        """Tell a new wording of an article from another article under the same address, id or file name."""
        if _other_id(article.external_id, prepared) or (claim and claim.file == self.file):
            return False
        if claim is None and alone and prepared.keyed:
            return True
        return similarity(prepared.body, claim.body if claim else article.body) >= SAME_ARTICLE


def _stored(**conditions: object) -> QuerySet[Article]:
    return Article.objects.filter(**conditions).select_related("source", "original").order_by("pk")


def _other_id(external_id: str, prepared: Prepared) -> bool:
    """Tell two records that the file itself numbers as two."""
    return bool(external_id and prepared.values["external_id"] and external_id != prepared.values["external_id"])


def _is_stored_as(article: Article, prepared: Prepared) -> bool:
    return _content(article) == prepared.content and not _other_id(article.external_id, prepared)


def _content(article: Article) -> str:
    return content_key("" if article.title_made else article.title, article.body)


def _is_same_text(article: Article, prepared: Prepared) -> bool:
    """Tell a text that came in before under another file's name."""
    return (
        not article.url
        and not article.external_id
        and _content(article) == prepared.content
        and article.source.name == prepared.source
        and article.published_at == prepared.values["published_at"]
    )


def _free(base: str, taken: set[str]) -> str:
    number = 1
    while numbered(base, number) in taken:
        number += 1
    return numbered(base, number)
