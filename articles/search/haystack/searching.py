"""Haystack's way to ask a backend -> one Request -> Haystack's way to be answered."""

import warnings
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from django.conf import settings
from haystack.exceptions import MoreLikeThisError, SpatialError
from haystack.models import SearchResult
from haystack.utils import get_model_ct

from articles.models import Article
from articles.search.engines.base import ARTICLE, Answer, Document, Request
from articles.search.haystack.facets import Facets
from articles.search.haystack.fields import declared_fields, value_field
from articles.search.haystack.highlighting import highlighted
from articles.search.haystack.typed import narrowed, typed, words_of
from articles.search.similarity import likeness
from articles.search.tree import And, Compared, Node, Not

# What a result calls something else.
_TAKEN = frozenset({"app_label", "model_name", "pk", "score"})


class Engine(Protocol):
    """What is needed of a backend."""

    connection_alias: str

    def answer(self, request: Request) -> Answer: ...

    def build_models_list(self) -> list[str]: ...

    def suggestion(self, text: str) -> str | None: ...


def search(
    engine: Engine,
    query: Node | str,
    *,
    sort_by: Iterable[str] | None = None,
    start_offset: int | None = 0,
    end_offset: int | None = None,
    fields: Collection[str] = (),
    highlight: Any = False,
    facets: Any = None,
    date_facets: Mapping[str, Any] | None = None,
    query_facets: Any = None,
    narrow_queries: Iterable[str] | None = None,
    spelling_query: str | None = None,
    models: Collection[Any] | None = None,
    limit_to_registered_models: bool | None = None,
    result_class: Any = None,
    boost: Any = None,
    within: Any = None,
    dwithin: Any = None,
    distance_point: Any = None,
    **others: Any,
) -> dict[str, Any]:
    """Return `results`, `hits`, `facets` and `spelling_suggestion` for a tree, or for a query as somebody types it.

    `hits` counts all that is found, whatever the slice. Raises EngineUnavailable, and Haystack's errors for fields and
    demands that do not exist.
    """
    if within or dwithin or distance_point:
        raise SpatialError("Distances cannot be searched: the index keeps no places.")
    if boost:
        warnings.warn("boost() is left out: the index weighs words by itself.", stacklevel=2)
    if isinstance(query, str) and not query.strip():
        return {"results": [], "hits": 0}
    using = engine.connection_alias
    tree = _all([_tree(query), *(narrowed(str(text), using) for text in sorted(narrow_queries or ()))])
    wanted = Facets(using, facets, date_facets, query_facets)
    request = Request(
        tree=tree,
        order=tuple(_order(name, using) for name in sort_by or ()) or "relevance",
        **_slice(start_offset, end_offset),
        facets=wanted.names,
        counted=wanted.counted,
        models=_models(engine, models, limit_to_registered_models),
        documents=True,
    )
    answer = engine.answer(request)
    words = query if isinstance(query, str) else words_of(query)
    results = _results(answer, using, result_class, fields)
    if highlight:
        for result, marks in zip(results, highlighted(tree, answer.documents), strict=True):
            result.highlighted = marks
    return {
        "results": results,
        "hits": answer.total,
        "facets": wanted.counts(answer),
        "spelling_suggestion": engine.suggestion(spelling_query or words),
    }


def more_like_this(
    engine: Engine,
    instance: Any,
    query: Node | str | None = None,
    *,
    start_offset: int | None = 0,
    end_offset: int | None = None,
    models: Collection[Any] | None = None,
    limit_to_registered_models: bool | None = None,
    result_class: Any = None,
    **others: Any,
) -> dict[str, Any]:
    """Return articles like `instance` that match `query`, best first, without itself and its near-copies.

    Raises MoreLikeThisError for what is no article, and EngineUnavailable.
    """
    if not isinstance(instance, Article) or instance.pk is None:
        raise MoreLikeThisError("Only articles can be searched for by their likeness.")
    alike = likeness(instance)
    if alike is None:
        return {"results": [], "hits": 0}
    itself = And((Compared("django_ct", "equals", (ARTICLE,)), Compared("django_id", "equals", (instance.pk,))))
    copies = [Not(Compared("group", "equals", (instance.copy_group,)))] if instance.copy_group else []
    request = Request(
        tree=_all([alike, Not(itself), *copies, None if query is None else _tree(query)]),
        **_slice(start_offset, end_offset),
        models=_models(engine, models, limit_to_registered_models),
        documents=True,
    )
    answer = engine.answer(request)
    return {"results": _results(answer, engine.connection_alias, result_class, ()), "hits": answer.total}


def _tree(query: Node | str) -> Node | None:
    if isinstance(query, str):
        return None if query == "*" else typed(query)
    return query


def _all(nodes: Iterable[Node | None]) -> Node | None:
    parts = tuple(node for node in nodes if node is not None)
    return And(parts) if len(parts) > 1 else parts[0] if parts else None


def _order(name: str, using: str) -> str:
    bare = name.removeprefix("-")
    found = bare if bare == "score" else value_field(bare, using, "ordered by").name
    return f"-{found}" if name.startswith("-") else found


def _slice(start: int | None, end: int | None) -> dict[str, Any]:
    first = max(0, start or 0)
    return {"offset": first, "limit": None if end is None else max(0, end - first)}


def _models(engine: Engine, models: Collection[Any] | None, registered: bool | None) -> tuple[str, ...] | None:
    """Return the models asked for: those given or else, unless the settings say otherwise, those with an index."""
    if models:
        return tuple(sorted(get_model_ct(model) for model in models))
    if registered is None:
        registered = getattr(settings, "HAYSTACK_LIMIT_TO_REGISTERED_MODELS", True)
    return tuple(sorted(engine.build_models_list())) if registered else None


def _results(answer: Answer, using: str, result_class: Any, fields: Collection[str]) -> list[Any]:
    declared = declared_fields(using)
    make = result_class or SearchResult
    results = []
    for document, score in zip(answer.documents, answer.scores, strict=True):
        app_label, _, model_name = document.model.rpartition(".")
        values = {name: value for name, value in _values(document, declared).items() if not fields or name in fields}
        results.append(make(app_label, model_name, document.pk, score, **values))
    return results


def _values(document: Document, declared: Mapping[str, Any]) -> dict[str, Any]:
    values = {"id": document.identifier}
    for name, value in document.fields.items():
        field = declared.get(name)
        if name not in _TAKEN:
            values[name] = value if field is None or field.is_multivalued else field.convert(value)
    return values
