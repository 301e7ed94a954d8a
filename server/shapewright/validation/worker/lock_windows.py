"""The locks of Windows: a job object and a token with less in it. They need no rights and no setting.

What they cannot stop without the rights of an administrator, or without changing the rights of the user's files, is reading and
the network: so no code of a user is run here. docs/security.md says so, and that no real Windows was there to try them on.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from typing import Any

from . import trial

NONE_HERE = "Windows has no such lock for a program of an ordinary user"

# winnt.h. Types have the same size everywhere here, other than those of ctypes.wintypes.
DWORD, SIZE, HANDLE = ctypes.c_uint32, ctypes.c_size_t, ctypes.c_void_p
UI_RESTRICTIONS, EXTENDED_LIMITS = 4, 9  # JOBOBJECTINFOCLASS
ALL_OF_THE_UI = 0xFF  # handles, clipboard, desktops, settings of the system, the end of the session
LIMIT_ACTIVE_PROCESS, LIMIT_PROCESS_MEMORY, LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x8, 0x100, 0x400
TOKEN_QUERY, TOKEN_ADJUST_PRIVILEGES, TOKEN_ADJUST_DEFAULT = 0x8, 0x20, 0x80
TOKEN_PRIVILEGES, TOKEN_INTEGRITY_LEVEL = 3, 25  # TOKEN_INFORMATION_CLASS
PRIVILEGE_REMOVED, GROUP_INTEGRITY = 0x4, 0x20
LOW_INTEGRITY = "S-1-16-4096"


class BasicLimits(ctypes.Structure):
    _fields_ = [
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", DWORD),
        ("least_working_set", SIZE),
        ("most_working_set", SIZE),
        ("active_processes", DWORD),
        ("affinity", SIZE),
        ("priority", DWORD),
        ("scheduling", DWORD),
    ]


class ExtendedLimits(ctypes.Structure):
    _fields_ = [
        ("basic", BasicLimits),
        ("io", ctypes.c_uint64 * 6),
        ("process_memory", SIZE),
        ("job_memory", SIZE),
        ("peak_process_memory", SIZE),
        ("peak_job_memory", SIZE),
    ]


class MemoryCounters(ctypes.Structure):
    _fields_ = [
        ("size", DWORD),
        ("page_faults", DWORD),
        ("peak_working_set", SIZE),
        ("working_set", SIZE),
        ("peak_paged_pool", SIZE),
        ("paged_pool", SIZE),
        ("peak_other_pool", SIZE),
        ("other_pool", SIZE),
        ("committed", SIZE),
        ("peak_committed", SIZE),
    ]


class Label(ctypes.Structure):
    _fields_ = [("sid", ctypes.c_void_p), ("attributes", DWORD)]


_job: Any = None


def lock_worker(came_along: bool) -> dict[str, str]:
    """Nothing before Keras is imported: an environment that came with the opened folder is not loaded at all, as it could
    read and send."""
    return {"reading": NONE_HERE, "network": NONE_HERE}


def lock_waiting(before: dict[str, str]) -> dict[str, str]:
    return trial.in_force({"job": enter_job, "token": lower_token, "trial": lambda: trial.make(ATTEMPTS)})


def lock_validation(memory: int, seconds: float) -> dict[str, str]:
    return trial.in_force({"job": lambda: bound_memory(memory)})


# The job: no other processes, bounded memory, nothing done to the desktop


def enter_job() -> None:
    """Puts this process into a job of its own, which it cannot leave."""
    global _job
    create = _function("kernel32", "CreateJobObjectW", HANDLE, ctypes.c_void_p, ctypes.c_wchar_p)
    assign = _function("kernel32", "AssignProcessToJobObject", ctypes.c_int, HANDLE, HANDLE)
    _job = _true(create(None, None), "CreateJobObject")
    _set_limits(LIMIT_ACTIVE_PROCESS | LIMIT_DIE_ON_UNHANDLED_EXCEPTION)
    restrictions = DWORD(ALL_OF_THE_UI)
    _true(_set_job(UI_RESTRICTIONS, restrictions), "SetInformationJobObject")
    _true(assign(_job, _this_process()), "AssignProcessToJobObject")


def bound_memory(memory: int) -> None:
    """Bounds what the process may have in all, for good: the job cannot be reached after that."""
    global _job
    if _job is None:
        raise OSError("there is no job")
    _set_limits(LIMIT_ACTIVE_PROCESS | LIMIT_DIE_ON_UNHANDLED_EXCEPTION | LIMIT_PROCESS_MEMORY, _committed() + memory)
    _true(_function("kernel32", "CloseHandle", ctypes.c_int, HANDLE)(_job), "CloseHandle")
    _job = None


def _set_limits(flags: int, memory: int = 0) -> None:
    limits = ExtendedLimits()
    limits.basic.flags = flags
    limits.basic.active_processes = 1
    limits.process_memory = memory
    _true(_set_job(EXTENDED_LIMITS, limits), "SetInformationJobObject")


def _set_job(kind: int, information: Any) -> int:
    change = _function(
        "kernel32", "SetInformationJobObject", ctypes.c_int, HANDLE, ctypes.c_int, ctypes.c_void_p, DWORD
    )
    return int(change(_job, kind, ctypes.byref(information), ctypes.sizeof(information)))


def _committed() -> int:
    """Bytes that this process has now, in memory or in the page file."""
    counters = MemoryCounters(size=ctypes.sizeof(MemoryCounters))
    get = _function("kernel32", "K32GetProcessMemoryInfo", ctypes.c_int, HANDLE, ctypes.c_void_p, DWORD)
    _true(get(_this_process(), ctypes.byref(counters), ctypes.sizeof(counters)), "GetProcessMemoryInfo")
    return int(counters.committed)


# The token: no privileges, and of low integrity, which may not write to what has the usual one


def lower_token() -> None:
    """Takes from this process's token what it can do without, for good."""
    access = TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES | TOKEN_ADJUST_DEFAULT
    open_token = _function("advapi32", "OpenProcessToken", ctypes.c_int, HANDLE, DWORD, ctypes.c_void_p)
    token = HANDLE()
    _true(open_token(_this_process(), access, ctypes.byref(token)), "OpenProcessToken")
    try:
        _remove_privileges(token)
        _lower_integrity(token)
    finally:
        _function("kernel32", "CloseHandle", ctypes.c_int, HANDLE)(token)


