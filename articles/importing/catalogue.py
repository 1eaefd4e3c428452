"""Known already? Finds the article that a record belongs to, among those of the database and of this import.

A record is known by its id within its source, else by its address, else by its source, title and text. An id or
address under which clearly different texts stand identifies nothing from then on: files number their rows anew, pages
name their site's front page as their own address. Whatever text an article ever came with leads back to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.importing.identity import canonical_url, content_key
from articles.importing.prepared import Prepared
from articles.importing.sketches import SAME_ARTICLE, Text, likeness
from articles.models import Article, Identity

_SUMMARY = Article.Extent.SUMMARY
_STATED = Article.DateKind.STATED
_A_DAY = 86_400


@dataclass(frozen=True)
class Match:
    """Where a record goes: to `article`, None for a new one, which `keys` will lead to from now on.

    `repeated`: this import has had the same text under the same key. `again`: it has had another wording of it; in a
    dry run no article is there to show for it. `older`: the article came with this very text before, and has another
    now.
    """

    keys: tuple[str, ...]
    text_key: str
    article: Article | None = None
    repeated: bool = False
    again: bool = False
    older: bool = False


@dataclass(frozen=True, slots=True)
class _Claim:
    """That a record of this import stands under a key: with what text, under what id and address."""

    content: bytes
    sample: bytes
    source: str
    id_key: str
    url_key: str
    summary: bool


@dataclass
class Catalogue:
    """What this import has met so far. Ask with `match` in the order of the records, after `load` of their batch.

    No two records of a batch may share a key that they are known by (see `batches`): what the first becomes must be
    stored before the second.
    """

    # Keys that turned out to identify nothing and are not yet marked so in the database.
    newly_shared: set[str] = field(default_factory=set)
    _claims: dict[str, _Claim] = field(default_factory=dict)
    _shared: set[str] = field(default_factory=set)
    _known: dict[str, Article] = field(default_factory=dict)

    def load(self, batch: Sequence[Prepared]) -> None:
        """Read what the database knows under the keys of a batch; each article is one object, whatever leads to it."""
        keys = [key for prepared in batch for key in _all_keys(prepared)]
        self._known = {}
        articles: dict[int, Article] = {}
        for row in Identity.objects.filter(key__in=keys).select_related("article__source", "article__original"):
            self._known[row.key] = articles.setdefault(row.article_id, row.article)
            if row.shared:
                self._shared.add(row.key)

    def match(self, prepared: Prepared) -> Match:
        """Return where a record goes, and remember that it went there."""
        text = prepared.keys.text
        strong = tuple(key for key in (prepared.keys.id, prepared.keys.url) if key and self._holds(key, prepared))
        by_text = self._known.get(text)
        if by_text is not None and _is_known_apart(by_text, prepared):
            by_text = None
        article = by_text or next((self._known[key] for key in strong if key in self._known), None)
        keys = (*strong, text)
        claims = [self._claims[key] for key in (strong or (text,)) if key in self._claims]
        repeated = any(claim.content == _digest(prepared) for claim in claims)
        claim = _claim(prepared)
        for key in keys:
            if repeated:
                self._claims.setdefault(key, claim)
            else:
                self._claims[key] = claim
        new_keys = tuple(key for key in keys if key not in self._known)
        older = article is not None and article is by_text and _content(article) != prepared.stored_content
        return Match(new_keys, text, article, repeated=repeated, again=bool(claims) and not repeated, older=older)

    def forget(self, batch: Iterable[Prepared]) -> None:
        """Take back what `match` remembered of a batch: it could not be written and will be asked again."""
        for prepared in batch:
            for key in _all_keys(prepared):
                claim = self._claims.get(key)
                if claim and claim.content == _digest(prepared):
                    del self._claims[key]

    def _holds(self, key: str, prepared: Prepared) -> bool:
        """Tell whether an id or address identifies this record."""
        claim, article = self._claims.get(key), self._known.get(key)
        by_id = key == prepared.keys.id
        if not by_id and _is_numbered_apart(claim, article, prepared):
            return False
        if claim is not None and claim.content == _digest(prepared):
            return True
        if key not in self._shared and (
            _is_another(claim, prepared, by_id=by_id)
            if claim is not None
            else article is not None and _was_another(article, prepared, by_id=by_id)
        ):
            self._shared.add(key)
            self.newly_shared.add(key)
        return key not in self._shared


def batches(records: Sequence[Prepared]) -> list[list[Prepared]]:
    """Return the records in as few batches as may be, in their order, so that no record of a batch needs another's."""
    parts: list[list[Prepared]] = [[]]
    strong: set[str] = set()
    texts: dict[str, bool] = {}
    for prepared in records:
        keys = {prepared.keys.id, prepared.keys.url} - {""}
        text = prepared.keys.text
        # Equal texts under ids of their own have nothing to do with each other.
        if strong & keys or (text in texts and (not keys or not texts[text])):
            parts.append([])
            strong.clear()
            texts.clear()
        parts[-1].append(prepared)
        strong |= keys
        texts[text] = bool(keys) and texts.get(text, True)
    return parts


def _all_keys(prepared: Prepared) -> list[str]:
    return [key for key in (prepared.keys.id, prepared.keys.url, prepared.keys.text) if key]


def _digest(prepared: Prepared) -> bytes:
    return bytes.fromhex(prepared.content)[:16]


def _claim(prepared: Prepared) -> _Claim:
    return _Claim(
        content=_digest(prepared),
        sample=prepared.text.sample,
        source=prepared.source,
        id_key=prepared.keys.id,
        url_key=prepared.keys.url,
        summary=prepared.values["extent"] == _SUMMARY,
    )


def _is_another(claim: _Claim, prepared: Prepared, *, by_id: bool) -> bool:
    """Tell two articles under one key from two wordings of one: by their texts, or by addresses under a shared id."""
    if claim.summary != (prepared.values["extent"] == _SUMMARY):
        return False
    if by_id and claim.url_key and prepared.keys.url and claim.url_key != prepared.keys.url:
        return True
    return likeness(claim.sample, prepared.text.sample) < SAME_ARTICLE


def _was_another(article: Article, prepared: Prepared, *, by_id: bool) -> bool:
    """Tell that what an earlier import stored under a key is another article and not an earlier wording.

    A text may be rewritten from end to end. With another day of publication it is another article, and at one address
    with another title too.
    """
    values = prepared.values
    if (article.extent == _SUMMARY) != (values["extent"] == _SUMMARY):
        return False
    titled = not article.title_made and not values["title_made"]
    same_title = titled and article.title.casefold() == values["title"].casefold()
    if article.date_kind == _STATED and values["date_kind"] == _STATED:
        apart = abs((article.published_at - values["published_at"]).total_seconds()) >= _A_DAY and not same_title
    else:
        apart = titled and not same_title and not by_id
    return apart and likeness(Text(article.body).sample, prepared.text.sample) < SAME_ARTICLE


def _is_numbered_apart(claim: _Claim | None, article: Article | None, prepared: Prepared) -> bool:
    """Tell that the same source numbers what else stands under a key as another article than the record."""
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


def _is_known_apart(article: Article, prepared: Prepared) -> bool:
    """Tell an article with the same text that goes by another id or another address than the record."""
    address, other = canonical_url(article.url), canonical_url(prepared.values["url"])
    return _is_numbered_apart(None, article, prepared) or bool(address and other and address != other)


def _content(article: Article) -> str:
    return content_key("" if article.title_made else article.title, Text(article.body))
