"""The site's settings, read from the environment. Every variable is described in docs/settings.md."""

from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from diplomacy_search import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# All that the program writes lies here: database, search index, originals of imported files, secret key.
DATA_DIR = Path(environment.text("DATA_DIR", str(BASE_DIR / "var"))).expanduser().resolve()
ORIGINALS_DIR = DATA_DIR / "originals"

SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = environment.flag("DEBUG")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")

# Behind a TLS proxy: cookies travel over https only, plain http is sent to https, browsers are told to stay there.
HTTPS = environment.flag("HTTPS")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = environment.whole_number("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
# Where the login leads that was asked for no page, or for one of another site.
LOGIN_REDIRECT_URL = "admin:index"
# Pages take nothing from another site, and nothing that stands inside a page runs.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

INSTALLED_APPS = [
    "articles",  # before haystack: it overrides rebuild_index, update_index and clear_index
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "haystack",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "diplomacy_search.urls"
WSGI_APPLICATION = "diplomacy_search.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict:
    """Return Django's entry for DATABASE_URL; SQLite in DATA_DIR where it is not set. Raises ImproperlyConfigured."""
    try:
        entry = dj_database_url.parse(
            environment.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'diplomacy.sqlite3'}"), conn_max_age=600
        )
    except Exception as error:
        # Never show the address: it may hold a password.
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read ({type(error).__name__}).") from None
    if entry["ENGINE"].endswith("postgresql") and find_spec("psycopg") is None:
        raise ImproperlyConfigured('PostgreSQL needs its driver: .venv/bin/pip install "psycopg[binary]==3.3.9"')
    if entry["ENGINE"].endswith("sqlite3"):
        # Readers, the web and an import share the file: see "Parallel use" in docs/production.md.
        entry["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return entry


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "articles.search.engines.whoosh.WhooshEngine",
        "PATH": str(DATA_DIR / "index"),
        # Processes that index at a time; 0: one a core, four at most.
        "PROCESSES": environment.whole_number("INDEX_PROCESSES", 0),
    },
}
# Rows that a SearchQuerySet asks for at a time while one goes through it: each time the engine orders all it found.
HAYSTACK_ITERATOR_LOAD_PER_QUERY = 1000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية"), ("ru", "Русский")]
TIME_ZONE = environment.time_zone("TIME_ZONE", "UTC")
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "media"}},
    "staticfiles": {"BACKEND": "diplomacy_search.storage.StaticStorage"},
}

# Uploads in the admin, in bytes; a text longer than ARTICLE_MAX_LENGTH characters is refused as one article.
UPLOAD_MAX_SIZE = environment.whole_number("UPLOAD_MAX_SIZE", 20 * 1024 * 1024)
ARTICLE_MAX_LENGTH = environment.whole_number("ARTICLE_MAX_LENGTH", 500_000)
# Limits of an import, in bytes: of one file, of one document that is read as a whole (a page, a text, a feed), and of
# all that one archive unpacks to; and how many files an archive may hold, and how many times it may grow.
IMPORT_MAX_FILE_SIZE = environment.whole_number("IMPORT_MAX_FILE_SIZE", 2 * 1024**3)
IMPORT_MAX_DOCUMENT_SIZE = environment.whole_number("IMPORT_MAX_DOCUMENT_SIZE", 50 * 1024**2)
IMPORT_MAX_UNPACKED_SIZE = environment.whole_number("IMPORT_MAX_UNPACKED_SIZE", 4 * 1024**3)
IMPORT_MAX_ARCHIVE_ENTRIES = environment.whole_number("IMPORT_MAX_ARCHIVE_ENTRIES", 100_000)
IMPORT_MAX_ARCHIVE_RATIO = environment.whole_number("IMPORT_MAX_ARCHIVE_RATIO", 200)
# The zone of clock times that come without one, where their source has none of its own.
SOURCE_TIME_ZONE = environment.time_zone("SOURCE_TIME_ZONE", "UTC")
# One form of the admin holds a long article, percent-encoded, or a topic with all its phrases.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

LOG_LEVEL = environment.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