def _remove_privileges(token: Any) -> None:
    get = _function(
        "advapi32", "GetTokenInformation", ctypes.c_int, HANDLE, ctypes.c_int, ctypes.c_void_p, DWORD, ctypes.c_void_p
    )
    adjust = _function(
        "advapi32",
        "AdjustTokenPrivileges",
        ctypes.c_int,
        HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        DWORD,
        ctypes.c_void_p,
        ctypes.c_void_p,
    )
    needed = DWORD()
    get(token, TOKEN_PRIVILEGES, None, 0, ctypes.byref(needed))  # fails, and says how much it needs
    privileges = ctypes.create_string_buffer(max(needed.value, 4))
    _true(get(token, TOKEN_PRIVILEGES, privileges, len(privileges), ctypes.byref(needed)), "GetTokenInformation")
    # A count, and for each privilege its number in two words and its attributes.
    words = ctypes.cast(privileges, ctypes.POINTER(DWORD))
    for number in range(words[0]):
        words[3 + 3 * number] = PRIVILEGE_REMOVED
    _true(adjust(token, 0, privileges, 0, None, None), "AdjustTokenPrivileges")


def _lower_integrity(token: Any) -> None:
    convert = _function("advapi32", "ConvertStringSidToSidW", ctypes.c_int, ctypes.c_wchar_p, ctypes.c_void_p)
    length = _function("advapi32", "GetLengthSid", DWORD, ctypes.c_void_p)
    change = _function("advapi32", "SetTokenInformation", ctypes.c_int, HANDLE, ctypes.c_int, ctypes.c_void_p, DWORD)
    free = _function("kernel32", "LocalFree", ctypes.c_void_p, ctypes.c_void_p)
    sid = ctypes.c_void_p()
    _true(convert(LOW_INTEGRITY, ctypes.byref(sid)), "ConvertStringSidToSid")
    try:
        label = Label(sid.value, GROUP_INTEGRITY)
        size = ctypes.sizeof(label) + length(sid)
        _true(change(token, TOKEN_INTEGRITY_LEVEL, ctypes.byref(label), size), "SetTokenInformation")
    finally:
        free(sid)


# Helpers


def _start_a_process() -> None:
    subprocess.Popen([sys.executable, "-S", "-c", ""]).wait()


ATTEMPTS = {
    "a process can be started": _start_a_process,
    "a file can be written": lambda: trial.write_a_file(os.path.expanduser("~")),
}


def library(name: str) -> Any:
    return getattr(ctypes, "WinDLL")(name, use_last_error=True)  # noqa: B009, it exists on Windows only


def _function(name: str, function: str, result: Any, *arguments: Any) -> Any:
    found = getattr(library(name), function)
    found.restype, found.argtypes = result, arguments
    return found


def _this_process() -> Any:
    return HANDLE(_function("kernel32", "GetCurrentProcess", HANDLE)())


def _true(result: Any, what: str) -> Any:
    """
    Raises:
        OSError: The function says that it failed.
    """
    if not result:
        number = getattr(ctypes, "get_last_error", lambda: 0)()
        raise OSError(f"{what} failed with {number}")
    return result
