"""Our engine and the stock Haystack backend side by side, for benchmarks that compare them."""

import os
from pathlib import Path


def start(folder: Path) -> None:
    """Start Django over a data folder, with a stock connection beside ours."""
    os.environ.update(DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="diplomacy_search.settings")
    import django
    from django.conf import settings

    settings.HAYSTACK_CONNECTIONS["stock"] = {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(folder / "stock"),
    }
    django.setup()


def set_up(folder: Path) -> None:
    """Start Django over a data folder and make its tables where there are none."""
    start(folder)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
