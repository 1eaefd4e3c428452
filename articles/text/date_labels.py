"""The words with which a page announces a date: "Published:", "تاريخ النشر", "Опубликовано", "Publicado el" …"""

import re
from typing import NamedTuple

_PUBLISHED = (
    r"date\sde\s(?:publication|parution)"
    r"|(?:first\s|originally\s)?(?:published|posted|released|issued|publish(?:ed|ing)?\sdate|publication\sdate|pub\.?\s?date"
    r"|date\s(?:of\spublication|published|posted)|release\sdate|date)(?:\s(?:on|at|date))?"
    r"|(?:تاريخ\s)?(?:ال)?نُ?شِ?ر(?:َ|ت)?(?:\s(?:في|بتاريخ|يوم))?|تم\sالنشر(?:\s(?:في|بتاريخ))?|(?:ال)?تاريخ(?:\s(?:الخبر|الإضافة))?|بتاريخ"
    r"|опубликован[оаы]?|дата(?:\sпубликации|\sи\sвремя)?|время\sпубликации|размещено|добавлено"
    r"|publicad[oa](?:\s(?:el|em|en))?|fecha(?:\sde\spublicación)?|publicación"
    r"|publiée?(?:\sle)?|mise?\sen\sligne(?:\sle)?|parue?\sle|postée?\sle"
    r"|veröffentlicht(?:\sam)?|pubblicato(?:\sil)?"
)
_CHANGED = (
    r"(?:last\s)?(?:updated?|modified)(?:\s(?:on|at))?"
    r"|(?:آخر|تاريخ|تم)\s(?:ال)?(?:تحديث|تعديل)(?:\sفي)?|(?:ال)?تحديث"
    r"|обновлен[оа]|изменено|дата\s(?:обновления|изменения)"
    r"|actualizad[oa](?:\sel)?|(?:última\s)?actualización|modificado(?:\sel)?"
    r"|mise?\sà\sjour(?:\sle)?|(?:dernière\s)?mise\sà\sjour(?:\sle)?|modifiée?(?:\sle)?"
)
_BEHIND = r"(?P<words>(?P<changed>{changed})|(?:{published}))(?!\w)(?P<sign>\s{{0,3}}[:：|–-])?\s{{0,3}}"
_LABEL = _BEHIND.format(changed=_CHANGED, published=_PUBLISHED)
_FIRST = re.compile(rf"\W{{0,10}}{_LABEL}", re.IGNORECASE)
_LONGEST = 400
# A further label on the line stands behind a sign: "Published: 5 May 2024 | Updated: 6 May 2024".
_FURTHER = re.compile(rf"[|•·,،;/()\[–—-]\s{{0,3}}{_LABEL}", re.IGNORECASE)


class Label(NamedTuple):
    """A label with what it announces (up to the next label). `changed`: a date of the last change, not of publication.

    `signed` says that a colon or its like stands between them. An empty label is what stands before the first one.
    """

    words: str
    text: str
    changed: bool = False
    signed: bool = False


def labels(line: str) -> list[Label]:
    """Return a short line cut at its labels; the first is empty where the line does not begin with one."""
    first = _FIRST.match(line)
    matches = [first] if first else []
    matches += _FURTHER.finditer(line, first.end() if first else 0)
    ends = [match.start() for match in matches[1:]] + [len(line)]
    found = [
        Label(match["words"], line[match.end() : end], bool(match["changed"]), bool(match["sign"]))
        for match, end in zip(matches, ends, strict=False)
    ]
    if first is None:
        found.insert(0, Label("", line[: matches[0].start()] if matches else line))
    return found


def label_of(line: str) -> str:
    """Return the words with which a line announces a date ("Published", "تاريخ النشر"), empty where it does not.

    Where it announces several, the date of publication goes before that of the last change.
    """
    if not _FIRST.match(line):
        return ""
    return min(labels(line[:_LONGEST]), key=lambda label: label.changed).words


def is_change(words: str) -> bool:
    """Tell the words of a label that announce the last change ("Updated", "آخر تحديث", "Обновлено")."""
    match = _FIRST.fullmatch(words)
    return bool(match and match["changed"])
