/*
 * A4, one column. Each block is laid out by Pango, then its lines go onto pages
 * one by one; a block that is broken between pages is tagged on each. Fonts are
 * not hinted, so that the same text breaks the same way everywhere.
 */
#include "desk/document_inside.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define PAGE_WIDTH 595.276
#define PAGE_HEIGHT 841.890
#define MARGIN 62.0
#define FOOT 36.0
#define LABELS 132.0  /* width of the labels of facts */
#define AMOUNTS 110.0 /* width of the sums of a bill */

struct sheet {
	cairo_t *cr;
	PangoContext *context;
	double y;
	int page;
	const struct desk_document *document;
	int *pages; /* of each block, as the pass before found them */
	int total;  /* pages, as the pass before found them */
};

static cairo_status_t take(void *out, const unsigned char *bytes, unsigned len)
{
	str_add(out, (struct view){(const char *)bytes, len});
	return CAIRO_STATUS_SUCCESS;
}

static PangoLayout *layout_new(const struct sheet *s, const char *text, const char *font,
    double width)
{
	PangoLayout *layout = pango_layout_new(s->context);
	PangoFontDescription *description = pango_font_description_from_string(font);
	PangoAttrList *whole; /* a sum or a name that is broken gets no sign of its own */

	pango_layout_set_font_description(layout, description);
	pango_font_description_free(description);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(layout, 2 * PANGO_SCALE);
	pango_layout_set_text(layout, text, -1);
	whole = pango_attr_list_new();
	pango_attr_list_insert(whole, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(layout, whole);
	pango_attr_list_unref(whole);
	return layout;
}

static void draw_foot(struct sheet *s)
{
	AUTO_FREE char *text =
	    str_format("%s · %s", s->document->body, s->document->title);
	AUTO_FREE char *page = str_format("%d / %d", s->page, s->total);
	PangoLayout *layout = layout_new(s, text, "DejaVu Sans 8", PAGE_WIDTH - 2 * MARGIN - 60);

	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_MIDDLE);
	cairo_set_source_rgb(s->cr, 0.29, 0.33, 0.38);
	cairo_move_to(s->cr, MARGIN, PAGE_HEIGHT - FOOT);
	pango_cairo_show_layout(s->cr, layout);
	g_object_unref(layout);
	layout = layout_new(s, page, "DejaVu Sans 8", 60);
	pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
	cairo_move_to(s->cr, PAGE_WIDTH - MARGIN - 60, PAGE_HEIGHT - FOOT);
	pango_cairo_show_layout(s->cr, layout);
	g_object_unref(layout);
	if (!s->document->stamp)
		return;
	layout = layout_new(s, s->document->stamp, "DejaVu Sans 7", PAGE_WIDTH - 2 * MARGIN);
	cairo_move_to(s->cr, MARGIN, PAGE_HEIGHT - FOOT + 12);
	pango_cairo_show_layout(s->cr, layout);
	g_object_unref(layout);
}

static void turn_page(struct sheet *s)
{
	draw_foot(s);
	cairo_show_page(s->cr);
	s->page++;
	s->y = MARGIN;
}

/* The lines of a layout, from page to page. */
static void draw_lines(struct sheet *s, PangoLayout *layout, const char *tag, double x)
{
	PangoLayoutIter *lines = pango_layout_get_iter(layout);

	cairo_tag_begin(s->cr, tag, NULL);
	do {
		PangoRectangle box;
		double height, above;

		pango_layout_iter_get_line_extents(lines, NULL, &box);
		height = (double)box.height / PANGO_SCALE;
		above = (double)(pango_layout_iter_get_baseline(lines) - box.y) / PANGO_SCALE;
		if (s->y + height > PAGE_HEIGHT - MARGIN) {
			cairo_tag_end(s->cr, tag);
			turn_page(s);
			cairo_tag_begin(s->cr, tag, NULL);
		}
		cairo_move_to(s->cr, x, s->y + above);
		pango_cairo_show_layout_line(s->cr, pango_layout_iter_get_line_readonly(lines));
		s->y += height + 2;
	} while (pango_layout_iter_next_line(lines));
	cairo_tag_end(s->cr, tag);
	pango_layout_iter_free(lines);
}

