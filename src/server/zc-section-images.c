/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-section-images.h"

/* The images of a document against the server's own knowledge of them. */

typedef struct
{
  ZcStore *store;
  const ZcSection *section;
  const char *account;
  const char *dossier;
  GPtrArray *problems;
} Check;

static gboolean
check_image (
    Check *check, const ZcField *field, const char *entry, const ZcJsonValue *image, GError **error)
{
  const char *sha256 = zc_json_get_string (image, "sha256");
  g_autoptr (ZcRows) rows = zc_store_query (
      check->store,
      "SELECT bytes, width, height FROM image i WHERE i.sha256 = $1 AND (EXISTS (SELECT 1 FROM "
      "image_owner o"
      " WHERE o.account = $2 AND o.sha256 = i.sha256) OR EXISTS (SELECT 1 FROM section_image x"
      " JOIN section s ON s.dossier = x.dossier AND s.id = x.section"
      " WHERE x.sha256 = i.sha256 AND x.dossier = $3 AND s.fills = $4))",
      ZC_TEXT (sha256), ZC_TEXT (check->account), ZC_TEXT (check->dossier),
      ZC_TEXT (check->section->fills == ZC_FILLS_UNIT ? "unit" : "applicant"));
  ZcProblemCode code = ZC_PROBLEM_IMAGE_MISSING;

  if (zc_rows_next (rows))
    code = zc_json_get_integer (image, "bytes", -1) == zc_rows_integer (rows, 0)
                   && zc_json_get_integer (image, "width", -1) == zc_rows_integer (rows, 1)
                   && zc_json_get_integer (image, "height", -1) == zc_rows_integer (rows, 2)
               ? ZC_PROBLEM_NONE
               : ZC_PROBLEM_DIGEST;
  if (code != ZC_PROBLEM_NONE)
    g_ptr_array_add (check->problems,
                     zc_problem_new (code, check->section->id, entry, field->id, sha256, -1));
  return zc_rows_end (rows, error);
}

static gboolean
check_values (Check *check, const char *entry, const ZcJsonValue *values, GError **error)
{
  for (guint i = 0; i < check->section->n_fields; i++)
    {
      const ZcField *field = &check->section->fields[i];
      const ZcJsonValue *images
          = field->type == ZC_FIELD_IMAGES ? zc_json_get (values, field->id) : NULL;

      for (guint j = 0;
           images != NULL && zc_json_type (images) == ZC_JSON_ARRAY && j < zc_json_size (images);
           j++)
        if (!check_image (check, field, entry, zc_json_at (images, j), error))
          return FALSE;
    }
  return TRUE;
}

GPtrArray *
zc_section_images_check (ZcStore *store,
                         const ZcSection *section,
                         const ZcJsonValue *document,
                         const char *account,
                         const char *dossier,
                         GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)zc_problem_free);
  Check check = { store, section, account, dossier, problems };
  const ZcJsonValue *entries = zc_json_get (document, "entries");

  if (!section->repeats)
    return check_values (&check, NULL, zc_json_get (document, "values"), error)
               ? g_steal_pointer (&problems)
               : NULL;
  for (guint i = 0; i < zc_json_size (entries); i++)
    {
      const ZcJsonValue *entry = zc_json_at (entries, i);

      if (!check_values (&check, zc_json_get_string (entry, "id"), zc_json_get (entry, "values"),
                         error))
        return NULL;
    }
  return g_steal_pointer (&problems);
}
