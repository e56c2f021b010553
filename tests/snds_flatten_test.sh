#!/bin/bash
# hygie snds flatten: what it must refuse, with one message that names file, column and row and
# no value; a full disk, a kill -9 and a second run leave no half-made folder.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
work=$(mktemp -d)
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 1

secret=SECRETPERSON00001
keys=DCT_ORD_NUM,FLX_DIS_DTD,FLX_EMT_NUM,FLX_EMT_ORD,FLX_EMT_TYP,FLX_TRT_DTD,ORG_CLE_NUM
keys+=,PRS_ORD_NUM,REM_TYP_AFF
one=1,2018-01-01,1,1,1,2017-12-20,01C,1,0
returns=NIR_RET,NAI_RET,SEX_RET,SEJ_RET,FHO_RET,PMS_RET

# One person, one box, one stay, in the folder in.
fresh() {
	rm -rf in out
	mkdir in
	printf '%s\n' "BEN_NIR_PSA,BEN_RNG_GEM,BEN_NAI_ANN,BEN_SEX_COD,BEN_DCD_DTE" \
		"$secret,1,1950,1,1600-01-01" >in/IR_BEN_R.csv
	printf '%s\n' "BEN_NIR_PSA,BEN_RNG_GEM,IMB_ALD_DTD,IMB_ETM_NAT,MED_MTF_COD" \
		"$secret,1,2017-05-01,41,E119" >in/IR_IMB_R.csv
	printf '%s\n' "$keys,BEN_NIR_PSA,BEN_RNG_GEM,EXE_SOI_DTD,PRS_NAT_REF,PRS_ACT_QTE,DPN_QLF,\
PRS_DPN_QLP,CPL_MAJ_TOP,PFS_EXE_NUM,PRS_PAI_MNT" \
		"$one,$secret,1,2018-01-02,3303,1,0,0,0,X1,10.5" >in/ER_PRS_F.csv
	printf '%s\n' "$keys,PHA_PRS_C13,PHA_ACT_QSN" "$one,3400930000001,2" >in/ER_PHA_F.csv
	printf '%s\n' "ETA_NUM,RSA_NUM,DGN_PAL,GRG_GHM,SEJ_NBJ" "010000001,1,I21,05M041,3" \
		>in/T_MCO18B.csv
	printf '%s\n' "ETA_NUM,RSA_NUM,NIR_ANO_17,EXE_SOI_DTD,EXE_SOI_DTF,$returns" \
		"010000001,1,$secret,2018-01-10,2018-01-13,0,0,0,0,0,0" >in/T_MCO18C.csv
	printf '%s\n' "ETA_NUM,RSA_NUM,ASS_DGN" "010000001,1,E119" >in/T_MCO18D.csv
	printf '%s\n' "ETA_NUM,RSA_NUM,CDC_ACT" "010000001,1,DDAF001" >in/T_MCO18A.csv
}

# refused STATUS TITLE MESSAGE OPTIONS...
refused() {
	check_status "$1" "$2" "$HYGIE" snds flatten --quiet --out out "${@:4}"
	check_has "$2" "$3"
	[[ $output != *SECRET* ]]
	verdict $? "$2: no value" "$output"
	[[ ! -e out && -z $(find . -name '.out*') ]]
	verdict $? "$2: nothing half-made" "$(ls -A)"
}

fresh
check_status 0 "the folder that all cases start from" "$HYGIE" snds flatten in --out out
for file in dcir/2018-01 mco/B/2018-01 mco/D/2018-01 mco/A/2018-01 event/2018-01 event/before \
	person; do
	[[ -f out/$file.parquet ]]
	verdict $? "$file.parquet"
done
check_status 2 "a folder that is there" "$HYGIE" snds flatten in --out out
check_status 0 "is replaced when asked to" "$HYGIE" snds flatten in --out out --force
check_status 0 "as JSON" "$HYGIE" snds flatten in --out out --force --quiet --format json
jq -e '.tables | length > 3' >/dev/null <<<"$output"
verdict $? "the JSON is read"
check_status 0 "a page" "$HYGIE" snds flatten in --out out --force --quiet --report page.html
check_equal "--quiet prints nothing" "" "$output"
grep -q "ER_PRS_F" page.html && ! grep -q SECRET page.html out/manifest.json
verdict $? "the page and the manifest tell no value"

