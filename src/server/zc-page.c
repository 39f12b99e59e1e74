/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-page.h"

/* Reading and making cursors. Clients take them as they are; what is not one of ours is a bad
 * request. */

#define MAX_SEARCH_CHARACTERS 200

char *
zc_page_cursor (gint64 number, const char *text)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", number, text);
  char *cursor = g_base64_encode ((const guchar *)plain, strlen (plain));

  g_strdelimit (cursor, "+", '-');
  g_strdelimit (cursor, "/", '_');
  g_strdelimit (cursor, "=", '.');
  return cursor;
}

static gboolean
parse_cursor (const char *cursor, ZcPage *page)
{
  g_autofree char *encoded = g_strdup (cursor);
  g_autofree guchar *plain = NULL;
  g_autofree char *text = NULL;
  char *end;
  gsize size;

  g_strdelimit (encoded, "-", '+');
  g_strdelimit (encoded, "_", '/');
  g_strdelimit (encoded, ".", '=');
  plain = g_base64_decode (encoded, &size);
  if (size == 0 || !g_utf8_validate ((const char *)plain, (gssize)size, NULL))
    return FALSE;
  text = g_strndup ((const char *)plain, size);
  page->number = g_ascii_strtoll (text, &end, 10);
  if (end == text || *end != '|')
    return FALSE;
  page->text = g_strdup (end + 1);
  return TRUE;
}

/**
 * zc_page_begin:
 * @cursor: (nullable): as the client sent it
 * @limit: how many rows, checked
 * @page: (out caller-allocates): where the page starts; free with zc_page_clear()
 * @error: bad-request: not a cursor of ours
 *
 * Returns: whether it was good
 */
gboolean
zc_page_begin (const char *cursor, int limit, ZcPage *page, GError **error)
{
  *page = (ZcPage){ .limit = limit, .after = cursor != NULL };
  if (cursor != NULL && !parse_cursor (cursor, page))
    {
      zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "cursor: not one of ours");
      return FALSE;
    }
  if (cursor == NULL)
    page->text = g_strdup ("");
  return TRUE;
}

/**
 * zc_page_read:
 * @request: with limit and cursor in its query
 * @page: (out caller-allocates): where the page starts; free with zc_page_clear()
 * @error: bad-request
 *
 * Returns: whether both were good
 */
gboolean
zc_page_read (const ZcRequest *request, ZcPage *page, GError **error)
{
  int limit;

  *page = (ZcPage){ 0 };
  return zc_request_limit (request, &limit, error)
         && zc_page_begin (zc_request_query (request, "cursor"), limit, page, error);
}

/**
 * zc_page_search:
 * @request: with a text to search for in its query
 * @key: where
 * @error: bad-request: longer than any name, for which a search would be work in vain (and a
 * pattern more than the database takes)
 *
 * Returns: (transfer full) (nullable): the text in the normal form of names; "" where there is none
 */
char *
zc_page_search (const ZcRequest *request, const char *key, GError **error)
{
  const char *typed = zc_request_query (request, key);
  char *text = g_strstrip (g_utf8_normalize (typed != NULL ? typed : "", -1, G_NORMALIZE_NFKC));

  if (g_utf8_strlen (text, -1) <= MAX_SEARCH_CHARACTERS)
    return text;
  g_free (text);
  zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "%s: at most %d characters", key,
                  MAX_SEARCH_CHARACTERS);
  return NULL;
}

void
zc_page_clear (ZcPage *page)
{
  g_clear_pointer (&page->text, g_free);
}

/**
 * zc_page_pattern:
 * @text: what was typed
 *
 * Returns: (transfer full): a pattern of LIKE … ESCAPE '\\' for what contains it: its % and _ mean
 * themselves
 */
char *
zc_page_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (strchr ("%_\\", *c) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *c);
    }
  g_string_append_c (pattern, '%');
  return g_string_free_and_steal (pattern);
}
