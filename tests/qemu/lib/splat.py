# SPDX-License-Identifier: GPL-2.0-or-later
"""Find what a kernel only says when something is wrong."""

import re

_SPLATS = re.compile(
    r"""
    \bBUG:\s                            # KASAN, KFENCE, scheduling while atomic,
                                        # sleeping function, workqueue lockup
    | \bWARNING:\s                      # WARN(), lockdep's reports
    | ^UBSAN:\s
    | \bINFO:\s(?!lockdep\sis\sturned\soff)  # lockdep, RCU, hung tasks
    | \bKernel\spanic\b
    | \bInternal\serror:\s
    | \bUnable\sto\shandle\skernel\b
    | \bOops\b
    | ^Call\strace:
    | detected\sstalls
    | \brefcount_t:\s
    | \blist_(?:add|del)\scorruption
    | \bkmemleak:\s\d+\snew\ssuspected
    | \bODEBUG:\s
    | \birq\s\d+:\snobody\scared
    | \bUnbalanced\senable
    | unsafe\smemory\saccess
    """,
    re.X,
)
_STAMP = re.compile(r"^(?:<\d+>)?\[ *\d+\.\d+\](?:\[ *[TC]\d+\])? ")


def find(console):
    """Return the offending lines of the kernel's console."""
    found = []
    for line in console.splitlines():
        text = _STAMP.sub("", line)
        if _SPLATS.search(text):
            found.append(line.strip())
    return found
