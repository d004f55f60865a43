#!/bin/bash
# Try the Debian package in a root of its own: `packaging/linux/trial.sh FILE.deb EMPTY_FOLDER`.
# dpkg installs and removes there; the program runs with this system's Python and libraries, which
# --force-depends therefore does not look for in that root.
set -eu -o pipefail
deb=$1 folder=$2 root=$2/root
name=kashiwa-desktop
mkdir -p "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/info" "$folder/home"
touch "$root/var/lib/dpkg/status"

step() { printf '%s … ' "$1"; }
good() { printf '○\n'; }
bad() { cat "$folder/said"; printf '× %s\n' "$1"; exit 1; }
try() { "$@" >"$folder/said" 2>&1 || bad "$1 ended with $?"; }
packages() { dpkg --root="$root" --log=/dev/null --force-not-root --force-depends "$@"; }
program() {
    env -i HOME="$folder/home" PATH=/usr/bin:/bin LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen \
        "$root/opt/$name/$name" "$@"
}

step '入れる'
try packages -i "$deb"
[ "$(readlink "$root/usr/bin/$name")" = "/opt/$name/$name" ] || bad 'no command'
good

step '入れたものの自己点検'
try program --self-check
grep -q 'すべて整っています' "$folder/said" || bad 'not whole'
good

step '4つの地域の一か月'
try program demo --areas 4 --out "$folder/month"
[ -z "$(find "$root/opt" -newer "$folder/month/passphrase.txt" -type f)" ] || bad 'it wrote into its folder'
good

step 'メニュー・ファイルの種類・補完・man'
try desktop-file-validate "$root/usr/share/applications/$name.desktop"
try update-mime-database "$root/usr/share/mime"
for end in kssz kssr kssc ksst; do
    grep -q "\*\.$end\$" "$root/usr/share/mime/globs2" || bad "$end is no kind of file"
done
. "$root/usr/share/bash-completion/completions/$name"
COMP_WORDS=("$name" --data-dir x month cl) COMP_CWORD=4
_kashiwa_desktop
[ "${COMPREPLY[*]}" = close ] || bad "completion says ${COMPREPLY[*]}"
if command -v man >/dev/null; then
    LC_ALL=C.UTF-8 man --warnings=w -l "$root/usr/share/man/ja/man1/$name.1" >/dev/null 2>"$folder/said"
    [ ! -s "$folder/said" ] || bad 'man warns'
fi
good

step '同じ版の上に入れる'
try packages -i "$deb"
good

step '消す'
try packages --purge "$name"
mkdir -p "$root/usr/share/mime/packages" # as the trigger of the kinds of files does it
try update-mime-database "$root/usr/share/mime"
[ -z "$(find "$root/opt" "$root/usr" -path '*kashiwa*' 2>/dev/null)" ] || bad 'something stayed'
good
