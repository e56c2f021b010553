/* Which addresses are of the open internet: the special-purpose registries of RFC 6890. */
#include "http/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

struct block {
	const char *address;
	int bits;
};

static const struct block special4[] = {{"0.0.0.0", 8}, {"10.0.0.0", 8}, {"100.64.0.0", 10},
    {"127.0.0.0", 8}, {"169.254.0.0", 16}, {"172.16.0.0", 12}, {"192.0.0.0", 24},
    {"192.0.2.0", 24}, {"192.88.99.0", 24}, {"192.168.0.0", 16}, {"198.18.0.0", 15},
    {"198.51.100.0", 24}, {"203.0.113.0", 24}, {"224.0.0.0", 4}, {"240.0.0.0", 4}};
/* Of IPv6 only 2000::/3 is given out; within it these are not. */
static const struct block special6[] = {{"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16},
    {"3fff::", 20}};

static bool is_within(const unsigned char *address, const unsigned char *block, int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(address, block, (size_t)whole) != 0)
		return false;
	return rest == 0 || (address[whole] ^ block[whole]) >> (8 - rest) == 0;
}

static bool is_any(int family, const unsigned char *address, const struct block *blocks, size_t n)
{
	unsigned char block[16];

	for (size_t i = 0; i < n; i++)
		if (inet_pton(family, blocks[i].address, block) == 1 &&
		    is_within(address, block, blocks[i].bits))
			return true;
	return false;
}

static bool is_public4(const unsigned char *address)
{
	return !is_any(AF_INET, address, special4, ARRAY_LEN(special4));
}

bool fetch_address_is_public(const struct sockaddr *a)
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
	static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b};

	if (a->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, a, sizeof(in));
		return is_public4((const unsigned char *)&in.sin_addr);
	}
	if (a->sa_family == AF_INET6) {
		struct sockaddr_in6 in;
		const unsigned char *b;

		memcpy(&in, a, sizeof(in));
		b = in.sin6_addr.s6_addr;
		if (memcmp(b, mapped, sizeof(mapped)) == 0 || memcmp(b, nat64, sizeof(nat64)) == 0)
			return is_public4(b + 12);
		return (b[0] & 0xe0) == 0x20 &&
		       !is_any(AF_INET6, b, special6, ARRAY_LEN(special6));
	}
	return false;
}
