"""Django's test runner that writes what became of each test into a file; see haystack_suite."""

import json
import os
import unittest
from pathlib import Path
from typing import Any

from django.test.runner import DiscoverRunner


class Result(unittest.TextTestResult):
    """Keeps (outcome, last line of the error) of each test."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.outcomes: dict[str, dict[str, str]] = {}

    def keep(self, test: unittest.TestCase, outcome: str, error: Any = None) -> None:
        name = ".".join(test.id().split(".")[-2:])
        text = f"{error[0].__name__}: {error[1]}".strip().splitlines()[0] if error else ""
        self.outcomes[name] = {"outcome": outcome, "error": text}

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.keep(test, "passed")

    def addFailure(self, test: unittest.TestCase, error: Any) -> None:
        super().addFailure(test, error)
        self.keep(test, "failed", error)

    def addError(self, test: unittest.TestCase, error: Any) -> None:
        super().addError(test, error)
        self.keep(test, "failed", error)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self.keep(test, "skipped")

    def addExpectedFailure(self, test: unittest.TestCase, error: Any) -> None:
        super().addExpectedFailure(test, error)
        self.keep(test, "failed as expected")

    def addUnexpectedSuccess(self, test: unittest.TestCase) -> None:
        super().addUnexpectedSuccess(test)
        self.keep(test, "passed although expected to fail")


class Runner(DiscoverRunner):
    """Writes the outcomes to the file in HAYSTACK_REPORT."""

    def get_resultclass(self) -> type[Result]:
        return Result

    def suite_result(self, suite: Any, result: Any, **options: Any) -> int:
        Path(os.environ["HAYSTACK_REPORT"]).write_text(json.dumps(result.outcomes))
        return 0
