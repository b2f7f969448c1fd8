# SPDX-License-Identifier: GPL-2.0-or-later
"""The worlds: a kind of kernel and machine, and a version, such as stock-6.1."""

import os
import shlex
import subprocess
from dataclasses import dataclass

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))


class Failure(Exception):
    """Something that the runner needs could not be made; the text says what."""


def sh(*command, **options):
    """Run a command; return what it prints; what it says when it fails is shown."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        raise Failure(f"failed: {shlex.join(command)}")
    return done.stdout


def cached(*thing):
    """Return a directory of the cache; scripts/world makes what is not there yet."""
    return sh(f"{TOP}/scripts/world", *thing).strip()


@dataclass(frozen=True)
class Kind:
    """What the worlds have in common whose names begin alike."""

    modules: str            # our modules for it are build/<this>-KVER
    arch: str = "arm64"     # of its programs, as scripts/world names it
    kernel: str = ""        # what scripts/world calls its kernel, if not as the world
    # Without these of the kernel's own there is no way out of the guest, and no bus;
    # built in or modules, as the kernel has it.
    machine: tuple = ("virtio_mmio", "virtio_console")


KINDS = {
    "stock": Kind("arm64"),
    "debug": Kind("debug"),
    "amd64": Kind("amd64", "amd64", machine=("virtio_pci", "virtio_console")),
    "imx": Kind("arm", "arm", "armmp", ("imx2_wdt", "gpio_mxc", "i2c_imx")),
    "aspeed": Kind("arm", "arm", "armmp", ("gpio_aspeed", "i2c_aspeed")),
}


def kind(world):
    """Return the Kind of a world."""
    name, _, kver = world.partition("-")
    if name not in KINDS or not kver:
        raise Failure(f"unknown world '{world}': say stock-6.1, stock-6.12, debug-6.1, "
                      "debug-6.12, stock-6.1-rt, stock-6.12-rt, amd64-6.1, amd64-6.12, imx-6.1 or "
                      "aspeed-6.1")
    return KINDS[name]


def directory(world):
    """Return the directory of a world's kernel in the cache."""
    name, kver = world.split("-", 1)
    return cached(kind(world).kernel or name, kver)


def modules_name(world):
    """Return the name of the directory under build/ with the modules of a world."""
    return f"{kind(world).modules}-{world.split('-', 1)[1]}"
