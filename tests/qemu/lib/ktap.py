# SPDX-License-Identifier: GPL-2.0-or-later
"""Count the results in KTAP text (kselftest, KUnit); see Documentation/dev-tools/ktap.rst."""

import re
from dataclasses import dataclass, field

_PLAN = re.compile(r"^( *)1\.\.(\d+)(?:\s+#\s*(SKIP\b.*))?\s*$", re.I)
_RESULT = re.compile(r"^( *)(not ok|ok)\s+\d+\s*(?:-\s*)?([^#]*?)\s*(?:#\s*(.*))?$")
_BAIL = re.compile(r"^\s*Bail out!\s*(.*)$")
_REFEREE = re.compile(r"^\s*#\s*referee violations:\s*(\S+)")
# printk may put a time in front of a line.
_STAMP = re.compile(r"^\[ *\d+\.\d+\] ")


@dataclass
class Tally:
    """What one document (one test program) said."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: list = field(default_factory=list)

    def fail(self, why):
        """Add a failure that no result line stands for."""
        self.failed += 1
        self.problems.append(why)

    def add(self, other):
        """Add another document's results."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.problems += other.problems


class _Level:
    """The results and the plan at one depth of nesting."""

    def __init__(self):
        self.planned = None
        self.seen = 0


def parse(text, name="test"):
    """Return the Tally of a KTAP document.

    A result that sums up nested ones is not counted itself, unless it says
    "not ok" and none of those nested did.
    """
    tally = Tally()
    levels = {}
    inner_failures = {}
    for line in text.splitlines():
        line = _STAMP.sub("", line.rstrip())
        if match := _REFEREE.match(line):
            if match.group(1) != "0":
                tally.fail(f"{name}: referee violations: {match.group(1)}")
            continue
        if match := _BAIL.match(line):
            tally.fail(f"{name}: Bail out! {match.group(1)}")
            continue
        if match := _PLAN.match(line):
            level = levels.setdefault(len(match.group(1)), _Level())
            level.planned = int(match.group(2))
            if level.planned == 0 and match.group(3):
                tally.skipped += 1
            continue
        if match := _RESULT.match(line):
            _result(match, tally, levels, inner_failures, name)
    if 0 not in levels or levels[0].planned is None:
        tally.fail(f"{name}: no plan (1..N)")
    for depth in sorted(levels, reverse=True):
        _close(levels.pop(depth), tally, name)
    return tally


def _close(level, tally, name):
    # KUnit does not say beforehand how many parameters a case has.
    if level.planned is not None and level.planned != level.seen:
        tally.fail(f"{name}: planned {level.planned} results, saw {level.seen}")


def _result(match, tally, levels, inner_failures, name):
    depth = len(match.group(1))
    passed = match.group(2) == "ok"
    what = match.group(3) or "?"
    directive = (match.group(4) or "").strip()
    nested = False
    failures_inside = 0
    for inner in sorted((d for d in levels if d > depth), reverse=True):
        nested = True
        before = tally.failed
        _close(levels.pop(inner), tally, f"{name}: {what}")
        failures_inside += inner_failures.pop(inner, 0) + tally.failed - before
    levels.setdefault(depth, _Level()).seen += 1
    skipped = directive.upper().startswith("SKIP")
    if nested:
        if not passed and not failures_inside and not skipped:
            tally.fail(f"{name}: {what}")
            failures_inside = 1
        inner_failures[depth] = inner_failures.get(depth, 0) + failures_inside
    elif skipped:
        tally.skipped += 1
    elif passed or directive.upper().startswith("XFAIL"):
        tally.passed += 1
    else:
        tally.fail(f"{name}: {what}")
        inner_failures[depth] = inner_failures.get(depth, 0) + 1


def telling(lines):
    """Return the lines of a log that tell of failures, each with what is said below it."""
    told, below = [], False
    for line in lines:
        below = bool(re.match(r"\s*not ok ", line)) or below and line.startswith("#  ")
        if below or re.match(r"# FAILED|(?!\s*ok ).*\b(error|warning):", line):
            told.append(line)
    return told
