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
import time

from cpio import Archive
from world import TOP, Failure, cached, directory, kind, modules_name, sh

TESTS = os.path.join(TOP, "tests/selftests/evse")
GUEST = os.path.join(TOP, "tests/qemu/guest")
# What a job can ask for besides busybox, modules and evsectl.
NEEDS = ("tests", "python", "ynl", "iio-tools", "vehicle")
# The loader is named by its path in every dynamic program.
LOADERS = {"arm64": ("ld-linux-aarch64.so.1", "aarch64-linux-gnu"),
           "arm": ("ld-linux-armhf.so.3", "arm-linux-gnueabihf")}


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


def build_tools(arch="arm64"):
    """Build the tools for a guest; return their directory."""
    return _locked_make(f"tools-{arch}", "-C", f"{TOP}/tools", f"HOST={arch}")


def build_tests(arch="arm64"):
    """Build the C tests for a guest; return their directory."""
    return _locked_make(f"selftests-{arch}", "-f", f"{TOP}/tests/qemu/selftests.mk",
                        f"HOST={arch}", f"OUT={TOP}/build/selftests-{arch}")


def _module_name(path):
    return re.sub(r"\.ko$", "", os.path.basename(path)).replace("-", "_")


def _modinfo(path, field):
    return [line for line in sh("modinfo", "-F", field, path).split() if line]


class Modules:
    """Our modules and those of the kernel's own that they and the machine stand on."""

    def __init__(self, world, built, extra):
        """Take kernel and modules from these directories, and some of the kernel's own."""
        self.release = open(f"{world}/release", encoding="ascii").read().strip()
        ours = sorted(glob.glob(f"{built}/drivers/**/*.ko", recursive=True))
        self.kunit = [_module_name(path) for path in ours if path.endswith("_kunit.ko")]
        self.names = [_module_name(path) for path in ours if not path.endswith("_kunit.ko")]
        self._files = {_module_name(path): path for path in ours}
        self._kernel = {}
        for path in glob.glob(f"{world}/lib/modules/{self.release}/kernel/**/*.ko", recursive=True):
            self._kernel[_module_name(path)] = path
        wanted = [name for name in extra if name in self._kernel]
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


def _add_tree(archive, arch, thing):
    """Add programs, the libraries that they name, and what these read."""
    for part in ("etc", "usr", "lib"):
        if os.path.isdir(f"{thing}/{part}"):
            archive.tree(part, f"{thing}/{part}")
    loader, triplet = LOADERS[arch]
    archive.symlink(f"lib/{loader}", f"{triplet}/{loader}")


def _add_user_space(archive, arch, needs):
    archive.file("bin/busybox", cached("sysroot", arch) + "/bin/busybox", 0o755)
    archive.symlink("bin/sh", "busybox")
    archive.data("etc/passwd", "root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n")
    archive.data("etc/group", "root:x:0:\nnogroup:x:65534:\n")
    archive.file("init", f"{GUEST}/init", 0o755)
    archive.file("evse/bin/outside", f"{GUEST}/outside", 0o755)
    for need in needs:
        if need not in NEEDS:
            raise Failure(f"a test needs '{need}'; the runner knows: {', '.join(NEEDS)}")
    if "python" in needs or "ynl" in needs:
        _add_tree(archive, arch, cached("python"))
    if "iio-tools" in needs:
        _add_tree(archive, arch, cached("iio-tools", arch))
    if "ynl" in needs:
        source = cached("source", "6.12")
        archive.tree("evse/ynl", f"{source}/tools/net/ynl")
        archive.tree("evse/specs", f"{TOP}/Documentation/netlink/specs")
        # The client reads it for "flags" of other families' attributes, too.
        archive.data("evse/bin/ynl", '#!/bin/sh\nexec /usr/bin/python3 /evse/ynl/cli.py --no-schema '
                     '--spec /evse/specs/evse.yaml "$@"\n', 0o755)


def _add_vehicle(archive):
    """Add a vehicle that speaks ISO 15118, scenarios for it, certificates made now."""
    archive.file("evse/bin/evsim", f"{build_tools()}/evsim", 0o755)
    archive.tree("evse/scenarios", f"{TOP}/tests/scenarios")
    with tempfile.TemporaryDirectory() as scratch:
        sh(f"{TOP}/scripts/make-test-pki", f"{scratch}/pki")
        archive.tree("evse/pki", f"{scratch}/pki")
    # For the guest's clock, which is that of another year.
    archive.data("evse/pki/made", f"{int(time.time())}\n")


def _add_tests(archive, arch):
    source = cached("source", "6.12")
    archive.file("evse/selftests/kselftest/ktap_helpers.sh",
                 f"{source}/tools/testing/selftests/kselftest/ktap_helpers.sh")
    archive.tree("evse/selftests/evse", TESTS)
    if arch in ("arm64", "arm"):
        archive.tree("evse/selftests/evse", build_tests(arch))
    archive.tree("evse/Documentation/ABI/testing", f"{TOP}/Documentation/ABI/testing")


def build(target, world, job, needs=(), extra_modules=(), add=()):
    """Write the initramfs for a world and a job (variables of guest/init)."""
    archive = Archive()
    arch, machine = kind(world).arch, kind(world).machine
    modules = Modules(directory(world), build_modules(world), (*machine, *extra_modules))
    _add_user_space(archive, arch, needs)
    archive.file("evse/bin/evsectl", f"{build_tools(arch)}/evsectl", 0o755)
    if "vehicle" in needs:
        _add_vehicle(archive)
    if "tests" in needs:
        _add_tests(archive, arch)
    modules.add_to(archive)
    for path in ("proc", "sys", "dev", "tmp", "export", "sbin", "usr/bin"):
        archive.directory(path)
    archive.symlink("sbin/modprobe", "../bin/busybox")
    for source, path in add:
        if os.path.isdir(source):
            archive.tree(path, source)
        else:
            archive.file(path, source)
    variables = {"MACHINE": " ".join(machine), "MODULES": " ".join(modules.names),
                 "KUNIT": " ".join(modules.kunit), **job}
    archive.data("evse/job", "".join(f"{name}={shlex.quote(value)}\n"
                                     for name, value in variables.items()))
    archive.write(target)
    return modules
