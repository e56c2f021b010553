#include "snds/life.h"

void snds_life_clear(struct snds_life *life)
{
	vec_clear(&life->onsets);
	vec_clear(&life->stays);
	vec_clear(&life->contacts);
	vec_clear(&life->others);
	vec_clear(&life->claims);
	vec_clear(&life->exposures);
	vec_clear(&life->events);
	vec_clear(&life->exemptions);
}

double snds_age(const struct snds_person *p, date_t on)
{
	return (double)(on - p->birth) / 365.25;
}

void snds_life_make(struct snds_life *life, const struct snds_world *w, uint64_t index)
{
	life->onsets.len = 0;
	life->stays.len = 0;
	life->contacts.len = 0;
	life->others.len = 0;
	life->claims.len = 0;
	life->exposures.len = 0;
	life->events.len = 0;
	life->exemptions.len = 0;
	memset(life->dirt, 0, sizeof(life->dirt));
	snds_population_step(life, w, index);
	snds_disease_step(life, w);
	snds_family_step(life, w);
	snds_stay_step(life, w);
	snds_other_step(life, w);
	snds_treatment_step(life, w);
	snds_adverse_step(life, w);
	snds_care_step(life, w);
	snds_contact_step(life, w);
	snds_identity_step(life, w);
	snds_sign_step(life, w);
	snds_dirt_step(life, w);
}
