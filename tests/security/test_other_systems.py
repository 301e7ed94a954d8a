"""The locks of macOS and Windows, as far as another system can try them: what the sandbox would be told, and which functions of
Windows are called with what."""

from __future__ import annotations

import ctypes
import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.security.modules import worker_module

macos, windows, locks = worker_module("lock_macos"), worker_module("lock_windows"), worker_module("locks")
trial = worker_module("trial")

# macOS: a profile is a list of rules, and the last one that fits decides


class Profile:
    """A profile as the sandbox reads it."""

    def __init__(self, text: str) -> None:
        tokens = re.findall(r'"(?:\\.|[^"\\])*"|[()]|[^\s()"]+', text)
        self.rules: list[Any] = []
        open_lists: list[list[Any]] = [self.rules]
        for token in tokens:
            if token == "(":
                open_lists.append([])
            elif token == ")":
                done = open_lists.pop()
                open_lists[-1].append(done)
            else:
                open_lists[-1].append(token)
        assert open_lists == [self.rules], "brackets do not fit"
        assert self.rules[0] == ["version", "1"]

    def allows(self, operation: str, path: str = "", target: str = "others") -> bool:
        decision = True
        for verb, *rest in self.rules[1:]:
            operations = [item for item in rest if isinstance(item, str)]
            filters = [item for item in rest if isinstance(item, list)]
            if any(_names(pattern, operation) for pattern in operations) and (
                not filters or any(_fits(kind, value, path, target) for kind, value in filters)
            ):
                decision = verb == "allow"
        return decision


def _names(pattern: str, operation: str) -> bool:
    return pattern in ("default", operation) or (pattern.endswith("*") and operation.startswith(pattern[:-1]))


def _fits(kind: str, value: str, path: str, target: str) -> bool:
    if kind == "target":
        return value == target
    value = re.sub(r"\\(.)", r"\1", value.strip('"'))
    return path == value or (kind == "subpath" and path.startswith(value + "/"))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    packages = tmp_path / 'with "quotes" and \\'
    packages.mkdir()
    (tmp_path / "keras.json").write_text("{}")
    return Profile(macos.profile([str(packages), str(tmp_path / "keras.json")]))


def test_the_sandbox_lets_packages_be_read_and_nothing_else(profile: Profile, tmp_path: Path) -> None:
    packages = str(tmp_path / 'with "quotes" and \\')
    assert profile.allows("file-read-data", packages + "/keras/__init__.py")
    assert profile.allows("file-map-executable", packages + "/numpy/core.so")
    assert profile.allows("file-read-data", str(tmp_path / "keras.json"))
    for path in (
        "/Users/me/.ssh/id_ed25519",
        "/",
        "/Users/me",
        packages + ".old/secret",
        str(tmp_path / "keras.json.old"),
    ):
        assert not profile.allows("file-read-data", path)
        assert not profile.allows("file-map-executable", path)


def test_the_sandbox_refuses_all_the_rest(profile: Profile, tmp_path: Path) -> None:
    inside = str(tmp_path / 'with "quotes" and \\' / "new.py")
    for operation in ("file-write-create", "file-write-data", "file-write-unlink", "file-write-mode", "file-link"):
        assert not profile.allows(operation, inside)
    for operation in """network-outbound network-inbound network-bind process-fork process-exec process-exec-interpreter
            mach-lookup mach-register ipc-posix-shm-write-create ipc-sysv-shm iokit-open user-preference-read sysctl-write
            system-socket process-info-pidinfo signal job-creation nvram-set""".split():  # noqa: SIM905
        assert not profile.allows(operation), operation
    assert profile.allows("signal", target="self")
    assert profile.allows("sysctl-read")
    assert profile.allows("file-write-data", "/dev/null")


class Seatbelt:
    """Stands in for macOS's library."""

    def __init__(self, refusal: bytes | None) -> None:
        self.told: list[tuple[str, int]] = []

        def sandbox_init(profile: bytes, flags: int, message: Any) -> int:
            self.told.append((os.fsdecode(profile), flags))
            message._obj.value = refusal
            return 0 if refusal is None else -1

        self.sandbox_init = sandbox_init


