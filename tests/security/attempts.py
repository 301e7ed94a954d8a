"""What a hostile program may try in source mode. One function an attempt; its body runs in the worker.

A function returns True if it got what it wanted. `world` says what there is to get. The table in docs/security.md is
made of this file (`python -m tests.security.table --write`).
"""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

LANDLOCK = "Landlock"  # what of the file system can be opened
SECCOMP = "seccomp"  # which system calls there are
LIMITS = "limits"  # memory, processor time, size of files, number of files
WATCH = "watch"  # the worker ends a validation that takes too long, or starts too much
PIPES = "pipes"  # a validation has one pipe, for its own answer, which is read with suspicion
NAMESPACES = "namespaces"  # a network of the worker's own, with nothing in it, where the system has that
FRESH = "fresh process"  # every validation starts from the same state
CLEAN = "clean environment"

SINGLY = {LANDLOCK, SECCOMP, LIMITS, NAMESPACES}  # those that can be put in force alone


@dataclasses.dataclass(frozen=True)
class Attempt:
    """
    Args:
        title: What is tried, for the table.
        stopped_by: Locks each of which is enough.
        only_root: An ordinary user cannot do this anyway.
        not_everywhere: Some systems do not have it, or forbid it themselves.
        always_stopped: What stops it cannot be taken away. It is shown that the worker goes on.
        limits: What the validation may take while it is locked.
    """

    function: Callable[..., Any]
    title: str
    stopped_by: tuple[str, ...]
    only_root: bool = False
    not_everywhere: bool = False
    always_stopped: bool = False
    limits: dict[str, float] = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.function.__name__

    def program(self, world: dict[str, Any]) -> str:
        """The program that the worker is asked to run. `escaped` has a shape if the attempt succeeded."""
        source = textwrap.dedent(inspect.getsource(self.function))
        body = source[source.index("def ") :]
        return PRELUDE.format(world=world) + body + f"if {self.name}(world):\n    escaped = numpy.zeros(1)\n"


PRELUDE = """
import ctypes, fcntl, json, mmap, os, resource, signal, socket, struct, subprocess, sys, threading, time, types
import numpy
world = types.SimpleNamespace(**{world!r})
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    result = libc.syscall(*[ctypes.c_long(item) if isinstance(item, int) else item for item in (number, *arguments)])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
"""

ATTEMPTS: list[Attempt] = []


def attempt(
    title: str,
    *stopped_by: str,
    only_root: bool = False,
    not_everywhere: bool = False,
    always_stopped: bool = False,
    **limits: float,
) -> Callable[..., Any]:
    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        ATTEMPTS.append(Attempt(function, title, stopped_by, only_root, not_everywhere, always_stopped, limits))
        return function

    return add


# ruff: noqa: F821, SIM105 - the names are those of PRELUDE

# Files


@attempt("write a file in the home folder", LANDLOCK, SECCOMP, LIMITS)
def write_in_home(world):
    with open(world.home + "/planted", "w") as file:
        file.write("x")
    return True


@attempt("append to a file of the user", LANDLOCK, SECCOMP, LIMITS)
def append_to_a_file(world):
    with open(world.file, "a") as file:
        file.write("x")
    return True


@attempt("write an array with NumPy", LANDLOCK, SECCOMP, LIMITS)
def write_with_numpy(world):
    numpy.save(world.home + "/array.npy", numpy.zeros(3))
    return True


@attempt("make an empty file in the folder for temporary files", LANDLOCK, SECCOMP)
def create_in_tmp(world):
    os.close(os.open(world.work + "/empty", os.O_CREAT | os.O_WRONLY))
    return True


@attempt("read a key in `~/.ssh`", LANDLOCK)
def read_a_key(world):
    return "SECRET" in open(world.home + "/.ssh/id_test").read()


@attempt("read a key through a symbolic link", LANDLOCK)
def read_through_a_link(world):
    return "SECRET" in open(world.link).read()


@attempt("list the home folder", LANDLOCK)
def list_home(world):
    return bool(os.listdir(world.home))


@attempt("read `/etc/passwd`", LANDLOCK)
def read_passwd(world):
    return "root" in open("/etc/passwd").read()


@attempt("map a file of the user into memory", LANDLOCK)
def map_a_file(world):
    with open(world.file, "rb") as file:
        return len(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)) > 0


@attempt("delete a file", LANDLOCK, SECCOMP)
def delete_a_file(world):
    os.unlink(world.disposable)
    return True


