"""Files in, articles out: `import_files` is the door, `files_in` walks paths, `ImportReport` says what became of it."""

from articles.importing.copies import regroup
from articles.importing.files import files_in, total_size
from articles.importing.loader import import_files
from articles.importing.records import ArticleDate, ArticleRecord, ImportFile
from articles.importing.report import Entry, FileReport, ImportReport, sums
from articles.importing.rereading import NotReadAgain, as_imported, last_entry
from articles.importing.retrying import Retry
from articles.importing.tagging import EmptyGazetteer

__all__ = [
    "ArticleDate",
    "ArticleRecord",
    "EmptyGazetteer",
    "Entry",
    "FileReport",
    "ImportFile",
    "ImportReport",
    "NotReadAgain",
    "Retry",
    "as_imported",
    "files_in",
    "import_files",
    "last_entry",
    "regroup",
    "sums",
    "total_size",
]