def test_the_sandbox_is_put_on_with_the_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    system = Seatbelt(None)
    monkeypatch.setattr(macos, "library", lambda: system)
    monkeypatch.setattr(macos, "limit", lambda: None)
    monkeypatch.setattr(macos.trial, "make", lambda attempts: None)
    assert macos.lock_worker(came_along=False) == {}
    assert macos.lock_waiting({}) == {"rlimits": "ok", "sandbox": "ok", "trial": "ok"}
    ((text, flags),) = system.told
    assert flags == 0
    assert Profile(text).allows("file-read-data", os.path.realpath(os.__file__))
    assert not Profile(text).allows("file-read-data", os.path.expanduser("~/.ssh/id_rsa"))
    first = macos.lock_worker(came_along=True)
    assert set(first.values()) == {"ok"} and macos.lock_waiting(first) == {}, "a second one cannot be put on"


def test_a_sandbox_that_is_refused_is_said_and_no_code_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(macos, "library", lambda: Seatbelt(b"profile: line 3"))
    monkeypatch.setattr(macos, "limit", lambda: None)
    monkeypatch.setattr(locks.sys, "platform", "darwin")
    in_force = locks.lock_waiting({})
    assert in_force["sandbox"] == "OSError: profile: line 3"
    assert in_force["trial"] != "ok", "what has to fail was possible"
    assert locks.missing_for_source(in_force) == "sandbox (OSError: profile: line 3)"
    assert not locks.are_in_force(in_force)


def test_a_lock_that_does_not_hold_is_found_by_the_trial(tmp_path: Path) -> None:
    def refused() -> None:
        raise PermissionError(errno.EPERM, "no")

    trial.make({"one": refused, "two": refused})
    with pytest.raises(OSError, match="a file can be written"):
        trial.make({"one": refused, "a file can be written": lambda: trial.write_a_file(str(tmp_path))})
    assert list(tmp_path.iterdir()) == []


# Windows


class Api:
    """Stands in for kernel32 and advapi32: keeps what it was told, and says yes."""

    def __init__(self, fails: str = "") -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.fails = fails
        self.privileges = [(5, 0, 2), (23, 0, 3), (36, 1, 0)]  # two words of a number, attributes

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> Any:
            self.calls.append((name, *map(_seen, arguments)))
            answer: Callable[..., Any] = vars(Api).get(f"answer_{name}", lambda *arguments: 1)
            return 0 if name == self.fails else answer(self, *arguments)

        self.__dict__[name] = call
        return call

    def answer_CreateJobObjectW(self, *arguments: Any) -> int:
        return 77

    def answer_GetCurrentProcess(self) -> int:
        return -1 % (1 << 64)

    def answer_GetLengthSid(self, sid: Any) -> int:
        return 12

    def answer_K32GetProcessMemoryInfo(self, process: Any, counters: Any, size: int) -> int:
        assert counters._obj.size == size == 72
        counters._obj.committed = 500
        return 1

    def answer_OpenProcessToken(self, process: Any, access: int, token: Any) -> int:
        token._obj.value = 88
        return 1

    def answer_ConvertStringSidToSidW(self, text: str, sid: Any) -> int:
        sid._obj.value = 4096
        return 1

    def answer_GetTokenInformation(self, token: Any, kind: int, buffer: Any, size: int, needed: Any) -> int:
        words = [len(self.privileges), *(word for privilege in self.privileges for word in privilege)]
        needed._obj.value = 4 * len(words)
        if buffer is None:
            return 0
        ctypes.memmove(buffer, (ctypes.c_uint32 * len(words))(*words), 4 * len(words))
        return 1

    def names(self) -> list[str]:
        return [name for name, *_ in self.calls]


