"""Our engine and the stock Haystack backend side by side, for benchmarks that compare them."""

import os
from pathlib import Path


def set_up(folder: Path) -> None:
    """Start Django over an empty data folder, with a stock connection beside ours."""
    os.environ.update(DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="diplomacy_search.settings")
    import django
    from django.conf import settings

    settings.HAYSTACK_CONNECTIONS["stock"] = {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(folder / "stock"),
    }
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
