# SPDX-License-Identifier: GPL-2.0-or-later
"""What the guest asks its machine to change, and a wire from one device to another.

The guest writes a line to a port of its own and reads the answer from it:

    set DEVICE PROPERTY VALUE     a property of one of QEMU's devices: "ok" or "error ..."

QEMU cannot be told to wire a pin of a device that the command line added. Its
interface for tests tells of each change of the pin, and sets the other end.
"""

import json
import select
import socket
import time

# As long as QEMU may take to start and answer, on a busy machine.
PATIENCE_S = 60


class Outside:
    """The sockets between the runner and one guest's machine."""

    def __init__(self, wire):
        """Connect the output of a device to an input: (PATH, PATH, number, first level)."""
        self._wire = wire
        self._ours, self._theirs, self._rests = {}, {}, {}
        for name in ("qmp", "wires", "guest"):
            self._ours[name], self._theirs[name] = socket.socketpair()
            self._rests[name] = b""
        # Requests of the guest that QEMU has not answered yet.
        self._asked = 0
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
        source, _, _, level = self._wire
        self._say("qmp", json.dumps({"execute": "qmp_capabilities"}))
        self._expect("qmp", lambda line: "return" in json.loads(line))
        self._say("wires", f"irq_intercept_out {source}")
        self._expect("wires", lambda line: line == "OK")
        self._set_level(level)

    def serve(self, timeout):
        """Do what the guest and the wire ask for within this time."""
        if self._ended:
            time.sleep(timeout)
        for line in self._lines("wires", timeout):
            if line.startswith("IRQ "):
                self._set_level(int(line.split()[1] == "raise"))
        for line in self._lines("guest", 0):
            self._ask(line.split())
        for line in self._lines("qmp", 0):
            self._answer(json.loads(line))

    def _set_level(self, level):
        _, target, number, _ = self._wire
        self._say("wires", f"set_irq_in {target} unnamed-gpio-in {number} {level}")

    def _ask(self, words):
        if len(words) != 4 or words[0] != "set" or not words[3].lstrip("-").isdigit():
            self._say("guest", "error: say 'set DEVICE PROPERTY VALUE'")
            return
        self._asked += 1
        self._say("qmp", json.dumps({"execute": "qom-set", "arguments": {
            "path": f"/machine/peripheral/{words[1]}", "property": words[2],
            "value": int(words[3])}}))

    def _answer(self, message):
        # Events of the machine are nobody's answer.
        if self._asked and ("return" in message or "error" in message):
            self._asked -= 1
            error = message.get("error", {}).get("desc")
            self._say("guest", f"error: {error}" if error else "ok")

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
