# SPDX-License-Identifier: GPL-2.0-or-later
"""The guest's initramfs: busybox, our modules and tools, the tests, one job."""

import fcntl
import glob
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from cpio import Archive

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))
TESTS = os.path.join(TOP, "tests/selftests/evse")
GUEST = os.path.join(TOP, "tests/qemu/guest")
TRIPLET = "aarch64-linux-gnu"
# What a job can ask for besides busybox, modules and evsectl.
NEEDS = ("tests", "python", "ynl")
# The way out of the guest; built in or a module, as the kernel has it.
TRANSPORT = ("virtio_mmio", "virtio_console")


class Failure(Exception):
    """Something that the runner needs could not be made; the text says what."""


def sh(*command, **options):
    """Run a command; return what it prints; what it says when it fails is shown."""
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL, **options)
    if done.returncode:
        raise Failure(f"failed: {shlex.join(command)}")
    return done.stdout


def world_dir(world):
    """Return the cached directory of a world such as stock-6.1."""
    kind, _, kver = world.partition("-")
    if kind not in ("stock", "debug") or not kver:
        raise Failure(f"unknown world '{world}': say stock-6.1, stock-6.12, debug-6.1, "
                      "debug-6.12, stock-6.1-rt or stock-6.12-rt")
    return sh(f"{TOP}/scripts/world", kind, kver).strip()


def modules_name(world):
    """Return the name of the directory under build/ with the modules of a world."""
    return world.replace("stock-", "arm64-")


def build_modules(world):
    """Build our modules for a world; return the directory."""
    name = modules_name(world)
    sh(f"{TOP}/scripts/modules", name)
    return os.path.join(TOP, "build", name)


