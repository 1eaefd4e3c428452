"""What a line of a page is: text, or something that stands around it. Rules of form here, phrases in phrases.py."""

import re
from typing import Literal

from articles.importing.cleaning import phrases
from articles.importing.cleaning.credits import is_credit
from articles.importing.cleaning.notices import is_notice
from articles.importing.cleaning.teasers import has_several_links, is_ticker
from articles.text.normalize import fold_text

LineKind = Literal["text", "noise", "ticker", "related", "related headline", "comments", "caption mark"]

_SHORT = 200
_LABEL_LENGTH = 60
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")
_COUNTS = re.compile(r"\(?\b\d+(?:[.,]\d+)*[kmк]?\b\)?")
# What stands before the headline that a label announces.
_UP_TO_HEADLINE = re.compile(r"^[^:：»|>–—]*[:：»|>–—][\W_]*")
_HEADLINE_WORDS = 3
# "Previous: … | Next: …"
_NEXT_LABEL = re.compile(rf"\s(?:{'|'.join(map(re.escape, sorted(phrases.RELATED_WORDS)))})\s?[:>»]")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
_AFTER_LABEL = re.compile(r"\s*[:：»|>–—]\s*")
_TRACKING = re.compile(
    r"^(?:[a-z]{2,12}px|[a-z_]+-?ad(?:s|-slot)?|gtm-\w+|ua-\d+-\d+|\{\{.*\}\}|<!--.*-->|var \w+ ?=.*)$"
)
_BREADCRUMB = re.compile(r"^(?:home|main|الرئيسية|главная|inicio|accueil)\s*[>»/›|]", re.IGNORECASE)
_MEASURE = re.compile(
    r"^\d+(?:[.,]\d+)?\s*(?:min(?:ute)?s?(?: read)?|views?|shares?|comments?|likes?|просмотр\w*|комментари\w*"
    r"|мин(?:ут\w*)?|مشاهدة|تعليق\w*|دقائق|دقيقة|comentarios?|vistas?|commentaires?|vues?)\W*$",
    re.IGNORECASE,
)
_PIPES = re.compile(r"\s*(?:\||•|·|\s/\s|»|›)\s*")
_HANDLES = re.compile(r"^(?:[^\w@]*@\w+)+\W*$")
# "Comments (31)  Most liked  Newest", "(0) comments  Log in to post"
_COMMENT_BAR = re.compile(
    r"^\(?\d*\)?\s*(?:comments?|comentarios?|commentaires?|комментари\w*|التعليقات|تعليقات)\s*\(?\d*\)?(?:\s+[^.!?؟]{1,60})?$"
)
_LIST_OF_LINKS = re.compile(r"^(?:[-–—•*·▪►▶»>]\s*)?(?:https?://|www\.)\S+$")
_CAPTION_MARKS = frozenset(
    fold_text(mark)
    for mark in ("show caption", "hide caption", "toggle caption", "image caption", "enlarge this image")
)
_COMMENT_HEADS = frozenset(
    fold_text(head)
    for head in (
        "leave a comment", "leave a reply", "post a comment", "add a comment", "comments", "join the conversation",
        "اترك تعليقا", "أضف تعليقا", "اترك ردا", "التعليقات", "تعليقات", "оставить комментарий", "комментарии",
        "добавить комментарий", "deja un comentario", "deja una respuesta", "comentarios", "laisser un commentaire",
        "commentaires",
    )
)  # fmt: skip


def kind_of(line: str) -> LineKind:
    """Tell what one squeezed line of a page is.

    `noise` goes by itself; `ticker` is other articles' headlines in one line; `related` announces other articles below
    it, `related headline` names one itself; after `comments` readers speak; after `caption mark` stands a caption.
    """
    if len(line) > _SHORT:
        return _kind_of_long(line)
    bare = _OUTER.sub("", fold_text(line))
    if not bare:
        return "text"
    if bare in _CAPTION_MARKS:
        return "caption mark"
    plain = _OUTER.sub("", _COUNTS.sub("", bare))
    if plain in _COMMENT_HEADS or (_COUNTS.search(bare) and _COMMENT_BAR.match(fold_text(line))):
        return "comments"
    related = _related(line, bare)
    if related:
        return related
    if plain in phrases.ALONE or plain in phrases.MORE or _is_noise(line, bare) or _is_menu(line):
        return "noise"
    if is_ticker(line):
        return "ticker"
    return "text"


def _is_menu(line: str) -> bool:
    """Tell entries parted by bars: many short ones, or a few of which one is known for a menu's."""
    if "|" not in line and "•" not in line and "·" not in line and " / " not in line:
        return False
    entries = [entry for entry in _PIPES.split(line) if entry]
    if len(entries) < 2 or is_sentence(line) or any(len(entry) > 80 for entry in entries):
        return False
    known = any(_OUTER.sub("", fold_text(entry)) in phrases.ALONE for entry in entries)
    return known or (len(entries) >= 3 and "|" in line)


