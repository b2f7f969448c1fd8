# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine that the guest runs on, QEMU's own or a board's, and an overlay."""

import os
import subprocess
import tempfile
import time

from outside import Outside, Pin, Relay
from world import TOP, Failure, directory, kind, sh


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


def device_tree(base, boards, work):
    """Return a device tree with the boards' overlays merged in."""
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


def _virtio_ports():
    """Return the words for the ports to the runner, where the machine has virtio."""
    return [word for name in ("results", "export")
            for word in ("-device", f"virtserialport,chardev={name},name=evse.{name}")]


class Virt:
    """QEMU's "virt" for arm64: results leave it over virtio."""

    qemu = "qemu-system-aarch64"
    tty = "ttyAMA0"
    # What guest/init has to know of it.
    job = {"PORTS": "", "OFF": "poweroff"}
    outside = None

    def __init__(self, options, work):
        self._work = work
        self._tap = options.tap
        self.words = ["-machine", "virt,gic-version=3,dtb-randomness=off",
                      "-cpu", "cortex-a72,cntfrq=1000000000",
                      "-smp", str(options.smp), "-m", options.memory]
        if options.smp > 1:
            self.words += ["-accel", "tcg,thread=multi"]

    def tree(self, boards):
        """Return the device tree that QEMU makes up, and the boards in it."""
        dumped, base = f"{self._work}/dumped.dtb", f"{self._work}/base.dtb"
        sh(self.qemu, *self.words[:1], f"{self.words[1]},dumpdtb={dumped}", *self.words[2:],
           "-nodefaults", "-display", "none", stderr=subprocess.DEVNULL)
        # QEMU dumps a megabyte, mostly of room: with that much the kernel hangs.
        sh("dtc", "-q", "-I", "dtb", "-O", "dtb", "-o", base, dumped)
        return device_tree(base, boards, self._work)

    def ports(self, console):
        """Return the words for its console and the ports to the runner."""
        # The clocks start at the same moment in every run and follow guest time, but for a
        # guest that talks to others; the virtio port is served by the processor that
        # rings it.
        words = ["-rtc", "base=utc" if self._tap else "base=2026-01-01T00:00:00,clock=vm",
                 "-global", "virtio-mmio.ioeventfd=off",
                 "-global", "virtio-mmio.force-legacy=off",
                 "-device", "virtio-serial-device"]
        words += _virtio_ports()
        if self._tap:
            words += ["-netdev", f"tap,id=net,ifname={self._tap},script=no,downscript=no",
                      "-device", "virtio-net-device,netdev=net"]
        return words + ["-serial", console]


class Pc:
    """A PC: no device tree, results leave it over virtio."""

    qemu = "qemu-system-x86_64"
    tty = "ttyS0"
    job = {"PORTS": "", "OFF": "poweroff"}
    outside = None

    def __init__(self, options, work):
        self.words = ["-machine", "q35", "-cpu", "max", "-smp", str(options.smp),
                      "-m", options.memory]

    def tree(self, boards):
        """Return None: nothing describes a board here."""
        if boards:
            raise Failure("a PC has no device tree that a board could be added to: say no --board")

    def ports(self, console):
        """Return the words for its console and the ports to the runner."""
        words = ["-rtc", "base=2026-01-01T00:00:00,clock=vm", "-device", "virtio-serial-pci"]
        words += _virtio_ports()
        return words + ["-serial", console]


class Board:
    """A board that QEMU has a model of, with two TMP105: results leave it over UARTs.

    The ALERT pin of one is wired to the line that the overlay says; the other's is
    not. It cannot switch itself off, but its watchdog ends it.
    """

    qemu = Virt.qemu
    # By QEMU's name and Linux's; the bus of the chips; what its serial ports are for.
    name, tree_name, processors, bus, serials = "", "", 1, "", ()
    # What is wired to it, as Outside takes it.
    wires = {}

    def __init__(self, options, work):
        self._work = work
        self._base = f"{directory(options.world)}/{self.tree_name}.dtb"
        self.outside = Outside(**self.wires)
        self.words = ["-machine", self.name, "-smp", str(max(options.smp, self.processors)),
                      "-m", options.memory]

    def tree(self, boards):
        """Return the board's own device tree, with the sensors and the boards in it."""
        return device_tree(self._base, [f"{TOP}/tests/qemu/{self.name}.dtso", *boards],
                           self._work)

    def ports(self, console):
        """Return the words for its serial ports, in their order, and its sensors."""
        words = []
        for chardev in self.serials:
            words += ["-serial", console if chardev == "console" else f"chardev:{chardev}"]
        words += self.outside.arguments()
        for name, address in (("wired", 0x48), ("polled", 0x49)):
            words += ["-device", f"tmp105,id={name},bus={self.bus},address={address:#x}"]
        return words


