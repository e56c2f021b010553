# The whole exchange, for tests that source this: three centres, the exchange, the identity
# service, two custodians, the controller; each actor in a folder of its own.

x() { "$HYGIE" exchange "$@" --quiet; }

# exchange_actors: keys of all, and a directory of all in each folder.
exchange_actors() {
	local actor other fingerprint
	local -A role=([nantes]=centre [brest]=centre [quimper]=centre [chu]=controller
		[insee]=identity [cnam-1]=custodian [cnam-2]=custodian)
	for actor in "${!role[@]}"; do
		"$HYGIE" exchange keygen "$actor" --name "$actor" \
			--role "${role[$actor]}" \
			>"$actor.fingerprint" 2>/dev/null || return
	done
	mkdir -p hub
	for actor in hub "${!role[@]}"; do
		for other in "${!role[@]}"; do
			fingerprint=$(<"$other.fingerprint")
			"$HYGIE" exchange pin "$other/card.json" \
				--directory "$actor/directory.json" \
				--fingerprint "$fingerprint" 2>/dev/null || return
		done
	done
}

# exchange_project: the project file of all.
exchange_project() {
	cat >project.json <<-END
		{"project": "avc", "circuit": "multi-centre-reconstruction", "controller": "chu",
		 "identity": "insee", "custodians": ["cnam-1", "cnam-2"],
		 "centres": [{"name": "nantes", "deposits": "nir"},
		             {"name": "brest", "deposits": "traits"},
		             {"name": "quimper", "deposits": "traits"}]}
	END
}

# as ACTOR COMMAND...: with its key, its directory, the project.
as() {
	local actor=$1 verb=$2
	shift 2
	x "$verb" --key "$actor" --directory "$actor/directory.json" --project project.json "$@"
}

hub() {
	local verb=$1
	shift
	x "$verb" --directory hub/directory.json --project project.json --state hub/state "$@"
}

# exchange_deposit PEOPLE: three centres seal, the exchange takes it.
exchange_deposit() {
	local centre
	for centre in nantes brest quimper; do
		as "$centre" seal "$1/$centre.csv" --out "$centre/deposit" >/dev/null || return
		hub verify "$centre/deposit" >/dev/null || return
	done
}

# exchange_identify PEOPLE CENTRE: by the matcher that comes with the exchange.
exchange_identify() {
	as insee identify "out/insee/avc-traits-$2.envelope" --reference "$1/reference.csv" \
		--out insee/out >"insee/$2.found"
}

# The same by hygie link, through files.
exchange_identify_by_link() {
	local spec='{"link_type": "link_only", "id": "idacc", "right_id": "nir", "fields": [
		{"column": "birth_name", "kind": "surname"},
		{"column": "given_names", "kind": "given_name"},
		{"column": "used_name", "kind": "used_surname"},
		{"column": "birth_date", "kind": "birth_date"},
		{"column": "sex", "kind": "sex"}, {"column": "birth_place", "kind": "place"}]}'
	echo "$spec" >insee/spec.json
	as insee open "out/insee/avc-traits-$2.envelope" --out insee/traits.csv &&
		"$HYGIE" link run --spec insee/spec.json insee/traits.csv "$1/reference.csv" \
			--out "insee/links-$2" --quiet >/dev/null &&
		as insee identify "out/insee/avc-traits-$2.envelope" \
			--links "insee/links-$2/pairs.csv" --out insee/out >"insee/$2.found"
}

# exchange_rest PEOPLE [IDENTIFY]: from the exchange to the controller's result.csv.
exchange_rest() {
	local centre
	hub forward --out out || return
	for centre in brest quimper; do
		"${2-exchange_identify}" "$1" "$centre" || return
	done
	hub verify insee/out/* >/dev/null && hub forward --out out &&
		as cnam-1 pseudonymise out/cnam-1/* --out cnam-1/out >/dev/null &&
		hub verify cnam-1/out/* >/dev/null && hub forward --out out &&
		as cnam-2 pseudonymise out/cnam-2/* --out cnam-2/out >cnam-2/told &&
		hub verify cnam-2/out/* >/dev/null && hub forward --out out &&
		as chu open out/chu/avc-result-chu.envelope --out chu/result.csv
}
