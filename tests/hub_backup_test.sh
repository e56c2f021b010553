#!/bin/bash
# A backup on each store, while the hub serves; SQLite, PostgreSQL, SQLite byte for byte; backups
# that are damaged, cut, hostile or of another hub are refused whole; what hygie hub check finds.
set -euo pipefail
NAME=hub_backup
source "$(dirname "$0")/hub.sh"
work_make
cd "$(dirname "$0")/.."
url=$(tests/postgres start "$work/postgres") || skip "no PostgreSQL"
command -v zstd >/dev/null || skip "no zstd"
echo 'a passphrase' >"$work/passphrase"
failed=0
fail() { echo "FAILED: $1" >&2; failed=1; }
# refused STATUS WORDS COMMAND...: fails so, says so, leaves no folder.
refused() {
	local status=0
	"$hygie" "${@:3}" >/dev/null 2>"$work/said" || status=$?
	[ "$status" = "$1" ] || fail "$2: exit $status instead of $1: $(cat "$work/said")"
	grep -q -- "$2" "$work/said" || fail "not said: $2: $(cat "$work/said")"
	[ ! -e "$work/no" ] || { fail "$2: left a folder"; rm -rf "$work/no"; }
	[ -z "$(find "$work" -maxdepth 1 -name '.no*' ! -name '*.lock')" ] || fail "$2: left a part"
}
# bad STATUS WORDS: of what is packed.
bad() { refused "$1" "$2" hub restore "$work/bad" "$work/no" --keys "$hub/keys"; }
unpack() { rm -rf "$2"; mkdir "$2"; tar --zstd -xf "$1" -C "$2"; }
# What is in a backup but for its time.
same() {
	unpack "$1" "$work/a"; unpack "$2" "$work/b"
	rm "$work"/[ab]/{backup.json,sha256sums,sha256sums.signed}; rm -f "$work"/[ab]/keys.sealed
	diff -r "$work/a" "$work/b" || fail "$3"
}

# A hub with something in every part; text of every kind, attachments, a logo.
hub_init
"$hygie" desk synth "$hub" --applications 200 --events 12 --quiet
"$hygie" register synth --projects 300 --out "$hub" --quiet
"$hygie" catalog sample --out "$work/sample.ttl" --quiet
"$hygie" catalog import "$hub" "$work/sample.ttl" --quiet >/dev/null || [ $? = 1 ]
hub_invite officer
for text in one two; do
	sum=$(printf '%s' "$text" | sha256sum | cut -c1-64)
	mkdir -p "$hub/attachments/${sum:0:2}"; chmod 700 "$hub/attachments"
	printf '%s' "$text" >"$hub/attachments/${sum:0:2}/$sum"
done
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$hub/mark.svg"
sed -i 's/^logo =.*/logo = mark.svg/' "$hub/hub.conf"

# While it serves, with a checkpoint published at the start and one at the end.
hub_serve
for _ in $(seq 100); do [ -z "$(ls "$hub/audit")" ] || break; sleep 0.1; done
"$hygie" hub backup "$hub" --out "$work/1.tar.zst" --keys "$work/passphrase" --quiet
hub_stop
[ "$(stat -c %a "$work/1.tar.zst")" = 600 ] || fail "a backup that others may read"
ls "$hub"/audit/checkpoint-* >/dev/null || fail "no checkpoint published"
unpack "$work/1.tar.zst" "$work/a"
(cd "$work/a" && sha256sum --quiet -c sha256sums) || fail "sha256sum disagrees"
! grep -rq hygie-ed25519-secret "$work/a" || fail "a key in clear"
! grep -q '^store = postgres' "$work/a/hub.conf" || fail "the store's address in a backup"
"$hygie" hub backup "$hub" --quiet | cat >"$work/piped"
zstd -tq "$work/piped" || fail "no backup to a pipe"

# To PostgreSQL and back.
"$hygie" hub restore "$work/1.tar.zst" "$work/pg" --store "$url" --keys "$work/passphrase" --quiet
"$hygie" hub check "$work/pg" --quiet --format csv >"$work/found" || fail "$(cat "$work/found")"
"$hygie" hub backup "$work/pg" --out "$work/2.tar.zst" --quiet
"$hygie" hub restore "$work/2.tar.zst" "$work/back" --keys "$hub/keys" --quiet
"$hygie" hub backup "$work/back" --out "$work/3.tar.zst" --keys "$work/passphrase" --quiet
same "$work/1.tar.zst" "$work/2.tar.zst" "PostgreSQL has other records than SQLite"
same "$work/1.tar.zst" "$work/3.tar.zst" "SQLite has other records than it had"
"$hygie" audit verify "$work/back" --quiet >/dev/null || fail "another past"
ls "$work"/back/audit/checkpoint-* >/dev/null || fail "no checkpoint restored"
cmp "$hub/keys/account.key" "$work/back/keys/account.key" || fail "another key"
cmp "$hub/mark.svg" "$work/back/mark.svg" || fail "another logo"
for mode in "$work/back" "$work/back/keys"; do
	[ "$(stat -c %a "$mode")" = 700 ] || fail "$mode is open"
