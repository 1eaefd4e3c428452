"""The day that the beginning of a text speaks of: what dates an article that states no date of its own."""

import datetime
import re
from collections.abc import Iterable

from articles.text.date_mentions import Mention, mentions
from articles.text.moments import Moment, day_moment, plausible

# A date behind these words is no news: it is when something older began, or a day by which something is due.
_BACKGROUND = re.compile(
    r"(?:\b(?:since|until|till|before|by|after|from|dated|born(?:\s+on)?|signed(?:\s+(?:on|in))?|adopted(?:\s+(?:on|in))?"
    r"|(?<!morning )(?<!evening )(?<!afternoon )(?<!night )(?<!day )of(?:\s+the)?"
    r"|с|со|от|до|после|подписан\w*|принят\w*|desde|hasta|antes\s+del?|después\s+del?|del?|firmad\w+(?:\s+el)?"
    r"|depuis(?:\s+le)?|jusqu['’]au|avant\s+le|après\s+le|du|signée?\w*(?:\s+le)?)"
    r"|(?<!\w)(?:منذ|حتى|قبل|بعد|الموقع\w*\s+في))\s*$",
    re.IGNORECASE,
)
_BEFORE = 40
_LEAD = 1000
# A day this far from the neighbouring texts is no news among them.
_FAR = 365


def event_date(title: str, body: str, near: Iterable[datetime.date] = ()) -> Moment | None:
    """Return the day that the beginning of a text speaks of, None where it names no day whose year can be told.

    `near` are the days of neighbouring texts (posts of one channel), nearest first: a year that is not written is taken
    from them, else from another date of the text. Days behind "since", "signed on" and their like are background.
    """
    text = f"{title}\n{body}"
    all_mentions = mentions(text)
    if not all_mentions:
        return None
    neighbours = list(near)
    reference = neighbours[0] if neighbours else _latest_written(all_mentions)
    lead = [each for each in all_mentions if each.day and each.start < len(title) + _LEAD]
    lead = [each for each in lead if not _BACKGROUND.search(text[max(0, each.start - _BEFORE) : each.start])]
    candidates = [moment for each in lead if (moment := plausible(_resolve(each, reference))) is not None]
    if not candidates:
        return None
    # Of an older and a newer year the newer is the news.
    year = max(moment.when.year for moment in candidates)
    best = next(moment for moment in candidates if moment.when.year == year)
    if neighbours and abs((best.when.date() - neighbours[0]).days) > _FAR:
        return None
    return best


def _latest_written(found: list[Mention]) -> datetime.date | None:
    today = datetime.datetime.now(datetime.UTC).date()
    days = [datetime.date(each.year, each.month, each.day or 15) for each in found if each.year]
    return max((day for day in days if day <= today), default=None)


def _resolve(mention: Mention, reference: datetime.date | None) -> Moment | None:
    """Give a mention its year: its own, else the one that brings it nearest to `reference`."""
    if mention.year:
        return day_moment(mention.year, mention.month, mention.day)
    if reference is None:
        return None
    choices = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            choices.append(day_moment(year, mention.month, mention.day))
        except ValueError:
            continue  # 29 February of another year, or a year beyond the calendar
    return min(choices, key=lambda moment: abs((moment.when.date() - reference).days), default=None)
