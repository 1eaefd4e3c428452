"""Known already? Finds the article that a record belongs to, among those of the database and of this import.

A record is known by its id within its source, else by its address, else by its text. An id or address under which a
clearly different text stands in the same import identifies neither: files number their rows anew, pages name their
site's front page as their own address.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.importing.identity import content_key
from articles.importing.prepared import Prepared
from articles.importing.sketches import SAME_ARTICLE, Text, likeness
from articles.models import Article, Identity


@dataclass(frozen=True)
class Match:
    """Where a record goes: to `article`, None for a new one, which `keys` will lead to from now on.

    `repeated`: this import has had the same text under the same key. `again`: it has had another wording of it; in a
    dry run no article is there to show for it.
    """

    keys: tuple[str, ...]
    article: Article | None = None
    repeated: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Claim:
    """That a record of this import stands under a key: with what text, under what address."""

    content: str
    sample: bytes
    source: str
    id_key: str
    url_key: str


@dataclass
class Catalogue:
    """What this import has met so far. Ask with `match` in the order of the records, after `load` of their batch.

    No two records of a batch may share a key (see `batches`): what the first becomes must be stored before the second.
    """

    _claims: dict[str, _Claim] = field(default_factory=dict)
    _spoiled: set[str] = field(default_factory=set)
    _known: dict[str, Article] = field(default_factory=dict)

    def load(self, batch: Sequence[Prepared]) -> None:
        """Read what the database knows under the keys of a batch."""
        keys = [key for prepared in batch for key in _all_keys(prepared)]
        rows = Identity.objects.filter(key__in=keys).select_related("article__source", "article__original")
        self._known = {row.key: row.article for row in rows}

    def match(self, prepared: Prepared) -> Match:
        """Return where a record goes, and remember that it went there."""
        keys = tuple(key for key in (prepared.keys.id, prepared.keys.url) if key and self._holds(key, prepared))
        keys = keys or (prepared.keys.text,)
        claims = [self._claims[key] for key in keys if key in self._claims]
        article = self._chosen(keys, prepared)
        repeated = any(claim.content == prepared.content for claim in claims)
        if not repeated:
            claim = _Claim(prepared.content, prepared.text.sample, prepared.source, prepared.keys.id, prepared.keys.url)
            self._claims.update(dict.fromkeys(keys, claim))
        new_keys = tuple(key for key in keys if key not in self._known)
        return Match(new_keys, article, repeated=repeated, again=bool(claims) and not repeated)

    def forget(self, batch: Iterable[Prepared]) -> None:
        """Take back what `match` remembered of a batch: it could not be written and will be asked again."""
        for prepared in batch:
            for key in _all_keys(prepared):
                claim = self._claims.get(key)
                if claim and claim.content == prepared.content:
                    del self._claims[key]

    def _holds(self, key: str, prepared: Prepared) -> bool:
        """Tell whether an id or address identifies this record."""
        claim, article = self._claims.get(key), self._known.get(key)
        by_id = key == prepared.keys.id
        if not by_id and _is_numbered_apart(claim, article, prepared):
            return False
        if claim is not None and claim.content == prepared.content:
            return True
        if claim is not None and _is_another(claim, prepared, by_id=by_id):
            self._spoiled.add(key)
        return key not in self._spoiled

    def _chosen(self, keys: tuple[str, ...], prepared: Prepared) -> Article | None:
        """Return the article that a record belongs to; of several that its keys lead to an equal or alike one."""
        articles = list({self._known[key].pk: self._known[key] for key in keys if key in self._known}.values())
        if len(articles) < 2:
            return articles[0] if articles else None
        for article in articles:
            if _content(article) == prepared.content:
                return article
        alike = (each for each in articles if likeness(Text(each.body).sample, prepared.text.sample) >= SAME_ARTICLE)
        return next(alike, articles[0])


def batches(records: Sequence[Prepared]) -> list[list[Prepared]]:
    """Return the records in as few batches as may be, in their order, so that no two of a batch share a key."""
    parts: list[list[Prepared]] = [[]]
    taken: set[str] = set()
    for prepared in records:
        keys = _all_keys(prepared)
        if taken.intersection(keys):
            parts.append([])
            taken.clear()
        parts[-1].append(prepared)
        taken.update(keys)
    return parts


def _all_keys(prepared: Prepared) -> list[str]:
    return [key for key in (prepared.keys.id, prepared.keys.url, prepared.keys.text) if key]


def _is_another(claim: _Claim, prepared: Prepared, *, by_id: bool) -> bool:
    """Tell two articles under one key from two wordings of one: by their texts, or by addresses under a shared id."""
    if by_id and claim.url_key and prepared.keys.url and claim.url_key != prepared.keys.url:
        return True
    return likeness(claim.sample, prepared.text.sample) < SAME_ARTICLE


def _is_numbered_apart(claim: _Claim | None, article: Article | None, prepared: Prepared) -> bool:
    """Tell that the same source numbers what else stands under an address as another article than the record."""
    if not prepared.keys.id:
        return False
    if claim is not None:
        return bool(claim.id_key) and claim.source == prepared.source and claim.id_key != prepared.keys.id
    return (
        article is not None
        and bool(article.external_id)
        and article.external_id != prepared.values["external_id"]
        and article.source.name == prepared.source
    )


def _content(article: Article) -> str:
    return content_key("" if article.title_made else article.title, Text(article.body))
