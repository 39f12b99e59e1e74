/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "zc-log.h"
#include "zc-time.h"

#include <gio/gio.h>

/* What is logged carries no personal data; that is up to who logs (see zc-front.c). Control
 * characters of messages are made visible, so that nothing from outside can begin a line of its own
 * (SEC-S23). */

static const char *
level_name (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  return level & G_LOG_LEVEL_DEBUG ? "debug" : "info";
}

static const char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key))
      return fields[i].value;
  return "";
}

static void
append_visible (GString *line, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if ((guchar)*at < 0x20 || *at == 0x7f)
      g_string_append_printf (line, "\\x%02x", (guchar)*at);
    else
      g_string_append_c (line, *at);
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  g_autoptr (GString) line = NULL;
  g_autofree char *now = NULL;

  if ((level & G_LOG_LEVEL_DEBUG)
      && g_log_writer_default_would_drop (level, find_field (fields, n_fields, "GLIB_DOMAIN")))
    return G_LOG_WRITER_HANDLED;
  now = zc_time_format (zc_time_now ());
  line = g_string_sized_new (160);
  g_string_append_printf (line, "%s %s ", now, level_name (level));
  append_visible (line, find_field (fields, n_fields, "MESSAGE"));
  g_string_append_c (line, '\n');
  if (write (STDERR_FILENO, line->str, line->len) < 0)
    return G_LOG_WRITER_UNHANDLED;
  return G_LOG_WRITER_HANDLED;
}

/* "2026-11-23T08:15:30", made once a second on each thread. */
static const char *
format_second (ZcTime now)
{
  static _Thread_local gint64 second;
  static _Thread_local char text[32];

  if (second != now / 1000)
    {
      g_autofree char *full = zc_time_format (now);

      second = now / 1000;
      g_strlcpy (text, full, MIN (sizeof text, strlen ("2026-11-23T08:15:30") + 1));
    }
  return text;
}

void
zc_log_request (guint64 number, const char *method, const char *pattern, int status, gint64 us)
{
  ZcTime now = zc_time_now ();
  char line[256];
  int length
      = g_snprintf (line, sizeof line, "%s.%03dZ info #%" G_GUINT64_FORMAT " %s %s %d %d.%d ms\n",
                    format_second (now), (int)(now % 1000), number, method, pattern, status,
                    (int)(us / 1000), (int)(us / 100 % 10));

  if (write (STDERR_FILENO, line, (gsize)MIN (length, (int)sizeof line - 1)) < 0)
    return; /* nobody reads it: no reason to stop */
}

void
zc_log_start (void)
{
  g_log_set_writer_func (write_line, NULL, NULL);
}
