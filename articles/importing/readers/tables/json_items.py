"""The list of articles in a JSON document of any size: one item at a time, by ijson."""

from collections.abc import Iterator
from itertools import chain

from ijson.common import ObjectBuilder

from articles.importing.readers.json_events import ENDS, STARTS, Event, events_of
from articles.importing.records import ImportFile, UnreadableFile

# Names under which a document holds its articles, as they stand in exports and answers of programs.
_LISTS = frozenset(
    {
        "articles", "children", "content", "data", "docs", "documents", "entries", "feed", "feeds", "hits", "items",
        "list", "messages", "news", "nodes", "pages", "payload", "posts", "publications", "records", "response",
        "responses", "result", "results", "rows", "stories", "texts", "value",
    }
)  # fmt: skip
OBJECTS_DEEP = 3
# Deeper than any export.
_DEEPEST = 200
# No article has so many members, lists and texts in lists.
_LARGEST_ITEM = 200_000


def is_name_of_list(name: str) -> bool:
    """Tell a name under which a document holds its articles."""
    return name.lower() in _LISTS


def items_of(file: ImportFile) -> Iterator[object]:
    """Yield the elements of the first list of objects that is the document or stands under a name for one.

    Raises BrokenJson where the JSON breaks off, UnreadableFile where it is nested too deep or an element is too large.
    """
    path: list[str] = []
    opens = False
    events = events_of(file)
    for event, value in events:
        if opens and event == "start_map":
            yield from _elements(chain([(event, value)], events))
            return
        opens = event == "start_array" and (not path or (len(path) <= OBJECTS_DEEP and is_name_of_list(path[-1])))
        if event == "map_key":
            path[-1] = value
        elif event in STARTS:
            path.append("")
        elif event in ENDS:
            path.pop()
        _refuse_deep(len(path))


def _elements(events: Iterator[Event]) -> Iterator[object]:
    """Yield the elements of the list that was just begun. Raises UnreadableFile for one larger than any article."""
    builder = ObjectBuilder()
    depth = size = 0
    for event, value in events:
        if not depth and event == "end_array":
            return
        builder.event(event, value)
        depth += (event in STARTS) - (event in ENDS)
        size += 1
        _refuse_deep(depth)
        if size > _LARGEST_ITEM:
            raise UnreadableFile("One item of the JSON is larger than any article.")
        if not depth:
            yield builder.value
            builder, size = ObjectBuilder(), 0


def _refuse_deep(depth: int) -> None:
    if depth > _DEEPEST:
        raise UnreadableFile("The JSON is nested too deep.")
