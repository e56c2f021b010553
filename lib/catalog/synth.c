#include "catalog/synth.h"
#include "base/embed.h"
#include "base/rng.h"
#include "catalog/variables.h"

#include <inttypes.h>
#include <stdlib.h>

enum { HOLDERS = 97 };

/* Words without meaning for any real base. */
static const char *const areas[] = {"cardiologie", "oncologie", "néphrologie", "neurologie",
    "pneumologie", "diabète", "santé mentale", "périnatalité", "maladies rares", "urgences",
    "vaccination", "dépistage", "biologie", "imagerie", "médicament", "dispositifs médicaux"};
static const char *const kinds[] = {"Registre", "Cohorte", "Base clinique", "Entrepôt",
    "Surveillance", "Base de remboursements"};
static const char *const variable_words[] = {"age", "sexe", "date_entree", "date_sortie",
    "diagnostic", "acte", "medicament", "dose", "biologie", "poids", "taille", "tension"};

struct making {
	const struct catalog_sheet *s;
	const struct catalog_rules *r;
	struct arena memory;
	struct view *cells;
	struct rng rng;
};

static void set(struct making *m, const char *column, const char *text)
{
	int i = catalog_sheet_column(m->s, VIEW(column));

	if (i >= 0)
		m->cells[i] = VIEW(text);
}

static const char *pick(struct making *m, const char *vocabulary)
{
	size_t from = 0;
	size_t count = 0;

	for (size_t i = 0; i < m->r->concepts.len; i++)
		if (strcmp(m->r->concepts.ptr[i].vocabulary, vocabulary) == 0) {
			from = count ? from : i;
			count++;
		}
	return m->r->concepts.ptr[from + rng_below(&m->rng, (uint32_t)count)].code;
}

static void set_texts(struct making *m, uint64_t index)
{
	const char *kind = kinds[rng_below(&m->rng, ARRAY_LEN(kinds))];
	const char *area = areas[rng_below(&m->rng, ARRAY_LEN(areas))];
	const char *other = areas[rng_below(&m->rng, ARRAY_LEN(areas))];

	set(m, "title_fr",
	    arena_format(&m->memory, "%s synthétique %" PRIu64 ", %s", kind, index, area));
	set(m, "title_en", arena_format(&m->memory, "Synthetic base %" PRIu64, index));
	set(m, "description_fr",
	    arena_format(&m->memory, "Jeu de données inventé : %s, %s et %s.", kind, area, other));
	set(m, "keywords_fr", arena_format(&m->memory, "%s|%s", area, kind));
	set(m, "population_fr", "Population inventée");
	set(m, "provenance_fr", "Inventé par hygie catalog synth");
	set(m, "purpose_fr", "Essais de logiciels");
	set(m, "legal_basis_fr", "Sans objet : aucune personne");
}

static void set_codes(struct making *m)
{
	set(m, "access", "NON_PUBLIC");
	set(m, "type", "SYNTHETIC_DATA");
	set(m, "health_category", pick(m, "healthcategories"));
	set(m, "health_theme", pick(m, "health-theme"));
	set(m, "coding_system", pick(m, "coding-system"));
	set(m, "personal_data", "Age|Gender");
	set(m, "structured", "true");
	set(m, "country", "FRA");
	set(m, "language", "FRA");
	set(m, "frequency", rng_chance(&m->rng, 0.5) ? "ANNUAL" : "MONTHLY");
}

static void set_numbers(struct making *m)
{
	int people = rng_range(&m->rng, 100, 5000000);
	int year = rng_range(&m->rng, 1990, 2022);

	set(m, "individuals", arena_format(&m->memory, "%d", people));
	set(m, "records",
	    arena_format(&m->memory, "%" PRId64, (int64_t)people * rng_range(&m->rng, 1, 90)));
	set(m, "min_age", "0");
	set(m, "max_age", arena_format(&m->memory, "%d", rng_range(&m->rng, 18, 110)));
	set(m, "start", arena_format(&m->memory, "%d-01-01", year));
	set(m, "end", arena_format(&m->memory, "%d-12-31", year + rng_range(&m->rng, 0, 3)));
	set(m, "retention_start", arena_format(&m->memory, "%d-01-01", year));
	set(m, "retention_end", "2045-12-31");
}