def _locked_make(name, *arguments):
    os.makedirs(f"{TOP}/build", exist_ok=True)
    with open(f"{TOP}/build/.{name}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(["make", "-s", *arguments], check=False, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # What the linker says of each static program that could ask a name server;
    # libnl can, none of ours does.
    for line in done.stdout.splitlines():
        if not re.search(r"in statically linked applications|: in function `", line, re.I):
            print(line, file=sys.stderr)
    if done.returncode:
        raise Failure(f"failed: make {shlex.join(arguments)}")
    return f"{TOP}/build/{name}"


def build_tools():
    """Build the arm64 tools; return their directory."""
    return _locked_make("tools-arm64", "-C", f"{TOP}/tools", "HOST=arm64")


def build_tests():
    """Build the C tests for arm64; return their directory."""
    return _locked_make("selftests-arm64", "-f", f"{TOP}/tests/qemu/selftests.mk",
                        f"OUT={TOP}/build/selftests-arm64")


def _module_name(path):
    return re.sub(r"\.ko$", "", os.path.basename(path)).replace("-", "_")


def _modinfo(path, field):
    return [line for line in sh("modinfo", "-F", field, path).split() if line]


class Modules:
    """Our modules and those of the kernel's own that they stand on."""

    def __init__(self, world, built, extra):
        self.release = open(f"{world}/release", encoding="ascii").read().strip()
        ours = sorted(glob.glob(f"{built}/drivers/**/*.ko", recursive=True))
        self.kunit = [_module_name(path) for path in ours if path.endswith("_kunit.ko")]
        self.names = [_module_name(path) for path in ours if not path.endswith("_kunit.ko")]
        self._files = {_module_name(path): path for path in ours}
        self._kernel = {}
        for path in glob.glob(f"{world}/lib/modules/{self.release}/kernel/**/*.ko", recursive=True):
            self._kernel[_module_name(path)] = path
        wanted = [name for name in (*TRANSPORT, *extra) if name in self._kernel]
        for path in ours:
            # Neighbours of ours are not in the kernel's list.
            wanted += [name.replace("-", "_") for name in
                       ",".join(_modinfo(path, "depends")).split(",") if name]
        while wanted:
            name = wanted.pop()
            if name in self._files:
                continue
            if name not in self._kernel:
                raise Failure(f"this kernel has no module {name}")
            path = self._files[name] = self._kernel[name]
            wanted += [dep.replace("-", "_") for dep in
                       ",".join(_modinfo(path, "depends")).split(",") if dep]

    def add_to(self, archive):
        """Add /lib/modules with what modprobe needs to find its way."""
        with tempfile.TemporaryDirectory() as stage:
            target = f"{stage}/lib/modules/{self.release}"
            os.makedirs(target)
            for path in self._files.values():
                shutil.copy(path, target)
            for name in ("modules.builtin", "modules.builtin.modinfo", "modules.order"):
                open(f"{target}/{name}", "w", encoding="ascii").close()
            sh("depmod", "-b", stage, self.release)
            archive.tree("lib/modules", f"{stage}/lib/modules")


def _add_user_space(archive, needs):
    sysroot = sh(f"{TOP}/scripts/world", "sysroot").strip()
    archive.file("bin/busybox", f"{sysroot}/bin/busybox", 0o755)
    archive.symlink("bin/sh", "busybox")
    archive.data("etc/passwd", "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n")
    archive.data("etc/group", "root:x:0:\nnogroup:x:65534:\n")
    archive.file("init", f"{GUEST}/init", 0o755)
    for need in needs:
        if need not in NEEDS:
            raise Failure(f"a test needs '{need}'; the runner knows: {', '.join(NEEDS)}")
    if "python" in needs or "ynl" in needs:
        python = sh(f"{TOP}/scripts/world", "python").strip()
        for part in ("usr", "lib"):
            archive.tree(part, f"{python}/{part}")
        # The loader is named by its path in every dynamic program.
        archive.symlink("lib/ld-linux-aarch64.so.1", f"{TRIPLET}/ld-linux-aarch64.so.1")
    if "ynl" in needs:
        source = sh(f"{TOP}/scripts/world", "source", "6.12").strip()
        archive.tree("evse/ynl", f"{source}/tools/net/ynl")
        archive.tree("evse/specs", f"{TOP}/Documentation/netlink/specs")
        # The client reads it for "flags" of other families' attributes, too.
        archive.data("evse/bin/ynl", '#!/bin/sh\nexec /usr/bin/python3 /evse/ynl/cli.py --no-schema '
                     '--spec /evse/specs/evse.yaml "$@"\n', 0o755)


def _add_tests(archive):
    source = sh(f"{TOP}/scripts/world", "source", "6.12").strip()
    archive.file("evse/selftests/kselftest/ktap_helpers.sh",
                 f"{source}/tools/testing/selftests/kselftest/ktap_helpers.sh")
    archive.tree("evse/selftests/evse", TESTS)
    archive.tree("evse/selftests/evse", build_tests())
    archive.tree("evse/Documentation/ABI/testing", f"{TOP}/Documentation/ABI/testing")


def build(target, world, job, needs=(), extra_modules=(), add=()):
    """Write the initramfs for a world and a job (variables of guest/init)."""
    archive = Archive()
    modules = Modules(world_dir(world), build_modules(world), extra_modules)
    _add_user_space(archive, needs)
    if glob.glob(f"{TOP}/tools/evsectl/*.c"):
        archive.file("evse/bin/evsectl", f"{build_tools()}/evsectl", 0o755)
    if "tests" in needs:
        _add_tests(archive)
    modules.add_to(archive)
    for directory in ("proc", "sys", "dev", "tmp", "export", "sbin", "usr/bin"):
        archive.directory(directory)
    archive.symlink("sbin/modprobe", "../bin/busybox")
    for source, path in add:
        if os.path.isdir(source):
            archive.tree(path, source)
        else:
            archive.file(path, source)
    variables = {"MODULES": " ".join(modules.names), "KUNIT": " ".join(modules.kunit), **job}
    archive.data("evse/job", "".join(f"{name}={shlex.quote(value)}\n"
                                     for name, value in variables.items()))
    archive.write(target)
    return modules
