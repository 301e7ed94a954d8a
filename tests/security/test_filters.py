"""The filters for system calls, on paper: what they decide on each architecture, also on those that no test runs on."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.security.bpf import ALLOWED, KILLED, decision
from tests.security.modules import worker_module

if not sys.platform.startswith("linux"):
    pytest.skip("the numbers of errors are those of Linux", allow_module_level=True)

seccomp, syscalls = worker_module("seccomp"), worker_module("syscalls")
HEADERS = {
    "x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64": "/usr/include/asm-generic/unistd.h",  # the numbers of every architecture that came late
}
PROCESS = 4711
NEEDED = {  # calls of Python, NumPy and TensorFlow that have to go on, by the numbers of each architecture
    "x86_64": {"read": 0, "write": 1, "mmap": 9, "futex": 202, "exit_group": 231, "clock_nanosleep": 230},
    "aarch64": {"read": 63, "write": 64, "mmap": 222, "futex": 98, "exit_group": 94, "clock_nanosleep": 115},
}


class Kernel:
    """A kernel of an architecture that has a filter."""

    def __init__(self, architecture: str, kind: str) -> None:
        self.numbers, self.code = syscalls.ARCHITECTURES[architecture]
        if kind == "worker":
            self.program = seccomp.for_the_worker(self.numbers, self.code)
        else:
            self.program = seccomp.for_a_validation(self.numbers, self.code, PROCESS)

    def says(self, name: str, *arguments: int) -> int | str:
        return decision(self.program, self.code, self.numbers[name], arguments)


@pytest.fixture(params=["x86_64", "aarch64"])
def architecture(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_call_that_is_not_for_the_worker_is_refused(architecture: str) -> None:
    kernel = Kernel(architecture, "worker")
    for name in set(seccomp.NOT_FOR_THE_WORKER) & set(kernel.numbers):
        assert kernel.says(name) == errno.EPERM, name
    for name in set(seccomp.NOT_KNOWN) & set(kernel.numbers):
        assert kernel.says(name) == errno.ENOSYS, name


def test_a_call_that_is_not_for_a_validation_is_refused(architecture: str) -> None:
    kernel = Kernel(architecture, "validation")
    for name in set(seccomp.NOT_FOR_A_VALIDATION) & set(kernel.numbers):
        assert kernel.says(name) == errno.EPERM, name
    assert kernel.says("clone3") == errno.ENOSYS


@pytest.mark.parametrize("kind", ["worker", "validation"])
def test_what_python_needs_goes_on(architecture: str, kind: str) -> None:
    kernel = Kernel(architecture, kind)
    for name, number in NEEDED[architecture].items():
        assert decision(kernel.program, kernel.code, number) == ALLOWED, name


@pytest.mark.parametrize("kind", ["worker", "validation"])
def test_calls_of_another_architecture_kill(architecture: str, kind: str) -> None:
    kernel = Kernel(architecture, kind)
    others = [code for _, code in syscalls.ARCHITECTURES.values() if code != kernel.code]
    for code in [*others, 0x40000003]:  # the last is that of x86 with 32 bits
        assert decision(kernel.program, code, NEEDED[architecture]["read"]) == KILLED
    if architecture == "x86_64":
        assert decision(kernel.program, kernel.code, syscalls.X32 + 1) == KILLED


def test_calls_that_came_after_the_tables_are_unknown(architecture: str) -> None:
    kernel = Kernel(architecture, "worker")
    assert decision(kernel.program, kernel.code, syscalls.NEWEST) == ALLOWED
    assert decision(kernel.program, kernel.code, syscalls.NEWEST + 1) == errno.ENOSYS


def test_files_are_opened_to_be_read_only(architecture: str) -> None:
    kernel = Kernel(architecture, "worker")
    flags = [os.O_WRONLY, os.O_RDWR, os.O_RDONLY | os.O_CREAT, os.O_RDONLY | os.O_TRUNC, os.O_WRONLY | os.O_APPEND]
    assert kernel.says("openat", 0, 0, os.O_RDONLY | os.O_CLOEXEC) == ALLOWED
    assert [kernel.says("openat", 0, 0, flag) for flag in flags] == [errno.EACCES] * len(flags)
    if "open" in kernel.numbers:
        assert [kernel.says("open", 0, flag) for flag in flags] == [errno.EACCES] * len(flags)


def test_a_thread_may_be_started_and_a_process_not(architecture: str) -> None:
    kernel = Kernel(architecture, "validation")
    assert kernel.says("clone", seccomp.CLONE_THREAD | 0x100) == ALLOWED
    assert kernel.says("clone", 17) == errno.EPERM


def test_signals_go_to_the_process_itself_only(architecture: str) -> None:
    kernel = Kernel(architecture, "validation")
    for name in ("kill", "tgkill", "rt_tgsigqueueinfo"):
        assert kernel.says(name, PROCESS) == ALLOWED
        for other in (1, PROCESS + 1, -1, -PROCESS):
            assert kernel.says(name, other) == errno.EPERM


def test_limits_are_read_and_not_set(architecture: str) -> None:
    kernel = Kernel(architecture, "validation")
    assert kernel.says("prlimit64", 0, 7, 0) == ALLOWED
    for pointer in (8, 1 << 40):  # one in the low word, one in the high
        assert kernel.says("prlimit64", 0, 7, pointer) == errno.EPERM


def test_terminals_and_owners_of_descriptors(architecture: str) -> None:
    kernel = Kernel(architecture, "worker")
    assert kernel.says("ioctl", 0, 0x5401) == ALLOWED
    assert kernel.says("ioctl", 0, seccomp.TIOCSTI) == errno.EPERM
    assert kernel.says("fcntl", 0, 1) == ALLOWED
    assert kernel.says("fcntl", 0, seccomp.F_SETOWN) == errno.EPERM
    assert Kernel(architecture, "validation").says("prctl", seccomp.PR_SET_PDEATHSIG) == errno.EPERM


def test_the_numbers_are_those_of_the_headers(architecture: str) -> None:
    header = Path(HEADERS[architecture])
    if not header.is_file():
        pytest.skip("the headers of Linux are not here")
    # Where the word has 64 bits the generic header calls some by the name of the call with 64 bits.
    pattern = r"#define __NR(?:3264)?_(\w+)\s+(\d+)$"
    real = {name: int(number) for name, number in re.findall(pattern, header.read_text(), re.MULTILINE)}
    ours: dict[str, Any] = syscalls.ARCHITECTURES[architecture][0]
    assert {name: real.get(name, number) for name, number in ours.items()} == ours
    assert len(set(ours) & set(real)) > 0.9 * len(ours), "the header has other names"


def test_every_call_that_is_refused_is_known_somewhere() -> None:
    known = set(syscalls.X86_64) | set(syscalls.AARCH64)
    named = {*seccomp.NOT_FOR_THE_WORKER, *seccomp.NOT_KNOWN, *seccomp.NOT_FOR_A_VALIDATION}
    assert named <= known


def test_both_tables_have_what_both_architectures_have() -> None:
    """A call that is in one table only has to be one that the other architecture does not have."""
    header = Path(HEADERS["aarch64"])
    if not header.is_file():
        pytest.skip("the headers of Linux are not here")
    generic = set(re.findall(r"#define __NR(?:3264)?_(\w+)\s", header.read_text()))
    only_here = set(syscalls.X86_64) - set(syscalls.AARCH64)
    assert not only_here & generic