class Sabrelite(Board):
    """An i.MX6."""

    name, tree_name = "sabrelite", "imx6q-sabrelite"
    bus = "i2c-bus.0"
    serials = ("results", "console", "export", "guest")
    tty = "ttymxc1"
    job = {"PORTS": "evse.results=/dev/ttymxc0 evse.export=/dev/ttymxc2 "
                    "evse.outside=/dev/ttymxc3", "OFF": "reboot"}
    wires = {"alert": Pin("/machine/soc/gpio6", 31)}


class Ast2600(Board):
    """An ASPEED AST2600, whose lines are properties of the device "gpio".

    A contactor is wired to it, whose coil is GPIOA0, and whose auxiliary contact GPIOA1.
    """

    name, tree_name = "ast2600-evb", "aspeed-ast2600-evb"
    bus = "aspeed.i2c.bus.0"
    processors = 2
    serials = ("console", "results", "export", "guest")
    tty = "ttyS4"
    job = {"PORTS": "evse.results=/dev/ttyS0 evse.export=/dev/ttyS1 "
                    "evse.outside=/dev/ttyS2", "OFF": "reboot"}
    gpio = "/machine/soc/gpio"
    wires = {"alert": Pin(gpio, "gpioD0"), "devices": {"gpio": gpio},
             "relay": Relay(Pin(gpio, "gpioA0"), Pin(gpio, "gpioA1"))}


MACHINES = {"stock": Virt, "debug": Virt, "amd64": Pc, "imx": Sabrelite, "aspeed": Ast2600}


def of_world(options, work):
    """Return the machine of a world."""
    kind(options.world)
    return MACHINES[options.world.partition("-")[0]](options, work)


def arguments(machine, options, work, kernel, initrd):
    """Return QEMU's command line; boards are merged on the way."""
    # Addresses must not vary from run to run where instructions are counted.
    append = [f"console={machine.tty}", "loglevel=7", "panic=-1", "nokaslr", "oops=panic"]
    command = [machine.qemu, *machine.words, "-nodefaults", "-display", "none", "-no-reboot",
               "-kernel", kernel, "-initrd", initrd, "-append", " ".join(append + options.append)]
    if tree := machine.tree(options.board):
        command += ["-dtb", tree]
    if options.icount:
        command += ["-icount", "shift=0,sleep=off"]
    elif options.tap:
        # Time stands still with the guest while its host is busy: samples of the
        # simulated mains would be missed, which is a loss of mains. About as fast as a clock.
        command += ["-icount", "shift=2,sleep=on"]
    for name in ("results", "export"):
        command += ["-chardev", f"file,id={name},path={work}/{name}"]
    if options.shell:
        command += ["-chardev", "stdio,id=console,mux=on,signal=off,"
                    f"logfile={work}/console.log", "-mon", "chardev=console"]
        return command + machine.ports("chardev:console")
    return command + machine.ports(f"file:{work}/console.log")


class Guest:
    """A running guest; its results can be read while it runs."""

    def __init__(self, command, work, interactive, outside):
        self.work = work
        self._qemu = command[0]
        self._outside = outside
        self._process = subprocess.Popen(
            command, stdin=None if interactive else subprocess.DEVNULL,
            stdout=None if interactive else subprocess.DEVNULL,
            stderr=None if interactive else subprocess.PIPE,
            pass_fds=outside.fds if outside else ())
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
        wait = self._outside.serve if self._outside else time.sleep
        try:
            if self._outside:
                self._outside.begin()
            while True:
                code = self._process.poll()
                if data := self.new_results():
                    on_data(data)
                if code is not None:
                    break
                if end is not None and time.monotonic() > end:
                    return f"the guest was still running after {timeout} s"
                wait(0.02)
        finally:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
        if code:
            said = self._process.stderr.read().decode(errors="replace") \
                if self._process.stderr else ""
            return f"{self._qemu} failed ({code}): {said.strip()}"
        return None
