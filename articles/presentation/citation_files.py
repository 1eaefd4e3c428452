"""A citation in the formats of reference managers: BibTeX (for biblatex and biber, in UTF-8), RIS, CSL-JSON.

Names are given as they stand, never cut into first and last ones: a byline may name several people, or a desk.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.presentation.citations import Citation, language_in_english

# BibTeX counts braces even behind a backslash: those of a text must have none.
_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_BIBTEX_SIGN = re.compile("[" + "".join(map(re.escape, _BIBTEX_SIGNS)) + "]")
# What would end a field, or be read as a command, in an address.
_UNSAFE_IN_ADDRESSES = re.compile(r"[{}\\\"<>^`|]")
_BIBTEX_TYPES = {"news article": "article", "web page": "online", "post": "online"}
_RIS_TYPES = {"news article": "NEWS", "web page": "ELEC", "post": "ICOMM"}
_CSL_TYPES = {"news article": "article-newspaper", "web page": "webpage", "post": "post"}


def bibtex(cited: Citation) -> str:
    """Return a BibTeX entry. A date that is not certain ends in "?", as biblatex has it from ISO 8601-2."""
    fields = {
        "author": _kept(cited.credited),
        "title": _kept(cited.title),
        "journal" if cited.kind == "news article" else "organization": _kept(cited.source),
        "date": f"{cited.iso_date}?" if cited.inferred else cited.iso_date,
        "language": language_in_english(cited.language).lower(),
        "url": _safe_address(cited.address),
        "urldate": cited.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value not in ("", "?")]
    return "\n".join([f"@{_BIBTEX_TYPES[cited.kind]}{{{cited.key},", *lines, "}", ""])


def _kept(text: str) -> str:
    """Return a text escaped, in braces that keep its capitals and its commas, and "and", as they are."""
    return "{" + _BIBTEX_SIGN.sub(lambda match: _BIBTEX_SIGNS[match.group()], text) + "}"


def _safe_address(address: str) -> str:
    return _UNSAFE_IN_ADDRESSES.sub(lambda match: f"%{ord(match.group()):02X}", address)


def ris(cited: Citation) -> str:
    """Return a RIS record. The format has no sign for a date that is not certain: a note (N1) says so."""
    year, month, day = (*cited.iso_date.split("-"), "", "")[:3]
    lines = [
        ("TY", _RIS_TYPES[cited.kind]),
        ("ID", cited.key),
        ("AU", cited.credited),
        ("TI", cited.title),
        ("T2", cited.source),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if year else ""),
        ("N1", "The date is inferred from the text." if cited.inferred and year else ""),
        ("LA", cited.language),
        ("UR", _safe_address(cited.address)),
        ("Y2", f"{cited.accessed:%Y/%m/%d}/"),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*lines, ("ER", "")] if value or tag == "ER")


def csl_json(cited: Citation) -> str:
    """Return CSL-JSON, a list of one item. A date that is not certain is `circa`."""
    item: dict[str, object] = {
        "id": cited.key,
        "type": _CSL_TYPES[cited.kind],
        "title": cited.title,
        "author": [{"literal": cited.credited}],
        "container-title": cited.source,
        "language": cited.language,
        "URL": cited.address,
        "accessed": {"date-parts": [[cited.accessed.year, cited.accessed.month, cited.accessed.day]]},
    }
    if cited.date:
        item["issued"] = {"date-parts": [list(cited.date)]} | ({"circa": True} if cited.inferred else {})
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class Format:
    """A format to take a citation away in: its name, the ending of its files, their type, and what writes them."""

    name: str
    ending: str
    content_type: str
    write: Callable[[Citation], str]


FORMATS = {
    form.ending: form
    for form in (
        Format("BibTeX", "bib", "application/x-bibtex", bibtex),
        Format("RIS", "ris", "application/x-research-info-systems", ris),
        Format("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl_json),
    )
}
