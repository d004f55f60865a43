#!/bin/bash
# Windows Python with all our parts and this checkout:
#   packaging/windows/wine-python.sh -m kashiwa_desktop --self-check
here=$(cd "$(dirname "$0")" && pwd)
KASHIWA_RUNTIME=${KASHIWA_RUNTIME:-$("${PYTHON:-python3}" "$here/runtime.py")} || exit 1
export KASHIWA_RUNTIME
export PYTHONPATH="Z:${here%/packaging/windows}/src" PYTHONDONTWRITEBYTECODE=1
exec "$here/wine.sh" "$KASHIWA_RUNTIME/python/python.exe" "$@"