fresh
refused 3 "no folder" "nowhere" nowhere
mkdir empty
refused 3 "an empty folder" "no table in this folder" empty
refused 2 "the folder itself" "would replace the tables it reads" in --out in
refused 2 "an unknown part" "--only: 'egb' is none" in --only egb
refused 2 "an unknown table" "--tables: 'ER_XXX_F' is none" in --tables ER_XXX_F
refused 2 "an unknown column" "--columns: 'NAME' is none" in --columns NAME
refused 2 "an unknown filter" "no filter is named" in --without nothing
rm in/ER_PRS_F.csv
refused 3 "a missing table" "table ER_PRS_F is missing" in
fresh
mkdir wrong
echo person_id >wrong/person.csv
refused 3 "another kind of folder" "is missing" wrong
fresh
sed -i 's/10.5/ten/' in/ER_PRS_F.csv
refused 3 "text for an amount" "in/ER_PRS_F.csv: column PRS_PAI_MNT: row 1 is not a number" in
fresh
sed -i '2s/^1,2018/x,2018/' in/ER_PHA_F.csv
refused 3 "a key that is no number" \
	"in/ER_PHA_F.csv: column DCT_ORD_NUM: row 1 is not a whole number" in
fresh
sed -i '2s/,3$/,three/' in/T_MCO18B.csv
refused 3 "a length of stay that is none" \
	"in/T_MCO18B.csv: column SEJ_NBJ: row 1 is not a whole number" in
fresh
sed -n 2p in/ER_PRS_F.csv >>in/ER_PRS_F.csv
refused 3 "a line of ER_PRS_F twice" "is not unique: 1 more rows" in
fresh
echo 1,2 >>in/ER_PRS_F.csv
refused 3 "a line cut short" "do not all have the fields of the first" in
fresh
head -c 3000 /dev/urandom >in/ER_CAM_F.parquet
refused 3 "noise named Parquet" "is not a whole Parquet file" in
fresh
mv in/T_MCO18C.csv in/T_MCO17C.csv
refused 3 "years that do not go together" "T_MCO18C is missing" in
fresh
mv in/T_MCO18D.csv in/T_MCO17D.csv
refused 3 "a child of another year" "T_MCO18D is missing" in
fresh
printf '%s\n' "ETA_NUM,RHA_NUM,RHS_NUM" "010000002,1,1" "010000002,0000001,1" >in/T_SSR18B.csv
printf '%s\n' "ETA_NUM,RHA_NUM,NIR_ANO_17,EXE_SOI_DTD,EXE_SOI_DTF,$returns" \
	"010000002,1,$secret,2018-01-10,2018-01-13,0,0,0,0,0,0" >in/T_SSR18C.csv
refused 3 "a week of rehabilitation twice" "RHS_NUM is not unique: 1 more rows" in

check_status 0 "a base" "$HYGIE" snds synth --patients 500 --years 2017-2018 --out base --quiet
fresh
refused 3 "too little memory" "the work needs more memory than it was given" base --memory 20M
head -c 30000 base/ER_PRS_F.parquet >in/ER_PRS_F.parquet
rm in/ER_PRS_F.csv
refused 3 "a truncated file" "is not a whole Parquet file" in
mkdir disk
if mount -t tmpfs -o size=600k none disk 2>/dev/null; then
	check_status 5 "a full disk" "$HYGIE" snds flatten base --out disk/out --quiet
	check_equal "nothing is left on a full disk" "" "$(ls -A disk)"
else
	echo "SKIPPED: a full disk (mount needs root)"
fi

# Under job control a background child takes SIGINT.
set -m
"$HYGIE" snds flatten base --out flat --quiet >said.txt 2>&1 &
child=$!
set +m
for ((i = 0; i < 3000; i++)); do
	[[ -e .flat.partial/dcir ]] && break
	sleep 0.02
done
kill -INT "$child"
wait "$child"
check_equal "Ctrl-C: exit status" 130 $?
check_equal "Ctrl-C: one message" "hygie: interrupted" "$(cat said.txt)"
[[ ! -e flat && ! -e .flat.partial ]]
verdict $? "Ctrl-C leaves nothing" "$(ls -A)"

"$HYGIE" snds flatten base --out flat --quiet >/dev/null 2>&1 &
child=$!
for ((i = 0; i < 3000; i++)); do
	[[ -e .flat.partial/dcir ]] && break
	sleep 0.02
done
kill -9 "$child"
wait "$child" 2>/dev/null
[[ ! -e flat && -e .flat.partial ]]
verdict $? "a killed run has put nothing in place" "$(ls -A)"
check_status 0 "the next run finishes the job" "$HYGIE" snds flatten base --out flat --quiet
[[ -e flat/manifest.json && ! -e .flat.partial && ! -e flat/tmp ]]
verdict $? "and leaves nothing else" "$(ls -A . flat)"
check_done