static void draw(struct sheet *s, const char *text, const char *font, const char *tag,
    double indent, double grey)
{
	PangoLayout *layout = layout_new(s, text, font, PAGE_WIDTH - 2 * MARGIN - indent);

	cairo_set_source_rgb(s->cr, grey, grey, grey);
	draw_lines(s, layout, tag, MARGIN + indent);
	g_object_unref(layout);
}

/* A heading does not stand alone at the foot of a page. */
static void keep_room(struct sheet *s, double height)
{
	if (s->y + height > PAGE_HEIGHT - MARGIN)
		turn_page(s);
}

static void draw_item(struct sheet *s, const struct desk_block *b)
{
	AUTO_FREE char *text = str_format("– %s", b->text);

	draw(s, text, "DejaVu Sans 10", "P", 12, 0.1);
	s->y += 3;
}

static double height_of(const struct sheet *s, const char *text, const char *font, double width)
{
	PangoLayout *layout = layout_new(s, text, font, width);
	PangoRectangle box;

	pango_layout_get_extents(layout, NULL, &box);
	g_object_unref(layout);
	return (double)box.height / PANGO_SCALE;
}

/* The label at the left of its text; both begin at the same height. */
static void draw_beside(struct sheet *s, const struct desk_block *b)
{
	double top, label = height_of(s, b->label, "DejaVu Sans 9", LABELS - 12);
	PangoLayout *layout;
	int page;

	keep_room(s, MAX(label, 30));
	top = s->y;
	page = s->page;
	layout = layout_new(s, b->label, "DejaVu Sans 9", LABELS - 12);
	cairo_set_source_rgb(s->cr, 0.3, 0.3, 0.3);
	draw_lines(s, layout, "P", MARGIN);
	g_object_unref(layout);
	s->y = top;
	draw(s, b->text, "DejaVu Sans 10", "P", LABELS, 0.1);
	if (s->page == page)
		s->y = MAX(s->y, top + label + 2);
	s->y += 5;
}

static void draw_above(struct sheet *s, const struct desk_block *b)
{
	keep_room(s, 40);
	draw(s, b->label, "DejaVu Sans 8", "P", 0, 0.3);
	draw(s, b->text, "DejaVu Sans 10", "P", 0, 0.1);
	s->y += 6;
}

static void draw_rule(struct sheet *s, double x, double grey)
{
	cairo_set_source_rgb(s->cr, grey, grey, grey);
	cairo_set_line_width(s->cr, 0.5);
	cairo_move_to(s->cr, x, s->y);
	cairo_line_to(s->cr, PAGE_WIDTH - MARGIN, s->y);
	cairo_stroke(s->cr);
	s->y += 5;
}

/* Label and note at the left, the sum at the right, on one page. */
static void draw_amount(struct sheet *s, const struct desk_block *b)
{
	bool total = b->kind == DESK_BLOCK_TOTAL;
	const char *font = total ? "DejaVu Sans Bold 10" : "DejaVu Sans 10";
	double width = PAGE_WIDTH - 2 * MARGIN - AMOUNTS - 12, top;
	PangoLayout *amount = layout_new(s, b->amount, font, AMOUNTS);
	PangoLayout *label = layout_new(s, b->label, font, width);
	PangoLayout *note = layout_new(s, b->text, "DejaVu Sans 8", width);

	keep_room(s, height_of(s, b->label, font, width) +
			 height_of(s, b->text, "DejaVu Sans 8", width) + 20);
	draw_rule(s, MARGIN, total ? 0.1 : 0.8);
	top = s->y;
	cairo_set_source_rgb(s->cr, 0.1, 0.1, 0.1);
	draw_lines(s, label, "P", MARGIN);
	cairo_set_source_rgb(s->cr, 0.3, 0.3, 0.3);
	if (*b->text)
		draw_lines(s, note, "P", MARGIN);
	pango_layout_set_alignment(amount, PANGO_ALIGN_RIGHT);
	cairo_set_source_rgb(s->cr, 0.1, 0.1, 0.1);
	cairo_tag_begin(s->cr, "P", NULL);
	cairo_move_to(s->cr, PAGE_WIDTH - MARGIN - AMOUNTS, top);
	pango_cairo_show_layout(s->cr, amount);
	cairo_tag_end(s->cr, "P");
	s->y += 4;
	g_object_unref(amount);
	g_object_unref(label);
	g_object_unref(note);
}

