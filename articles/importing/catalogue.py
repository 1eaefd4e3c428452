"""Known already? Finds the article that a record belongs to, among those of the database and of this import."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.importing.duplicates import SAME_ARTICLE, content_key, numbered, similarity
from articles.importing.prepared import Prepared
from articles.models import Article


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

    def load(self, batch: Sequence[Prepared]) -> None:
        """Read what the database knows under the identities of a batch: one query, a few more where they are shared."""
        first = {numbered(prepared.base, 1): prepared.base for prepared in batch}
        self._families = {base: {} for base in first.values()}
        for article in Article.objects.filter(identity__in=list(first)).select_related("source", "original"):
            self._families[first[article.identity]][article.identity] = article
        crowded = {
            prepared.base
            for prepared in batch
            if (only := self._families[prepared.base].get(numbered(prepared.base, 1)))
            and _content(only) != prepared.content
        }
        for base in crowded:
            for article in Article.objects.filter(identity__startswith=f"{base}-").select_related("source", "original"):
                self._families[base][article.identity] = article
        self._load_texts(batch)

    def _load_texts(self, batch: Sequence[Prepared]) -> None:
        hashes = [str(each.values["body_hash"]) for each in batch if not each.keyed and not self._families[each.base]]
        self._by_text = defaultdict(list)
        if hashes:
            for article in Article.objects.filter(body_hash__in=hashes).select_related("source", "original"):
                self._by_text[article.body_hash].append(article)

    def match(self, prepared: Prepared) -> Match:
        """Return where a record goes, and remember that it went there."""
        claims = self._claims[prepared.base]
        family = self._families.get(prepared.base, {})
        match = self._match(prepared, claims, family)
        if match.identity not in claims or not match.repeated:
            claims[match.identity] = _Claim(self.file, prepared.content, prepared.body[:20_000])
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
            if claim.content == prepared.content:
                # Under a claim of an earlier file without an article nothing was written: a dry run.
                return Match(identity, family.get(identity), repeated=claim.file == self.file or identity not in family)
        for identity, article in family.items():
            if _content(article) == prepared.content and identity not in claims:
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
        other_id = (
            article.external_id
            and prepared.values["external_id"]
            and article.external_id != prepared.values["external_id"]
        )
        if other_id or (claim and claim.file == self.file):
            return False
        if claim is None and alone and prepared.keyed:
            return True
        return similarity(prepared.body, claim.body if claim else article.body) >= SAME_ARTICLE


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
