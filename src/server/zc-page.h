/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-request.h"

/* What is searched for in a list: at most so long (transfer full); NULL: refused. */
char     *zc_page_search (const ZcRequest *request,
                          const char      *key,
                          GError         **error);

/* Cursors of lists: base64url of the last row's place in the order, as a number and a text (keyset, no offset). */
typedef struct
{
  int     limit;
  gboolean after;   /* whether a cursor was sent */
  gint64  number;
  char   *text;     /* "" where none was sent */
} ZcPage;

gboolean  zc_page_read   (const ZcRequest *request,
                          ZcPage          *page,
                          GError         **error);
gboolean  zc_page_begin  (const char      *cursor,
                          int              limit,
                          ZcPage          *page,
                          GError         **error);
void      zc_page_clear  (ZcPage          *page);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZcPage, zc_page_clear)
char     *zc_page_cursor (gint64           number,   /* (transfer full) */
                          const char      *text);
char     *zc_page_pattern (const char     *text);    /* for LIKE … ESCAPE '\': contains it (transfer full) */
