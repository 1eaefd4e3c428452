"""Files in, articles out: `import_files` is the door, `files_in` walks paths, `ImportReport` says what became of it."""

from articles.importing.copies import regroup
from articles.importing.files import files_in, total_size
from articles.importing.loader import import_files
from articles.importing.records import ImportFile
from articles.importing.report import Entry, FileReport, ImportReport, sums
from articles.importing.retrying import Retry
from articles.importing.tagging import EmptyGazetteer

__all__ = [
    "EmptyGazetteer",
    "Entry",
    "FileReport",
    "ImportFile",
    "ImportReport",
    "Retry",
    "files_in",
    "import_files",
    "regroup",
    "sums",
    "total_size",
]
