"""How static files are named and stored."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, which also names in scripts the modules that they import as they are stored."""

    support_js_module_import_aggregation = True
