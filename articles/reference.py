"""The Gazetteer value of this moment, built from the database.

Tagging and search read the same value. It is built once a process and state: each call asks for the number of the
state, one row of one column, and builds anew only when that has changed. A database that was never seeded has no state
to go by (number 0) and is read on every call; there is little in it to read.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db import connection
from django.db.models import F, Model, Q, Value
from django.db.models.functions import Greatest

from articles.gazetteer.allocation import many_objects
from articles.gazetteer.facts import (
    CountryFacts,
    CountryPattern,
    Gazetteer,
    MinisterFacts,
    OfficialFacts,
    Period,
    SettledFacts,
    TenureFacts,
    TopicFacts,
    TopicPhraseFacts,
)
from articles.models import (
    Country,
    CountryName,
    GazetteerVersion,
    Kept,
    Minister,
    MinisterName,
    OfficeQuestion,
    Official,
    Tenure,
    Topic,
    TopicPhrase,
)

_STATE = f"SELECT number, settled FROM {GazetteerVersion._meta.db_table} WHERE id = 1"
_lock = threading.Lock()
_current: Gazetteer | None = None
_current_state: tuple[int, int] = (0, 0)


def current() -> Gazetteer:
    """Return the gazetteer as the database has it now; the same object as long as nothing changed."""
    global _current, _current_state
    state = _state()
    known = _current
    if known is None or not state[0] or _current_state != state:
        with _lock:
            known = _current
            if known is None or not state[0] or _current_state != state:
                if known is not None and state[0] and known.version == state[0]:
                    known = replace(known, settled=_settled())
                else:
                    known = _built(state[0])
                _current, _current_state = known, state
    return known


def is_kept() -> bool:
    """Whether the database says which state of the gazetteer it has, so that `current` costs no more than asking."""
    return bool(_state()[0])


def raise_version() -> None:
    """Say that the gazetteer changed: call it after every change, in the same transaction.

    The number grows and is never used again, not even by another database: it counts microseconds of UTC.
    """
    _raise("number")


def raise_settled() -> None:
    """Say that an office question was answered or opened again: as raise_version, for no name changed."""
    _raise("settled")


def _raise(column: str) -> None:
    now = time.time_ns() // 1000
    if not GazetteerVersion.objects.filter(pk=1).update(**{column: Greatest(F(column) + 1, Value(now))}):
        GazetteerVersion.objects.create(pk=1, **{column: now})


def _state() -> tuple[int, int]:
    # Asked several times a page: making the statement anew each time takes much longer than the database does.
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        found: tuple[int, int] = cursor.fetchone() or (0, 0)
    return found


def _built(version: int) -> Gazetteer:
    with many_objects():
        return Gazetteer(_countries(), _ministers(), _officials(), _topics(), _settled(), version)


def _by_owner(model: type[Model], owner: str, *columns: str) -> dict[object, list[tuple]]:
    """Return the rows of `model` that nobody dropped, by the key of what they belong to, in the order they came."""
    found: dict[object, list[tuple]] = defaultdict(list)
    rows: Iterable[tuple] = (
        model._default_manager.exclude(kept=Kept.DROPPED).order_by("pk").values_list(owner, *columns)
    )
    for key, *values in rows:
        found[key].append(tuple(values))
    return found


def _countries() -> tuple[CountryFacts, ...]:
    names = _by_owner(CountryName, "country_id", "language", "kind", "text")
    return tuple(
        CountryFacts(code, name, tuple(CountryPattern(*values) for values in names[code]))
        for code, name in Country.objects.order_by("code").values_list("code", "name")
    )


def _ministers() -> tuple[MinisterFacts, ...]:
    names = _by_owner(MinisterName, "minister_id", "script", "text")
    tenures = _by_owner(Tenure, "minister_id", "country_id", "start", "end", "office")
    rows = Minister.objects.exclude(kept=Kept.DROPPED).order_by("pk").values_list("pk", "slug", "name", "wikidata_id")
    return tuple(
        MinisterFacts(slug, name, wikidata, tuple(names[pk]), tuple(TenureFacts(*values) for values in tenures[pk]))
        for pk, slug, name, wikidata in rows
    )


def _officials() -> tuple[OfficialFacts, ...]:
    rows = Official.objects.exclude(kept=Kept.DROPPED).order_by("pk")
    return tuple(
        OfficialFacts(name, country, role, tuple(str(spelling) for spelling in spellings or ()))
        for name, country, role, spellings in rows.values_list("name", "country_id", "role", "spellings")
    )


def _topics() -> tuple[TopicFacts, ...]:
    phrases = _by_owner(TopicPhrase, "topic_id", "language", "text", "weight")
    rows = Topic.objects.exclude(kept=Kept.DROPPED).order_by("slug")
    return tuple(
        TopicFacts(
            slug,
            tuple(sorted(names.items())),
            parent or "",
            tuple(TopicPhraseFacts(*values) for values in phrases[pk]),
            threshold,
        )
        for pk, slug, names, parent, threshold in rows.values_list("pk", "slug", "names", "parent__slug", "threshold")
    )


def _settled() -> tuple[SettledFacts, ...]:
    # An answer whom an editor dropped since holds no more: articles are tagged with nobody who is dropped.
    holding = Q(answer=None) | ~Q(answer__kept=Kept.DROPPED)
    rows = OfficeQuestion.objects.filter(holding, settled=True).order_by("country_id", "first", "last")
    return tuple(
        SettledFacts(country, Period(first, last), slug or "")
        for country, first, last, slug in rows.values_list("country_id", "first", "last", "answer__slug")
    )
