"""The same article again: what identifies a record, and how alike two texts are. No database.

A record is known again by its address, by its id, or by the file it lies in (see `base_identity`). Several records of
one file may share an address or an id and still be different articles: then they are numbered in the order of their
coming.
"""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from articles.importing.records import ArticleRecord, ImportFile

# Parameters that say how somebody came to a page, not which page it is.
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|dclid|msclkid|igshid|mc_[ce]id|_ga|ref_src|ref_url|cmpid|amp)$")
_WORD = re.compile(r"\w+")
# Less alike than this, two texts are two articles, whatever address they share.
SAME_ARTICLE = 0.5


def canonical_url(url: str) -> str:
    """Return an address as it is compared: no scheme, fragment or tracking. Empty for a site's root and no address."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in ("http", "https") or not host:
        return url.strip()
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])])
    path = parts.path.rstrip("/")
    if not path and not query:
        return ""
    return urlunsplit(("", host + port, path, query, "")).lstrip("/")


def body_hash(body: str) -> str:
    """Return the hash of a body as it is compared: its words in lower case, or the text itself where it has none."""
    words = " ".join(_WORD.findall(body.casefold())) or body
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def content_key(title: str, body: str) -> str:
    """Return what makes two records of one identity the same text: title and body, as compared."""
    words = " ".join(_WORD.findall(title.casefold())) or title
    return hashlib.sha256(f"{words}\n{body_hash(body)}".encode("utf-8", "replace")).hexdigest()


def base_identity(record: ArticleRecord, file: ImportFile) -> str:
    """Return what a record is known by, before numbering, as 48 hexadecimal digits:

    its address; else its id within its source (within the file where it names no source); else its file's name and
    folder with the record's own key. A row of a table without address and id is known by its title, or its text.
    """
    url = canonical_url(record.url)
    if url:
        parts = ["url", url]
    elif record.external_id:
        parts = ["id", record.source or f"{file.folder}/{file.name}", record.external_id]
    else:
        key = record.key
        if key.strip() == "row":
            moment = record.date.moment.isoformat() if record.date.moment else ""
            key = f"row {record.title or body_hash(record.body)} {moment}"
        parts = ["file", f"{file.folder}/{file.name}", key]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:48]


def numbered(base: str, number: int) -> str:
    """Return the identity of the n-th article that shares a base identity."""
    return f"{base}-{number}"


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1: the share of their words that both have (Jaccard)."""
    first, second = (set(_WORD.findall(text.casefold())) for text in (one, other))
    if not first and not second:
        return 1.0
    return len(first & second) / len(first | second)
