"""The marked passages of an article for a page: safe HTML with nothing but `<mark>` and `<bdi>` in it."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.search.snippets.finding import Match
from articles.search.snippets.marking import Marker, Span
from articles.search.snippets.passages import passages
from articles.text.clusters import cluster_end, cluster_start

# Never shown: embeddings, overrides and isolates, which would reach over a passage's end; controls; halves of
# characters.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What stands for <mark> and </mark> until the text is escaped; no text has them then.
_OPEN, _CLOSE = "\u2066", "\u2069"
# A paragraph ends without a full stop, as headings and list entries do.
_OPEN_ENDED = re.compile(r"(?<=[^\s.!?؟…。۔:;,،])[^\S\n]*\n[^\S\n]*\n\s*")
_SPACE = re.compile(r"\s+")
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
_RIGHT_TO_LEFT_LETTERS = re.compile(
    "[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]+"
)
# So much of a text's beginning says which way it is written.
_SAMPLE = 500
_TITLE_WITHIN = 250


def article_snippet(article: Article, marker: Marker) -> SafeString:
    """Return the passages of an article that show most of a search, marked."""
    opening = _end_of_title(article.title, article.body) if article.title_made else 0
    return snippet(article.body, marker.matches_in(article, "body"), opening)


def snippet(text: str, matches: Sequence[Match], opening: int = 0) -> SafeString:
    """Return up to three passages of `text` around `matches`, marked; its beginning without any.

    Its first `opening` characters are in the title already. Where there are several passages, each is isolated from
    the others by `<bdi>`. What is inserted (`…`, `·`, direction marks) lets a text in any direction be read in its
    own: the whole is meant for an element with dir="auto", which looks for the first letter outside of `<bdi>`.
    """
    spans = [(match.start, match.end) for match in matches]
    fragments = passages(text, matches, opening)
    if not fragments:
        return SafeString()
    direction = _direction(text)
    shown = [_shown(text, spans, start, end, direction) for start, end in fragments]
    before = "… " if text[: fragments[0][0]].strip() else ""
    after = " …" if text[fragments[-1][1] :].strip() else ""
    if len(shown) == 1:
        sign, html = shown[0]
        return mark_safe(f"{sign}{before}{html}{after}")  # `_as_html` has escaped it
    sign = _RIGHT_TO_LEFT if direction == _RIGHT_TO_LEFT else ""
    joined = " … ".join(f"<bdi>{own}{html}</bdi>" for own, html in shown)
    return mark_safe(f"{sign}{before}{joined}{after}")  # `_as_html` has escaped it


def marked(text: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> SafeString:
    """Return `text` from `start` to `end` as HTML, escaped, with `<mark>` around `spans` (overlapping ones as one)."""
    return _as_html(_with_signs(text, spans, start, len(text) if end is None else end))


def _shown(text: str, spans: Sequence[Span], start: int, end: int, direction: str) -> tuple[str, SafeString]:
    """Return a passage on one line as HTML, and before it the sign without which it would be read the wrong way."""
    signed = _SPACE.sub(" ", _OPEN_ENDED.sub(" · ", _with_signs(text, spans, start, end)))
    return direction if _first_direction(signed) not in {direction, ""} else "", _as_html(signed)


def _as_html(signed: str) -> SafeString:
    """Return text with signs for marks as HTML."""
    html = str(escape(signed.replace(_OPEN + _CLOSE, "")))
    return mark_safe(html.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"))  # escaped in the line before


def _with_signs(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    """Return `text` from `start` to `end`, without what is never shown, with signs around `spans`."""
    is_clean = _DROPPED.search(text, start, end) is None

    def piece(left: int, right: int) -> str:
        return text[left:right] if is_clean else _DROPPED.sub("", text[left:right])

    parts: list[str] = []
    place = start
    for left, right in merged(text, [span for span in spans if span[0] < end and span[1] > start]):
        left, right = max(left, start), min(right, end)
        if left < right:
            parts += [piece(place, left), _OPEN, piece(left, right), _CLOSE]
            place = right
    parts.append(piece(place, end))
    return "".join(parts)


def merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order, overlapping ones as one, none with space at its ends or an end within a cluster."""
    joined: list[Span] = []
    for left, right in sorted(spans):
        while left < right and text[left].isspace():
            left += 1
        while left < right and text[right - 1].isspace():
            right -= 1
        if left >= right:
            continue
        left, right = cluster_start(text, left), cluster_end(text, right)
        if joined and left <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def _direction(text: str) -> str:
    """Return the sign of the direction in which most letters at the beginning of a text are written."""
    sample = text[:_SAMPLE]
    if sample.isascii():
        return _LEFT_TO_RIGHT
    letters = sum(map(len, _RIGHT_TO_LEFT_LETTERS.findall(sample)))
    return _RIGHT_TO_LEFT if 2 * letters > sum(map(str.isalpha, sample)) else _LEFT_TO_RIGHT


def _first_direction(text: str) -> str:
    """Return the sign of the direction that dir="auto" would give a text: of its first letter; "" without letters."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return _LEFT_TO_RIGHT
        if kind in {"R", "AL"}:
            return _RIGHT_TO_LEFT
    return ""


def _end_of_title(title: str, body: str) -> int:
    """Return where in `body` the title ends that was made from its beginning; 0 where it does not stand there."""
    words = title.removesuffix("…").split()
    place = body.find(words[0], 0, _TITLE_WITHIN) if words else -1
    while place >= 0:
        end = _end_of_words(words, body, place)
        if end:
            return len(body) - len(body[end:].lstrip(".…!?؟。»”\"' \n"))
        place = body.find(words[0], place + 1, _TITLE_WITHIN)
    return 0


def _end_of_words(words: Sequence[str], body: str, place: int) -> int:
    """Return where the words end that stand in `body` at `place`, one behind the other; 0 where they do not."""
    for word in words:
        while body[place : place + 1].isspace():
            place += 1
        if not body.startswith(word, place):
            return 0
        place += len(word)
    return place
