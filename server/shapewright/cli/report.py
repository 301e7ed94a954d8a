"""What `shapewright check` found, as text for people and in the formats of other programs."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shapewright import __version__
from shapewright.cli.places import place_entry
from shapewright.findings.finding import Edit, Finding, Severity, edits_of
from shapewright.findings.rules import DOCUMENTATION, RULES
from shapewright.syntax.source import Place
from shapewright.workspace.programs import Program, Spot

HOME = DOCUMENTATION.split("/blob/")[0]


@dataclass(frozen=True)
class Found:
    """A finding and the program that it is in."""

    program: Program
    finding: Finding

    @property
    def spot(self) -> Spot:
        return self.program.spot(self.finding.place)

    @property
    def lines(self) -> tuple[Place, str]:
        """The place in the file itself, and what to say in front: in a notebook a reader looks for the cell."""
        spot = self.spot
        return self.program.in_file(spot), "" if spot.cell is None else f"cell {spot.cell}, line {spot.place.line + 1}: "


# -- text


def as_text(found: Found) -> str:
    """A finding for people: where, what, the line, Keras's words, what belongs to it and how to mend it."""
    finding, program, spot = found.finding, found.program, found.spot
    place, lines = spot.place, program.lines(spot)
    parts = [f"{program.name}:{spot}: {finding.severity.value} {finding.code} {finding.message}"]
    if place.line < len(lines):
        end = place.end_column if place.end_line == place.line else len(lines[place.line])
        parts.append(f"    {lines[place.line]}")
        parts.append("    " + " " * place.column + "^" * max(1, end - place.column))
    if finding.keras_message:
        parts.append(f"  Keras says: {finding.keras_message}")
    for related in finding.related:
        if related.place.file is not None:
            where = f"{shown(related.place.file)}:{Spot(None, related.place)}"
            parts.append(f"  {where}: {related.message}")
            continue
        other = program.spot(related.place)
        cell = "" if other.cell == spot.cell else f"cell {other.cell}, "
        parts.append(f"  {cell}line {other.place.line + 1}: {related.message}")
    parts += [f"  fix: {fix.title}" for fix in finding.fixes]
    return "\n".join(parts) + "\n"


# -- JSON, the public contract


def as_json(found: Sequence[Found]) -> str:
    """All findings as a JSON list."""
    return json.dumps([_json_entry(item) for item in found], indent=1)


def _json_entry(found: Found) -> dict[str, Any]:
    finding, program = found.finding, found.program
    entry: dict[str, Any] = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
    }
    if finding.keras_message is not None:
        entry["keras_message"] = finding.keras_message
    entry |= {"filename": program.name, **place_entry(found.spot)}
    entry["related"] = [
        {"filename": shown(r.place.file or program.name), **_place_entry(program, r.place), "message": r.message}
        for r in finding.related
    ]
    entry["confidence"] = finding.confidence
    entry["fixes"] = [
        {
            "title": fix.title,
            "preferred": fix.preferred,
            "verified": fix.verified,
            "edits": [
                {**_edited_file(edit), **_place_entry(program, edit.place), "new_text": edit.new_text} for edit in fix.edits
            ],
        }
        for fix in finding.fixes
    ]
    return entry


def _place_entry(program: Program, place: Place) -> dict[str, int]:
    return place_entry(program.spot(place) if place.file is None else Spot(None, place))


def _edited_file(edit: Edit) -> dict[str, str]:
    """The file that an edit is in, where that is not the file of the finding."""
    return {} if edit.place.file is None else {"filename": shown(edit.place.file)}


