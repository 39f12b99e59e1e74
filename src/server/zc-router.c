/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-router.h"

/* From method and path to a row of the route table. Paths are compared piece by piece as sent:
 * nothing is decoded or normalised, so that there is one spelling of each; a piece that stands for
 * a parameter has plain characters only. */

#define MAX_PIECES 8
#define MAX_PARAM 128

typedef struct
{
  const ZcRoute *route;
  char **pieces;
  guint n_pieces;
} Entry;

struct _ZcRouter
{
  Entry *entries;
  guint n_entries;
};

ZcRouter *
zc_router_new (const ZcRoute *routes, guint n_routes)
{
  ZcRouter *router = g_new0 (ZcRouter, 1);

  router->entries = g_new0 (Entry, n_routes);
  router->n_entries = n_routes;
  for (guint i = 0; i < n_routes; i++)
    {
      router->entries[i].route = &routes[i];
      router->entries[i].pieces = g_strsplit (routes[i].pattern + 1, "/", -1);
      router->entries[i].n_pieces = g_strv_length (router->entries[i].pieces);
      g_assert (router->entries[i].n_pieces <= MAX_PIECES);
    }
  return router;
}

void
zc_router_free (ZcRouter *router)
{
  if (router == NULL)
    return;
  for (guint i = 0; i < router->n_entries; i++)
    g_strfreev (router->entries[i].pieces);
  g_free (router->entries);
  g_free (router);
}

/* Cuts "/a/b/c" in place; 0 where it has too many pieces or does not begin with a slash. */
static guint
cut_path (char *path, char *pieces[MAX_PIECES])
{
  guint n = 0;

  if (path[0] != '/')
    return 0;
  while (path != NULL)
    {
      if (n == MAX_PIECES)
        return 0;
      *path = '\0';
      pieces[n++] = path + 1;
      path = strchr (path + 1, '/');
    }
  return n;
}

static gboolean
is_param (const char *piece)
{
  gsize length
      = strspn (piece, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~");

  return length > 0 && length <= MAX_PARAM && piece[length] == '\0';
}

static gboolean
matches (const Entry *entry, char **pieces, guint n_pieces)
{
  if (entry->n_pieces != n_pieces)
    return FALSE;
  for (guint i = 0; i < n_pieces; i++)
    if (entry->pieces[i][0] == '{' ? !is_param (pieces[i])
                                   : strcmp (entry->pieces[i], pieces[i]) != 0)
      return FALSE;
  return TRUE;
}

static const char *
method_name (ZcMethod method)
{
  static const char *names[] = { "GET", "HEAD", "POST", "PUT", "DELETE" };

  return names[method];
}

/* "GET, HEAD, PUT": in the order of the enumeration. */
static char *
list_methods (guint mask)
{
  g_autoptr (GString) allow = g_string_new (NULL);

  if (mask & 1 << ZC_METHOD_GET)
    mask |= 1 << ZC_METHOD_HEAD;
  for (guint method = 0; method < ZC_METHOD_OTHER; method++)
    if (mask & 1 << method)
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", method_name (method));
  return g_string_free (g_steal_pointer (&allow), FALSE);
}

/* The row of this method among those of the path; HEAD is answered by GET's where it has none. */
static const Entry *
find_entry (const ZcRouter *router, ZcMethod method, char **pieces, guint n_pieces, guint *methods)
{
  const Entry *get = NULL;

  for (guint i = 0; i < router->n_entries; i++)
    {
      const Entry *entry = &router->entries[i];

      if (!matches (entry, pieces, n_pieces))
        continue;
      if (entry->route->method == method)
        return entry;
      if (entry->route->method == ZC_METHOD_GET)
        get = entry;
      *methods |= 1u << entry->route->method;
    }
  return method == ZC_METHOD_HEAD ? get : NULL;
}

/**
 * zc_router_find:
 * @router: a router
 * @request: whose method is set; gets route and params
 * @path: cut into pieces, which params point into
 * @allow: (out) (transfer full): for a 405
 *
 * Returns: whether there is such a route
 */
gboolean
zc_router_find (
    const ZcRouter *router, ZcRequest *request, char *path, char **allow, GError **error)
{
  char *pieces[MAX_PIECES];
  guint n_pieces = cut_path (path, pieces), methods = 0, n_params = 0;
  const Entry *entry = find_entry (router, request->method, pieces, n_pieces, &methods);

  if (entry == NULL && methods != 0)
    {
      *allow = list_methods (methods);
      zc_refusal_set (error, ZC_REFUSAL_METHOD, "allowed here: %s", *allow);
      return FALSE;
    }
  if (entry == NULL)
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such path");
      return FALSE;
    }
  request->route = entry->route;
  for (guint i = 0; i < n_pieces; i++)
    if (entry->pieces[i][0] == '{')
      request->params[n_params++] = pieces[i];
  return TRUE;
}

/* Whether @key is one of the words of @keys. */
static gboolean
is_listed (const char *keys, const char *key)
{
  gsize length = strlen (key);

  if (keys == NULL || length == 0)
    return FALSE;
  for (const char *at = keys; (at = strstr (at, key)) != NULL; at += length)
    if ((at == keys || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
      return TRUE;
  return FALSE;
}

static gboolean
decode (char *text)
{
  char *out = text;

  for (const char *in = text; *in != '\0'; in++, out++)
    {
      if (*in == '%')
        {
          if (!g_ascii_isxdigit (in[1]) || !g_ascii_isxdigit (in[2]))
            return FALSE;
          *out = (char)(g_ascii_xdigit_value (in[1]) << 4 | g_ascii_xdigit_value (in[2]));
          in += 2;
        }
      else
        *out = *in == '+' ? ' ' : *in;
      if ((guchar)*out < 0x20 || *out == 0x7f)
        return FALSE;
    }
  *out = '\0';
  return g_utf8_validate (text, -1, NULL);
}

static gboolean
add_query (ZcRequest *request, char *pair)
{
  char *value = strchr (pair, '=');

  if (value == NULL || request->n_query == ZC_MAX_QUERY)
    return FALSE;
  *value++ = '\0';
  if (!decode (pair) || !decode (value) || !is_listed (request->route->query, pair)
      || zc_request_query (request, pair) != NULL)
    return FALSE;
  request->query[request->n_query++] = (ZcQuery){ pair, value };
  return TRUE;
}

/**
 * zc_router_read_query:
 * @request: with its route
 * @text: (nullable): what stood behind the question mark; changed in place
 *
 * Reads "key=value&…". Unknown and second keys are refused (SEC-S22).
 */
gboolean
zc_router_read_query (ZcRequest *request, char *text, GError **error)
{
  while (text != NULL && *text != '\0')
    {
      char *next = strchr (text, '&');

      if (next != NULL)
        *next++ = '\0';
      if (!add_query (request, text))
        {
          zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST,
                          "the query has an unknown, second or broken key");
          return FALSE;
        }
      text = next;
    }
  return TRUE;
}
