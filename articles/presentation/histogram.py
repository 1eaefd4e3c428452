"""The picture of articles over time: bars placed in a box, and the same said in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.presentation.numbers_and_dates import number_text
from articles.search.results import Bucket, Histogram, Wider

WIDTH = 960
HEIGHT = 80
WIDEST_BAR = 56


@dataclass(frozen=True)
class Bar:
    """A bucket with its bar in the box of WIDTH x HEIGHT; the column is what can be clicked."""

    bucket: Bucket
    column_x: float
    column_width: float
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class HistogramPicture:
    """The bars, the first and last label, and the picture in words; `alternative` is for those who do not see it."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    first: str
    last: str
    alternative: str
    undated: int
    undated_query: str
    wider: Wider | None


def histogram_picture(histogram: Histogram | None, language: str) -> HistogramPicture | None:
    """Return `histogram` as a picture for a reader of `language`, without bars where nothing has a date."""
    if histogram is None:
        return None
    buckets = histogram.buckets
    step = WIDTH / len(buckets) if buckets else WIDTH
    bars = tuple(_bar(bucket, index * step, step, histogram.highest, language) for index, bucket in enumerate(buckets))
    return HistogramPicture(
        bars=bars,
        width=WIDTH,
        height=HEIGHT,
        first=buckets[0].label if buckets else "",
        last=buckets[-1].label if len(buckets) > 1 else "",
        alternative=_alternative(histogram, language),
        undated=histogram.undated,
        undated_query=histogram.undated_query,
        wider=histogram.wider,
    )


def _bar(bucket: Bucket, left: float, step: float, highest: int, language: str) -> Bar:
    # A single article among thousands still has to be seen.
    height = max(2.0, bucket.count / highest * (HEIGHT - 2)) if bucket.count else 0.0
    # The columns fill the box, so that each stands over its part of the axis; a few bars are no wider than many.
    gap = max(step * 0.18, step - WIDEST_BAR)
    return Bar(
        bucket=bucket,
        column_x=round(left, 2),
        column_width=round(step, 2),
        x=round(left + gap / 2, 2),
        y=round(HEIGHT - height, 2),
        width=round(step - gap, 2),
        height=round(height, 2),
        title=f"{bucket.label}: {number_text(bucket.count, language)}",
    )


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