/* At the right, under a line, all of it on one page. */
static void draw_signature(struct sheet *s, const struct desk_block *b)
{
	double half = (PAGE_WIDTH - 2 * MARGIN) / 2;

	s->y += 18;
	keep_room(s, height_of(s, b->text, "DejaVu Sans 10", half) + 30);
	draw_rule(s, MARGIN + half, 0.5);
	draw(s, b->text, "DejaVu Sans 10", "P", half, 0.1);
}

static void draw_block(struct sheet *s, const struct desk_block *b)
{
	switch (b->kind) {
	case DESK_BLOCK_HEADING:
		s->y += 12;
		keep_room(s, 70);
		draw(s, b->text, b->level > 2 ? "DejaVu Sans Bold 11" : "DejaVu Sans Bold 13",
		    b->level > 2 ? "H3" : "H2", 0, 0.1);
		s->y += 4;
		break;
	case DESK_BLOCK_FACT:
		if (s->document->columns)
			draw_beside(s, b);
		else
			draw_above(s, b);
		break;
	case DESK_BLOCK_ITEM: draw_item(s, b); break;
	case DESK_BLOCK_AMOUNT:
	case DESK_BLOCK_TOTAL: draw_amount(s, b); break;
	case DESK_BLOCK_SIGNATURE: draw_signature(s, b); break;
	case DESK_BLOCK_TEXT:
		s->y += 4;
		draw(s, b->text, "DejaVu Sans 10", "P", 0, 0.1);
		s->y += 4;
		break;
	}
}

static bool is_in_contents(const struct desk_document *d, size_t i)
{
	return d->blocks.ptr[i].kind == DESK_BLOCK_HEADING && d->blocks.ptr[i].level == 2;
}

/* A line that leads to its heading. */
static void draw_entry(struct sheet *s, size_t i)
{
	AUTO_FREE char *link = str_format("dest='b%zu'", i);
	AUTO_FREE char *page = str_format("%d", s->pages[i]);
	PangoLayout *number = layout_new(s, page, "DejaVu Sans 10", 40);
	double y;

	cairo_tag_begin(s->cr, CAIRO_TAG_LINK, link);
	draw(s, s->document->blocks.ptr[i].text, "DejaVu Sans 10", "P", 0, 0.1);
	cairo_tag_end(s->cr, CAIRO_TAG_LINK);
	y = s->y;
	pango_layout_set_alignment(number, PANGO_ALIGN_RIGHT);
	cairo_move_to(s->cr, PAGE_WIDTH - MARGIN - 40, y - 14);
	pango_cairo_show_layout(s->cr, number);
	g_object_unref(number);
	s->y += 2;
}

static void draw_contents(struct sheet *s)
{
	static const char *const words[DESK_LANGUAGES] = {"Contents", "Sommaire"};
	const struct desk_document *d = s->document;

	draw(s, words[d->language], "DejaVu Sans Bold 11", "H2", 0, 0.1);
	s->y += 4;
	for (size_t i = 0; i < d->blocks.len; i++)
		if (is_in_contents(d, i))
			draw_entry(s, i);
	s->y += 8;
}

