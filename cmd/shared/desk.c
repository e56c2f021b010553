#include "shared/desk.h"
#include "base/clock.h"
#include "shared/hub_modules.h"

int desk_hub_open(struct desk_hub *ret, const char *folder, struct err *err)
{
	if (hub_open(&ret->hub, folder, 2, hub_modules, err) < 0 ||
	    desk_law_new(&ret->law, err) < 0)
		return -1;
	ret->desk = (struct desk){.store = ret->hub->store, .law = ret->law};
	return 0;
}

void desk_hub_close(struct desk_hub *h)
{
	hub_close(&h->hub);
	desk_law_free(&h->law);
}

date_t desk_day_or_today(date_t day)
{
	return day != DATE_NONE ? day : desk_paris_day(clock_now_us());
}
