/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "staff-fixture.h"

/* The staff's home at a canned server: its rows, its page, what it asked for. */

#define QUEUE_LIST "POST /v1/searches "
#define QUEUE_NOTHING "{\"items\":[],\"next\":null,\"total\":0}"

/* Three rows: to be accepted, a colleague's, one's own. */
void        queue_answer_rows (StaffFixture *fixture);
/* Rows from the first to the last, backwards where the first is the greater; next: JSON. */
void        queue_answer_many (StaffFixture *fixture,
                               int           first,
                               int           last,
                               gint64        version,
                               const char   *next);
GtkWidget  *queue_show        (StaffFixture *fixture);
/* Until that part of the page is shown. */
GtkWidget  *queue_load        (StaffFixture *fixture,
                               const char   *expected);
/* Parts of the page and of its filters, by their ids. */
gpointer    queue_child       (gpointer      page,
                               const char   *id);
gpointer    queue_tool        (gpointer      page,
                               const char   *id);
const char *queue_shown       (gpointer      page);
guint       queue_count_items (gpointer      page);
/* Whether the labels to be seen below, with a | before each, say words. */
gboolean    queue_shows       (gpointer      widget,
                               const char   *words);
/* Whether a request for the list named both. */
gboolean    queue_asked_for   (StaffFixture *fixture,
                               const char   *one,
                               const char   *other);
/* Whether the focus is on it or in it. */
gboolean    queue_has_focus   (StaffFixture *fixture,
                               GtkWidget    *widget);
