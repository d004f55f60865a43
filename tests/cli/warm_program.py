"""The program kept warm for tests that call it many times: every call is a fork of one process.

Its start, and the two seconds of a 合言葉, would be most of what such a test takes; both are real
in ``test_process.py``. ``warm_call.py`` stands for the command and hands over where it was called.
"""

import json
import os
import signal
import socket
import sys
from contextlib import contextmanager

import pytest

from kashiwa_desktop.app.front_door import main
from services.key_scenes import cheap_locks


def serve(place):
    """Answer calls until this process is ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(place)
        door.listen()
        print("ready", flush=True)  # noqa: T201 - the test waits for it
        while True:
            call, _ = door.accept()
            if os.fork() == 0:
                answer(call)
            call.close()


def answer(call):
    """Do one call as if it had been started where it comes from."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message, streams, _, _ = socket.recv_fds(call, 1 << 20, 3)
    asked = json.loads(message)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdin, sys.stdout, sys.stderr = (open(n, "w" if n else "r") for n in range(3))  # noqa: PTH123, SIM115
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    try:
        status = main(asked["words"])
    except SystemExit as ended:
        status = ended.code
    sys.stdout.flush()
    sys.stderr.flush()
    call.sendall(bytes([status or 0]))
    os._exit(0)


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch, contextmanager(cheap_locks)(patch):
        serve(sys.argv[1])
