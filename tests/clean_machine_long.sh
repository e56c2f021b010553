#!/bin/bash
# `make test` on a Debian 12 that has never seen hygie: an empty system in a
# folder, the files git knows, nothing else. Needs root, mmdebstrap and the network.
set -uo pipefail
. tests/check.sh

if [[ $EUID != 0 ]] || ! command -v mmdebstrap >/dev/null; then
	echo "SKIPPED: needs root and the package mmdebstrap"
	exit 77
fi
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
certificates=/etc/ssl/certs/ca-certificates.crt
dir=$(mktemp -d)
trap 'umount "$dir/root/proc" "$dir/root/dev" 2>/dev/null; rm -rf --one-file-system "$dir"' EXIT

check_status 0 "an empty Debian 12" mmdebstrap --quiet --variant=minbase \
	--aptopt='Acquire::Check-Valid-Until "false"' --include=make \
	bookworm "$dir/root" "$mirror"
[[ $failed == 0 ]] || check_done
mount --bind /dev "$dir/root/dev"
mount -t proc proc "$dir/root/proc"
cp /etc/resolv.conf /etc/hosts "$dir/root/etc/"
# A network that vouches for itself, as this machine trusts it.
cp -r /usr/local/share/ca-certificates "$dir/root/usr/local/share/" 2>/dev/null
mkdir "$dir/root/hygie"
git ls-files -z | xargs -0 cp --parents -t "$dir/root/hygie"

inside() {
	chroot "$dir/root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		NODE_EXTRA_CA_CERTS="$certificates" bash -c "cd /hygie && $1"
}
check_status 0 "make test" inside "make test"
echo "$output" | tail -n 5
check_status 0 "a second bootstrap needs no network" \
	inside "http_proxy=http://127.0.0.1:9 tools/bootstrap build test"
check_equal "and does nothing" "" "$output"
check_done
