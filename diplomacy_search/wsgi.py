"""The door for WSGI servers such as gunicorn."""

import logging
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_search.settings")

application = get_wsgi_application()


def _prepare() -> None:
    """Load names and index while nobody waits for them yet."""
    from django.db import connections

    from articles import search

    try:
        search.suggest("names")
        # Last: what is loaded by then the garbage collector passes over.
        search.prepare()
    except Exception as error:
        # The first reader meets the same trouble and is told; a server that is not yet set up must still start.
        logging.getLogger(__name__).warning("Search is not ready: %s", error)
    finally:
        connections.close_all()


threading.Thread(target=_prepare, name="prepare-search", daemon=True).start()