@attempt("rename a file", LANDLOCK, SECCOMP)
def rename_a_file(world):
    os.rename(world.file, world.file + ".other")
    os.rename(world.file + ".other", world.file)
    return True


@attempt("cut off a file", SECCOMP, LANDLOCK)
def truncate_a_file(world):
    os.truncate(world.disposable, 0)
    return True


@attempt("make a folder", LANDLOCK, SECCOMP)
def make_a_folder(world):
    os.mkdir(world.work + "/folder")
    return True


@attempt("make a symbolic link", LANDLOCK, SECCOMP)
def make_a_link(world):
    os.symlink("/etc/passwd", world.work + "/new-link")
    return True


@attempt("make a hard link", LANDLOCK, SECCOMP)
def make_a_hard_link(world):
    os.link(world.file, world.work + "/hard-link")
    return True


@attempt("change the rights of a file", SECCOMP)
def change_rights(world):
    os.chmod(world.file, 0o777)
    return True


@attempt("change the times of a file", SECCOMP)
def change_times(world):
    os.utime(world.file, (1, 1))
    return True


@attempt("make a named pipe", LANDLOCK, SECCOMP)
def make_a_named_pipe(world):
    os.mkfifo(world.work + "/pipe")
    return True


# Network


@attempt("connect with TCP", SECCOMP, LANDLOCK, NAMESPACES)
def connect_tcp(world):
    with socket.socket() as client:
        client.settimeout(3)
        client.connect(("127.0.0.1", world.tcp))
    return True


@attempt("listen with TCP", SECCOMP, LANDLOCK)
def listen_tcp(world):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
    return True


@attempt("send with UDP", SECCOMP, NAMESPACES)
def send_udp(world):
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        return client.sendto(b"x", ("127.0.0.1", world.udp)) == 1


@attempt("connect to a Unix socket", SECCOMP)
def connect_unix(world):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(world.unix)
    return True


@attempt("connect to an abstract Unix socket", SECCOMP, LANDLOCK, NAMESPACES)
def connect_abstract(world):
    with socket.socket(socket.AF_UNIX) as client:
        client.connect("\0" + world.abstract)
    return True


@attempt("resolve a name", LANDLOCK, SECCOMP)
def resolve_a_name(world):
    # `localhost` is in /etc/hosts: no name server is asked. Without that file there is nothing to look it up in.
    with open("/etc/hosts") as hosts:
        known = "localhost" in hosts.read()
    socket.socket(type=socket.SOCK_DGRAM).close()
    return known and socket.gethostbyname("localhost") == "127.0.0.1"


@attempt("open a netlink socket", SECCOMP, not_everywhere=True)
def open_netlink(world):
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
    return True


# Programs and processes


@attempt("run a command of the shell", SECCOMP, LANDLOCK)
def run_a_command(world):
    return os.system("exit 7") == 7 * 256


@attempt("start a program", SECCOMP, LANDLOCK)
def start_a_program(world):
    return subprocess.run(["/bin/echo", "hello"], capture_output=True).stdout == b"hello\n"


@attempt("become another program", SECCOMP, LANDLOCK)
def become_a_program(world):
    with open("/proc/self/comm") as file:
        file.read()
    # The program says on the pipe that is this validation's own that it runs.
    script = "import os, struct; answer = %r; os.write(3, struct.pack('>I', len(answer)) + answer)"
    place = {"line": 1, "column": 0, "end_line": 1, "end_column": 7, "kind": "array"}
    answer = json.dumps({"places": [{**place, "shapes": [{"shape": [1], "dtype": "float64"}]}]}).encode()
    os.set_inheritable(3, True)
    os.execv(sys.executable, [sys.executable, "-c", script % answer])


@attempt("run a program from memory", SECCOMP, not_everywhere=True)
def run_from_memory(world):
    program = os.memfd_create("program")
    with open("/usr/bin/true", "rb") as file:
        os.write(program, file.read())
    child = os.fork()
    if child == 0:
        os.execve(program, ["true"], {})
    return os.waitpid(child, 0)[1] == 0


@attempt("start a process", SECCOMP)
def fork(world):
    child = os.fork()
    if child == 0:
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


@attempt("start processes without end", SECCOMP)
def fork_bomb(world):
    children = []
    for _ in range(100):
        child = os.fork()
        if child == 0:
            time.sleep(0.3)
            os._exit(0)
        children.append(child)
    return all(os.waitpid(child, 0)[1] == 0 for child in children)


@attempt("start threads without end", WATCH, seconds=10)
def thread_bomb(world):
    threading.stack_size(64 << 10)
    begin = time.monotonic()
    for _ in range(2000):
        threading.Thread(target=lambda: __import__("select").select([], [], [], 5), daemon=True).start()
    while time.monotonic() < begin + 1:
        pass
    return True


