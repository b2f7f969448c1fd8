# SPDX-License-Identifier: GPL-2.0-or-later
"""Write an initramfs archive (newc), the same bytes for the same content."""

import os
import stat


class Archive:
    """Files by their path in the guest, without the leading slash."""

    def __init__(self):
        self._entries = {}

    def directory(self, path):
        """Add a directory and those above it."""
        parts = path.strip("/").split("/")
        for end in range(1, len(parts) + 1):
            self._entries.setdefault("/".join(parts[:end]), (stat.S_IFDIR | 0o755, b""))

    def data(self, path, content, mode=0o644):
        """Add a file with this content."""
        path = path.strip("/")
        if "/" in path:
            self.directory(os.path.dirname(path))
        if isinstance(content, str):
            content = content.encode()
        self._entries[path] = (stat.S_IFREG | mode, content)

    def symlink(self, path, target):
        """Add a symbolic link."""
        path = path.strip("/")
        if "/" in path:
            self.directory(os.path.dirname(path))
        self._entries[path] = (stat.S_IFLNK | 0o777, target.encode())

    def file(self, path, source, mode=None):
        """Add a copy of a file of the host; executable if that one is."""
        with open(source, "rb") as file:
            content = file.read()
        if mode is None:
            mode = 0o755 if os.access(source, os.X_OK) else 0o644
        self.data(path, content, mode)

    def tree(self, path, source):
        """Add a directory of the host, links as links."""
        self.directory(path)
        for base, dirs, files in os.walk(source):
            dirs.sort()
            inside = os.path.join(path, os.path.relpath(base, source))
            inside = os.path.normpath(inside)
            for name in sorted(files + dirs):
                full = os.path.join(base, name)
                if os.path.islink(full):
                    self.symlink(os.path.join(inside, name), os.readlink(full))
                elif name in dirs:
                    self.directory(os.path.join(inside, name))
                elif os.path.isfile(full):
                    self.file(os.path.join(inside, name), full)

    def write(self, target):
        """Write the archive; the initramfs needs no trailer padding beyond 4."""
        with open(target, "wb") as out:
            for number, (path, (mode, content)) in enumerate(sorted(self._entries.items()), 1):
                self._entry(out, path, mode, content, number)
            self._entry(out, "TRAILER!!!", 0, b"", 0)

    @staticmethod
    def _entry(out, path, mode, content, number):
        name = path.encode() + b"\0"
        fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name), 0)
        head = b"070701" + b"".join(b"%08x" % value for value in fields)
        out.write(head + name + b"\0" * (-(len(head) + len(name)) % 4))
        out.write(content + b"\0" * (-len(content) % 4))
