#include "http/address.h"

#include <arpa/inet.h>
#include <stdio.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_v4(const unsigned char bytes[16])
{
	return memcmp(bytes, mapped, sizeof(mapped)) == 0;
}

static bool read_address(unsigned char ret[16], struct view text)
{
	char z[INET6_ADDRSTRLEN];

	if (text.len == 0 || text.len >= sizeof(z) || memchr(text.ptr, '\0', text.len))
		return false;
	memcpy(z, text.ptr, text.len);
	z[text.len] = '\0';
	memcpy(ret, mapped, sizeof(mapped));
	return inet_pton(AF_INET, z, ret + sizeof(mapped)) == 1 || inet_pton(AF_INET6, z, ret) == 1;
}

static struct view write_address(char ret[HTTP_ADDRESS_SIZE], const unsigned char bytes[16])
{
	if (is_v4(bytes))
		inet_ntop(AF_INET, bytes + sizeof(mapped), ret, HTTP_ADDRESS_SIZE);
	else
		inet_ntop(AF_INET6, bytes, ret, HTTP_ADDRESS_SIZE);
	return VIEW(ret);
}

static int read_prefix(struct http_prefix *ret, struct view text, struct err *err)
{
	struct view rest = text, address = VIEW_NONE;
	int64_t bits;
	int most;

	(void)view_next(&rest, '/', &address);
	if (!read_address(ret->bytes, view_trim(address)))
		return err_set(err, ERR_FORMAT, "not an address or a prefix such as 10.0.0.0/8");
	most = is_v4(ret->bytes) ? 32 : 128;
	bits = most;
	if (rest.ptr && address.len < text.len &&
	    (!view_to_i64(view_trim(rest), &bits) || bits < 1 || bits > most))
		return err_set(err, ERR_FORMAT, "a prefix has 1 to %d bits", most);
	ret->bits = (int)bits + 128 - most;
	return 0;
}

int http_prefixes_parse(struct http_prefixes *ret, struct view list, struct err *err)
{
	struct view piece;

	while (view_next(&list, ',', &piece)) {
		struct http_prefix p;

		if (view_trim(piece).len == 0)
			continue;
		if (read_prefix(&p, view_trim(piece), err) < 0)
			return -1;
		*vec_push(&ret->all) = p;
	}
	return 0;
}

static bool is_within(const struct http_prefix *p, const unsigned char bytes[16])
{
	size_t whole = (size_t)p->bits / 8;
	int rest = p->bits % 8;

	if (memcmp(p->bytes, bytes, whole) != 0)
		return false;
	return rest == 0 || (p->bytes[whole] ^ bytes[whole]) >> (8 - rest) == 0;
}

static bool have(const struct http_prefixes *p, const unsigned char bytes[16])
{
	for (size_t i = 0; i < p->all.len; i++)
		if (is_within(&p->all.ptr[i], bytes))
			return true;
	return false;
}

bool http_prefixes_have(const struct http_prefixes *p, struct view address)
{
	unsigned char bytes[16];

	return read_address(bytes, address) && have(p, bytes);
}

/* "192.0.2.1:4711" and "[2001:db8::1]:4711" are written too. */
static struct view without_port(struct view v)
{
	const char *end;

	if (v.len > 0 && v.ptr[0] == '[') {
		end = memchr(v.ptr, ']', v.len);
		return end ? (struct view){v.ptr + 1, (size_t)(end - v.ptr - 1)} : v;
	}
	end = v.len ? memchr(v.ptr, ':', v.len) : NULL;
	return end && !memchr(end + 1, ':', v.len - (size_t)(end + 1 - v.ptr))
	           ? (struct view){v.ptr, (size_t)(end - v.ptr)}
	           : v;
}

/* Takes the last piece of a list off. */
static bool take_last(struct view *list, struct view *ret)
{
	size_t from = list->len;

	if (!list->ptr)
		return false;
	while (from > 0 && list->ptr[from - 1] != ',')
		from--;
	*ret = view_trim((struct view){list->ptr + from, list->len - from});
	if (from > 0)
		list->len = from - 1;
	else
		*list = VIEW_NONE;
	return true;
}

/* false: the list says no more that can be believed. */
static bool go_back(struct view list, const struct http_prefixes *trusted, unsigned char at[16])
{
	struct view piece;

	while (have(trusted, at) && take_last(&list, &piece)) {
		unsigned char before[16];

		if (!read_address(before, without_port(piece)))
			return false;
		memcpy(at, before, sizeof(before));
	}
	return have(trusted, at);
}

struct view http_client_of(const struct http_request *q, const struct http_prefixes *trusted,
    char ret[HTTP_ADDRESS_SIZE])
{
	unsigned char at[16];

	if (!read_address(at, q->address))
		return q->address;
	for (size_t i = q->headers.all.len; i-- > 0;)
		if (view_eq_nocase(q->headers.all.ptr[i].name, VIEW_LIT("X-Forwarded-For")) &&
		    !go_back(q->headers.all.ptr[i].value, trusted, at))
			break;
	return write_address(ret, at);
}

struct view http_network_of(char ret[HTTP_ADDRESS_SIZE], struct view address)
{
	unsigned char bytes[16];
	struct view text;

	if (!read_address(bytes, address))
		return address;
	if (!is_v4(bytes))
		memset(bytes + 8, 0, 8);
	text = write_address(ret, bytes);
	if (is_v4(bytes))
		return text;
	snprintf(ret + text.len, HTTP_ADDRESS_SIZE - text.len, "/64");
	return VIEW(ret);
}