done
refused 2 "holds tables already" hub restore "$work/2.tar.zst" "$work/no" --store "$url" \
	--keys "$hub/keys"

# Refused, whole.
refused 4 "do not open with this passphrase" hub restore "$work/1.tar.zst" "$work/no" \
	--keys "$hub/hub.conf"
"$hygie" hub init "$work/other" --quiet
refused 4 "" hub restore "$work/1.tar.zst" "$work/no" --keys "$work/other/keys"
for at in 100 5000 20000; do
	head -c "$at" "$work/1.tar.zst" >"$work/bad"
	bad 3 "early"
done
cp "$work/1.tar.zst" "$work/bad"
printf '\xff\x00\xff' | dd of="$work/bad" bs=1 seek=9000 conv=notrunc status=none
bad 3 ""

# As somebody would write it who has the file, but not the key. pack NAME...: files of $work/a.
order() { zstd -dcq "$work/1.tar.zst" | tar -t; }
pack() { (cd "$work/a" && tar --format=ustar -cf - "$@") | zstd -q >"$work/bad"; }
sums() { (cd "$work/a" && order | grep -v '^sha256sums' | xargs sha256sum >sha256sums); }
mapfile -t all < <(order)
unpack "$work/1.tar.zst" "$work/a"
sed -i '0,/"draft\|\[1,/s/\[1,/[7,/' "$work/a/records/account_invitation/000001.jsonl"
pack "${all[@]}"
bad 3 "are not what sha256sums says"
sums; pack "${all[@]}"
bad 3 "another list of files"
unpack "$work/1.tar.zst" "$work/a"
pack "${all[@]:1}"
bad 3 "not a backup"
ln -s /etc/passwd "$work/a/link"
pack "${all[@]:0:5}" link
bad 3 "what no backup holds"
(cd "$work/a" && tar --format=ustar -P --transform 's,^logo$,../../../evil,' -cf - \
	"${all[@]:0:5}" | zstd -q >"$work/bad")
bad 3 "what no backup holds"
[ ! -e "$work/evil" ] && [ ! -e "$work/../evil" ] || fail "a path led elsewhere"
echo x >"$work/a/hub.db"
pack backup.json hub.conf hub.db
bad 3 "does not belong there"
sed -i 's/"sha256": "./"sha256": "/' "$work/a/backup.json"
pack "${all[@]}"
bad 3 "another version of"
unpack "$work/1.tar.zst" "$work/a"
sed -i 's,migrate/001_application,migrate/999_application,' "$work/a/backup.json"
pack "${all[@]}"
bad 3 "newer hygie"
# As the owner of the key would sign what cannot be (tests/backup_sign.mjs is another signer).
signed() { sums; node tests/backup_sign.mjs "$work/a" "$hub/keys"; pack "${all[@]}"; }
unpack "$work/1.tar.zst" "$work/a"
cp "$work/a/sha256sums.signed" "$work/signed"
signed
cmp -s "$work/signed" "$work/a/sha256sums.signed" || fail "another signer signs otherwise"
echo '[1]' >>"$work/a/records/desk_event/000001.jsonl"
pack "${all[@]}"
bad 3 "are not what sha256sums says"
signed
bad 3 "number of columns"
unpack "$work/1.tar.zst" "$work/a"
tail -1 "$work/a/records/desk_event/000001.jsonl" >>"$work/a/records/desk_event/000001.jsonl"
signed
bad 3 "desk_event"
unpack "$work/1.tar.zst" "$work/a"
sed -i 's/"audit_root": "0/"audit_root": "1/; t; s/"audit_root": "./"audit_root": "0/' \
	"$work/a/backup.json"
