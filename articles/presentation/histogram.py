"""The picture of articles over time: bars drawn in a box, the same as rows of a table, and the same said in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.presentation.numbers_and_dates import number_text
from articles.search.results import Bucket, Histogram

WIDTH = 960
HEIGHT = 80
WIDEST_BAR = 56
# From so many bars on the middle of the axis is named too.
_NAMED_IN_THE_MIDDLE = 5
# A day as an address has it (`2024-05-07`) is cut to the period of a bar.
LENGTH_OF_DATE = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True)
class Bar:
    """A bucket as a row of the table: its number from 0, its period as shown and as an address has it (`2024-05`), the
    number of articles, and the address of the search in it."""

    number: int
    label: str
    period: str
    count: str
    address: str
    chosen: bool


@dataclass(frozen=True)
class WayBack:
    """A wider range of dates: its name, and the address of the search in it."""

    label: str
    address: str


@dataclass(frozen=True)
class HistogramPicture:
    """The bars as rows and as two outlines for SVG in the box of WIDTH x HEIGHT, the labels below, and all in words.

    `bars` are those with articles, `periods` is the number of all, which part the box evenly. `undated` is the number
    of articles without a date, as text.
    """

    bars: tuple[Bar, ...]
    periods: int
    outline: str
    outline_chosen: str
    width: int
    height: int
    axis: tuple[str, ...]
    alternative: str
    undated: str
    undated_address: str
    wider: WayBack | None


def histogram_picture(histogram: Histogram | None, language: str, page: str) -> HistogramPicture | None:
    """Return `histogram` as a picture for a reader of `language`, without bars where nothing has a date.

    `page` is the address of the page of results that the links lead to.
    """
    if histogram is None:
        return None
    buckets = histogram.buckets
    length = LENGTH_OF_DATE[histogram.unit]
    wider = histogram.wider
    return HistogramPicture(
        bars=tuple(
            Bar(
                number,
                bucket.label,
                bucket.start.isoformat()[:length],
                number_text(bucket.count, language),
                page + bucket.query,
                bucket.chosen,
            )
            for number, bucket in enumerate(buckets)
            if bucket.count
        ),
        periods=len(buckets),
        outline=_outline(histogram, chosen=False),
        outline_chosen=_outline(histogram, chosen=True),
        width=WIDTH,
        height=HEIGHT,
        axis=_axis(buckets),
        alternative=_alternative(histogram, language),
        undated=number_text(histogram.undated, language) if histogram.undated else "",
        undated_address=page + histogram.undated_query,
        wider=WayBack(wider.label, page + wider.query) if wider else None,
    )


def _outline(histogram: Histogram, chosen: bool) -> str:
    """Return the bars that are chosen, or those that are not, as the data of one SVG path."""
    step = WIDTH / len(histogram.buckets) if histogram.buckets else WIDTH
    # The bars stand each over its part of the axis; a few are no wider than many.
    gap = max(step * 0.18, step - WIDEST_BAR)
    return "".join(
        _rectangle(index * step + gap / 2, step - gap, _height(bucket.count, histogram.highest))
        for index, bucket in enumerate(histogram.buckets)
        if bucket.count and bucket.chosen == chosen
    )


def _height(count: int, highest: int) -> float:
    # A single article among thousands still has to be seen.
    return max(2.0, count / highest * (HEIGHT - 2))


def _rectangle(left: float, width: float, height: float) -> str:
    return f"M{left:.6g} {HEIGHT}v-{height:.4g}h{width:.4g}v{height:.4g}z"


def _axis(buckets: Iterable[Bucket]) -> tuple[str, ...]:
    labels = [bucket.label for bucket in buckets]
    if len(labels) >= _NAMED_IN_THE_MIDDLE:
        return labels[0], labels[len(labels) // 2], labels[-1]
    return (labels[0], labels[-1]) if len(labels) > 1 else tuple(labels)


def _alternative(histogram: Histogram, language: str) -> str:
    if not histogram.buckets:
        return _("No article here has a date.")
    fullest = max(histogram.buckets, key=lambda bucket: bucket.count)
    by_unit = {
        "day": _("Articles by day, %(first)s to %(last)s; most in %(fullest)s: %(count)s."),
        "month": _("Articles by month, %(first)s to %(last)s; most in %(fullest)s: %(count)s."),
        "year": _("Articles by year, %(first)s to %(last)s; most in %(fullest)s: %(count)s."),
    }
    return by_unit[histogram.unit] % {
        "first": histogram.buckets[0].label,
        "last": histogram.buckets[-1].label,
        "fullest": fullest.label,
        "count": number_text(fullest.count, language),
    }
