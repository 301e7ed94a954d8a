"""Filters for system calls (Linux, seccomp): programs of a tiny machine that the kernel runs before every system call.

A filter cannot be taken off again, and everything that a process starts has it too.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

from . import syscalls
from .kernel import syscall

# Operations of the tiny machine: load a word of the call, jump if equal, if not less, if it has bits; return; bitwise and.
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, JUMP_BITS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL_PROCESS, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # where the words of a call are

SET_FILTER, ALL_THREADS = 1, 1

# What the worker gives up before it imports Keras.
NOT_FOR_THE_WORKER = """
    execve execveat
    socket connect accept accept4 sendto sendmsg sendmmsg bind listen
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_getfd kcmp
    unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen fsmount fspick fsconfig mount_setattr
    bpf perf_event_open userfaultfd keyctl add_key request_key open_by_handle_at name_to_handle_at
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff quotactl quotactl_fd acct syslog
    setuid setgid setreuid setregid setresuid setresgid setgroups sched_setattr setpriority ioprio_set personality
    mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
    rename renameat renameat2 unlink unlinkat rmdir mkdir mkdirat link linkat symlink symlinkat truncate creat
    shmget shmat shmctl msgget msgsnd semget mq_open memfd_secret fanotify_init
    settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname
    iopl ioperm modify_ldt vhangup migrate_pages move_pages uselib lookup_dcookie vmsplice
""".split()
# Callers of these have another way if the kernel does not know them.
NOT_KNOWN = "io_uring_setup io_uring_enter io_uring_register openat2".split()
# What a validation gives up as well.
NOT_FOR_A_VALIDATION = """
    fork vfork setsid setpgid pidfd_open pidfd_send_signal rt_sigqueueinfo tkill socketpair memfd_create
    inotify_init inotify_init1 setrlimit mlock mlockall
""".split()

CLONE_THREAD = 0x10000
TIOCSTI, TIOCLINUX = 0x5412, 0x541C  # put characters into a terminal, as if they were typed
F_SETOWN, F_SETSIG, F_SETOWN_EX = 8, 10, 15  # have the kernel send signals to another process
PR_SET_PDEATHSIG = 1
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND if sys.platform == "linux" else 0


class Filter:
    """A filter in the making: every rule decides about one system call, in the order in which they are added."""

    def __init__(self, numbers: dict[str, int], architecture: int) -> None:
        self.numbers = numbers
        self.program = [
            _step(LOAD, ARCHITECTURE),
            _step(JUMP_EQUAL, architecture, 1, 0),
            _step(RETURN, KILL_PROCESS),
            _step(LOAD, NUMBER),
        ]
        if numbers.get("open") == 2:  # x86-64
            self.program += [_step(JUMP_GREATER_EQUAL, syscalls.X32, 0, 1), _step(RETURN, KILL_PROCESS)]
        self.program += [_step(JUMP_GREATER_EQUAL, syscalls.NEWEST + 1, 0, 1), _step(RETURN, REFUSE | errno.ENOSYS)]

    def refuse(self, names: list[str], error: int = errno.EPERM) -> None:
        for name in names:
            self._rule(name, [_step(RETURN, REFUSE | error)])

    def refuse_bits(self, name: str, argument: int, bits: int, error: int = errno.EPERM) -> None:
        """Refused if an argument has any of the bits."""
        self._rule(name, [_low(argument), _step(JUMP_BITS, bits, 0, 1), _step(RETURN, REFUSE | error)])

    def require_bits(self, name: str, argument: int, bits: int) -> None:
        self._rule(name, [_low(argument), _step(JUMP_BITS, bits, 1, 0), _step(RETURN, REFUSE | errno.EPERM)])

    def refuse_values(self, name: str, argument: int, values: list[int]) -> None:
        for value in values:
            self._rule(name, [_low(argument), _step(JUMP_EQUAL, value, 0, 1), _step(RETURN, REFUSE | errno.EPERM)])

    def require_value(self, name: str, argument: int, value: int) -> None:
        self._rule(name, [_low(argument), _step(JUMP_EQUAL, value, 1, 0), _step(RETURN, REFUSE | errno.EPERM)])

    def require_null(self, name: str, argument: int) -> None:
        """A pointer must be null: both of its words."""
        refuse = _step(RETURN, REFUSE | errno.EPERM)
        self._rule(
            name,
            [_low(argument), _step(JUMP_EQUAL, 0, 1, 0), refuse, _high(argument), _step(JUMP_EQUAL, 0, 1, 0), refuse],
        )

    def _rule(self, name: str, steps: list[bytes]) -> None:
        number = self.numbers.get(name)
        if number is not None:
            steps = [*steps, _step(LOAD, NUMBER)]  # for the rules that follow
            self.program += [_step(JUMP_EQUAL, number, 0, len(steps)), *steps]

    def finished(self) -> list[bytes]:
        return [*self.program, _step(RETURN, ALLOW)]


def for_the_worker(numbers: dict[str, int], architecture: int) -> list[bytes]:
    """No network, no other program, no other process's memory, nothing opened for writing or changed in the file system."""
    filter = Filter(numbers, architecture)
    filter.refuse(NOT_FOR_THE_WORKER)
    filter.refuse(NOT_KNOWN, errno.ENOSYS)
    filter.refuse_bits("open", 1, WRITING, errno.EACCES)
    filter.refuse_bits("openat", 2, WRITING, errno.EACCES)
    filter.refuse_values("ioctl", 1, [TIOCSTI, TIOCLINUX])
    filter.refuse_values("fcntl", 1, [F_SETOWN, F_SETSIG, F_SETOWN_EX])
    return filter.finished()


def for_a_validation(numbers: dict[str, int], architecture: int, process: int) -> list[bytes]:
    """And no other process, no signal to one, no limit raised. Threads are allowed: Keras needs them."""
    filter = Filter(numbers, architecture)
    filter.refuse(NOT_FOR_A_VALIDATION)
    filter.refuse(
        ["clone3"], errno.ENOSYS
    )  # its flags are in memory, where no filter sees them; `clone` is used instead
    filter.require_bits("clone", 0, CLONE_THREAD)
    for name in ("kill", "tgkill", "rt_tgsigqueueinfo"):
        filter.require_value(name, 0, process)
    filter.require_null("prlimit64", 2)
    filter.refuse_values("prctl", 0, [PR_SET_PDEATHSIG])
    return filter.finished()


def install(program: list[bytes]) -> None:
    numbers, _ = syscalls.table()
    if not numbers:
        raise OSError(errno.ENOSYS, "this machine's system calls are not known")
    steps = ctypes.create_string_buffer(b"".join(program))
    description = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program), ctypes.addressof(steps)))
    syscall(numbers["seccomp"], SET_FILTER, ALL_THREADS, description)


def _step(operation: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", operation, if_true, if_false, value & 0xFFFFFFFF)


def _low(argument: int) -> bytes:
    return _step(LOAD, ARGUMENTS + 8 * argument)  # both architectures have the low word first


def _high(argument: int) -> bytes:
    return _step(LOAD, ARGUMENTS + 8 * argument + 4)
