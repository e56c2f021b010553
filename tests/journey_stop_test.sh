#!/bin/bash
# What happens to a folder in the making: full disk, Ctrl-C, kill -9, a broken input. The previous
# folder stays, nothing half-made is left, and running it again finishes the job.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1

# listing FOLDER: what the folder of a user shows, hidden names too.
listing() {
	ls -A "$1" | tr '\n' ' '
}

check_status 0 "a small base" "$HYGIE" snds synth --patients 4000 --years 2018-2019 --out snds \
	--quiet
check_status 0 "its CDM" "$HYGIE" omop build --from snds snds --out cdm --quiet --report page.html
check_equal "--quiet prints nothing" "" "$output"
check_equal "the page is written" 1 "$(grep -c "<title>" page.html)"
rm page.html
before=$(cd cdm && find . -type f -exec sha256sum {} + | sort)

# A full disk.
mkdir disk
if mount -t tmpfs -o size=1500k none disk 2>/dev/null; then
	check_status 5 "synth on a full disk" "$HYGIE" snds synth --patients 4000 \
		--years 2018-2019 --out disk/snds --quiet
	check_has "says so" "no space left"
	check_equal "one message and a hint" 2 "$(wc -l <<<"$output")"
	check_equal "synth leaves nothing" "" "$(listing disk)"
	mount -o remount,size=500k disk
	check_status 5 "build on a full disk" "$HYGIE" omop build --from snds snds --out disk/cdm \
		--quiet
	check_has "says so too" "no space left"
	check_equal "build leaves nothing" "" "$(listing disk)"
	umount disk
else
	echo "SKIPPED: a full disk (mount needs root)"
fi

# stopped SIGNAL STATUS COMMAND...: the signal comes while it works.
stopped() {
	local signal=$1 wanted=$2 child
	shift 2
	set -m
	"$@" >said.txt 2>message.txt &
	child=$!
	set +m
	check_catches $child
	sleep 1
	kill "-$signal" "$child" 2>/dev/null
	wait "$child" 2>/dev/null
	check_equal "$signal: exit status of ${*:2:2}" "$wanted" $?
}

stopped INT 130 "$HYGIE" snds synth --patients 400000 --years 2018-2022 --out big --quiet
check_equal "Ctrl-C: one message" 1 "$(wc -l <message.txt)"
check_equal "Ctrl-C: synth leaves nothing" "cdm disk message.txt said.txt snds " "$(listing .)"

check_status 0 "more patients" "$HYGIE" snds synth --patients 12000 --years 2018-2022 --out more \
	--quiet
stopped INT 130 "$HYGIE" omop build --from snds more --out cdm --force --quiet
check_equal "Ctrl-C: the previous CDM stays" "$before" \
	"$(cd cdm && find . -type f -exec sha256sum {} + | sort)"
check_equal "Ctrl-C: build leaves nothing" "cdm disk message.txt more said.txt snds " "$(listing .)"

# The power goes.
stopped KILL 137 "$HYGIE" omop build --from snds more --out cdm --force --quiet
check_equal "kill -9: the previous CDM stays" "$before" \
	"$(cd cdm && find . -type f -exec sha256sum {} + | sort)"
check_status 0 "run again" "$HYGIE" omop build --from snds more --out cdm --force --quiet
[[ $before != "$(cd cdm && find . -type f -exec sha256sum {} + | sort)" ]]
verdict $? "it finishes the job"

check_equal "and cleans up" "cdm disk message.txt more said.txt snds " "$(listing .)"

# A broken input.
head -c 20000 snds/ER_PRS_F.parquet >cut.parquet && mv cut.parquet snds/ER_PRS_F.parquet
check_status 3 "a truncated table" "$HYGIE" omop build --from snds snds --out other --quiet
check_has "it is named" "ER_PRS_F.parquet"
check_has "what is wrong" "not a whole Parquet file"
rm snds/ER_PRS_F.parquet
check_status 3 "a missing table" "$HYGIE" omop build --from snds snds --out other --quiet
check_has "it is named too" "ER_PRS_F"
[[ ! -e other ]]
verdict $? "nothing was made"
check_done
