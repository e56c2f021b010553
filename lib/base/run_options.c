#include "base/run_options.h"

#include "base/log.h"

int run_options_apply(const struct run_options *o, struct progress *progress)
{
	log_set_level(o->quiet ? LOG_QUIET : LOG_NORMAL);
	progress_init(progress, o->quiet);
	return o->threads ? (int)o->threads : threads_default();
}
