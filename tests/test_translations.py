"""The catalogues of the interface: whole, and as the code asks for them."""

import io

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

LOCALE = settings.LOCALE_PATHS[0]
KEYWORDS = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "npgettext")


def python_sources() -> list[str]:
    """Every module of the app, and every template as the lookalike of a module that Django makes of it."""
    modules = [path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "articles").rglob("*.py")]
    templates = [
        templatize(path.read_text(encoding="utf-8")) for path in (settings.BASE_DIR / "templates").rglob("*.html")
    ]
    # Their indentation is that of the markup, which would be an error in a module.
    return [*modules, *("\n".join(map(str.lstrip, template.splitlines())) for template in templates)]


def asked_for() -> set[str]:
    """Every text that code or a template wants translated, the singular of those with a number."""
    texts = set()
    for source in python_sources():
        for _line, function, found, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
            parts = list(found) if isinstance(found, tuple) else [found]
            text = parts[1] if function in {"pgettext", "npgettext"} else parts[0]
            if text:
                texts.add(text)
    return texts


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_the_catalogue_holds_what_the_pages_ask_for_and_nothing_else(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    held = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogue if message.id}
    assert held == asked_for()


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_no_translation_is_a_guess(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        assert [message.id for message in read_po(file) if message.id and message.fuzzy] == []
