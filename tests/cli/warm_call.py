"""``warm_call.py SOCKET WORDS…``: one call of the warm program; imports as little as it can."""

import json
import os
import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as call:
    call.connect(sys.argv[1])
    asked = {"folder": os.getcwd(), "environment": dict(os.environ), "words": sys.argv[2:]}  # noqa: PTH109
    socket.send_fds(call, [json.dumps(asked).encode()], [0, 1, 2])
    told = call.recv(1)
sys.exit(told[0] if told else 70)
