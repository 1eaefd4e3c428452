"""The site's settings over an empty data folder, with nothing taken from the environment of whoever runs the tests."""

import atexit
import multiprocessing
import os
import shutil
import tempfile

if multiprocessing.parent_process() is None:
    _data_dir = tempfile.mkdtemp(prefix="diplomacy-search-tests-")
    atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
    # Processes that a test starts find it here, and leave nothing behind.
    os.environ["DATA_DIR"] = _data_dir
for _name in (
    "DATABASE_URL",
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "HTTPS",
    "TIME_ZONE",
    "SOURCE_TIME_ZONE",
    "INDEX_PROCESSES",
):
    os.environ.pop(_name, None)

from diplomacy_search.settings import *  # noqa: E402, F403
from diplomacy_search.settings import MIDDLEWARE, STORAGES  # noqa: E402

# Static files by their plain names, from where they lie: tests do not collect them.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
