/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include "zc-reason.h"

/* The published names of why something is returned, and where a note of it may stand. */

static const char *const names[ZC_REASON_LAST] = {
  [ZC_REASON_MISSING] = "missing",   [ZC_REASON_UNCLEAR] = "unclear",
  [ZC_REASON_WRONG] = "wrong",       [ZC_REASON_INCONSISTENT] = "inconsistent",
  [ZC_REASON_UNPROVEN] = "unproven", [ZC_REASON_UNSIGNED] = "unsigned",
  [ZC_REASON_EXPIRED] = "expired",   [ZC_REASON_INELIGIBLE] = "ineligible",
  [ZC_REASON_OTHER] = "other",
};

/**
 * zc_reason_to_string:
 * @reason: a reason
 *
 * Returns: (transfer none) (nullable): its published name; %NULL of %ZC_REASON_NONE
 */
const char *
zc_reason_to_string (ZcReason reason)
{
  g_return_val_if_fail ((int)reason >= 0 && reason < ZC_REASON_LAST, NULL);

  return names[reason];
}

/**
 * zc_reason_from_string:
 * @name: (nullable): a published name
 * @reason: (out): the reason of that name; %ZC_REASON_NONE for %NULL
 *
 * Returns: whether there is one
 */
gboolean
zc_reason_from_string (const char *name, ZcReason *reason)
{
  *reason = ZC_REASON_NONE;
  if (name == NULL)
    return TRUE;
  for (guint i = ZC_REASON_NONE + 1; i < ZC_REASON_LAST; i++)
    if (g_str_equal (names[i], name))
      *reason = (ZcReason)i;
  return *reason != ZC_REASON_NONE;
}

static const ZcJsonValue *
find_entry (const ZcJsonValue *document, const char *id)
{
  const ZcJsonValue *entries = zc_json_get (document, "entries");

  for (guint i = 0; i < zc_json_size (entries); i++)
    if (g_strcmp0 (zc_json_get_string (zc_json_at (entries, i), "id"), id) == 0)
      return zc_json_at (entries, i);
  return NULL;
}

static gboolean
holds_image (const ZcJsonValue *images, const char *sha256)
{
  for (guint i = 0; i < zc_json_size (images); i++)
    if (g_strcmp0 (zc_json_get_string (zc_json_at (images, i), "sha256"), sha256) == 0)
      return TRUE;
  return FALSE;
}

/**
 * zc_place_exists:
 * @section: of the form
 * @document: (nullable): its answers
 * @entry: (nullable): id of an entry
 * @field: (nullable): id of a field
 * @image: (nullable): digest of an image of that field
 *
 * A field of a repeating section stands in an entry, an image in a field: a note elsewhere would be seen by nobody (P9).
 *
 * Returns: whether the form has that place and the answers have it too
 */
gboolean
zc_place_exists (const ZcSection *section,
                 const ZcJsonValue *document,
                 const char *entry,
                 const char *field,
                 const char *image)
{
  const ZcField *definition = field != NULL ? zc_section_find_field (section, field) : NULL;
  const ZcJsonValue *holder = document;

  if (field == NULL)
    return image == NULL && (entry == NULL || find_entry (document, entry) != NULL);
  if (definition == NULL || (entry != NULL) != section->repeats)
    return FALSE;
  if (entry != NULL)
    holder = find_entry (document, entry);
  if (entry != NULL && holder == NULL)
    return FALSE;
  return image == NULL
         || (definition->type == ZC_FIELD_IMAGES
             && holds_image (zc_json_get (zc_json_get (holder, "values"), field), image));
}