@attempt("leave a process behind", SECCOMP)
def leave_a_daemon(world):
    read, write = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(write, b"%d" % os.getpid())
            __import__("select").select([], [], [], 1)
        os._exit(0)
    return int(os.read(read, 20)) > 0


# Other processes


@attempt("kill the worker", SECCOMP, LANDLOCK)
def kill_the_worker(world):
    os.kill(os.getppid(), signal.SIGKILL)
    return True


@attempt("send a signal to another process of the user", SECCOMP, LANDLOCK)
def signal_a_process(world):
    os.kill(world.bystander, 0)
    return True


@attempt("send a signal to all processes", SECCOMP)
def signal_all(world):
    os.kill(-1, 0)
    return True


@attempt("send a signal with `tgkill`", SECCOMP, LANDLOCK)
def signal_a_thread(world):
    call(234, os.getppid(), os.getppid(), 0)
    return True


@attempt("send a signal through a process descriptor", SECCOMP, LANDLOCK, not_everywhere=True)
def signal_through_a_descriptor(world):
    signal.pidfd_send_signal(os.pidfd_open(os.getppid()), 0)
    return True


@attempt("have the kernel send a signal (`F_SETOWN`)", SECCOMP)
def signal_through_a_pipe(world):
    read, _ = os.pipe()
    fcntl.fcntl(read, fcntl.F_SETOWN, os.getppid())
    return fcntl.fcntl(read, fcntl.F_GETOWN) == os.getppid()


@attempt("trace the worker", SECCOMP, LANDLOCK, not_everywhere=True)
def trace_the_worker(world):
    if libc.ptrace(16, os.getppid(), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    os.waitpid(os.getppid(), 0x40000000)
    libc.ptrace(17, os.getppid(), 0, 0)
    return True


@attempt("read the memory of the worker", LANDLOCK, not_everywhere=True)
def read_memory(world):
    open(f"/proc/{os.getppid()}/mem", "rb").close()
    return True


@attempt("read the memory of the worker with a system call", SECCOMP, LANDLOCK, not_everywhere=True)
def read_memory_with_a_call(world):
    buffer = ctypes.create_string_buffer(16)
    here = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 16)
    there = (ctypes.c_size_t * 2)(id(None), 16)
    return call(310, os.getppid(), ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == 16


@attempt("take a descriptor from the worker", SECCOMP, LANDLOCK, not_everywhere=True)
def take_a_descriptor(world):
    return call(438, os.pidfd_open(os.getppid()), 0, 0) >= 0


@attempt("read the environment of the worker", LANDLOCK, not_everywhere=True)
def read_environment_of_worker(world):
    return len(open(f"/proc/{os.getppid()}/environ").read()) > 0


@attempt("read the environment of another process", LANDLOCK)
def read_environment_of_another(world):
    return "TOKEN" in open(f"/proc/{world.bystander}/environ").read()


@attempt("see the command line of another process", LANDLOCK)
def read_command_line(world):
    return len(open(f"/proc/{world.bystander}/cmdline").read()) > 0


@attempt("find a secret in its own environment", CLEAN)
def secret_in_environment(world):
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
    place = 0
    while environ[place]:
        if b"TOKEN" in environ[place]:
            return True
        place += 1
    return False


@attempt("lower a limit of the worker", SECCOMP)
def limit_the_worker(world):
    resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))
    return True


# Limits


@attempt("raise its own limits", LIMITS)
def raise_limits(world):
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most > 64


@attempt("fill the memory", LIMITS, memory=256 << 20)
def fill_memory(world):
    held = []
    while len(held) < 12:
        held.append(bytearray(b"x") * (1 << 26))
    return True


@attempt("fill the memory with arrays", LIMITS, memory=256 << 20)
def fill_with_arrays(world):
    return len([numpy.ones(1 << 24) for _ in range(6)]) == 6


@attempt("fill memory that no process owns", SECCOMP, LIMITS)
def fill_memory_files(world):
    file = os.memfd_create("x")
    return os.write(file, b"x" * (1 << 24)) > 0


@attempt("fill shared memory", LANDLOCK, SECCOMP, LIMITS, not_everywhere=True)
def fill_shared_memory(world):
    path = f"/dev/shm/shapewright-test-{os.getpid()}"
    with open(path, "wb") as file:
        file.write(b"x" * (1 << 20))
    os.unlink(path)
    return True


