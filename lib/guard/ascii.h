/* Classes of bytes as ASCII has them, whatever the locale; inline, for they run once a byte. */
#ifndef GUARD_ASCII_H
#define GUARD_ASCII_H

#include "base/base.h"

static inline bool ascii_is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static inline bool ascii_is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool ascii_is_upper(char c)
{
	return (unsigned char)(c - 'A') < 26;
}

static inline bool ascii_is_alnum(char c)
{
	return ascii_is_digit(c) || ascii_is_letter(c);
}

static inline bool ascii_is_hexadecimal(char c)
{
	return ascii_is_digit(c) || (unsigned char)((c | 0x20) - 'a') < 6;
}

#endif
