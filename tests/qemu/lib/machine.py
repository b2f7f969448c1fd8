# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine that the guest runs on: QEMU's arm64 "virt" and a board overlay."""

import os
import subprocess
import tempfile
import time

from image import TOP, Failure, sh

QEMU = "qemu-system-aarch64"


def _overlay(source, target):
    """Compile a device tree overlay with the kernel's way of preprocessing."""
    with tempfile.NamedTemporaryFile(suffix=".dts") as plain:
        sh("cpp", "-nostdinc", "-undef", "-x", "assembler-with-cpp", "-P",
           f"-I{TOP}/include", f"-I{TOP}/dts", "-o", plain.name, source)
        # An overlay cannot see the cells of the tree that it will be part of.
        sh("dtc", "-@", "-q", "-I", "dts", "-O", "dtb", "-i", f"{TOP}/dts",
           "-o", target, plain.name)


def find_board(name):
    """Return the overlay source of a board, by name in dts/ or by path."""
    for path in (name, f"{TOP}/dts/{name}.dtso", f"{TOP}/dts/{name}"):
        if os.path.isfile(path):
            return path
    raise Failure(f"there is no board '{name}': no such file, none in dts/")


def device_tree(machine, boards, work):
    """Return the machine's device tree with the boards' overlays merged in."""
    dumped, base = f"{work}/dumped.dtb", f"{work}/base.dtb"
    sh(QEMU, *machine[:1], f"{machine[1]},dumpdtb={dumped}", *machine[2:],
       "-nodefaults", "-display", "none", stderr=subprocess.DEVNULL)
    # QEMU dumps a megabyte, mostly of room: with that much the kernel hangs.
    sh("dtc", "-q", "-I", "dtb", "-O", "dtb", "-o", base, dumped)
    overlays = []
    for board in boards:
        source = find_board(board)
        if source.endswith(".dtbo"):
            overlays.append(source)
            continue
        target = f"{work}/{os.path.splitext(os.path.basename(source))[0]}.dtbo"
        _overlay(source, target)
        overlays.append(target)
    if not overlays:
        return base
    sh("fdtoverlay", "-i", base, "-o", f"{work}/machine.dtb", *overlays)
    return f"{work}/machine.dtb"


def arguments(options, work, kernel, initrd):
    """Return QEMU's command line; boards are merged on the way."""
    machine = ["-machine", "virt,gic-version=3,dtb-randomness=off",
               "-cpu", "cortex-a72,cntfrq=1000000000",
               "-smp", str(options.smp), "-m", options.memory]
    if options.smp > 1:
        machine += ["-accel", "tcg,thread=multi"]
    dtb = device_tree(machine, options.board, work)
    # Addresses must not vary from run to run where instructions are counted.
    append = ["console=ttyAMA0", "loglevel=7", "panic=-1", "nokaslr", "oops=panic"]
    command = [QEMU, *machine, "-nodefaults", "-display", "none", "-no-reboot",
               "-kernel", kernel, "-initrd", initrd, "-dtb", dtb,
               "-append", " ".join(append + options.append)]
    if options.icount:
        command += ["-icount", "shift=0,sleep=off"]
    # The clocks start at the same moment in every run and follow guest time;
    # the virtio port is served by the processor that rings it.
    command += ["-rtc", "base=2026-01-01T00:00:00,clock=vm",
                "-global", "virtio-mmio.ioeventfd=off",
                "-global", "virtio-mmio.force-legacy=off",
                "-device", "virtio-serial-device"]
    for name in ("results", "export"):
        command += ["-chardev", f"file,id={name},path={work}/{name}",
                    "-device", f"virtserialport,chardev={name},name=evse.{name}"]
    if options.shell:
        command += ["-chardev", "stdio,id=console,mux=on,signal=off,"
                    f"logfile={work}/console.log", "-serial", "chardev:console",
                    "-mon", "chardev=console"]
    else:
        command += ["-serial", f"file:{work}/console.log"]
    return command


class Machine:
    """A running guest; its results can be read while it runs."""

    def __init__(self, command, work, interactive):
        self.work = work
        self._process = subprocess.Popen(
            command, stdin=None if interactive else subprocess.DEVNULL,
            stdout=None if interactive else subprocess.DEVNULL,
            stderr=None if interactive else subprocess.PIPE)
        self._offset = 0

    def new_results(self):
        """Return what came over the results port since the last call."""
        try:
            with open(f"{self.work}/results", "rb") as file:
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            return b""
        self._offset += len(data)
        return data

    def run(self, timeout, on_data):
        """Wait for the end; return None, or why it did not end well."""
        end = None if timeout is None else time.monotonic() + timeout
        try:
            while True:
                code = self._process.poll()
                if data := self.new_results():
                    on_data(data)
                if code is not None:
                    break
                if end is not None and time.monotonic() > end:
                    return f"the guest was still running after {timeout} s"
                time.sleep(0.02)
        finally:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
        if code:
            said = self._process.stderr.read().decode(errors="replace") \
                if self._process.stderr else ""
            return f"{QEMU} failed ({code}): {said.strip()}"
        return None