/* A heading of the contents is the end of its link. */
static void draw_target(struct sheet *s, size_t i)
{
	AUTO_FREE char *name = str_format("name='b%zu'", i);

	s->y += 12;
	keep_room(s, 70);
	s->y -= 12;
	s->pages[i] = s->page;
	cairo_tag_begin(s->cr, CAIRO_TAG_DEST, name);
	draw_block(s, &s->document->blocks.ptr[i]);
	cairo_tag_end(s->cr, CAIRO_TAG_DEST);
}

static void draw_document(struct sheet *s)
{
	cairo_tag_begin(s->cr, "Document", NULL);
	draw(s, s->document->body, "DejaVu Sans 10", "P", 0, 0.3);
	s->y += 10;
	draw(s, s->document->title, "DejaVu Sans Bold 18", "H1", 0, 0.1);
	s->y += 10;
	if (s->document->contents)
		draw_contents(s);
	for (size_t i = 0; i < s->document->blocks.len; i++)
		if (s->document->contents && is_in_contents(s->document, i))
			draw_target(s, i);
		else
			draw_block(s, &s->document->blocks.ptr[i]);
	cairo_tag_end(s->cr, "Document");
	draw_foot(s);
}

static void set_metadata(cairo_surface_t *surface, const struct desk_document *d)
{
	char day[DATE_TEXT_SIZE];
	AUTO_FREE char *time = str_format("%sT00:00:00Z", date_format(d->created, day));

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, d->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, d->body);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, time);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, time);
}

static PangoContext *context_new(PangoFontMap *fonts, const struct desk_document *d)
{
	PangoContext *context = pango_font_map_create_context(fonts);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_language(context,
	    pango_language_from_string(d->language == DESK_FRENCH ? "fr" : "en"));
	return context;
}

static size_t size_of(const struct desk_document *d)
{
	size_t n = 0;

	for (size_t i = 0; i < d->blocks.len; i++)
		n += strlen(d->blocks.ptr[i].label) + strlen(d->blocks.ptr[i].text) +
		     strlen(d->blocks.ptr[i].amount);
	return n;
}

/* One pass: onto pages, or into nothing to learn where headings come to stand. */
static int draw_pass(const struct desk_document *d, PangoFontMap *fonts, int *pages, int *total,
    struct str *out, struct err *err)
{
	cairo_surface_t *surface =
	    cairo_pdf_surface_create_for_stream(take, out, PAGE_WIDTH, PAGE_HEIGHT);
	struct sheet s = {.y = MARGIN, .page = 1, .document = d, .pages = pages, .total = *total};
	cairo_status_t status;

	set_metadata(surface, d);
	s.cr = cairo_create(surface);
	s.context = context_new(fonts, d);
	draw_document(&s);
	*total = s.page;
	status = cairo_status(s.cr);
	cairo_destroy(s.cr);
	cairo_surface_finish(surface);
	status = status ? status : cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	g_object_unref(s.context);
	if (status || out->full)
		return err_set(err, ERR_INTERNAL, "no PDF: %s", cairo_status_to_string(status));
	return 0;
}

int desk_document_pdf(const struct desk_document *d, struct str *out, struct err *err)
{
	VEC(int) pages = {0};
	AUTO_STR struct str nothing = {0};
	PangoFontMap *fonts;
	int total = 0, status;

	if (size_of(d) > DESK_DOCUMENT_MAX)
		return err_set(err, ERR_LIMIT, "a document of more than %d MB",
		    DESK_DOCUMENT_MAX >> 20);
	for (size_t i = 0; i <= d->blocks.len; i++)
		*vec_push(&pages) = 0;
	fonts = pango_cairo_font_map_new();
	status = draw_pass(d, fonts, pages.ptr, &total, &nothing, err);
	if (status == 0)
		status = draw_pass(d, fonts, pages.ptr, &total, out, err);
	g_object_unref(fonts);
	vec_clear(&pages);
	return status < 0 ? -1
	                  : desk_pdf_set_language(out,
				d->language == DESK_FRENCH ? "fr" : "en", err);
}