def _seen(argument: Any) -> Any:
    """What an argument says at the time of the call."""
    pointed = getattr(argument, "_obj", argument)
    if isinstance(pointed, windows.ExtendedLimits):
        basic = pointed.basic
        return (basic.flags, basic.active_processes, pointed.process_memory)
    if isinstance(pointed, windows.Label):
        return (pointed.sid, pointed.attributes)
    if isinstance(pointed, ctypes.Array):
        return pointed.raw
    return getattr(pointed, "value", pointed)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Api:
    api = Api()
    monkeypatch.setattr(windows, "library", lambda name: api)
    monkeypatch.setattr(windows, "_job", None)
    return api


def test_structures_have_the_layout_of_windows() -> None:
    """As the headers of Windows with 64 bits have it."""
    assert ctypes.sizeof(windows.ExtendedLimits) == 144
    assert windows.BasicLimits.flags.offset == 16
    assert windows.BasicLimits.active_processes.offset == 40
    assert windows.ExtendedLimits.process_memory.offset == 112
    assert ctypes.sizeof(windows.MemoryCounters) == 72
    assert windows.MemoryCounters.committed.offset == 56
    assert ctypes.sizeof(windows.Label) == 16


def test_the_process_enters_a_job_that_has_no_other(api: Api) -> None:
    windows.enter_job()
    limits = ("SetInformationJobObject", 77, 9, (0x408, 1, 0), 144)
    assert limits in api.calls
    assert ("SetInformationJobObject", 77, 4, 0xFF, 4) in api.calls
    assert api.calls[-1] == ("AssignProcessToJobObject", 77, (1 << 64) - 1)
    assert api.calls.index(limits) < len(api.calls) - 1, "limits are set before it enters"


def test_memory_is_bounded_and_the_job_is_out_of_reach_then(api: Api) -> None:
    windows.enter_job()
    windows.bound_memory(1000)
    assert ("SetInformationJobObject", 77, 9, (0x508, 1, 1500), 144) in api.calls
    assert api.calls[-1] == ("CloseHandle", 77)
    with pytest.raises(OSError, match="no job"):
        windows.bound_memory(1000)


def test_the_token_loses_its_privileges_and_its_integrity(api: Api) -> None:
    windows.lower_token()
    (adjusted,) = [call for call in api.calls if call[0] == "AdjustTokenPrivileges"]
    words = list((ctypes.c_uint32 * 10).from_buffer_copy(adjusted[3]))
    assert words == [3, 5, 0, 4, 23, 0, 4, 36, 1, 4], "all are marked as removed"
    assert ("ConvertStringSidToSidW", "S-1-16-4096", None) in api.calls
    assert ("SetTokenInformation", 88, 25, (4096, 0x20), 28) in api.calls
    assert api.names()[-2:] == ["LocalFree", "CloseHandle"]


@pytest.mark.parametrize(
    "function", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject", "SetTokenInformation"]
)
def test_what_windows_refuses_is_no_lock(api: Api, function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    api.fails = function
    monkeypatch.setattr(windows.trial, "make", lambda attempts: None)
    in_force = windows.lock_waiting({})
    assert [name for name, state in in_force.items() if state != "ok"] == ["token" if "Token" in function else "job"]
    assert function.removesuffix("W") in str(in_force)


def test_no_code_of_a_user_is_run_on_windows(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks.sys, "platform", "win32")
    monkeypatch.setattr(windows.trial, "make", lambda attempts: None)
    in_force = locks.lock_validation(locks.lock_waiting(locks.lock_worker(came_along=False)), 1000, 10)
    assert {in_force[lock] for lock in ("job", "token", "trial")} == {"ok"}
    assert locks.missing_for_source(in_force) == f"reading ({windows.NONE_HERE})"
    assert not locks.are_in_force(in_force), "an environment that came with the folder is not loaded"


@pytest.mark.parametrize("module", [macos, windows, worker_module("lock_linux")])
def test_each_system_has_the_same_three_steps(module: ModuleType) -> None:
    assert all(callable(getattr(module, step)) for step in ("lock_worker", "lock_waiting", "lock_validation"))
