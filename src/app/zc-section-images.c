/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-section-images.h"

/* The images of a section, wherever they stand in it. */

static void
append_fields (ZcDraft *draft, GListStore *lists, const ZcSection *section, const char *entry)
{
  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == ZC_FIELD_IMAGES)
      {
        g_autoptr (GListModel) images = zc_draft_get_images (draft, section->id, entry, section->fields[i].id);
        g_list_store_append (lists, images);
      }
}

/**
 * zc_section_images_new:
 * @draft: a dossier
 * @section: of its business
 *
 * Returns: (transfer full): of #ZcDraftImage: all of the section's fields and entries, in one row
 */
GListModel *
zc_section_images_new (ZcDraft *draft, const ZcSection *section)
{
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);
  if (!section->repeats)
    append_fields (draft, lists, section, NULL);
  else
    {
      GListModel *entries = zc_draft_get_entries (draft, section->id);
      for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
        {
          g_autoptr (ZcDraftEntry) entry = g_list_model_get_item (entries, i);
          append_fields (draft, lists, section, zc_draft_entry_get_id (entry));
        }
    }
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));
}

/**
 * zc_section_images_find:
 * @images: of #ZcDraftImage
 * @sha256: a digest
 *
 * Returns: its position, or %GTK_INVALID_LIST_POSITION
 */
guint
zc_section_images_find (GListModel *images, const char *sha256)
{
  guint n = g_list_model_get_n_items (images);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, i);

      if (g_strcmp0 (zc_draft_image_get_sha256 (image), sha256) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static gboolean
is_image_of (ZcDraft *draft, const char *section, const char *entry, const char *field, const char *sha256)
{
  g_autoptr (GListModel) images = zc_draft_get_images (draft, section, entry, field);

  for (guint i = 0; i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, i);

      if (g_strcmp0 (zc_draft_image_get_sha256 (image), sha256) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (nullable): the field of that section, or of that entry of it */
static const char *
find_field_of (ZcDraft *draft, const ZcSection *section, const char *entry, const char *sha256)
{
  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == ZC_FIELD_IMAGES && is_image_of (draft, section->id, entry, section->fields[i].id, sha256))
      return section->fields[i].id;
  return NULL;
}

/**
 * zc_section_images_find_place:
 * @section: of the business of @draft
 * @sha256: digest of an image
 * @entry: (out) (transfer full) (nullable): id of the entry it stands in
 * @field: (out): id of its field
 *
 * Returns: whether it stands there
 */
gboolean
zc_section_images_find_place (ZcDraft *draft, const ZcSection *section, const char *sha256, char **entry, const char **field)
{
  GListModel *entries = section->repeats ? zc_draft_get_entries (draft, section->id) : NULL;

  *entry = NULL;
  *field = entries == NULL ? find_field_of (draft, section, NULL, sha256) : NULL;
  for (guint i = 0; *field == NULL && entries != NULL && i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (ZcDraftEntry) item = g_list_model_get_item (entries, i);

      *field = find_field_of (draft, section, zc_draft_entry_get_id (item), sha256);
      if (*field != NULL)
        *entry = g_strdup (zc_draft_entry_get_id (item));
    }
  return *field != NULL;
}
