"""Haystack's SearchQuery whose filters become our tree."""

from collections.abc import Iterator, KeysView, ValuesView
from typing import Any

from haystack.backends import SPELLING_SUGGESTION_HAS_NOT_RUN, SQ, BaseSearchQuery, SearchNode
from haystack.constants import FILTER_SEPARATOR, VALID_FILTERS
from haystack.exceptions import MoreLikeThisError, SearchBackendError

from articles.search.haystack.conditions import condition, joined
from articles.search.tree import And, Compared, Node, Not, Or


class SearchQuery(BaseSearchQuery):
    """What a SearchQuerySet asks. `build_query` gives our tree, or Haystack's `*` for all documents."""

    query_filter: SearchNode
    _facet_counts: dict[str, Any] | None
    _spelling_suggestion: Any

    def __str__(self) -> str:
        return str(self.build_query())

    def build_query(self) -> Node | str:
        """Return the tree of all filters. Raises SearchFieldError and SearchBackendError for what does not exist."""
        return self._node(self.query_filter) if self.query_filter else self.matching_all_fragment()

    def _node(self, part: Any) -> Node:
        if not isinstance(part, SearchNode):
            expression, value = part
            name, _, lookup = expression.partition(FILTER_SEPARATOR)
            if lookup and lookup not in VALID_FILTERS:
                # Haystack itself would take it for no lookup at all.
                known = ", ".join(sorted(VALID_FILTERS))
                raise SearchBackendError(f"There is no lookup “{lookup}”. There are: {known}.")
            return condition(name, lookup or "content", value, self)
        children = [self._node(child) for child in part.children]
        node = joined(children, Or if part.connector == SQ.OR else And)
        return Not(node) if part.negated else node

    # --- building

    def add_filter(self, query_filter: SearchNode, use_or: bool = False) -> None:
        """Add a condition to those before it: both must hold or, with `use_or`, one of them."""
        connector = SQ.OR if use_or else SQ.AND
        before, added = self.query_filter, _copied(query_filter)
        if not added:
            return
        if not before:
            self.query_filter = SearchNode([added])
        elif before.connector == connector or len(before) == 1:
            self.query_filter = SearchNode([*before.children, added], connector)
        else:
            self.query_filter = SearchNode([before, added], connector)

    def combine(self, rhs: BaseSearchQuery, connector: str = SQ.AND) -> None:
        """Take another query's filters beside one's own; a query without any is of all documents."""
        if connector == SQ.OR and not (self.query_filter and rhs.query_filter):
            self.query_filter = SearchNode()
        elif rhs.query_filter:
            self.add_filter(rhs.query_filter, use_or=connector == SQ.OR)

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        """Return a condition as our grammar writes it: Haystack's narrow() asks for texts only.

        Raises SearchBackendError for what the grammar cannot say, which filter() can.
        """
        node = condition(field, filter_type, value, self)
        if isinstance(node, Compared):
            if node.relation in {"equals", "words"} and len(node.values) == 1 and isinstance(node.values[0], str):
                return f'{node.field}:"{node.values[0]}"'
            raise SearchBackendError("narrow() takes words and values of fields: use filter() for other conditions.")
        return f"({node})"

    # --- asking

    def get_facet_counts(self) -> dict[str, Any]:
        """Return the facets; where nothing was asked yet, without asking for all rows as Haystack's own does."""
        if self._facet_counts is None:
            self._facet_counts = self._without_rows()._facet_counts
        return self._facet_counts or {}

    def get_spelling_suggestion(self, preferred_query: str | None = None) -> str | None:
        """Return what may have been meant; None where nothing else, or where INCLUDE_SPELLING is off."""
        if self._spelling_suggestion is SPELLING_SUGGESTION_HAS_NOT_RUN:
            self._spelling_suggestion = self._without_rows(preferred_query)._spelling_suggestion
        return self._spelling_suggestion

    def _without_rows(self, spelling_query: str | None = None) -> "SearchQuery":
        query = self._clone()
        query.set_limits(0, 0)
        query.run(spelling_query=spelling_query)
        return query

    def run_mlt(self, **kwargs: Any) -> None:
        """Ask for articles like the one given; unlike Haystack's own, for the slice wanted only."""
        if not self._more_like_this or self._mlt_instance is None:
            raise MoreLikeThisError("No instance was provided to determine 'More Like This' results.")
        wanted = {"start_offset": self.start_offset, "end_offset": self.end_offset, "result_class": self.result_class}
        found = self.backend.more_like_this(
            self._mlt_instance, self.build_query(), models=self.models, **{**wanted, **kwargs}
        )
        self._results = found["results"]
        self._hit_count = found["hits"]


def _copied(part: Any) -> Any:
    """Return an SQ as a SearchNode, which can be copied with its query, as can its values; empty parts are left out."""
    if not isinstance(part, SearchNode):
        expression, value = part
        return expression, list(value) if isinstance(value, Iterator | KeysView | ValuesView) else value
    children = [copied for child in part.children if (copied := _copied(child))]
    return SearchNode(children, part.connector, part.negated)
