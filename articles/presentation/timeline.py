"""A subject's articles over time: the bars of its search, and times in office below them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles.models import Tenure
from articles.presentation.histogram import LENGTH_OF_DATE, WIDTH
from articles.search.params import SearchParams
from articles.search.results import Bucket, Histogram
from articles.text.days import parse_period

BAND_HEIGHT = 8
# A week in office has to be seen among years.
NARROWEST = 3.0


@dataclass(frozen=True)
class Band:
    """Times in office as the data of one SVG path in the box of `width` x `height`, under the bars."""

    outline: str
    width: int
    height: int


def leading_to(histogram: Histogram | None, params: SearchParams) -> Histogram | None:
    """Return the histogram with links to `params` in each of its periods, whatever search it was counted for."""
    if histogram is None:
        return None
    length = LENGTH_OF_DATE[histogram.unit]
    buckets = tuple(_leading_to(bucket, length, params) for bucket in histogram.buckets)
    return replace(
        histogram, buckets=buckets, undated_query=params.with_undated(True).query_string(), outside=0, wider=None
    )


def _leading_to(bucket: Bucket, length: int, params: SearchParams) -> Bucket:
    period = parse_period(bucket.start.isoformat()[:length])
    return replace(bucket, query=params.with_dates(period, period).query_string())


def band(histogram: Histogram | None, tenures: Iterable[Tenure]) -> Band | None:
    """Return the times in office on the axis of the bars; None where none of them, or no bar, lies there."""
    buckets = histogram.buckets if histogram else ()
    if not buckets:
        return None
    pieces = [piece for tenure in tenures for piece in _piece(tenure, buckets)]
    return Band("".join(pieces), WIDTH, BAND_HEIGHT) if pieces else None


def _piece(tenure: Tenure, buckets: tuple[Bucket, ...]) -> list[str]:
    start, end = parse_period(tenure.start), parse_period(tenure.end) if tenure.end else None
    if start is None or (tenure.end and end is None):
        return []
    first = max(start.start, buckets[0].start)
    last = min(end.end if end else buckets[-1].end, buckets[-1].end)
    if first > last:
        return []
    left, right = _place(first, buckets, 0), _place(last, buckets, 1)
    width = max(NARROWEST, right - left)
    return [f"M{min(left, WIDTH - width):.5g} 0h{width:.5g}v{BAND_HEIGHT}h-{width:.5g}z"]


def _place(day: datetime.date, buckets: tuple[Bucket, ...], past: int) -> float:
    """Return where `day` begins (or ends, with `past` 1) on the axis, on which all bars are equally wide."""
    index = next(index for index, bucket in enumerate(buckets) if day <= bucket.end)
    bucket = buckets[index]
    days = (bucket.end - bucket.start).days + 1
    return (index + ((day - bucket.start).days + past) / days) * WIDTH / len(buckets)
