"""The gazetteer's data files into the database.

Rows from the files (`kept` = FILE) follow the files: they are created, updated and deleted with them. What an editor
made or changed (EDITOR) and what an editor dropped (DROPPED) stays as it is. A second run finds nothing to do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from articles import reference
from articles.gazetteer.facts import Gazetteer
from articles.models import (
    Article,
    Country,
    CountryName,
    Kept,
    Minister,
    MinisterName,
    Official,
    Tenure,
    Topic,
    TopicPhrase,
    TopicTag,
    Unindexed,
)

BATCH = 1000
Key = tuple[Any, ...]
Values = tuple[Any, ...]
Show = Callable[[str], None]


@dataclass
class SeedReport:
    """How many rows of the gazetteer were created, updated and deleted."""

    created: int = 0
    updated: int = 0
    deleted: int = 0

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.deleted)


def seed(gazetteer: Gazetteer, show: Show = lambda message: None) -> SeedReport:
    """Bring the database in line with `gazetteer`, all or nothing; `show` is told of each step.

    The version of the gazetteer is raised if, and only if, something changed.
    """
    report = SeedReport()
    with transaction.atomic():
        show(f"countries: {len(gazetteer.countries)}")
        _seed_countries(gazetteer, report)
        show(f"ministers: {len(gazetteer.ministers)}")
        _seed_ministers(gazetteer, report)
        show(f"officials: {len(gazetteer.officials)}")
        _seed_officials(gazetteer, report)
        show(f"topics: {len(gazetteer.topics)}")
        _seed_topics(gazetteer, report)
        if report:
            reference.raise_version()
    return report


def _seed_countries(gazetteer: Gazetteer, report: SeedReport) -> None:
    known = dict(Country.objects.values_list("code", "name"))
    wanted = {country.code: country.name for country in gazetteer.countries}
    new = [Country(code=code, name=name) for code, name in wanted.items() if code not in known]
    renamed = [Country(code=code, name=name) for code, name in wanted.items() if known.get(code, name) != name]
    Country.objects.bulk_create(new)
    Country.objects.bulk_update(renamed, ["name"])
    report.created += len(new)
    report.updated += len(renamed)
    names: dict[Key, Values] = {
        (country.code, pattern.language, pattern.kind, pattern.text): ()
        for country in gazetteer.countries
        for pattern in country.patterns
    }
    _follow(CountryName, ("country_id", "language", "kind", "text"), (), names, report)


def _seed_ministers(gazetteer: Gazetteer, report: SeedReport) -> None:
    wanted: dict[Key, Values] = {(person.slug,): (person.name, person.wikidata_id) for person in gazetteer.ministers}
    # A minister whom the files no longer know but articles are tagged with, or an editor named as the answer to a
    # question, stays, without names and tenures.
    needed = Q(article_tags__isnull=False) | Q(office_answers__isnull=False) | Q(office_questions__isnull=False)
    tagged = set(Minister.objects.filter(needed).values_list("slug"))
    _follow(Minister, ("slug",), ("name", "wikidata_id"), wanted, report, never_delete=tagged)
    keys = _keys_of(Minister)
    present = [(keys[person.slug], person) for person in gazetteer.ministers if person.slug in keys]
    names: dict[Key, Values] = {(pk, text): (kind,) for pk, person in present for kind, text in person.spellings}
    _follow(MinisterName, ("minister_id", "text"), ("script",), names, report)
    tenures: dict[Key, Values] = {
        (pk, tenure.country, tenure.office, tenure.start): (tenure.end,)
        for pk, person in present
        for tenure in person.tenures
    }
    _follow(Tenure, ("minister_id", "country_id", "office", "start"), ("end",), tenures, report)


def _seed_officials(gazetteer: Gazetteer, report: SeedReport) -> None:
    wanted: dict[Key, Values] = {
        (official.country, official.name): (official.role, list(official.spellings)) for official in gazetteer.officials
    }
    _follow(Official, ("country_id", "name"), ("role", "spellings"), wanted, report)


def _seed_topics(gazetteer: Gazetteer, report: SeedReport) -> None:
    # Parents first: a child can only point to a row that is there.
    wanted: dict[Key, Values] = {(topic.slug,): (dict(topic.names), topic.threshold) for topic in gazetteer.topics}
    # A topic that an editor gave an article, or took from it, stays, without phrases.
    judged = TopicTag.objects.filter(Q(by_editor=True) | Q(removed=True)).values_list("topic__slug")
    never_delete = set(judged)
    dropped = Topic.objects.filter(kept=Kept.FILE).exclude(slug__in=[slug for (slug,) in {*wanted, *never_delete}])
    # Their tags go with them: the index must learn of it.
    tagged = Article.objects.filter(topic_tags__topic__in=dropped).distinct().values_list("pk", flat=True)
    Unindexed.objects.mark(tagged)
    _follow(Topic, ("slug",), ("names", "threshold"), wanted, report, never_delete=never_delete)
    keys = _keys_of(Topic)
    present = [(keys[topic.slug], topic) for topic in gazetteer.topics if topic.slug in keys]
    parents: dict[Key, Values] = {(topic.slug,): (keys.get(topic.parent),) for _, topic in present}
    _follow(Topic, ("slug",), ("parent_id",), parents, report, never_delete=never_delete)
    phrases: dict[Key, Values] = {
        (pk, phrase.language, phrase.text): (phrase.weight,) for pk, topic in present for phrase in topic.phrases
    }
    _follow(TopicPhrase, ("topic_id", "language", "text"), ("weight",), phrases, report)


def _keys_of(model: type[Model]) -> dict[str, int]:
    """Return the primary keys by slug, without what an editor dropped: nothing is added to that."""
    return dict(model._default_manager.exclude(kept=Kept.DROPPED).values_list("slug", "pk"))


def _follow(
    model: type[Model],
    key_columns: tuple[str, ...],
    value_columns: tuple[str, ...],
    wanted: Mapping[Key, Values],
    report: SeedReport,
    never_delete: Iterable[Key] = (),
) -> None:
    """Make the FILE rows of a table those of `wanted` (values of `value_columns` by values of `key_columns`)."""
    width = len(key_columns)
    rows = model._default_manager.values_list(*key_columns, *value_columns, "kept", "pk")
    known = {tuple(row[:width]): row[width:] for row in rows}
    new = [
        model(**dict(zip(key_columns + value_columns, key + values, strict=True)), kept=Kept.FILE)
        for key, values in wanted.items()
        if key not in known
    ]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    changed = [
        model(pk=pk, **dict(zip(value_columns, wanted[key], strict=True)))
        for key, (*values, kept, pk) in known.items()
        if kept == Kept.FILE and key in wanted and tuple(values) != wanted[key]
    ]
    if value_columns:
        model._default_manager.bulk_update(changed, list(value_columns), batch_size=BATCH)
    spared = set(never_delete)
    gone = [
        pk for key, (*_, kept, pk) in known.items() if kept == Kept.FILE and key not in wanted and key not in spared
    ]
    for start in range(0, len(gone), BATCH):
        model._default_manager.filter(pk__in=gone[start : start + BATCH]).delete()
    report.created += len(new)
    report.updated += len(changed)
    report.deleted += len(gone)
