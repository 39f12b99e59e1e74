/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-config.h"

/* One table of all keys: group, name, kind, place, default, range. data/zhichengd.conf documents
 * each. */

typedef enum
{
  KEY_TEXT,
  KEY_PATH,
  KEY_LIST,
  KEY_FLAG,
  KEY_NUMBER,
  KEY_LONG,
  KEY_CHOICE,
} KeyKind;

typedef struct
{
  const char *group;
  const char *name;
  KeyKind kind;
  gsize place;
  const char *text; /* default of texts, paths and lists; the words of a choice, the first is its default */
  gint64 number;    /* default of numbers and flags */
  gint64 min, max;
} Key;

#define PLACE(member) G_STRUCT_OFFSET (ZcConfig, member)
#define TEXT(group, name, member, value) { group, name, KEY_TEXT, PLACE (member), value, 0, 0, 0 }
#define PATH(group, name, member, value) { group, name, KEY_PATH, PLACE (member), value, 0, 0, 0 }
#define NUMBER(name, member, value, min, max)                                                      \
  { "limits", name, KEY_NUMBER, PLACE (member), NULL, value, min, max }
#define LONG(name, member, value, min, max)                                                        \
  { "limits", name, KEY_LONG, PLACE (member), NULL, value, min, max }

#define MANY 1000000000

static const Key keys[] = {
  TEXT ("server", "listen", listen, "127.0.0.1"),
  { "server", "port", KEY_NUMBER, PLACE (port), NULL, 8470, 0, 65535 },
  { "server", "trusted_proxies", KEY_LIST, PLACE (trusted_proxies), "", 0, 0, 0 },
  { "server", "readers", KEY_NUMBER, PLACE (readers), NULL, 4, 1, 64 },
  PATH ("data", "directory", directory, "data"),
  PATH ("data", "businesses", businesses, ZC_DATA_DIR "/businesses"),
  PATH ("data", "catalog", catalog, ZC_DATA_DIR "/catalog"),
  PATH ("keys", "file", key_file, "zhichengd.keys"),
  LONG ("json_bytes", json_bytes, 1048576, 1024, 16777216),
  LONG ("image_bytes", image_bytes, 20971520, 1024, 104857600),
  NUMBER ("connections", connections, 10000, 8, 100000),
  NUMBER ("connections_per_address", connections_per_address, 64, 1, MANY),
  NUMBER ("connection_memory", connection_memory, 16384, 8192, 1048576),
  NUMBER ("header_seconds", header_seconds, 10, 1, 600),
  NUMBER ("idle_seconds", idle_seconds, 60, 1, 3600),
  NUMBER ("body_rate", body_rate, 10240, 1, MANY),
  NUMBER ("queue", queue, 1024, 1, MANY),
  NUMBER ("uploads", uploads, 4, 1, 64),
  NUMBER ("wait_seconds", wait_seconds, 50, 1, 3600),
  NUMBER ("password_threads", password_threads, 2, 1, 4),
  NUMBER ("password_queue", password_queue, 64, 1, MANY),
  NUMBER ("password_memory_kib", password_memory_kib, 65536, 19456, 1048576),
  NUMBER ("password_passes", password_passes, 2, 1, 10),
  NUMBER ("code_seconds", code_seconds, 300, 10, 3600),
  NUMBER ("code_tries", code_tries, 5, 1, 10),
  NUMBER ("code_gap_seconds", code_gap_seconds, 60, 0, 3600),
  NUMBER ("codes_per_hour", codes_per_hour, 5, 1, MANY),
  NUMBER ("codes_per_day", codes_per_day, 10, 1, MANY),
  NUMBER ("codes_per_peer_hour", codes_per_peer_hour, 50, 1, MANY),
  NUMBER ("sign_in_tries", sign_in_tries, 5, 1, MANY),
  NUMBER ("sign_in_peer_tries", sign_in_peer_tries, 100, 1, MANY),
  NUMBER ("sign_in_delay_seconds", sign_in_delay_seconds, 60, 1, 86400),
  NUMBER ("applicant_idle_days", applicant_idle_days, 30, 1, 366),
  NUMBER ("staff_idle_minutes", staff_idle_minutes, 30, 1, MANY),
  NUMBER ("staff_hours", staff_hours, 12, 1, MANY),
  { "limits", "staff_second_factor", KEY_CHOICE, PLACE (staff_second_factor), "required;offered;off", 0, 0, 0 },
  NUMBER ("idempotency_hours", idempotency_hours, 72, 1, 8760),
  NUMBER ("change_days", change_days, 30, 1, 366),
  NUMBER ("images_unnamed", images_unnamed, 5000, 1, MANY),
  NUMBER ("image_days", image_days, 7, 1, 366),
  NUMBER ("claim_days", claim_days, 7, 1, 366),
  NUMBER ("refusals_per_minute", refusals_per_minute, 10, 1, MANY),
  TEXT ("outbox", "provider", outbox_provider, "file"),
  PATH ("outbox", "directory", outbox_directory, "outbox"),
  { "demo", "enabled", KEY_FLAG, PLACE (demo), NULL, FALSE, 0, 1 },
  PATH ("demo", "data", demo_data, ZC_DATA_DIR "/demo"),
};

