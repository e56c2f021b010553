/* What the commands of the desk share: a hub and the law. */
#ifndef CMD_SHARED_DESK_H
#define CMD_SHARED_DESK_H

#include "desk/record.h"
#include "hub/hub.h"

struct desk_hub {
	struct hub *hub;
	struct desk_law *law;
	struct desk desk;
};

#define AUTO_DESK_HUB AUTO(desk_hub_close)

MUST_CHECK int desk_hub_open(struct desk_hub *ret, const char *folder,
    struct err *err);
void desk_hub_close(struct desk_hub *h);
/* `day`, or today in Paris for DATE_NONE. */
date_t desk_day_or_today(date_t day);

#endif
