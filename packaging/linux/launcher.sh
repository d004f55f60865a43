#!/bin/sh
# 地域支えあい活動記録: the system's own Python, the program's own parts, and nothing else of either.
here=$(dirname "$(readlink -f "$0")")
exec /usr/bin/@PYTHON@ -I -B "$here/start.py" "$@"