@attempt("make shared memory of the old kind", SECCOMP, not_everywhere=True)
def system_v_memory(world):
    segment = call(29, 0, 4096, 0o1600)
    call(31, segment, 0, 0)
    return True


@attempt("run for ever", WATCH, seconds=0.8)
def run_for_ever(world):
    begin = time.monotonic()
    while time.monotonic() < begin + 2.5:
        try:
            while time.monotonic() < begin + 2.5:
                pass
        except BaseException:
            pass
    return True


@attempt("wait for ever, deaf to all signals", WATCH, seconds=0.8)
def wait_for_ever(world):
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP})
    begin = time.monotonic()
    while time.monotonic() < begin + 2.5:
        __import__("select").select([], [], [], 0.5)
    return True


@attempt("answer with very much", WATCH, PIPES, always_stopped=True)
def answer_with_much(world):
    raise ValueError("x" * (100 << 20))


@attempt("open very many files", LIMITS)
def open_many_files(world):
    return len([os.pipe() for _ in range(200)]) == 200


# The worker itself


@attempt("write to inherited descriptors, to answer in the worker's name", PIPES)
def forge_a_frame(world):
    frame = json.dumps({"id": world.request, "forged": True, "places": [], "error": None}).encode()
    for descriptor in [*range(4, 64), 3]:  # its own pipe last: after an answer it is ended
        try:
            os.write(descriptor, struct.pack(">I", len(frame)) + frame)
        except OSError:
            pass


@attempt("flood standard output", PIPES, always_stopped=True)
def flood_standard_output(world):
    for descriptor in range(1, 64):
        if descriptor != 3:
            try:
                os.set_blocking(descriptor, False)
                os.write(descriptor, b"\xff" * 4096)
            except OSError:
                pass
    return False


@attempt("answer with what is no frame", PIPES, always_stopped=True)
def answer_with_garbage(world):
    os.write(3, b"\xff" * 100)
    os._exit(0)


@attempt("answer with JSON that is slow or deep", PIPES, always_stopped=True)
def answer_with_deep_json(world):
    answer = b'{"places": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    os.write(3, struct.pack(">I", len(answer)))
    while answer:
        answer = answer[os.write(3, answer) :]
    os._exit(0)


@attempt("change Keras and the worker's own code for the next validation", FRESH, always_stopped=True)
def patch_the_worker(world):
    import builtins

    import keras

    for name, module in list(sys.modules.items()):
        if name.startswith("shapewright_worker"):
            for attribute in list(vars(module)):
                if not attribute.startswith("__"):
                    setattr(module, attribute, None)
    keras.layers.Dense = None
    builtins.open = builtins.isinstance = None
    os.write = None
    return False


@attempt("unpickle what runs a command", SECCOMP, LANDLOCK)
def unpickle(world):
    import pickle

    return pickle.loads(b"cos\nsystem\n(S'exit 7'\ntR.") == 7 * 256


@attempt("end at once, without an answer", PIPES, always_stopped=True)
def end_at_once(world):
    os._exit(0)


@attempt("crash the interpreter", FRESH, always_stopped=True)
def crash(world):
    ctypes.string_at(0)


# The kernel


@attempt("make a namespace of its own", SECCOMP, not_everywhere=True)
def make_a_namespace(world):
    if libc.unshare(0x10000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    return True


@attempt("mount a file system", SECCOMP, LANDLOCK, only_root=True, not_everywhere=True)
def mount(world):
    if libc.mount(b"none", world.work.encode(), b"tmpfs", 0, None) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    libc.umount2(world.work.encode(), 2)
    return True


@attempt("become another user", SECCOMP, only_root=True)
def become_another_user(world):
    os.setuid(65534)
    return True


@attempt("change the root folder", SECCOMP, only_root=True, not_everywhere=True)
def change_root(world):
    os.chroot(world.work)
    return True


@attempt("open an `io_uring`, which does system calls unseen", SECCOMP, not_everywhere=True)
def open_io_uring(world):
    return call(425, 8, ctypes.create_string_buffer(256)) >= 0


@attempt("use the key store of the kernel", SECCOMP, not_everywhere=True)
def use_keys(world):
    return call(250, 0, -3, 0) >= 0


@attempt("use system calls of 32 bits (`int 0x80`)", SECCOMP, not_everywhere=True)
def system_calls_of_32_bits(world):
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(bytes.fromhex("b814000000cd80c3"))  # getpid
    address = ctypes.addressof(ctypes.c_char.from_buffer(code))
    return ctypes.CFUNCTYPE(ctypes.c_int)(address)() == os.getpid()
