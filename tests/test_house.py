"""The house keeps its order: imports run downwards, each library has its room, each setting its line in the docs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "articles").rglob("*.py"))

# What of the app the modules of a package may import, beside their own package.
MAY_IMPORT = {
    "text": set(),
    "gazetteer": {"text"},
    "enrichment": {"text", "gazetteer"},
    "importing": {"text", "gazetteer", "enrichment", "models", "reference"},
    "search": {"text", "gazetteer", "models", "reference", "search_indexes", "processes"},
    "models": set(),
    "reference": {"gazetteer", "models"},
    "search_indexes": {"models", "text"},
    "json_lines": set(),
    "processes": set(),
}
# Where a library may be imported: paths of packages and modules under articles/.
ROOMS = {
    "haystack": (
        "search",
        "search_indexes",
        "management/commands/rebuild_index",
        "management/commands/update_index",
        "management/commands/clear_index",
    ),
    "whoosh": ("search/engines/whoosh",),
    "bs4": ("importing",),
    "trafilatura": ("importing",),
}
WITHOUT_DJANGO = ("text", "gazetteer", "enrichment")


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    return path.relative_to(ROOT / "articles").with_suffix("").as_posix().removesuffix("/__init__")


def stands_in(place: str, rooms: tuple[str, ...]) -> bool:
    return any(place == name or place.startswith(f"{name}/") for name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=room)
def test_imports_run_downwards_and_libraries_stay_in_their_rooms(path: Path) -> None:
    place = room(path)
    package = place.split("/")[0]
    for name in imported(path):
        library, *rest = name.split(".")
        if library == "articles" and package in MAY_IMPORT:
            assert rest[0] in {*MAY_IMPORT[package], package}, f"{place} imports {name}"
        if library in ROOMS:
            assert stands_in(place, ROOMS[library]), f"{place} imports {name}"
        if library == "django":
            assert package not in WITHOUT_DJANGO, f"{place} imports {name}"


def test_readers_and_cleaning_know_no_database() -> None:
    paths = [path for path in MODULES if stands_in(room(path), ("importing/readers", "importing/cleaning"))]
    assert paths
    for path in paths:
        names = [name for name in imported(path) if name.startswith(("articles.models", "django.db"))]
        assert names == [], f"{room(path)} imports {names}"


def test_the_packages_that_the_rules_speak_of_are_there() -> None:
    rooms = {room(path) for path in MODULES}
    assert set(MAY_IMPORT) <= rooms
    assert {name for names in ROOMS.values() for name in names} <= rooms


def variables() -> set[str]:
    """Return the environment variables that the settings read, by the calls that read them."""
    names = set()
    for path in (ROOT / "diplomacy_search").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            reads = ast.unparse(node.func)
            if reads.startswith("environment.") or reads in {"text", "flag", "words", "whole_number", "os.getenv"}:
                names.add(node.args[0].value)
    return names


def test_every_setting_has_its_line_in_the_docs_and_every_line_its_setting() -> None:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    assert {"DATA_DIR", "SECRET_KEY", "DEBUG"} <= variables()
    assert documented == variables()


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    templates = sorted((ROOT / "templates").rglob("*.html"))
    assert templates
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle\s*=", text), path
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), path
        assert "<style" not in text, path
        for script in re.findall(r"<script\b[^>]*>(.*?)</script>", text, re.DOTALL):
            assert script.strip() == "", path


def test_pages_fetch_nothing_from_other_sites() -> None:
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?:src|srcset)\s*=\s*[\"']?(?:https?:)?//", text), path
        assert not re.search(r"<link\b[^>]*href\s*=\s*[\"']?(?:https?:)?//", text), path
        assert not re.search(r"(?:url\(\s*|@import\s+)[\"']?(?:https?:)?//", text), path
