# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tests of tests/selftests/evse need, and how few boots give it to them.

A test says its needs in the comment at its top, one a line, "# " or " * " in
front; what it does not say is the default here:

    board: evse-virt-ac evse-virt-dc    one boot for each
    worlds: stock debug                 kinds of kernel it makes sense on; imx, aspeed:
                                        boards of QEMU's own; amd64: a PC without a device
                                        tree, for shell scripts
    smp: 1                              processors; more than 1 means no icount
    icount: yes                         virtual time, one instruction is 1 ns
    load: yes                           modules are loaded before the test
    append: ...                         kernel command line
    needs: ...                          ynl: the kernel's netlink client; iio-tools:
                                        Debian's and the kernel's programs for IIO;
                                        vehicle: evsim, scenarios, certificates
    modules: ...                        of the kernel's own, to be there for the test to
                                        load; what is built in needs none
    trip-path: no                       on PREEMPT_RT, too; where all kernels are asked
                                        for, also with forced interrupt threads
    slow: no                            not on the older stock kernel as well, but where it
                                        is asked for by name, or every kernel is
    alone: no                           a boot for this test only
    expect-panic: no                    the guest ends in a panic
    expect-console: REGEX               the kernel's console must show this
    timeout: 300                        seconds of guest time
"""

import os
import re
from dataclasses import dataclass

DEFAULTS = {
    "board": "evse-virt-ac",
    "worlds": "stock debug",
    "smp": "1",
    "icount": "yes",
    "load": "yes",
    "append": "",
    "needs": "",
    "modules": "",
    "trip-path": "no",
    "slow": "no",
    "alone": "no",
    "expect-panic": "no",
    "expect-console": "",
    "timeout": "300",
}
# What the other tests would find here, they find on another kernel.
TRIP_PATH_ONLY = re.compile(r"-rt$|^debug-6\.1$")
OLDER = "stock-6.1"
_LINE = re.compile(r"^(?:#|//|\s?\*)\s+([a-z-]+):\s*(.*?)\s*$")


@dataclass(frozen=True)
class Boot:
    """One start of the guest: tests that share it have the same needs."""

    board: str
    smp: int
    icount: bool
    load: bool
    append: str
    needs: tuple
    modules: tuple
    expect_panic: bool
    expect_console: str
    alone: str

    def title(self):
        """A short name for logs and summaries."""
        parts = [os.path.basename(self.board)]
        if self.smp > 1:
            parts.append(f"smp{self.smp}")
        elif not self.icount:
            parts.append("realtime")
        if not self.load:
            parts.append("noload")
        parts += self.append.split()
        parts += self.needs
        parts += self.modules
        if self.alone:
            parts.append(os.path.splitext(self.alone)[0])
        return "+".join(re.sub(r"[^A-Za-z0-9_.=-]", "_", part) for part in parts if part)


@dataclass(frozen=True)
class Test:
    """A test program by its name in the directory, and its needs."""

    name: str
    needs: dict

    def on(self, world):
        """Whether the test is for this world (stock-6.1, debug-6.12, ...)."""
        kinds = self.needs["worlds"].split()
        if TRIP_PATH_ONLY.search(world) and self.needs["trip-path"] != "yes":
            return False
        return world in kinds or world.split("-")[0] in kinds

    def boots(self):
        """Yield the boots that this test takes part in."""
        need = self.needs
        panics = need["expect-panic"] == "yes"
        alone = panics or need["alone"] == "yes" or need["expect-console"]
        for board in need["board"].split() or [""]:
            yield Boot(
                board="" if board == "none" else board,
                smp=int(need["smp"]),
                icount=need["icount"] == "yes" and need["smp"] == "1",
                load=need["load"] == "yes",
                append=need["append"],
                needs=tuple(need["needs"].split()),
                modules=tuple(need["modules"].split()),
                expect_panic=panics,
                expect_console=need["expect-console"],
                alone=self.name if alone else "",
            )


def read_needs(source):
    """Read the needs from the comment at the top of a test's source."""
    needs = dict(DEFAULTS)
    with open(source, encoding="utf-8") as file:
        for number, line in enumerate(file):
            # The licence's line may stand apart, the rest is one comment.
            if number > 1 and not re.match(r"^\s*(#|//|/?\*)", line) and \
                    not (number == 2 and not line.strip()):
                break
            match = _LINE.match(line)
            if match and match.group(1) in DEFAULTS:
                needs[match.group(1)] = match.group(2)
    return needs


def makefile_lists(directory):
    """Return the names in TEST_PROGS and TEST_GEN_PROGS of a kselftest Makefile."""
    with open(os.path.join(directory, "Makefile"), encoding="utf-8") as file:
        text = file.read().replace("\\\n", " ")
    lists = {}
    for name, value in re.findall(r"^(TEST_\w+)[ \t]*[:+]?=[ \t]*(.*)$", text, re.M):
        lists.setdefault(name, []).extend(value.split("#")[0].split())
    return lists


def tests(directory):
    """Return the Tests of a kselftest directory, in its Makefile's order."""
    lists = makefile_lists(directory)
    found = [Test(name, read_needs(os.path.join(directory, name)))
             for name in lists.get("TEST_PROGS", [])]
    found += [Test(name, read_needs(os.path.join(directory, name + ".c")))
              for name in lists.get("TEST_GEN_PROGS", [])]
    return found


def boots(selected, world, sparing=False):
    """Return {Boot: [names of tests]} for a world; sparing: slow ones on one kernel only."""
    grouped = {}
    for test in selected:
        if sparing and world == OLDER and test.needs["slow"] == "yes":
            continue
        if test.on(world):
            for boot in test.boots():
                grouped.setdefault(boot, []).append(test.name)
    return grouped
