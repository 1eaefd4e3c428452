"""The XML of a feed made safe for a parser: decoded, its DOCTYPE gone. A feed that declares entities is refused.

Entities may grow without end ("billion laughs") or fetch files and addresses; no feed needs any of its own.
"""

import re

from articles.importing.readers.decoding import decode, text_of
from articles.importing.records import ImportFile, UnreadableFile

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
# What may stand before the first element, and the sections in which `<!` declares nothing. Each ends at the end of the
# text where it is not closed, as for a parser.
_ASIDE = r"<\?.*?(?:\?>|\Z)|<!--.*?(?:-->|\Z)"
_PROLOG = re.compile(rf"\ufeff?(?:\s+|{_ASIDE}|<!DOCTYPE[^\[<>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(
    rf"(?P<section><!\[CDATA\[.*?(?:\]\]>|\Z))|(?P<aside>{_ASIDE})|(?P<plain><!DOCTYPE[^\[\]<>]*>)|<!(?:DOCTYPE|ENTITY)",
    re.DOTALL | re.IGNORECASE,
)
_ELEMENT = re.compile(r"<\w")
# Of elements that feedparser does not know it gives the attributes or the text: here the text is wanted.
_FULL_TEXT = re.compile(r"<([\w.-]{1,40}:full-?text|turbo:content)\s[^<>]{1,500}(?<!/)>", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|RDF|feed)\b")
# RSS 0.90 and 1.0 in RDF; Atom 0.3 and 1.0.
_NAMESPACES = {
    "RDF": ("http://purl.org/rss/", "http://my.netscape.com/rdf/", "http://channel.netscape.com/rdf/"),
    "feed": ("http://www.w3.org/2005/Atom", "http://purl.org/atom/"),
}


def is_feed(head: bytes) -> bool:
    """Tell a feed by its first element, and its namespace where other documents begin with the same one."""
    start = decode(head, _charset(head))
    root = _ROOT.match(start, _end_of_prolog(start))
    if root is None:
        return False
    namespaces = _NAMESPACES.get(root.group(1))
    return namespaces is None or any(namespace in start for namespace in namespaces)


def feed_xml(file: ImportFile) -> str:
    """Return the text of a feed from its first element on, without comments and processing instructions.

    Raises UnreadableFile where the file is empty, binary or too large, or declares entities.
    """
    text = _DECLARATION.sub(_without_declaration, text_of(file, _charset(file.head)))
    text = _FULL_TEXT.sub(r"<\1>", text)
    # Blank lines or a program's warnings above the feed.
    root = _ELEMENT.search(text)
    return text[root.start() :] if root else ""


def _without_declaration(match: re.Match[str]) -> str:
    if match["section"] is not None:
        return match["section"]
    if match["aside"] is not None or match["plain"] is not None:
        return ""
    raise UnreadableFile("The feed declares entities of its own. Such files can be made to do harm and are not read.")


def _charset(head: bytes) -> str:
    declared = _DECLARED.search(head[:1000])
    return declared.group(1).decode("ascii") if declared else ""


def _end_of_prolog(text: str) -> int:
    prolog = _PROLOG.match(text)
    return prolog.end() if prolog else 0
