#!/bin/sh
# Five stories of PCs that are restored, copied, doubled, lost and rebuilt (BUNDLE.md §9, 23–27).
# Everything happens through the command line; each story ends with digests that must be equal.
set -eu

KASHIWA=${KASHIWA:-kashiwa-desktop}
if [ $# -gt 0 ]; then
    place=$1
    mkdir -p "$place"
else
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
fi
cd "$place"
export KASHIWA_NOW=2026-11-02T10:00 # a demonstration's clock: everything is marked 試験用
export KASHIWA_PASSPHRASE='mihon no aikotoba'

staff() { $KASHIWA --data-dir office "$@"; }  # the office
first() { $KASHIWA --data-dir first "$@"; }   # the promoter's PC
second() { $KASHIWA --data-dir second "$@"; } # his other PC
field() { python3 -c "import json,sys; v=json.load(sys.stdin); print($1)"; }
same() { # same WHAT COMMAND… : all these stores hold the same revisions
    what=$1; shift
    digests=$(for who in "$@"; do $who digest; done | sort -u)
    [ "$(echo "$digests" | wc -l)" -eq 1 ] || { echo "× $what: $digests"; exit 1; }
    echo "○ $what: $digests"
}
activity() { # activity DAY WORDS
    printf '{"date":"2026-10-%s","category":"other","type":"misc","title":"%s"}\n' "$1" "$2"
}
bring_back() { # the office answers, and the PCs named read it
    rm -f reply.kssr
    staff return-file --promoter P014 --out reply.kssr > /dev/null
    for who in "$@"; do $who receive reply.kssr > /dev/null; done
}

echo "はじまり: 事務局と、推進員の1台のパソコン"
staff office init --name '柏市社会福祉協議会(見本)' --recovery-out recovery-key.txt > /dev/null
staff office add-promoter --id P014 --name '見本 花子' --kana 'ミホン ハナコ' --area 田中 --from 2026-04-01
staff office setup-file --out settings.kssc > /dev/null
first setup settings.kssc --promoter P014
activity 05 '定例会の準備' | first record add -
first submit 2026-10 --out one.kssz > /dev/null
staff intake one.kssz --accept-new-device
bring_back first
same 'はじまり' staff first

echo "物語1: 予備の写しに戻して、3件を書き足す"
copy=$(first backup --json | field 'v["file"]')
activity 06 '写しのあとの記録' | first record add -
first submit 2026-10 --out two.kssz > /dev/null
staff intake two.kssz > /dev/null
first restore "$copy" > /dev/null
for day in 07 08 09; do activity $day "書き足し $day"; done | first record add -
first submit 2026-10 --out three.kssz
staff intake three.kssz
bring_back first
same '物語1' staff first
[ "$(first record list --json | field 'len(v["records"])')" -eq 5 ]

echo "物語2: フォルダーごと2台目に写して、両方から提出する"
cp -r first second
activity 12 '1台目で書いた' | first record add -
activity 13 '2台目で書いた' | second record add -
first submit 2026-10 --out clone-1.kssz > /dev/null
second submit 2026-10 --out clone-2.kssz > /dev/null
staff intake clone-1.kssz clone-2.kssz
second setup settings.kssc --promoter P014 --new-identity > /dev/null
second submit 2026-10 --out hello.kssz > /dev/null
staff intake hello.kssz --accept-new-device > /dev/null
bring_back first second
same '物語2' staff first second

echo "物語3: 2台で同じ記録を直す"
record=$(first record list --json | field 'v["records"][0]["id"]')
echo '{"minutes":60}' | first record edit "$record" -
echo '{"minutes":90}' | second record edit "$record" -
first submit 2026-10 --out edit-1.kssz > /dev/null
second submit 2026-10 --out edit-2.kssz > /dev/null
staff intake edit-1.kssz edit-2.kssz
head=$(staff conflicts --json | field 'v["conflicts"][0]["heads"][0]["head"]')
staff resolve "$record" --use "$head" --reason '本人に電話で確かめた'
bring_back first second
same '物語3' staff first second
[ "$(second conflicts --json | field 'len(v["conflicts"])')" -eq 0 ]

echo "物語4: パソコンをなくし、返事のファイルから作り直す"
rm -rf first
first setup settings.kssc --promoter P014 > /dev/null
first submit 2026-10 --out new-pc.kssz > /dev/null
staff intake new-pc.kssz --accept-new-device > /dev/null
bring_back first
same '物語4' staff first second
first submit 2026-10 --out again.kssz > /dev/null
[ "$(staff intake again.kssz --json | field 'v["files"][0]["new"]')" -eq 0 ]

echo "物語5: 事務局の記録がこわれ、保管したファイルとかぎから作り直す"
mv office broken
mkdir -m 700 office
cp -r broken/identity office/ # with the 予備のかぎ alone: --recovery-key, which renews the keys too
staff office rebuild --from broken/archive
same '物語5' staff first second
staff check
echo "すべての物語が、同じ要約値で終わりました。"
