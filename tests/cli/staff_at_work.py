"""One member of staff before a PC of his own: a process that runs the commands it is given.

Each line on standard input is a JSON list of words; what the command said and a line with its
status come back.
"""

import json
import os
import sys

from kashiwa_desktop.app import front_door

if __name__ == "__main__":
    for line in os.fdopen(os.dup(0), encoding="utf-8"):  # the program sets its own input up anew
        status = front_door.main(json.loads(line))
        sys.stdout.write(f"status {status}\n")
        sys.stdout.flush()
