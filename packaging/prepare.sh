#!/bin/sh
# Make this checkout ready: a Python of 3.11 or newer, the system's parts, and .venv with ours.
#   packaging/prepare.sh run | test | package | windows
# Does nothing when everything is there. Talks on standard error only. It ends with 75 where the
# system's parts for "windows" are missing and cannot be installed: without them nothing goes on.
set -eu
purpose=${1:-run}
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for name in "${PYTHON:-python3}" python3 python python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

# --- the system's parts, as "what to look for:the Debian package that brings it" ---

wanted() {
    [ "$(uname -s)" = Linux ] || return 0
    echo libglib-2.0.so.0:libglib2.0-0 libGL.so.1:libgl1 libEGL.so.1:libegl1 \
        libfontconfig.so.1:libfontconfig1 libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3
    echo libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 \
        libxcb-keysyms.so.1:libxcb-keysyms1 libxkbcommon-x11.so.0:libxkbcommon-x11-0 \
        libxcb-shape.so.0:libxcb-shape0
    case $purpose in
    test) echo Xvfb:xvfb xdotool:xdotool pdftoppm:poppler-utils age:age \
        pg_createcluster:postgresql ;;
    package) echo objdump:binutils dpkg-deb:dpkg desktop-file-validate:desktop-file-utils \
        update-mime-database:shared-mime-info "$("$python" -c '
import sys; print("libpython{0}.{1}.so.1.0:libpython{0}.{1}".format(*sys.version_info))')" ;;
    windows) echo objdump:binutils /usr/lib/wine/wine64:wine64 makensis:nsis \
        x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64 /usr/share/i18n/locales/ja_JP:locales ;;
    esac
}

missing() {
    libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
    own=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("LIBDIR"))')
    for pair in $(wanted); do
        part=${pair%%:*}
        case $part in
        lib*) case $libraries in *"$part "*) continue ;; esac ;;
        /*) if [ -e "$part" ]; then continue; fi ;;
        esac
        if ! command -v "$part" >/dev/null 2>&1 && ! [ -e "$own/$part" ]; then
            echo "${pair##*:}"
        fi
    done
    "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

# Somebody who sits there is asked; CI, and a run that nobody watches, names what it installs and goes on.
may_install() {
    say "このパソコンのシステムに入れるもの: $*"
    if [ -n "${CI:-}${YES:-}" ] || ! [ -t 0 ]; then return 0; fi
    printf '入れてもよいですか? [y/N] ' >&2
    read -r answer
    case $answer in [yY]*) ;; *) return 1 ;; esac
}

install_packages() {
    if [ "$(id -u)" = 0 ]; then as_root=env; else as_root="sudo -n"; fi
    command -v apt-get >/dev/null 2>&1 || return 1
    $as_root true 2>/dev/null || return 1
    may_install "$@" || return 1
    $as_root apt-get -q update >&2 || return 1
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends install "$@" >&2
}

prepare_system() {
    packages=$(missing | tr '\n' ' ')
    # one word for each package
    # shellcheck disable=SC2086
    if [ -n "$packages" ] && ! install_packages $packages; then
        say "このパソコンに足りない部品があります。次の1行を実行してから、もう一度「make $purpose」としてください。"
        say "  sudo apt-get update && sudo apt-get install -y $packages"
        case $packages in *python3-venv*) usable || exit 1 ;; esac
        if [ "$purpose" = windows ]; then exit 75; fi
    fi
}

# --- .venv: made when missing, moved or unusable; filled again when what it must hold changed ---

usable() {
    [ ! -e .venv/stamp ] || [ "$(head -n 1 .venv/stamp)" = "$PWD" ] || return 1
    "$(bin)/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

bin() { if [ -d .venv/Scripts ]; then echo .venv/Scripts; else echo .venv/bin; fi; }

# What running needs, or all that is checked with: the larger one serves both.
prepare_venv() {
    level=run
    groups=
    if [ "$purpose" != run ]; then
        level=all
        groups="--group test --group lint --group package"
    fi
    wanted=$(pwd && cat pyproject.toml constraints.txt | "$python" -c '
import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
    if usable; then
        case "$(cat .venv/stamp 2>/dev/null)" in
        "$wanted
$level" | "$wanted
all") return ;;
        esac
    else
        say "このフォルダーの .venv に Python の部品を用意します(はじめは数分かかります)。"
        "$python" -m venv --clear .venv >&2 || exit 1
    fi
    set -- "$(bin)/python" -m pip --disable-pip-version-check install -qq -c constraints.txt
    # the groups are words of their own
    # shellcheck disable=SC2086
    if ! "$@" pip setuptools >&2 || ! "$@" --no-build-isolation $groups -e . >&2; then
        say "部品を取り寄せられませんでした。インターネットにつながっているか確かめて、もう一度「make $purpose」としてください。"
        say "つながらない所では、配布の wheels フォルダーから入れられます: PIP_NO_INDEX=1 PIP_FIND_LINKS=wheelsのフォルダー make $purpose"
        exit 1
    fi
    printf '%s\n%s\n' "$wanted" "$level" >.venv/stamp
}

python=$(find_python)
if [ -z "$python" ]; then
    say "Python 3.11 以上が見つかりません。次の1行を実行してから、もう一度「make $purpose」としてください。"
    say "  sudo apt-get update && sudo apt-get install -y python3 python3-venv"
    exit 1
fi
prepare_system
prepare_venv