static void set_agents(struct making *m, const char *base)
{
	uint32_t holder = rng_below(&m->rng, HOLDERS);
	const char *contact = arena_format(&m->memory, "%s/contact", base);

	set(m, "contact_url", contact);
	set(m, "contact_mail", "contact@hub.example");
	set(m, "hdab_name", "Plateforme de démonstration");
	set(m, "hdab_type", "national-authority");
	set(m, "hdab_url", contact);
	set(m, "hdab_mail", "contact@hub.example");
	set(m, "holder_name", arena_format(&m->memory, "Détenteur inventé %u", holder));
	set(m, "holder_type", holder % 2 ? "healthcare-providers" : "public-health-registry");
	set(m, "holder_url", arena_format(&m->memory, "%s/holder/%u", base, holder));
	set(m, "holder_mail", arena_format(&m->memory, "holder-%u@hub.example", holder));
	set(m, "holder_note_fr", "Détenteur inventé");
	set(m, "holder_trusted", holder % 3 ? "false" : "true");
}

static void set_distributions(struct making *m, const char *base)
{
	static const char *const names[] = {"", "sample_", "analytics_"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		set(m, arena_format(&m->memory, "%saccess_url", names[i]),
		    arena_format(&m->memory, "%s/access", base));
		set(m, arena_format(&m->memory, "%sformat", names[i]), "CSV");
		set(m, arena_format(&m->memory, "%sbytes", names[i]),
		    arena_format(&m->memory, "%d", rng_range(&m->rng, 1000, 2000000000)));
		set(m, arena_format(&m->memory, "%srights_fr", names[i]),
		    i ? "Libre" : "Sur autorisation");
	}
}

static void add_variables(
    struct making *m, struct rdf_graph *g, const char *dataset, uint32_t count)
{
	struct catalog_variables v = {0};

	catalog_variables_begin(&v, g, VIEW(dataset), "Dictionnaire", "table");
	for (uint32_t i = 0; i < count; i++) {
		const char *word = variable_words[rng_below(&m->rng, ARRAY_LEN(variable_words))];
		const char *name = arena_format(&m->memory, "%s_%u", word, i + 1);

		catalog_variables_add(&v, VIEW(name), VIEW(word), i % 3 ? "string" : "integer");
	}
}

int catalog_synth_add(struct rdf_graph *g, const struct catalog_sheet *s,
    const struct catalog_rules *r, const struct catalog_synth *p, uint64_t index, struct err *err)
{
	struct making m = {.s = s, .r = r, .rng = rng_at(p->seed, 7, index)};
	const char *dataset =
	    arena_format(&m.memory, "%s/dataset/synth-%08" PRIu64, p->base, index);
	int rc;

	m.cells = mem_zalloc(s->columns.len, sizeof(*m.cells));
	set(&m, "identifier", dataset);
	set_texts(&m, index);
	set_codes(&m);
	set_numbers(&m);
	set_agents(&m, p->base);
	set_distributions(&m, p->base);
	rc = catalog_sheet_add(s, g, r, p->base, m.cells, err);
	if (rc == 0)
		add_variables(&m, g, dataset, p->variables ? p->variables : 1);
	free(m.cells);
	arena_clear(&m.memory);
	return rc;
}

int catalog_sample_add(struct rdf_graph *g, const struct catalog_sheet *s,
    const struct catalog_rules *r, const char *base, struct err *err)
{
	const char *name = "catalog/data/sample.csv";

	return catalog_sheet_read(s, g, r, base, name, embed_find(name), err);
}
