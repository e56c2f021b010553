/* Between the files of the fold. */
#ifndef DESK_APPLICATION_INSIDE_H
#define DESK_APPLICATION_INSIDE_H

#include "desk/application.h"

/* Clocks. `day` is the legal day of what happens. */
void desk_clock_start(struct desk_application *a, int clock, date_t day, date_t until);
void desk_clock_stop(struct desk_application *a, int clock, date_t day);
void desk_clock_pause(struct desk_application *a, int clock, date_t day);
void desk_clock_resume(struct desk_application *a, int clock, date_t day);
void desk_clock_extend(struct desk_application *a, int clock, date_t until);

/* All that has run out before `today` has its effect. */
void desk_advance(struct desk_application *a, date_t today);

/* The legal day of an event; false when it says one that is none. */
bool desk_event_day(const struct desk_event *e, date_t *ret);
/* May this step be taken on this day with these data? ERR_DENIED: why not. */
MUST_CHECK int desk_step_check(const struct desk_application *on_that_day,
    const struct desk_step *s, date_t day, const json_t *data, struct err *err);
/* The step of the application's state for an event, -1: none. */
int desk_step_find(const struct desk_application *a, const char *event, const json_t *data);

#endif
