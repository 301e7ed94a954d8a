"""What there is to steal, to spoil and to reach, all of it made for the tests; the network is only this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

TOKEN = "SHAPEWRIGHT_TEST_TOKEN"


class World:
    """
    Args:
        user: The number of the user whom it belongs to.
        before: Words before a command that make it run as that user.
    """

    def __init__(self, user: int, before: list[str]) -> None:
        self.user = user
        self.folder = Path(tempfile.mkdtemp(prefix="shapewright-world-"))
        self.home, self.work = self.folder / "home", self.folder / "work"
        (self.home / ".ssh").mkdir(parents=True)
        self.work.mkdir()
        (self.home / ".ssh" / "id_test").write_text("SECRET")
        (self.home / "file").write_text("data")
        (self.home / "link").symlink_to(self.home / ".ssh" / "id_test")
        self.tcp = socket.socket()
        self.tcp.bind(("127.0.0.1", 0))
        self.tcp.listen(100)
        self.udp = socket.socket(type=socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX)
        self.unix.bind(str(self.work / "socket"))
        self.unix.listen(100)
        self.abstract_name = f"shapewright-test-{os.getpid()}-{user}"
        self.abstract = socket.socket(socket.AF_UNIX)
        self.abstract.bind("\0" + self.abstract_name)
        self.abstract.listen(100)
        self.bystander = subprocess.Popen([*before, "sleep", "600"], env={**os.environ, TOKEN: "secret"})
        self.give()

    def give(self) -> None:
        """Everything belongs to the user. What an attempt has deleted is there again, what it has made is gone."""
        (self.work / "disposable").write_text("data")
        for path in list(self.work.iterdir()):
            if path.name not in ("socket", "disposable"):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for name in ("planted", "array.npy"):
            (self.home / name).unlink(missing_ok=True)
        if os.geteuid() == 0:
            for path in [self.folder, *self.folder.rglob("*")]:
                os.chown(path, self.user, self.user, follow_symlinks=False)

    def facts(self) -> dict[str, Any]:
        """What an attempt is told."""
        return {
            "home": str(self.home),
            "work": str(self.work),
            "file": str(self.home / "file"),
            "link": str(self.home / "link"),
            "disposable": str(self.work / "disposable"),
            "tcp": self.tcp.getsockname()[1],
            "udp": self.udp.getsockname()[1],
            "unix": str(self.work / "socket"),
            "abstract": self.abstract_name,
            "bystander": self.bystander.pid,
        }

    def close(self) -> None:
        for connection in (self.tcp, self.udp, self.unix, self.abstract):
            connection.close()
        self.bystander.kill()
        self.bystander.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
