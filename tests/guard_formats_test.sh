#!/bin/bash
# hygie guard scan: the same table in eight formats says the same; files of SAS against what another
# program made of them; folders, manifests, links that go round, what cannot be read.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
same=$(realpath tests/guard_same.py)
shared=$(realpath "${HYGIE_SHARED:-../shared}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

scan() {
	"$HYGIE" guard scan --quiet "$@"
}

mkdir same
"$HYGIE_SAMPLES/sample_guard_formats" same || exit 1
gzip -k same/same.jsonl
zstd -q same/same.csv
for file in same/*; do
	scan --format json "$file" >"${file#same/same.}.json"
done
check_equal "eight formats, and two of them compressed" "" \
	"$(python3 "$same" csv.json csv.zst.json jsonl.json jsonl.gz.json parquet.json dta.json \
		sav.json por.json xpt.json sas7bdat.json 2>&1)"
scan --format json --threads 1 same/same.sav >one.json
scan --format json --threads 4 same/same.sav >four.json
check_same "threads do not matter" one.json four.json
check_status 1 "what SPSS says of its variables" scan --format json same/same.sav
check_has "a description" "date of birth"
check_has "labels" '"labels": 2'

if [[ -d $shared/data/sas ]]; then
	for file in doubles int_only_partmissing mix_data_with_missing_char; do
		sas=$shared/data/sas/$file
		scan --format json "$sas.csv" --header yes >text.json
		scan --format json "$sas.sas7bdat" >sas.json
		check_equal "$file: rows, variables, missing cells as parso has them" "" \
			"$(python3 "$same" --missing text.json sas.json 2>&1)"
	done
	sas=$shared/data/sas/all_rand_normal_with_deleted
	scan --format json "$sas.csv" --header yes >text.json
	scan --format json "$sas.sas7bdat" >sas.json
	check_equal "a deleted row: rows, variables, quantiles as parso has them" "" \
		"$(python3 "$same" --missing text.json sas.json 2>&1)"
	check_status 0 "it is told" grep -q '"deleted": "1"' sas.json
	# a compressed row marked as deleted: the fifth pointer of the second page of pointers
	python3 - "$shared/data/sas/mix_data_with_missing_char" <<-'END'
		import struct, sys
		data = bytearray(open(sys.argv[1] + ".sas7bdat", "rb").read())
		at = data.index(b"\xf7" * 4, 1024)
		assert struct.unpack_from("<i", data, at + 28)[0] == 0
		struct.pack_into("<i", data, at + 28, 1)
		count = struct.unpack_from("<H", data, 1024 + 20)[0]
		pointers = [1024 + 24 + 12 * i + 8 for i in range(count)]
		rows = [p for p in pointers if data[p] == 4]
		data[rows[4]] = 5
		open("marked.sas7bdat", "wb").write(data)
		lines = open(sys.argv[1] + ".csv").read().splitlines()
		open("marked.csv", "w").write("\n".join(lines[:5] + lines[6:]) + "\n")
	END
	scan --format json marked.csv --header yes >text.json
	scan --format json marked.sas7bdat >sas.json
	check_equal "a compressed one" "" "$(python3 "$same" --missing text.json sas.json 2>&1)"
fi

printf '{"a":1}\n{"a":2\n{"a":{"b":[[1]]}}\n\n[1]\n' >bad.jsonl
check_status 1 "bad lines" scan --format json bad.jsonl --max-depth 2
check_has "the byte at which the line ends too early" '"bytes": "14'
check_has "nested too deep" deep_line
check_status 2 "JSON lines from a pipe" bash -c "cat bad.jsonl | '$HYGIE' guard scan /dev/stdin"
head -c 3000 same/same.sas7bdat >cut.sas7bdat
check_status 1 "half a SAS file" scan cut.sas7bdat
check_has "its fault" damaged
head -c 9000 same/same.parquet >cut.parquet
check_status 1 "half a Parquet file" scan cut.parquet
check_has "its fault" damaged
gzip -c same/same.sav >whole.sav.gz
check_status 3 "SPSS within gzip" scan whole.sav.gz
check_has "what to do" "decompress it"
printf 'PK\3\4' >book.csv
check_status 3 "a workbook called csv" scan book.csv
check_has "what it is" "ZIP archive"
check_status 3 "a cell that is too long" scan same/same.csv --max-cell 20
check_has "where" "column 7: more than 20 bytes"
check_status 3 "too many variables of SAS" scan same/same.sas7bdat --max-columns 3
check_status 3 "too many names of JSON" scan same/same.jsonl --max-columns 3

mkdir -p box/sub box/none
printf 'id,n\n1,2\n' >box/a.csv
printf 'id,n\n3,4\n' >box/sub/b.csv
ln -s ../.. box/sub/up
ln -s round box/round
ln -s nowhere box/dead.csv
mkfifo box/pipe.csv
echo text >box/README
check_status 1 "a folder with links that lead nowhere" scan box
check_has "both files" "sub/b.csv"
check_has "a link that goes round" "goes round"
check_has "a link to a folder" "a link to a folder"
check_has "a pipe" "a pipe or a device"
check_has "a readme" "not a table by its name"
rm box/round box/dead.csv
check_status 0 "the folder without them" scan box
check_status 0 "several paths" scan box/a.csv box/sub/b.csv
check_status 3 "a folder without a table" scan box/none
check_has "it says so" "no file to read"
check_status 3 "one path is not there" scan box/a.csv nothing.csv
printf 'PK\3\4' >box/c.csv
check_status 3 "one file of a folder cannot be read" scan box
check_has "the others were" "sub/b.csv"
rm box/c.csv

sum=$(sha256sum <box/a.csv | cut -d' ' -f1)
manifest() {
	printf '{"files": [{"name": "a.csv", "rows": %s, "bytes": %s, "sha256": "%s"}, %s]}' "$@" \
		>box/manifest.json
}
listed='{"name": "sub/b.csv"}'
manifest 1 9 "$sum" "$listed"
check_status 0 "a delivery as its manifest has it" scan box
check_status 0 "the manifest named" scan box/manifest.json
manifest 2 8 "${sum//[0-4]/5}" "$listed"
check_status 1 "another" scan box
for remark in rows bytes sha256; do
	check_has "$remark" " $remark "
done
manifest 1 9 "$sum" '{"name": "c.csv"}, {"name": "../../etc/passwd"}'
check_status 1 "a file more, one less, one outside" scan box
check_has "unlisted" unlisted
check_has "missing" missing
check_has "outside" "outside of the delivery"
echo '{' >box/manifest.json
check_status 1 "a broken manifest" scan box
rm box/manifest.json
printf '{"resources": [{"name": "x", "path": ["a.csv"]}, {"path": "sub/b.csv", "bytes": 9,
	"hash": "sha256:%s"}]}' "$sum" >box/datapackage.json
check_status 1 "a data package with a wrong hash" scan box
check_has "which" " sha256 "
rm box/datapackage.json
printf 'ipp;nom\n81234;MARTIN\n81235;PETIT\n' >persons.csv
check_status 1 "a policy refuses one of two" scan box/a.csv persons.csv --policy default
check_has "which" "findings: refuse"
check_has "not the other" "clean: admit"
check_has "all of them" "Verdict                  refuse"
check_status 0 "a policy admits both" scan box --policy default
check_has "all of them" "Verdict                  admit"
scan box --format json >box.json
check_status 0 "a delivery as it was before" scan box --baseline box.json
check_has "it says so" "a.csv: nothing changed much"
mkdir next && sed 's/n/m/' box/a.csv >next/a.csv && cp box/a.csv next/c.csv
check_status 1 "the next delivery" scan next --baseline box.json
check_has "what changed in a file" "a.csv: Changes since the last delivery"
check_has "its state" "delimited text     1      9          2       0                   0  findings"
check_has "what did not come" "was in the former delivery and is not here"
check_has "what is new" "was not in the former delivery"
check_status 3 "a baseline that is the document of one file" \
	bash -c "'$HYGIE' guard scan --quiet --format json box/a.csv >one.json
		'$HYGIE' guard scan box --baseline one.json"
check_has "it says so" "no document of a scan of many files"
check_status 3 "no document at all" scan box --baseline persons.csv
check_done