static const Key *
find_key (const char *group, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].group, group) == 0 && strcmp (keys[i].name, name) == 0)
      return &keys[i];
  return NULL;
}

static gboolean
check_names (GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (file, groups[g], NULL, NULL);

      for (guint i = 0; names != NULL && names[i] != NULL; i++)
        if (find_key (groups[g], names[i]) == NULL)
          {
            g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
                         "[%s] %s: there is no such key", groups[g], names[i]);
            return FALSE;
          }
    }
  return TRUE;
}

static gboolean
read_number (GKeyFile *file, const Key *key, gint64 *number, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, key->group, key->name, NULL);

  *number = key->number;
  if (text == NULL || g_ascii_string_to_signed (text, 10, key->min, key->max, number, NULL))
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "[%s] %s: a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " is needed",
               key->group, key->name, key->min, key->max);
  return FALSE;
}

static gboolean
read_flag (GKeyFile *file, const Key *key, gboolean *flag, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  *flag = g_key_file_get_boolean (file, key->group, key->name, &wrong);
  if (!g_error_matches (wrong, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE))
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "[%s] %s: true or false is needed", key->group, key->name);
  return FALSE;
}

/* The place of the word among those of @key. */
static gboolean
read_choice (GKeyFile *file, const Key *key, int *choice, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, key->group, key->name, NULL);
  g_auto (GStrv) words = g_strsplit (key->text, ";", -1);

  *choice = 0;
  for (int i = 0; text != NULL && words[i] != NULL; i++)
    if (g_str_equal (text, words[i]))
      {
        *choice = i;
        return TRUE;
      }
  if (text == NULL)
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "[%s] %s: one of %s is needed", key->group, key->name, key->text);
  return FALSE;
}

static char *
dup_text (GKeyFile *file, const Key *key)
{
  char *text = g_key_file_get_string (file, key->group, key->name, NULL);

  return text != NULL ? text : g_strdup (key->text);
}

static gboolean
read_key (ZcConfig *config, GKeyFile *file, const Key *key, const char *folder, GError **error)
{
  g_autofree char *text = dup_text (file, key);
  gpointer place = G_STRUCT_MEMBER_P (config, key->place);
  gint64 number;

  switch (key->kind)
    {
    case KEY_TEXT:
      *(char **)place = g_steal_pointer (&text);
      return TRUE;
    case KEY_PATH:
      *(char **)place = g_canonicalize_filename (text, folder);
      return TRUE;
    case KEY_LIST:
      *(char ***)place = g_strsplit_set (text, "; ", -1);
      return TRUE;
    case KEY_FLAG:
      return read_flag (file, key, place, error);
    case KEY_LONG:
      return read_number (file, key, place, error);
    case KEY_CHOICE:
      return read_choice (file, key, place, error);
    case KEY_NUMBER:
    default:
      if (!read_number (file, key, &number, error))
        return FALSE;
      *(int *)place = (int)number;
      return TRUE;
    }
}

static gboolean
read_keys (ZcConfig *config, GKeyFile *file, const char *folder, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!read_key (config, file, &keys[i], folder, error))
      return FALSE;
  if (strcmp (config->outbox_provider, "file") == 0)
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "[outbox] provider: only \"file\" is known");
  return FALSE;
}

/**
 * zc_config_load:
 * @path: a GKeyFile
 *
 * Returns: (transfer full): the configuration; %NULL for a file that cannot be read, an unknown
 * key, or a value out of range
 */
ZcConfig *
zc_config_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (ZcConfig) config = g_new0 (ZcConfig, 1);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error) || !check_names (file, error)
      || !read_keys (config, file, folder, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&config);
}

void
zc_config_free (ZcConfig *config)
{
  if (config == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].kind == KEY_TEXT || keys[i].kind == KEY_PATH)
      g_free (G_STRUCT_MEMBER (char *, config, keys[i].place));
    else if (keys[i].kind == KEY_LIST)
      g_strfreev (G_STRUCT_MEMBER (char **, config, keys[i].place));
  g_free (config);
}
