/*
 * A4, one column. Each block is laid out by Pango, then its lines go onto pages
 * one by one; a block that is broken between pages is tagged on each. Fonts are
 * not hinted, so that the same text breaks the same way everywhere.
 */
#include "desk/document.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#define PAGE_WIDTH 595.276
#define PAGE_HEIGHT 841.890
#define MARGIN 62.0
#define FOOT 36.0

struct sheet {
	cairo_t *cr;
	PangoContext *context;
	double y;
	int page;
	const struct desk_document *document;
	int *pages; /* of each block, as the pass before found them */
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

	pango_layout_set_font_description(layout, description);
	pango_font_description_free(description);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_spacing(layout, 2 * PANGO_SCALE);
	pango_layout_set_text(layout, text, -1);
	return layout;
}

static void draw_foot(struct sheet *s)
{
	AUTO_FREE char *text =
	    str_format("%s · %s · %d", s->document->body, s->document->title, s->page);
	PangoLayout *layout = layout_new(s, text, "DejaVu Sans 8", PAGE_WIDTH - 2 * MARGIN);

	pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_MIDDLE);
	cairo_set_source_rgb(s->cr, 0.29, 0.33, 0.38);
	cairo_move_to(s->cr, MARGIN, PAGE_HEIGHT - FOOT);
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
		keep_room(s, 40);
		draw(s, b->label, "DejaVu Sans 8", "P", 0, 0.3);
		draw(s, b->text, "DejaVu Sans 10", "P", 0, 0.1);
		s->y += 6;
		break;
	case DESK_BLOCK_ITEM: draw_item(s, b); break;
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
		n += strlen(d->blocks.ptr[i].label) + strlen(d->blocks.ptr[i].text);
	return n;
}

/* One pass: onto pages, or into nothing to learn where headings come to stand. */
static int draw_pass(const struct desk_document *d, PangoFontMap *fonts, int *pages,
    struct str *out, struct err *err)
{
	cairo_surface_t *surface =
	    cairo_pdf_surface_create_for_stream(take, out, PAGE_WIDTH, PAGE_HEIGHT);
	struct sheet s = {.y = MARGIN, .page = 1, .document = d, .pages = pages};
	cairo_status_t status;

	set_metadata(surface, d);
	s.cr = cairo_create(surface);
	s.context = context_new(fonts, d);
	draw_document(&s);
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
	int status = 0;

	if (size_of(d) > DESK_DOCUMENT_MAX)
		return err_set(err, ERR_LIMIT, "a document of more than %d MB",
		    DESK_DOCUMENT_MAX >> 20);
	for (size_t i = 0; i <= d->blocks.len; i++)
		*vec_push(&pages) = 0;
	fonts = pango_cairo_font_map_new();
	if (d->contents)
		status = draw_pass(d, fonts, pages.ptr, &nothing, err);
	if (status == 0)
		status = draw_pass(d, fonts, pages.ptr, out, err);
	g_object_unref(fonts);
	vec_clear(&pages);
	return status;
}
