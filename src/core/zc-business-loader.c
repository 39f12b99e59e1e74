/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-business-private.h"
#include "zc-text.h"

/* What all readers of business files stand on: where in the file they are, what they say is wrong there,
 * and the values that occur everywhere.
 */

/* --- where we are, and what is wrong there --- */

/**
 * zc_loader_enter:
 * @loader: a loading
 * @format: what to add to the path, "sections[%u]"
 *
 * Returns: the mark for zc_loader_leave()
 */
gsize
zc_loader_enter (ZcLoader *loader, const char *format, ...)
{
  gsize mark = loader->path->len;
  va_list args;

  if (mark > 0)
    g_string_append_c (loader->path, '.');
  va_start (args, format);
  g_string_append_vprintf (loader->path, format, args);
  va_end (args);
  return mark;
}

void
zc_loader_leave (ZcLoader *loader, gsize mark)
{
  g_string_truncate (loader->path, mark);
}

/**
 * zc_loader_fail:
 * @loader: a loading
 * @member: (nullable): the member of the present place that is wrong
 * @format: what is wrong
 *
 * Returns: FALSE, with the error set: "sections[3].fields[1].images.max: …"
 */
gboolean
zc_loader_fail (ZcLoader *loader, const char *member, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  if (member != NULL)
    zc_loader_enter (loader, "%s", member);
  g_set_error (loader->error, ZC_BUSINESS_ERROR, ZC_BUSINESS_ERROR_INVALID, "%s%s%s",
               loader->path->str, loader->path->len > 0 ? ": " : "", message);
  return FALSE;
}

/**
 * zc_loader_block:
 * @loader: a loading
 * @count: of elements
 * @size: of one
 *
 * Returns: (transfer none): zeroed memory that lives as long as the business
 */
void *
zc_loader_block (ZcLoader *loader, gsize count, gsize size)
{
  void *block = g_malloc0_n (MAX (count, 1), size);

  g_ptr_array_add (loader->business->blocks, block);
  return block;
}

/**
 * zc_loader_expect:
 * @loader: a loading
 * @value: (nullable): what stands at the present place
 * @members: those it may have
 * @n_members: their number
 *
 * Returns: whether it is an object with these members, none missing and none beside them
 */
gboolean
zc_loader_expect (ZcLoader *loader,
                  const ZcJsonValue *value,
                  const ZcJsonMember *members,
                  guint n_members)
{
  g_autoptr (GError) error = NULL;

  if (value == NULL || zc_json_type (value) != ZC_JSON_OBJECT)
    return zc_loader_fail (loader, NULL, "must be an object");
  if (!zc_json_expect (value, members, n_members, &error))
    return zc_loader_fail (loader, NULL, "%s", error->message);
  return TRUE;
}

/* --- values --- */

static gboolean
is_id (const char *id)
{
  gsize length = strlen (id);

  return length > 0 && length <= 64 && g_ascii_islower (id[0])
         && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

/**
 * zc_loader_id:
 * @loader: a loading
 * @object: a section, a field, the business
 * @id: (out): borrowed from the business
 *
 * Returns: whether its "id" is one
 */
gboolean
zc_loader_id (ZcLoader *loader, const ZcJsonValue *object, const char **id)
{
  *id = zc_json_get_string (object, "id");
  if (!is_id (*id))
    return zc_loader_fail (loader, "id",
                           "“%s” is no id: a letter from a to z, then letters, digits and _", *id);
  return TRUE;
}

/**
 * zc_loader_words:
 * @loader: a loading
 * @object: where they stand
 * @member: its name
 * @max: most characters
 * @text: (inout): borrowed from the business; left as it was where the member is absent
 *
 * Reads words for people: something to be seen, nothing that hides.
 *
 * Returns: whether they are, or are absent
 */
gboolean
zc_loader_words (
    ZcLoader *loader, const ZcJsonValue *object, const char *member, guint max, const char **text)
{
  const char *words = zc_json_get_string (object, member);

  if (words == NULL)
    return TRUE;
  if (zc_text_is_blank (words))
    return zc_loader_fail (loader, member, "must not be blank");
  if (zc_text_exceeds (words, max))
    return zc_loader_fail (loader, member, "must not be longer than %u characters", max);
  if (zc_text_has_control (words, max > ZC_BUSINESS_MAX_LABEL))
    return zc_loader_fail (loader, member, "holds a control character");
  *text = words;
  return TRUE;
}

/**
 * zc_loader_count:
 * @loader: a loading
 * @object: where it stands
 * @member: its name
 * @low: the least
 * @high: the greatest
 * @count: (inout): left as it was where the member is absent
 *
 * Returns: whether it lies between the two, or is absent
 */
gboolean
zc_loader_count (ZcLoader *loader,
                 const ZcJsonValue *object,
                 const char *member,
                 gint64 low,
                 gint64 high,
                 gint64 *count)
{
  const ZcJsonValue *value = zc_json_get (object, member);

  if (value == NULL)
    return TRUE;
  *count = zc_json_integer (value, -1);
  if (*count < low || *count > high)
    return zc_loader_fail (loader, member, "must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                           low, high);
  return TRUE;
}

/**
 * zc_loader_strings:
 * @loader: a loading
 * @array: (nullable): an array of strings
 * @member: its name, for the message
 * @max: greatest count
 * @strings: (out): NULL-terminated, borrowed from the business
 *
 * Reads a list of different, visible strings, at least one of them.
 *
 * Returns: whether it was one
 */
gboolean
zc_loader_strings (ZcLoader *loader,
                   const ZcJsonValue *array,
                   const char *member,
                   guint max,
                   const char ***strings)
{
  guint size = zc_json_size (array);
  const char **list;

  if (array == NULL || zc_json_type (array) != ZC_JSON_ARRAY || size == 0 || size > max)
    return zc_loader_fail (loader, member, "must be a list of 1 to %u strings", max);
  list = zc_loader_block (loader, size + 1, sizeof *list);
  for (guint i = 0; i < size; i++)
    {
      const char *string = zc_json_string (zc_json_at (array, i));

      if (zc_text_is_blank (string) || zc_text_has_control (string, FALSE)
          || zc_text_exceeds (string, ZC_BUSINESS_MAX_LABEL))
        return zc_loader_fail (loader, member,
                               "[%u] must be a visible string of at most %d characters", i,
                               ZC_BUSINESS_MAX_LABEL);
      if (g_strv_contains ((const char *const *)list, string))
        return zc_loader_fail (loader, member, "“%s” stands there twice", string);
      list[i] = string;
    }
  *strings = list;
  return TRUE;
}
