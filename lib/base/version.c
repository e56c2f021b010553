#include "base/version.h"

#ifndef HYGIE_VERSION
#define HYGIE_VERSION "0"
#endif

const char *hygie_version(void)
{
	return HYGIE_VERSION;
}