def is_related_label(text: str) -> bool:
    """Tell a label over other articles ("Read also:") that says nothing else."""
    return len(text) <= _LABEL_LENGTH and _OUTER.sub("", fold_text(text)) in phrases.RELATED_ALONE


def _kind_of_long(line: str) -> LineKind:
    if has_several_links(line):
        return "ticker"
    return "noise" if is_notice(line) else "text"


def _related(line: str, bare: str) -> Literal["", "related", "related headline"]:
    if not bare.startswith(phrases.RELATED):
        return ""
    for phrase in phrases.RELATED:
        if not bare.startswith(phrase):
            continue
        rest = bare[len(phrase) :]
        if not rest.strip():
            return "related"
        after = _AFTER_LABEL.match(rest)
        if after and not rest[after.end() :].strip():
            return "related"
        if after and _announces(phrase, line):
            return "related headline"
    return ""


def _announces(phrase: str, line: str) -> bool:
    """Tell that a label with something behind it announces another article, and does not open a sentence."""
    if phrase not in phrases.RELATED_WORDS and phrase not in phrases.RELATED_OR_WORDS:
        return True
    headline = _UP_TO_HEADLINE.sub("", line, count=1)
    if _ADDRESS.match(headline) or _NEXT_LABEL.search(fold_text(headline)):
        return True
    if phrase in phrases.RELATED_WORDS or len(headline.split()) < _HEADLINE_WORDS:
        return False
    return not headline[:1].islower() and not _SENTENCE_END.search(headline)


def _is_noise(line: str, bare: str) -> bool:
    if (
        _HANDLES.match(line)
        or _TRACKING.match(bare)
        or _BREADCRUMB.match(line)
        or _MEASURE.match(bare)
        or _LIST_OF_LINKS.match(line)
    ):
        return True
    if _is_share_bar(bare) or is_notice(line):
        return True
    return is_credit(line)


def _is_share_bar(bare: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", bare)
    known = [word for word in words if word in phrases.SHARE]
    return bool(known) and all(word in phrases.SHARE or word in phrases.SHARE_FILLING for word in words)


_SIGNED = re.compile(
    r"(?:[/|(\[©–—-]|\bphoto[:/ ]|\bfoto[:/ ]|\bфото[:/ ]|\bvia\b)\s*(?P<who>[^/|()\[\]]{2,40})[)\]]?\W*$",
    re.IGNORECASE,
)
_CREDIT_INSIDE = re.compile(
    r"[(\[](?:photo|image|picture|foto|фото|صورة|تصوير|credit|crédit)\b[^)\]]*[)\]]\W*$", re.IGNORECASE
)
_BYLINE = re.compile(
    r"^(?:by|por|par|written by|author|автор|autor|auteur|بقلم|كتب|كتبت|الكاتب)(?:\s*[:：]\s*|\s+)"
    r"(?P<name>[^\d.:;!?]{3,80}?)(?:\s*[,—–-]\s*)?$",
    re.IGNORECASE,
)
_BYLINE_WORDS = 8
_DATELINE = re.compile(r"^(?P<left>[^.:؛]{2,40}?)\s*[-–—/(،,]\s*(?P<right>[^.:]{1,30}?)\)?\s*[-–—:]*$")


def is_signed_caption(line: str) -> bool:
    """Tell a picture's caption by the agency or photographer that signs it at its end ("… on Friday./AFP")."""
    if len(line) > 400:
        return False
    signed = _SIGNED.search(line)
    who = _OUTER.sub("", fold_text(signed.group("who"))) if signed else ""
    return who in phrases.AGENCIES or bool(_CREDIT_INSIDE.search(line))


def is_dateline(line: str) -> bool:
    """Tell a line that only says place and agency ("Caracas - AFP"), either first."""
    match = _DATELINE.match(line)
    if match is None or len(line) > 60:
        return False
    sides = [_OUTER.sub("", fold_text(match.group(side))) for side in ("left", "right")]
    return any(side in phrases.AGENCIES for side in sides)


def byline_of(line: str) -> str:
    """Return the author's name in a line that only says who wrote ("By Ana Ruiz"), else nothing."""
    match = _BYLINE.match(line)
    return match.group("name").strip() if match and len(line.split()) <= _BYLINE_WORDS else ""


_SENTENCE_END = re.compile(r"[.!?…؟۔][»”\"')\]]*$")
_FULL_STOP = re.compile(r"(?<!\w\.\w)[.…؛;:,،][»”\"')\]]*$")


def is_headline(line: str) -> bool:
    """Tell a line that could be a headline: short, and not closed like a sentence of the text."""
    letters = sum(letter.isalpha() for letter in line)
    return letters >= 3 and len(line) <= _SHORT and not _FULL_STOP.search(line)


def ends_sentence(line: str) -> bool:
    """Tell a line that ends like a sentence, however short."""
    return bool(_SENTENCE_END.search(line))


def is_sentence(line: str) -> bool:
    """Tell a line that ends like a sentence and is long enough to be one of the text."""
    return len(line) >= 80 and ends_sentence(line)
