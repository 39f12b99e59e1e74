/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "zc-header.h"
#include "zc-id.h"

/* From header lines to the members of a request. A header that counts and comes twice is a fault,
 * not a choice: proxies and servers choose differently, and that is how requests are smuggled
 * (SEC-S26). libmicrohttpd lets two Content-Lengths and two Hosts pass. */

typedef enum
{
  H_AUTHORIZATION,
  H_CONTENT_LENGTH,
  H_CONTENT_TYPE,
  H_EXPECT,
  H_FORWARDED,
  H_HOST,
  H_IF_MATCH,
  H_IF_NONE_MATCH,
  H_KEY,
  H_TRANSFER_ENCODING,
  H_UNATTENDED,
  H_LAST
} HeaderName;

static const char *const names[H_LAST] = {
  [H_AUTHORIZATION] = "authorization", [H_CONTENT_LENGTH] = "content-length",
  [H_CONTENT_TYPE] = "content-type",   [H_EXPECT] = "expect",
  [H_FORWARDED] = "x-forwarded-for",   [H_HOST] = "host",
  [H_IF_MATCH] = "if-match",           [H_IF_NONE_MATCH] = "if-none-match",
  [H_KEY] = "idempotency-key",         [H_TRANSFER_ENCODING] = "transfer-encoding",
  [H_UNATTENDED] = "zhicheng-unattended",
};

static HeaderName
find_name (const char *name)
{
  for (HeaderName i = 0; i < H_LAST; i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return i;
  return H_LAST;
}

/* Printable ASCII: what every header that counts here is made of. */
static gboolean
is_plain (const char *value)
{
  for (const char *at = value; *at != '\0'; at++)
    if ((guchar)*at < 0x20 || (guchar)*at >= 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
read_length (const char *value, gint64 *length)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &number, NULL)
      || !g_ascii_isdigit (value[0]))
    return FALSE;
  *length = (gint64)number;
  return TRUE;
}

static gboolean
read_token (const char *value, char **token)
{
  if (g_ascii_strncasecmp (value, "Bearer ", 7) != 0)
    return TRUE; /* another scheme: as if there were none */
  *token = g_strstrip (g_strdup (value + 7));
  return TRUE;
}

static gboolean
read_type (const char *value, char **type)
{
  const char *end = strchr (value, ';');

  *type = end != NULL ? g_strndup (value, (gsize)(end - value)) : g_strdup (value);
  g_strstrip (*type);
  for (char *at = *type; *at != '\0'; at++)
    *at = g_ascii_tolower (*at);
  return TRUE;
}

static gboolean
read_header (ZcHeader *header, HeaderName name, const char *value)
{
  ZcRequest *request = header->request;

  switch (name)
    {
    case H_AUTHORIZATION:
      return read_token (value, &request->token);
    case H_CONTENT_LENGTH:
      return read_length (value, &header->content_length);
    case H_CONTENT_TYPE:
      return read_type (value, &request->content_type);
    case H_EXPECT:
      header->expects = TRUE;
      return g_ascii_strcasecmp (value, "100-continue") == 0;
    case H_FORWARDED:
      header->forwarded = g_strdup (value);
      return TRUE;
    case H_IF_MATCH:
      request->if_match = g_strdup (value);
      return TRUE;
    case H_IF_NONE_MATCH:
      request->if_none_match = g_strdup (value);
      return TRUE;
    case H_KEY:
      request->key = g_strdup (value);
      return zc_id_is_valid (value);
    case H_TRANSFER_ENCODING:
      header->chunked = TRUE;
      return g_ascii_strcasecmp (value, "chunked") == 0;
    case H_UNATTENDED:
      request->unattended = TRUE;
      return TRUE;
    case H_HOST:
    case H_LAST:
    default:
      return TRUE;
    }
}

static void
header_cb (const char *name, const char *value, gpointer data)
{
  ZcHeader *header = data;
  HeaderName which = find_name (name);
  guint bit = 1u << which;

  if (which == H_LAST)
    return;
  if ((header->seen & bit) != 0 || !is_plain (value) || !read_header (header, which, value))
    header->malformed = TRUE;
  header->seen |= bit;
}

static gboolean
is_address (const char *text)
{
  guint8 bytes[sizeof (struct in6_addr)];

  return inet_pton (AF_INET, text, bytes) == 1 || inet_pton (AF_INET6, text, bytes) == 1;
}

/* The last address that is not a proxy of ours; what stands before it anybody may have written. */
static char *
find_peer (const ZcConfig *config, const struct sockaddr *address, const char *forwarded)
{
  const char *const *trusted = (const char *const *)config->trusted_proxies;
  char *peer = zc_http_format_address (address);
  g_auto (GStrv) hops = NULL;

  if (forwarded == NULL || !g_strv_contains (trusted, peer))
    return peer;
  hops = g_strsplit (forwarded, ",", -1);
  for (guint i = g_strv_length (hops); i > 0; i--)
    {
      const char *hop = g_strstrip (hops[i - 1]);

      if (!is_address (hop))
        break;
      g_free (peer);
      peer = g_strdup (hop);
      if (!g_strv_contains (trusted, hop))
        break;
    }
  return peer;
}

gboolean
zc_header_read (ZcHeader *header,
                ZcRequest *request,
                ZcExchange *exchange,
                const ZcConfig *config,
                GError **error)
{
  memset (header, 0, sizeof *header);
  header->request = request;
  header->content_length = -1;
  zc_exchange_each_header (exchange, header_cb, header);
  request->peer = find_peer (config, zc_exchange_get_address (exchange), header->forwarded);
  if ((header->seen & (1u << H_HOST)) == 0 || (header->chunked && header->content_length >= 0))
    header->malformed = TRUE;
  if (header->malformed)
    zc_refusal_set (error, ZC_REFUSAL_BAD_REQUEST, "a header is malformed, missing or there twice");
  return !header->malformed;
}

void
zc_header_clear (ZcHeader *header)
{
  g_clear_pointer (&header->forwarded, g_free);
}

gboolean
zc_header_has_body (const ZcHeader *header)
{
  return header->chunked || header->content_length > 0;
}
