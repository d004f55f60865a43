#!/bin/bash
# The Windows part: everything that can be tried under wine, from the source to the removed program.
#   packaging/windows/trial.sh [--full]     `make test-windows [FULL=1]`; .ci/run without --full
# Each step says what it proves; the first that fails ends it with 1. It ends with 75 where this
# machine cannot try it at all: no wine and no way to install it, no network for the parts.
set -u -o pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
# what says most in the time, without the two sweeps that take longest; --full: every suite that can
# be read on Windows
suites='tests/domain tests/storage tests/bundle tests/crypto tests/test_disk.py tests/test_windows.py
    tests/test_paths.py tests/test_logs.py tests/test_settings.py
    tests/cli/test_given.py tests/cli/test_console.py tests/cli/test_parser.py'
chosen='not every_flipped_bit and not five_files_of_one_megabyte'
[ "${1:-}" != --full ] || chosen= suites='tests/domain tests/storage tests/bundle tests/crypto tests/cli
    tests/excel tests/reports tests/sample tests/services tests/test_disk.py tests/test_windows.py
    tests/test_paths.py tests/test_logs.py tests/test_settings.py'

"$here/../prepare.sh" windows || exit
export PYTHON=$PWD/.venv/bin/python
KASHIWA_RUNTIME=$("$PYTHON" "$here/runtime.py") || exit
export KASHIWA_RUNTIME
exec 9>"$KASHIWA_RUNTIME.trial" && flock 9 || exit 1 # one trial at a time in one Windows
folder=$(mktemp -d "${TMPDIR:-/tmp}/kashiwa-windows.XXXXXX")
trap 'rm -rf "$folder"' EXIT
wine() { "$here/wine.sh" "$@" 9>&-; }
key='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\kashiwa-desktop'

step() { begun=$SECONDS; printf '%s … ' "$1"; }
good() { printf '○ %s秒\n' $((SECONDS - begun)); }
bad() { printf '× %s\n' "$1"; exit 1; }
try() { "$@" >"$folder/said" 2>&1 || { cat "$folder/said"; bad "ended with $?"; }; }
ends_with() { # STATUS COMMAND…
    local wanted=$1 status; shift
    wine "$@" >"$folder/said"; status=$?
    [ "$status" = "$wanted" ] || { cat "$folder/said"; bad "ended with $status, not $wanted"; }
}
installed() { ls -d "$KASHIWA_RUNTIME"/prefix/drive_c/users/*/AppData/Local/Programs/kashiwa-desktop; }
records() { (cd "$1" && find . -type f ! -path './log/*' -exec sha256sum {} + | sort -k 2); }

step 'テスト'
# shellcheck disable=SC2086 # names of suites are words of their own
KASHIWA_WINE_LIMIT=7200 "$here/wine-python.sh" -m pytest -q -n 2 -p no:cacheprovider -k "$chosen" $suites \
    9>&- >"$folder/tests" || { cat "$folder/tests"; bad 'not green'; }
sed -n '/left out on Windows/,/^[^ ]*passed/p' "$folder/tests"
tests=$(tail -n 1 "$folder/tests"); good

step 'インストーラーを作る'
try "$PYTHON" "$here/layout.py" --setup
setup=$(ls -t dist/kashiwa-desktop-*-trial-setup.exe | head -n 1) || bad 'nothing made'
good

step '入れる'
ends_with 0 "$setup" /S
place=$(installed) || bad 'nothing there'
program="$place/kashiwa-desktop.exe" console="$place/kashiwa-desktop-console.exe"
good

step '入れたものの自己点検'
ends_with 0 "$program" --self-check
grep -q 'すべて整っています' "$folder/said" || bad 'not whole'
good

step '4つの地域の一か月'
export KASHIWA_NOW=2026-11-05T10:00 KASHIWA_SEED=1
try "$PYTHON" -m kashiwa_desktop demo --areas 4 --out "$folder/linux"
ends_with 0 "$console" demo --areas 4 --out "$folder/windows"
good

step 'Linux と同じ要約値・書類・表になり、たがいのファイルを受け取る'
try "$PYTHON" "$here/interchange.py" "$folder/linux" "$folder/windows" "$folder/both"
good

step '日本語のコマンドの画面(コードページ932)から記録する'
cp -r "$folder/windows/promoters/P001" "$folder/kept"
printf '%s' '{"date":"2026-11-04","minutes":30,"category":"network","type":"business","title":"包括と打合せ"}' |
    iconv -t CP932 >"$folder/typed"
KASHIWA_WINE_INPUT="$folder/typed" ends_with 0 "$console" --data-dir "$folder/kept" record add -
ends_with 0 "$console" --data-dir "$folder/kept" record list --month 2026-11
grep -q '包括と打合せ' "$folder/said" || bad 'not as it was typed'
unset KASHIWA_NOW KASHIWA_SEED
good

step '開いているあいだは入れ替えない'
wine "$console" demo --areas 4 --out "$folder/long" >/dev/null &
sleep 5
ends_with 3 "$setup" /S
wait
good

step '［入れる］は、閉じるのを待って入れる。前の版の部品は残らない'
touch "$place/Lib/left-over.pyc"
wine reg add "$key" /v DisplayVersion /d 0.0.1 /f >/dev/null
cp "$setup" "$folder/setup.exe"
"$PYTHON" -c 'import sys
from kashiwa_desktop.services.travel.setup_start import LINES
open(sys.argv[1], "w", encoding="ascii", newline="\r\n").write(LINES)' "$folder/put-in.cmd"
wine "$console" demo --areas 4 --out "$folder/longer" >/dev/null &
sleep 5
KASHIWA_SETUP="Z:${folder//\//\\}\\setup.exe" ends_with 0 cmd /d /c "Z:${folder//\//\\}\\put-in.cmd"
wait
wine reg query "$key" /v DisplayVersion | grep -q ' 0\.0\.1' && bad 'not put in'
[ ! -e "$place/Lib/left-over.pyc" ] || bad 'an old part stayed'
good

step '新しい版の上に古い版を入れない。/FORCE なら入れる'
wine reg add "$key" /v DisplayVersion /d 99.0.0 /f >/dev/null
ends_with 4 "$setup" /S
ends_with 0 "$setup" /S /FORCE
good

step '消しても記録は残る'
data=$(dirname "$(dirname "$place")")/kashiwa-desktop
rm -rf "$data" && cp -r "$folder/kept" "$data"
ends_with 0 "$console" check
before=$(records "$data")
ends_with 0 "$place/uninstall.exe" /S "_?=C:$(tr / '\\' <<<"${place#*/drive_c}")"
[ ! -e "$program" ] || bad 'the program stayed'
! wine reg query "$key" >/dev/null || bad 'its key stayed'
[ "$(records "$data")" = "$before" ] || bad 'records changed'
rm -rf "$data" "$place"
good
wine --end 2>/dev/null
printf 'Windows(wine): ○ %s秒、テスト %s\n' "$SECONDS" "$tests"
