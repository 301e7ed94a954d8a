"""A worker without Keras, for the tests of how the server takes it: it answers, and it misbehaves when asked to.

    python fake_worker.py [HOW IT STARTS]

A request says in `do` how to misbehave. Standard library only; it speaks the frames by its own means.
"""

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import time

HELLO = {
    "ready": True,
    "protocol": 1,
    "python": "3.11.9",
    "keras": "0.0",
    "backend": "none",
    "locks": {},
    "source": "no",
}


def write(message):
    body = json.dumps(message).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(body)) + body)
    sys.stdout.buffer.flush()


def read():
    head = sys.stdin.buffer.read(4)
    return json.loads(sys.stdin.buffer.read(struct.unpack(">I", head)[0])) if len(head) == 4 else None


def raw(data):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def answer(request):
    what, number = request.get("do"), request.get("id")
    if what == "hang":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            time.sleep(60)
    elif what == "wait for cancel":
        assert read() == {"cancel": number}
        write({"id": number, "failed": "cancelled", "message": "as you like"})
    elif what == "exit":
        print("the last words", file=sys.stderr, flush=True)
        os._exit(3)
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "kill with child":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        write({"id": number, "child": child.pid})
    elif what == "garbage":
        raw(b"Traceback (most recent call last): something else entirely")
    elif what == "not an object":
        raw(struct.pack(">I", 2) + b"[]")
    elif what == "half a frame":
        raw(struct.pack(">I", 100) + b'{"id"')
        os._exit(0)
    elif what == "huge":
        raw(struct.pack(">I", 1 << 31))
        time.sleep(600)
    elif what == "flood":
        while True:
            raw(b"\xff" * 65536)
    elif what == "flood of replies":
        while True:
            write({"id": -1, "steps": {}})
    elif what == "flood of errors":
        for _ in range(2000):
            os.write(2, b"E" * 10000 + b"\n")
        write({"id": number, "steps": {}})
    elif what == "memory":
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
        held = []
        while True:
            held.append(bytearray(1 << 24))
    elif what == "someone else's":
        write({"id": number + 1000, "steps": {}})
    elif what == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif what == "refuse":
        write({"id": number, "failed": "timeout", "message": "It took too long."})
    elif what == "environment":
        write({"id": number, "environment": dict(os.environ), "folder": os.getcwd()})
    elif what == "plan":
        steps = request["plan"]["steps"]
        if any(step["do"] == "poison" for step in steps):
            os._exit(4)
        write({"id": number, "steps": {str(n): {"value": step} for n, step in enumerate(steps)}, "pid": os.getpid()})
    else:
        write({"id": number, "pid": os.getpid()})


def main():
    how = sys.argv[1] if len(sys.argv) > 1 else ""
    if how == "silent":
        time.sleep(600)
    elif how == "dies":
        print("cannot go on", file=sys.stderr)
        sys.exit(9)
    elif how == "garbage":
        raw(b"no worker at all\n" * 10000)
        time.sleep(600)
    elif how == "prints":
        raw(b'Welcome to this Python!\n{"ready": no}\n')
    elif how == "no keras":
        write({"ready": False, "reason": "no-keras", "message": "There is no Keras in this Python."})
        return
    elif how == "other version":
        write({**HELLO, "protocol": 99})
    elif how == "once":  # starts, and the next time does not
        mark = sys.argv[2]
        if os.path.exists(mark):
            sys.exit(1)
        open(mark, "w").close()
    elif how == "recycled":  # a system without fork: it ends after each answer
        write({**HELLO, "forks": False})
        answer(read())
        return
    write(HELLO)
    while (request := read()) is not None:
        if "cancel" not in request:
            answer(request)


main()
