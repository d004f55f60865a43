#!/bin/bash
# Try the installer of layout.py under wine, from installing to taking away: `make test-windows`.
# Each step says what it proves; the first that fails ends it.
set -u -o pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
export KASHIWA_RUNTIME=${KASHIWA_RUNTIME:-$("${PYTHON:-python3}" "$here/runtime.py")} || exit 1
setup=$(ls -t dist/kashiwa-desktop-*-setup.exe | head -n 1) || exit 1
wine() { "$here/wine.sh" "$@"; }
key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\kashiwa-desktop'
folder=$(mktemp -d "${TMPDIR:-/tmp}/kashiwa-windows.XXXXXX")
trap 'rm -rf "$folder"' EXIT

step() { printf '%s … ' "$1"; }
good() { printf '○\n'; }
bad() { printf '× %s\n' "$1"; exit 1; }
ends_with() { # STATUS COMMAND…
    local wanted=$1 status; shift
    wine "$@" >"$folder/said"; status=$?
    [ "$status" = "$wanted" ] || { cat "$folder/said"; bad "ended with $status, not $wanted"; }
}
installed() { ls -d "$KASHIWA_RUNTIME"/prefix/drive_c/users/*/AppData/Local/Programs/kashiwa-desktop; }

step '入れる';                       ends_with 0 "$setup" /S; place=$(installed) || bad 'nothing there'; good
step '入れたものの自己点検';           ends_with 0 "$place/kashiwa-desktop.exe" --self-check
                                     grep -q 'すべて整っています' "$folder/said" || bad 'not whole'; good
step '4つの地域の一か月';             ends_with 0 "$place/kashiwa-desktop-console.exe" demo --areas 4 --out "$folder/month"; good
step '開いているあいだは入れ替えない'
wine "$place/kashiwa-desktop-console.exe" demo --areas 4 --out "$folder/long" >/dev/null & sleep 5
                                     ends_with 3 "$setup" /S; wait; good
step '新しい版の上に古い版を入れない'
wine reg add "$key" /v DisplayVersion /d 99.0.0 /f >/dev/null
                                     ends_with 4 "$setup" /S; good
step '/FORCE なら入れる';             ends_with 0 "$setup" /S /FORCE; good
step '消しても記録は残る'
data=$(dirname "$(dirname "$place")")/kashiwa-desktop; mkdir -p "$data"; echo kept >"$data/trial"
                                     ends_with 0 "$place/uninstall.exe" /S "_?=C:$(tr / '\\' <<<"${place#*/drive_c}")"
[ ! -e "$place/kashiwa-desktop.exe" ] || bad 'the program stayed'
[ "$(cat "$data/trial")" = kept ] || bad 'records went'
! wine reg query "$key" >/dev/null || bad 'its key stayed'; rm -rf "$data/trial" "$place"; good
wine --end
