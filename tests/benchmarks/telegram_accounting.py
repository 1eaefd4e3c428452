"""Whether every message of Telegram exports comes to something: an article, or a reason why it is none.

`python tests/benchmarks/telegram_accounting.py [--megabytes N]` makes the channel posts of the acceptance data
(ACCEPTANCE_DATA, default: `shared` beside the project) into exports as Telegram Desktop writes them, one a channel,
with pictures, albums and service messages between the posts, and reads them. It prints how many messages were lost,
doubled, empty and unreadable, how many of the posts' words are kept, the time and the peak memory. Then it imports them
into a database of its own, twice, and prints what the import's own report says and what it stored. `--megabytes` makes
one export of that size out of all posts instead, counts the kinds of its records only, and stores nothing.
"""

import argparse
import gzip
import itertools
import json
import os
import re
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = Path(os.environ.get("ACCEPTANCE_DATA", ROOT.parent / "shared")) / "data" / "corpora" / "telegram_ru.jsonl.gz"
NOT_INCLUDED = "(File not included. Change data exporting settings to download.)"
_MARKDOWN = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<link>[^\[\]]+)\]\((?P<href>[^()\s]+)\)", re.DOTALL)
Row = dict[str, Any]


def corpus() -> list[Row]:
    """Return the posts: rows with an id ("channel-message"), a channel, a date and a body."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_exports(rows: Iterable[Row], folder: Path) -> list[Path]:
    """Write the posts as exports of single channels, `folder`/chat_1/result.json and so on; return their paths."""
    channels: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        channels[row["id"].partition("-")[0]].append(row)
    paths = []
    for order, (channel, posts) in enumerate(sorted(channels.items()), start=1):
        path = folder / f"chat_{order}" / "result.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        export = {
            "name": posts[0]["channel"],
            "type": "public_channel",
            "id": int(channel.removeprefix("100")),
            "messages": list(messages(sorted(posts, key=_number))),
        }
        path.write_text(json.dumps(export, ensure_ascii=False, indent=1), encoding="utf-8")
        paths.append(path)
    return paths


def write_large_export(rows: list[Row], path: Path, megabytes: int) -> None:
    """Write the posts over and over as one channel's export of about that size."""
    number = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"name": "All channels", "type": "public_channel", "id": 1, "messages": [')
        for row in itertools.cycle(rows):
            number += 1
            text = json.dumps(message({**row, "id": f"1-{number}"}, number), ensure_ascii=False, indent=1)
            file.write(f"{',' if number > 1 else ''}\n{text}")
            if not number % 1000 and file.tell() > megabytes * 1024**2:
                break
        file.write("\n]}")


def messages(posts: list[Row]) -> Iterator[dict[str, Any]]:
    """Yield the messages of a channel: its posts, and where ids are free an album's pictures and service messages."""
    for order, (post, after) in enumerate(itertools.zip_longest(posts, posts[1:])):
        one = message(post, order)
        free = _number(after) - one["id"] - 1 if after else 3
        is_album = order % 5 == 0 and free >= 3
        yield {**one, "photo": NOT_INCLUDED} if is_album or order % 3 == 0 else one
        if is_album:
            for step in (1, 2):
                yield {**one, "id": one["id"] + step, "photo": NOT_INCLUDED, "text": "", "text_entities": []}
            yield {
                **{key: one[key] for key in ("date", "date_unixtime")},
                "id": one["id"] + 3, "type": "service", "action": "pin_message", "text": "", "text_entities": [],
            }  # fmt: skip


def message(post: Row, order: int) -> dict[str, Any]:
    """Return a post as a message; the text of every other one as a list of entities, the rest as one string."""
    seconds = int(time.mktime(time.strptime(post["date"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone)
    parts = list(entities(post["body"]))
    return {
        "id": _number(post),
        "type": "message",
        "date": post["date"][:19],
        "date_unixtime": str(seconds),
        "from": post["channel"],
        "from_id": f"channel{post['id'].partition('-')[0].removeprefix('100')}",
        "text": [part["text"] if part["type"] == "plain" else part for part in parts] if order % 2 else post["body"],
        "text_entities": parts if order % 2 else [{"type": "plain", "text": post["body"]}],
    }


def entities(text: str) -> Iterator[dict[str, str]]:
    """Yield the parts of a text in Markdown as Telegram's entities: bold passages, links and what is between them."""
    end = 0
    for match in _MARKDOWN.finditer(text):
        if match.start() > end:
            yield {"type": "plain", "text": text[end : match.start()]}
        if match["bold"]:
            yield {"type": "bold", "text": match["bold"]}
        else:
            yield {"type": "text_link", "text": match["link"], "href": match["href"]}
        end = match.end()
    if end < len(text):
        yield {"type": "plain", "text": text[end:]}


def _number(post: Row) -> int:
    return int(post["id"].partition("-")[2])


def account(path: Path) -> Counter[str]:
    """Read one export and count what its messages came to, beside what they are when the file is read as plain JSON."""
    from articles.importing import readers
    from articles.importing.records import ArticleRecord, EmptyRecord, ImportFile

    wanted = {f"message {each['id']}": each for each in json.loads(path.read_text("utf-8"))["messages"]}
    found: Counter[str] = Counter(messages=len(wanted))
    met: Counter[str] = Counter()
    for record in readers.read(ImportFile(path.name, path, path.parent.name)):
        place = getattr(record, "place", "")
        met[place] += 1
        if isinstance(record, ArticleRecord):
            found["articles"] += 1
            found["without a date"] += record.date.moment is None
            found["under another id"] += f"message {record.external_id}" != place
            said, kept = (Counter(re.findall(r"\w+", text)) for text in (_text(wanted[place]), record.body))
            found["words"] += said.total()
            found["words kept"] += (said & kept).total()
            found["words made up"] += (kept - said).total()
        else:
            found["empty" if isinstance(record, EmptyRecord) else "unreadable"] += 1
            found[f"  {re.sub(r'[0-9]+', 'N', record.reason)}"] += 1
    found["lost"] = len(wanted.keys() - met.keys())
    found["doubled"] = sum(times > 1 for times in met.values())
    return found


def _text(message: dict[str, Any]) -> str:
    return "".join(part["text"] for part in message["text_entities"])


def pass_through(path: Path) -> Counter[str]:
    """Read one export without keeping anything, and count the kinds of its records."""
    from articles.importing import readers
    from articles.importing.records import ImportFile

    return Counter(type(record).__name__ for record in readers.read(ImportFile(path.name, path, path.parent.name)))


def import_twice(paths: list[Path]) -> None:
    """Import the exports, then again; print what became of the messages and whether each post stands once."""
    from articles.importing import files_in, import_files, sums
    from articles.models import Article, BoilerplateLine, ImportEntry

    for title in ("first import", "the same again"):
        started = time.perf_counter()
        report = import_files(files_in(paths), with_tags=False)
        seconds = time.perf_counter() - started
        lines = ImportEntry.objects.filter(run=report.run_id).exclude(outcome="note")
        print(f"{title}: {sums(report.counts)}; {lines.count():,} lines in the report; {seconds:.0f} s")
        print(f"  messages with two lines: {len(lines) - lines.values('file', 'place').distinct().count():,}")
    posts = Article.objects.values_list("source__name", "external_id")
    repeated = len(posts) - Article.objects.values("body_hash").distinct().count()
    print(f"stored: {len(posts):,} articles under {len(set(posts)):,} ids, {repeated:,} repeat another's text")
    print(f"lines learned as boilerplate: {BoilerplateLine.objects.count()}")
    for line in BoilerplateLine.objects.select_related("source"):
        print(f"  {line.articles} of {line.seen} of {line.source}: {line.text[:90]!r}")


def main() -> None:
    """Measure all exports, or one large one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=0)
    megabytes = parser.parse_args().megabytes
    if not CORPUS.exists():
        sys.exit(f"No corpus at {CORPUS}: set ACCEPTANCE_DATA.")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=f"{folder}/data", DJANGO_SETTINGS_MODULE="diplomacy_search.settings")
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        rows = corpus()
        if megabytes:
            paths = [Path(folder) / "result.json"]
            write_large_export(rows, paths[0], megabytes)
        else:
            paths = write_exports(rows, Path(folder))
        rows.clear()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        total: Counter[str] = Counter()
        for path in paths:
            total.update(pass_through(path) if megabytes else account(path))
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in paths)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for kind, number in total.items():
            print(f"{kind:60} {number:>10,}")
        print(f"{len(paths)} exports, {size / 1024**2:.0f} MB, {seconds:.1f} s")
        print(f"peak memory {peak / 1024:.0f} MB, {before / 1024:.0f} MB of it before reading")
        if not megabytes:
            call_command("migrate", verbosity=0)
            import_twice(paths)


if __name__ == "__main__":
    main()
