"""Problems as people and machines read them: text, GitHub's annotations, JSON, SARIF."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from xinyong.problems import CODES, Problem, as_text, explain, visible, without_commands

VERSION = 1
"""The version of the JSON report; it grows when a field changes its meaning or goes."""


@dataclass(frozen=True)
class Report:
    """What a check found: its problems in the order of their places, the number of records, the site's address.

    The address is empty where it is not known; then nothing links to the pages of the codes.
    """

    problems: Sequence[Problem]
    records: int
    site: str = ""

    def help(self, code: str) -> str:
        """Return the address of the page that explains a code; empty where the site's address is not known."""
        return f"{self.site.rstrip('/')}/{page_of(code)}" if self.site else ""


def page_of(code: str) -> str:
    """Return the address of a code's page from the site's root."""
    return f"problems/{code}/"


def source_lines(file: str) -> list[str]:
    """Return the lines of a file for showing; empty where it cannot be read. Links are not followed, pipes not read."""
    path = Path(file)
    try:
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError:
        data = None
    return [] if data is None else data.decode("utf-8-sig", "replace").split("\n")


def as_lines(problems: Iterable[Problem], *, colour: bool = False) -> str:
    """Say problems that have their places, each with its source line and a caret; empty for none."""
    sources: dict[str, list[str]] = {}
    message = []
    for problem in problems:
        if problem.file not in sources:
            sources[problem.file] = source_lines(problem.file)
        lines = sources[problem.file]
        line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
        message.append(as_text(problem, line, colour=colour))
    return "\n".join(message)


def as_github(problem: Problem) -> str:
    """Return a workflow command that makes an annotation.

    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands: ``%``, CR and LF are escaped,
    in properties also ``:`` and ``,``. Columns are given only where the place ends on the line on which it begins.
    """
    places = {"file": problem.file, "line": problem.line, "endLine": problem.end_line}
    if problem.end_line in (0, problem.line):
        places |= {"col": problem.column, "endColumn": problem.end_column}
    given = {**places, "title": f"{problem.code} {CODES[problem.code]}"}
    properties = ",".join(
        f"{name}={_property(str(value))}" for name, value in given.items() if value
    )
    return f"::{problem.severity} {properties}::{_data(problem.message)}"


def as_json(report: Report) -> str:
    """Return the report as JSON; its form is docs/problems/report.schema.json."""
    errors = sum(problem.severity == "error" for problem in report.problems)
    whole = {
        "version": VERSION,
        "records": report.records,
        "errors": errors,
        "warnings": len(report.problems) - errors,
        "problems": [_plain(problem, report) for problem in report.problems],
    }
    return _as_json(whole)


def as_sarif(report: Report, version: str) -> str:
    """Return the report as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), with the program's version.

    Columns count Unicode code points, as everywhere here. A result is known again by its code, file, path and message,
    not by its line, so that it stays the same one when lines are added above it.
    """
    codes = sorted({problem.code for problem in report.problems})
    driver = {
        "name": "xinyong",
        "version": version,
        "rules": [_rule(code, report) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(report.problems, codes)),
    }
    whole = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return _as_json(whole)


def _as_json(whole: Mapping[str, Any]) -> str:
    """Write JSON that is UTF-8: a byte of a file's name that is none becomes U+FFFD, as JSON cannot hold it."""
    return (
        re.sub("[\ud800-\udfff]", "\ufffd", json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"
    )


def _plain(problem: Problem, report: Report) -> Mapping[str, Any]:
    given = {
        "code": problem.code,
        "title": CODES[problem.code],
        "severity": problem.severity,
        "message": problem.message,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "endLine": problem.end_line,
        "endColumn": problem.end_column,
        "path": list(problem.path),
        "help": report.help(problem.code),
    }
    return {name: value for name, value in given.items() if value or name == "path"}


def _rule(code: str, report: Report) -> Mapping[str, Any]:
    explanation = explain(code)
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": CODES[code]},
        "fullDescription": {"text": explanation.meaning},
        "help": {"text": "\n\n".join((explanation.meaning, explanation.reason, explanation.fix))},
        "defaultConfiguration": {"level": Problem(code, "", "").severity},
    }
    if address := report.help(code):
        rule["helpUri"] = address
    return rule


def _results(problems: Iterable[Problem], codes: Sequence[str]) -> Iterable[Mapping[str, Any]]:
    times: dict[str, int] = {}
    for problem in problems:
        message = json.dumps(
            [problem.code, problem.file, problem.path, problem.message], ensure_ascii=False
        )
        times[message] = times.get(message, 0) + 1
        fingerprint = hashlib.sha256(
            f"{message}{times[message]}".encode("utf-8", "replace")
        ).hexdigest()
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(os.fsencode(problem.file))}}
        if region := _region(problem):
            location["region"] = region
        yield {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": problem.severity,
            "message": {"text": visible(problem.message)},
            "locations": [{"physicalLocation": location}],
            "partialFingerprints": {"xinyong/v1": fingerprint},
        }


def _region(problem: Problem) -> Mapping[str, int]:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endLine": problem.end_line,
        "endColumn": problem.end_column,
    }
    return {name: number for name, number in region.items() if number}


def _data(text: str) -> str:
    shown = visible(text, keep="\r\n")
    escaped = shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return without_commands(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
