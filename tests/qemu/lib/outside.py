# SPDX-License-Identifier: GPL-2.0-or-later
"""What the guest asks its machine to change, and what is wired to its pins.

The guest writes a line to a port of its own and reads the answer from it:

    set DEVICE PROPERTY VALUE     a property of one of QEMU's devices: "ok" or "error ..."
    get DEVICE PROPERTY           "ok VALUE" or "error ..."
    try DEVICE PROPERTY VALUE PROPERTY
                                  set the one a second later, and after half another see
                                  what the other is then: as "get"
    relay follow|stay             whether the relay's contact goes where its coil is: "ok"

QEMU cannot be told to wire a pin of a device that the command line added. Its
interface for tests tells of each change of the pin; what the pin is wired to is set by
that interface, or where it is a property, as the guest sets one. A relay is a line that
is looked at again and again, and another that is set to what was seen: that takes some
tens of milliseconds, as the travel of a big contact does.
"""

import json
import re
import select
import socket
import time
from dataclasses import dataclass

# As long as QEMU may take to start and answer, on a busy machine.
PATIENCE_S = 60
USAGE = "error: say 'set DEVICE PROPERTY VALUE', 'get DEVICE PROPERTY', " \
    "'try DEVICE PROPERTY VALUE PROPERTY' or 'relay follow|stay'"
VALUE = re.compile(r"-?\d+|true|false")
# When "try" sets and when it looks: time for the guest to begin what it is tried in.
TRY_S = (1.0, 1.5)


@dataclass(frozen=True)
class Pin:
    """A pin of a device: an input by its number, or a property."""

    path: str
    name: int | str


@dataclass(frozen=True)
class Relay:
    """Pins that a relay outside is wired to."""

    coil: Pin
    contact: Pin


class Outside:
    """The sockets between the runner and one guest's machine."""

    def __init__(self, alert, devices=None, relay=None):
        """Wire the thermometer's ALERT to a pin; paths of devices that have a name."""
        self._alert = alert
        self._devices = devices or {}
        self._relay = relay
        self._follows, self._closed = bool(relay), False
        # What is to be done when: (time, function).
        self._later = []
        self._ours, self._theirs, self._rests = {}, {}, {}
        for name in ("qmp", "wires", "guest"):
            self._ours[name], self._theirs[name] = socket.socketpair()
            self._rests[name] = b""
        self._ended = False

    @property
    def fds(self):
        """What QEMU inherits."""
        return [end.fileno() for end in self._theirs.values()]

    def arguments(self):
        """Return QEMU's words; the machine makes a port of the chardev "guest"."""
        words = []
        for name, end in self._theirs.items():
            words += ["-chardev", f"socket,id={name},fd={end.fileno()}"]
        return words + ["-mon", "chardev=qmp,mode=control",
                        "-object", "qtest,id=wiring,chardev=wires,log=/dev/null"]

    def begin(self):
        """Lay the wire, as soon as QEMU has its ends of the sockets."""
        for end in self._theirs.values():
            end.close()
        self._say("qmp", json.dumps({"execute": "qmp_capabilities"}))
        self._expect("qmp", lambda line: "return" in json.loads(line))
        self._say("wires", "irq_intercept_out /machine/peripheral/wired")
        self._expect("wires", lambda line: line == "OK")
        self._drive(self._alert, True)

    def serve(self, timeout):
        """Do what the guest and the wires ask for within this time."""
        if self._ended:
            time.sleep(timeout)
        for line in self._lines("wires", timeout):
            if line.startswith("IRQ "):
                self._drive(self._alert, line.split()[1] == "raise")
        for line in self._lines("guest", 0):
            self._ask(line.split())
        for line in self._lines("qmp", 0):
            self._answer(json.loads(line))
        due = [what for when, what in self._later if when <= time.monotonic()]
        self._later = self._later[len(due):]
        for what in due:
            what()
        if self._follows:
            self._qmp("coil", "qom-get", self._relay.coil)

    def _drive(self, pin, level):
        if isinstance(pin.name, int):
            self._say("wires", f"set_irq_in {pin.path} unnamed-gpio-in {pin.name} {level:d}")
        else:
            self._qmp("wire", "qom-set", pin, value=level)

    def _qmp(self, who, command, pin, **more):
        """Ask QEMU about a property; the answer names who asked."""
        self._say("qmp", json.dumps({"execute": command, "id": who, "arguments": {
            "path": pin.path, "property": pin.name, **more}}))

    def _ask(self, words):
        match words:
            case ["set", device, name, value] if VALUE.fullmatch(value):
                self._qmp("guest", "qom-set", self._pin(device, name), value=json.loads(value))
            case ["try", device, name, value, other] if VALUE.fullmatch(value):
                steps = (lambda: self._drive(self._pin(device, name), json.loads(value)),
                         lambda: self._qmp("guest", "qom-get", self._pin(device, other)))
                self._later = [(time.monotonic() + delay, step)
                               for delay, step in zip(TRY_S, steps)]
            case ["get", device, name]:
                self._qmp("guest", "qom-get", self._pin(device, name))
            case ["relay", "follow" | "stay" as how] if self._relay:
                self._follows = how == "follow"
                self._say("guest", "ok")
            case _:
                self._say("guest", USAGE)

    def _pin(self, device, name):
        return Pin(self._devices.get(device, f"/machine/peripheral/{device}"), name)

    def _answer(self, message):
        # Events of the machine are nobody's answer.
        who = message.get("id")
        if who == "guest":
            if "error" in message:
                self._say("guest", f"error: {message['error']['desc']}")
            else:
                value = message["return"]
                self._say("guest", "ok" if value == {} else f"ok {json.dumps(value)}")
        elif who == "coil" and self._follows and message.get("return") not in (None, self._closed):
            self._closed = message["return"]
            self._drive(self._relay.contact, self._closed)

    def _say(self, name, line):
        try:
            self._ours[name].sendall(line.encode() + b"\n")
        except OSError:
            self._ended = True

    def _lines(self, name, timeout):
        """Return the whole lines that came, after at most this time."""
        end = self._ours[name]
        if not select.select([*self._ours.values()], [], [], timeout)[0]:
            return []
        try:
            data = end.recv(65536, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        # The end of QEMU; whoever started it learns why.
        self._ended = self._ended or not data
        *lines, self._rests[name] = (self._rests[name] + data).split(b"\n")
        lines = [line.decode(errors="replace").strip() for line in lines]
        return [line for line in lines if line]

    def _expect(self, name, wanted):
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and not self._ended:
            if any(wanted(line) for line in self._lines(name, 0.1)):
                return
        if not self._ended:
            raise OSError(f"QEMU did not take up its '{name}' interface")
