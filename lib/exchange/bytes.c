#include "exchange/bytes.h"

#include <errno.h>
#include <unistd.h>

bool exchange_field_is_name(const unsigned char field[EXCHANGE_NAME_SIZE - 1])
{
	char name[EXCHANGE_NAME_SIZE] = "";

	memcpy(name, field, sizeof(name) - 1);
	for (size_t i = strlen(name); i < sizeof(name) - 1; i++)
		if (name[i])
			return false;
	return exchange_name_valid(name);
}

int exchange_write_all(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;

	while (len) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

ssize_t exchange_read_all(int fd, void *bytes, size_t len)
{
	char *p = bytes;
	size_t done = 0;

	while (done < len) {
		ssize_t n = read(fd, p + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}