def shown(file: str) -> str:
    """A file as a user names it: from where the command runs, if it is below that."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_absolute() and path.is_relative_to(Path.cwd()) else file


# -- formats of other programs


def as_sarif(found: Sequence[Found]) -> str:
    """SARIF 2.1.0, which code scanning services read."""
    codes = sorted({item.finding.code for item in found})
    rules = [
        {
            "id": code,
            "name": RULES[code].name,
            "shortDescription": {"text": RULES[code].summary},
            "fullDescription": {"text": RULES[code].why},
            "helpUri": RULES[code].url,
            "defaultConfiguration": {"level": _SARIF_LEVELS[RULES[code].severity]},
        }
        for code in codes
    ]
    driver = {"name": "shapewright", "version": __version__, "informationUri": HOME, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(item, codes) for item in found],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=1)


_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def _sarif_result(found: Found, codes: list[str]) -> dict[str, Any]:
    finding, program = found.finding, found.program
    _, lead = found.lines
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": lead + _message(finding)},
        "locations": [_sarif_location(program, finding.place)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                **_sarif_location(program, related.place),
                "message": {"text": related.message},
            }
            for number, related in enumerate(finding.related)
        ]
    if finding.fixes and found.spot.cell is None:
        result["fixes"] = [
            {
                "description": {"text": fix.title},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": _uri(file or program.name)},
                        "replacements": [
                            {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.new_text}}
                            for edit in edits_of(fix.edits, file)
                        ],
                    }
                    for file in dict.fromkeys(edit.place.file for edit in fix.edits)
                ],
            }
            for fix in finding.fixes
        ]
    return result


def _message(finding: Finding) -> str:
    return finding.message + (f" Keras says: {finding.keras_message}" if finding.keras_message else "")


def _sarif_location(program: Program, place: Place) -> dict[str, Any]:
    region = _region(program.in_file(program.spot(place)) if place.file is None else place)
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file or program.name)}, "region": region}}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line + 1,
        "startColumn": place.column + 1,
        "endLine": place.end_line + 1,
        "endColumn": place.end_column + 1,
    }


def _uri(name: str) -> str:
    """The file as a URI: relative to where the command runs, as services expect, or whole where it is elsewhere."""
    path = Path(name)
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return path.as_uri()
    return quote(path.as_posix())


def as_github(found: Sequence[Found]) -> str:
    """Commands of GitHub Actions: each finding becomes an annotation beside the code."""
    return "\n".join(_github_line(item) for item in found)


def _github_line(found: Found) -> str:
    finding = found.finding
    place, lead = found.lines
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}[finding.severity]
    about = {"title": f"shapewright ({finding.code})", "file": found.program.name, "line": place.line + 1}
    about |= {"col": place.column + 1, "endLine": place.end_line + 1, "endColumn": place.end_column + 1}
    properties = ",".join(f"{key}={_github_escaped(str(value), ':,')}" for key, value in about.items())
    return f"::{level} {properties}::{_github_escaped(lead + finding.code + ' ' + _message(finding))}"


def _github_escaped(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def as_gitlab(found: Sequence[Found]) -> str:
    """GitLab's code quality report."""
    seen: Counter[str] = Counter()
    return json.dumps([_gitlab_entry(item, seen) for item in found], indent=1)


def _gitlab_entry(found: Found, seen: Counter[str]) -> dict[str, Any]:
    finding = found.finding
    place, lead = found.lines
    path = _in_gitlab_project(found.program.name)
    lines = found.program.lines(found.spot)
    line = found.spot.place.line
    text = lines[line].strip() if line < len(lines) else ""
    mark = f"{path} {finding.code} {text}"  # no line number: what stays while code above it changes
    seen[mark] += 1
    return {
        "check_name": finding.code,
        "description": f"{lead}{finding.code}: {_message(finding)}",
        "severity": {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}[finding.severity],
        "fingerprint": hashlib.sha256(f"{mark} {seen[mark]}".encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": place.line + 1, "column": place.column + 1},
                "end": {"line": place.end_line + 1, "column": place.end_column + 1},
            },
        },
    }


def _in_gitlab_project(name: str) -> str:
    root = os.environ.get("CI_PROJECT_DIR")
    path = Path(name)
    if root and os.path.exists(path):
        try:
            return path.resolve().relative_to(Path(root).resolve()).as_posix()
        except ValueError:
            pass
    return path.as_posix()


FORMATS: dict[str, Callable[[Sequence[Found]], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "gitlab": as_gitlab,
}


def statistics(found: Sequence[Found]) -> Iterator[str]:
    """How many findings of each rule there are."""
    for code, number in sorted(Counter(item.finding.code for item in found).items()):
        yield f"{number:>5}  {code}  {RULES[code].name}"