signed
bad 3 "not the one it names\|fault"
# Parts in another order, and bigger than such a part may be.
unpack "$work/1.tar.zst" "$work/a"
pack "${all[@]:0:2}" "${all[-3]}" "${all[2]}"
bad 3 "does not belong there"
truncate -s 2M "$work/a/hub.conf"
pack "${all[@]}"
bad 3 "too big"
# Nothing of it is written before the signature is found right: where no file may be larger than
# 64 KiB, a forged backup with a larger one is refused as forged.
unpack "$work/1.tar.zst" "$work/a"
at=$(order | awk '/^attachments\// && !n++')
head -c 4M /dev/zero >"$work/a/$at"
sums; pack "${all[@]}"
(
	ulimit -f 128
	trap '' XFSZ
	bad 3 "another list of files"
	[ "$failed" = 0 ]
) || failed=1
# It is read twice, so it is a file.
mkfifo "$work/fifo"
refused 2 "read twice" hub restore "$work/fifo" "$work/no" --keys "$hub/keys"
head -c 200M /dev/zero | zstd -q >"$work/bad"
bad 3 ""

# A disk that fills up: no half backup.
status=0
(
	ulimit -f 40
	trap '' XFSZ
	"$hygie" hub backup "$hub" --out "$work/full.tar.zst" --quiet 2>/dev/null
) || status=$?
[ "$status" = 5 ] && [ ! -e "$work/full.tar.zst" ] || fail "a full disk: exit $status"

# What check finds. found PART WORDS CHANGE...: of a copy of the hub.
found() {
	rm -rf "$work/copy"; cp -a "$work/back" "$work/copy"
	(cd "$work/copy" && eval "$3")
	local status=0
	"$hygie" hub check "$work/copy" --quiet --format csv >"$work/found" || status=$?
	[ "$status" = 1 ] || fail "$2: exit $status"
	grep -q "^fault,$1,.*$2" "$work/found" || fail "not found: $1: $2: $(cat "$work/found")"
}
sql() {
	python3 -c 'import sqlite3,sys; sqlite3.connect("hub.db").executescript(sys.argv[1])' "$1"
}
overwrite() {
	local n page
	n=$(($(stat -c %s hub.db) / 4096))
	for page in $(seq $((n - 40)) $((n - 1))); do
		printf '\377%.0s' $(seq 16) |
			dd of=hub.db bs=1 seek=$((page * 4096)) conv=notrunc status=none
	done
}
found files audit.key 'chmod 640 keys/audit.key'
found files hub.conf 'chmod 604 hub.conf'
found files records.db "mv hub.db records.db; chmod 644 records.db
	sed -i 's|^store =.*|store = records.db|' hub.conf"
secret='s|^oidc_secret =.*|oidc_secret = keys/oidc.secret|'
found files 'names it; gone.*oidc.secret' "sed -i '$secret' hub.conf"
found files 'keys/oidc.secret' \
	"sed -i '$secret' hub.conf; echo x >keys/oidc.secret; chmod 644 keys/oidc.secret"
found attachments 'not what was handed in' 'echo x >>attachments/*/'"$sum"
named='{\"a\": [{\"sha256\": \"77\", \"name\": \"n\", \"bytes\": 1, \"type\": \"t\"}]}'
last='(SELECT MAX(seq) FROM desk_event WHERE application = 1)'
found attachments 'gone' \
	"sql \"UPDATE desk_event SET data = '$named' WHERE application = 1 AND seq = $last\""
found audit 'leaf at 3' "sql \"UPDATE audit_record SET body = x'7b7d' WHERE seq = 3\""
found desk 'application/5' "sql \"UPDATE desk_board SET state = 'nowhere' WHERE application = 5\""
found store 'register_version.reference: 1 rows' \
	"sql \"INSERT INTO register_version VALUES ('nowhere', 1, 1, '{}')\""
first='(SELECT MIN(reference) FROM register_version)'
found register 'without its versions' \
	"sql \"DELETE FROM register_version WHERE reference = $first\""
found catalog 'cannot be read' \
	"sql \"UPDATE catalog_entity SET body = 'x' WHERE kind = 'dataset'\""
found store 'damaged' overwrite
rm -rf "$work/copy"; cp -a "$work/back" "$work/copy"
"$hygie" hub check "$work/copy" --quiet --format csv >"$work/found"
[ "$(grep -c '^note,attachments' "$work/found")" = 2 ] || fail "orphans"

# The records are put back whole: serve says so, audit verify shows it.
hub=$work/copy
cp "$hub/hub.db" "$work/old.db"
"$hygie" desk synth "$hub" --applications 3 --seed 9 --quiet
hub_serve; hub_stop
rm -f "$hub"/hub.db-*; cp "$work/old.db" "$hub/hub.db"
hub_serve; hub_stop
grep -q "a checkpoint of .* records was published" "$work/log" ||
	fail "serve did not see that records went back: $(cat "$work/log")"
"$hygie" audit verify "$hub" --quiet >"$work/verdict" && fail "audit verify did not see it"
grep -q published "$work/verdict" || fail "no published fault"

exit $failed
