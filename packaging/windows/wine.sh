#!/bin/bash
# Run a Windows program of the trial runtime, as a Japanese Windows 10 runs it (code page 932).
#   packaging/windows/wine.sh PROGRAM ARGUMENTS…
#   packaging/windows/wine.sh --end         end whatever still runs in it
# Its input is empty unless KASHIWA_WINE_INPUT names a file. It is ended after KASHIWA_WINE_LIMIT
# seconds (600).
set -u -o pipefail
here=$(dirname "$0")
runtime=${KASHIWA_RUNTIME:-$("${PYTHON:-python3}" "$here/runtime.py")} || exit 1
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)

export WINEPREFIX="$runtime/prefix" WINEARCH=win64 WINEDEBUG="${WINEDEBUG:--all}"
export WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
export LOCPATH="$runtime/locale"
if ! [ -d "$LOCPATH" ]; then
    mkdir -p "$LOCPATH"
    localedef -i ja_JP -f UTF-8 "$LOCPATH/ja_JP.UTF-8" || exit 1
fi
unset PYTHONUTF8 PYTHONHOME

if [ "${1:-}" = --end ]; then
    exec "$(command -v wineserver || echo /usr/lib/wine/wineserver)" -k
fi

# wine's own programs cannot do with a plain file as input or output: pipes always stand between
if [ -n "${KASHIWA_WINE_INPUT:-}" ]; then exec < <(cat "$KASHIWA_WINE_INPUT"); else exec </dev/null; fi
LC_ALL=ja_JP.UTF-8 timeout --kill-after=10 "${KASHIWA_WINE_LIMIT:-600}" "$wine" "$@" 2>&1 | cat
