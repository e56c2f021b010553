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

static void draw_document(struct sheet *s)
{
	cairo_tag_begin(s->cr, "Document", NULL);
	draw(s, s->document->body, "DejaVu Sans 10", "P", 0, 0.3);
	s->y += 10;
	draw(s, s->document->title, "DejaVu Sans Bold 18", "H1", 0, 0.1);
	s->y += 10;
	for (size_t i = 0; i < s->document->blocks.len; i++)
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

int desk_document_pdf(const struct desk_document *d, struct str *out, struct err *err)
{
	PangoFontMap *fonts;
	cairo_surface_t *surface;
	struct sheet s = {.y = MARGIN, .page = 1, .document = d};
	cairo_status_t status;

	if (size_of(d) > DESK_DOCUMENT_MAX)
		return err_set(err, ERR_LIMIT, "a document of more than %d MB",
		    DESK_DOCUMENT_MAX >> 20);
	fonts = pango_cairo_font_map_new();
	surface = cairo_pdf_surface_create_for_stream(take, out, PAGE_WIDTH, PAGE_HEIGHT);
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
	g_object_unref(fonts);
	if (status || out->full)
		return err_set(err, ERR_INTERNAL, "no PDF: %s", cairo_status_to_string(status));
	return 0;
}
