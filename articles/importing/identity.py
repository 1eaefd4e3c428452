"""What a record is known by when it comes again: its id within its source, its address, else its text. No database."""

import contextlib
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from articles.importing.sketches import Text

# Parameters that say how somebody came to a page, not which page it is.
_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|dclid|msclkid|igshid|mc_[ce]id|_ga|ref_src|ref_url|cmpid|amp)$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Keys:
    """The keys of a record, 40 hexadecimal digits each; empty where it has no such thing. `text` is always there."""

    id: str
    url: str
    text: str


def keys_of(source: str, external_id: str, url: str, content: str) -> Keys:
    """Return the keys of a record: `source` is a source's name, `content` what `content_key` says of its text."""
    address = canonical_url(url)
    return Keys(
        id=_key("id", source, external_id) if external_id else "",
        url=_key("url", address) if address else "",
        text=_key("text", source, content),
    )


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:40]


def content_key(title: str, body: Text) -> str:
    """Return what makes two records the same text: title and body as compared, as hexadecimal digits."""
    words = " ".join(_WORD.findall(title.casefold())) or title
    return hashlib.sha256(f"{words}\n{body.hash}".encode("utf-8", "replace")).hexdigest()


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
    # The same address in letters and in percent signs, as Arabic and Russian sites have it.
    path = unicodedata.normalize("NFC", unquote(parts.path)).rstrip("/")
    with contextlib.suppress(UnicodeError):
        host = host.encode("idna").decode()
    if not path and not query:
        return ""
    return urlunsplit(("", host + port, path, query, "")).lstrip("/")
