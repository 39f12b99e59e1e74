/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-carry.h"
#include "zc-form.h"
#include "zc-server.h"
#include "zc-stored-answers.h"

/* Moving answers to the newest revision of a business. What finds no place there is told to its
 * owner, and kept in the sealed payload of the event, where the history shows it; the images it
 * names stay, as no row that names them is taken away. */

/* A stored section: the owner's, the unit's, or what a former unit wrote ("UNIT/SECTION"). */
typedef struct
{
  char *id;
  const ZcSection *section; /* in the revision it was answered in */
  ZcJson *document;         /* NULL: never written */
} Row;

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->id);
  g_clear_pointer (&row->document, zc_json_unref);
  g_free (row);
}

/* An array of JSON being written. */
typedef struct
{
  GString *text;
  ZcJsonWriter writer;
} List;

static void
begin_list (List *list)
{
  list->text = g_string_new (NULL);
  zc_json_writer_init (&list->writer, list->text);
  zc_json_begin_array (&list->writer, NULL);
}

static char *
end_list (List *list)
{
  zc_json_end_array (&list->writer);
  return g_string_free_and_steal (g_steal_pointer (&list->text));
}

static gboolean
asks_the_same_target (const ZcBusiness *business, const ZcBusiness *other)
{
  return g_strv_equal (zc_business_get_target (business), zc_business_get_target (other));
}

/**
 * zc_form_find_newer:
 * @dossier: a dossier
 * @request: whose server knows the businesses
 * @store: where all are
 * @newer: (out) (transfer none) (nullable): the newest revision, if it is newer than the dossier's and
 * asks for the same target: a dossier addressed otherwise has no answer for it
 * @error: of the store
 *
 * Returns: whether it could be found out
 */
gboolean
zc_form_find_newer (const ZcDossier *dossier,
                    ZcRequest *request,
                    ZcStore *store,
                    const ZcBusiness **newer,
                    GError **error)
{
  const ZcBusiness *newest
      = zc_businesses_get (request->server->businesses, store, dossier->business_id, 0, error);

  if (newest == NULL)
    return FALSE;
  *newer = zc_business_get_revision (newest) > dossier->revision
                   && asks_the_same_target (newest, dossier->business)
               ? newest
               : NULL;
  return TRUE;
}

static gboolean
read_row (GPtrArray *list, ZcRequest *request, const ZcDossier *dossier, ZcRows *rows, GError **error)
{
  const char *id = zc_rows_text (rows, 0), *own = strchr (id, '/');
  const ZcSection *section
      = zc_business_find_section (dossier->business, own != NULL ? own + 1 : id, NULL);
  g_autofree char *context = NULL, *text = NULL;
  const void *sealed;
  gsize size;
  Row *row;

  if (section == NULL)
    return TRUE;
  row = g_new0 (Row, 1);
  row->id = g_strdup (id);
  row->section = section;
  g_ptr_array_add (list, row);
  if (zc_rows_is_null (rows, 1))
    return TRUE;
  context = zc_section_context (dossier->id, section->id);
  sealed = zc_rows_blob (rows, 1, &size);
  text = zc_seal_open (request->server->seal, context, sealed, size, &size, error);
  row->document = text != NULL ? zc_json_parse (text, size, error) : NULL;
  return row->document != NULL;
}

static GPtrArray *
load_rows (ZcRequest *request, ZcStore *store, const ZcDossier *dossier, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT id, body FROM section WHERE dossier = $1", ZC_TEXT (dossier->id));

  while (zc_rows_next (rows))
    if (!read_row (list, request, dossier, rows, error))
      return NULL;
  return zc_rows_end (rows, error) ? g_steal_pointer (&list) : NULL;
}

/* Every version moves, so that a device that holds the former form notices. */
static gboolean
write_row (const Row *row,
           const char *text,
           const ZcDossier *dossier,
           ZcRequest *request,
           ZcStore *store,
           GError **error)
{
  g_autofree char *context = zc_section_context (dossier->id, row->section->id);
  g_autofree guint8 *sealed = NULL;
  gsize size = 0;

  if (text != NULL)
    sealed = zc_seal_close (request->server->seal, context, text, strlen (text), &size);
  return zc_store_exec (store, error,
                        "UPDATE section SET body = $3, version = version + 1, updated_at = $4"
                        " WHERE dossier = $1 AND id = $2",
                        ZC_TEXT (dossier->id), ZC_TEXT (row->id),
                        sealed != NULL ? ZC_BLOB (sealed, size) : ZC_NULL,
                        ZC_INT (request->received));
}

static gboolean
move_row (const Row *row,
          const ZcCarry *carry,
          List *left,
          const ZcDossier *dossier,
          ZcRequest *request,
          ZcStore *store,
          GError **error)
{
  const ZcJsonValue *document = row->document != NULL ? zc_json_root (row->document) : NULL;
  const ZcSection *section = zc_business_find_section (carry->to, row->section->id, NULL);
  g_autofree char *text = zc_carry_document (carry, row->section, document, &left->writer);

  if (section == NULL || section->fills != row->section->fills)
    return zc_store_exec (store, error, "DELETE FROM section WHERE dossier = $1 AND id = $2",
                          ZC_TEXT (dossier->id), ZC_TEXT (row->id));
  return write_row (row, text, dossier, request, store, error);
}

/* In the order of the form, as it is told. */
static gboolean
move_rows (GPtrArray *rows,
           const ZcCarry *carry,
           ZcFills fills,
           char **left,
           const ZcDossier *dossier,
           ZcRequest *request,
           ZcStore *store,
           GError **error)
{
  g_autofree char *told = NULL;
  gboolean done = TRUE;
  List list;

  begin_list (&list);
  for (guint i = 0; done && i < zc_business_get_n_sections (dossier->business); i++)
    for (guint j = 0; done && j < rows->len; j++)
      {
        const Row *row = rows->pdata[j];

        if (row->section->fills == fills
            && row->section == zc_business_get_section (dossier->business, i))
          done = move_row (row, carry, &list, dossier, request, store, error);
      }
  told = end_list (&list);
  if (done)
    *left = g_steal_pointer (&told);
  return done;
}

/* left: told to the owner; unit_left: the unit's own, which the owner does not see. */
static char *
make_payload (const ZcDossier *dossier, const ZcBusiness *newer, const char *left, const char *unit)
{
  GString *text = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "name", dossier->name);
  zc_json_add_integer (&writer, "from_revision", dossier->revision);
  zc_json_add_integer (&writer, "to_revision", zc_business_get_revision (newer));
  zc_json_add_raw (&writer, "left", left);
  zc_json_add_raw (&writer, "unit_left", unit);
  zc_json_end_object (&writer);
  return g_string_free_and_steal (text);
}

static gboolean
note_update (const ZcDossier *dossier,
             const ZcRequest *request,
             ZcStore *store,
             const char *payload,
             GError **error)
{
  const char *stage = zc_stage_to_string (dossier->stage);
  const char *state = zc_state_to_string (dossier->state);
  ZcEvent event = {
    .at = request->received,
    .act = "update-form",
    .dossier = dossier->id,
    .account = request->caller.account,
    .role = "applicant",
    .from_stage = stage,
    .from_state = state,
    .to_stage = stage,
    .to_state = state,
    .payload = payload,
  };

  return zc_event_append (request->server, store, &event, NULL, error);
}

/* All sections of the revision are there, judged as they stand, and other devices hear of it. */
static gboolean
judge (ZcRequest *request, ZcStore *store, const char *id, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load_id (request, store, id, error);
  g_autoptr (ZcStoredAnswers) stored = NULL;

  if (dossier == NULL)
    return FALSE;
  stored = zc_stored_answers_load (request->server, store, dossier, NULL, request->received, error);
  return stored != NULL
         && zc_stored_answers_judge (stored, store, id, request->received, error)
         && zc_dossier_tell (dossier, store, NULL, dossier->version, FALSE, request->received,
                             error);
}

/**
 * zc_form_update:
 * @dossier: its caller's own, editable
 * @request: whose moment counts
 * @store: the writer's
 * @newer: by zc_form_find_newer()
 * @left: (out) (transfer full): JSON array of the applicant's answers that found no place in it
 * @error: of the store
 *
 * Moves every section, the unit's own too, and keeps the rest in the event (decisions 16).
 *
 * Returns: whether all was written
 */
gboolean
zc_form_update (const ZcDossier *dossier,
                ZcRequest *request,
                ZcStore *store,
                const ZcBusiness *newer,
                char **left,
                GError **error)
{
  const ZcCarry carry = { .to = newer };
  g_autoptr (GPtrArray) rows = load_rows (request, store, dossier, error);
  g_autofree char *told = NULL, *unit = NULL, *payload = NULL;

  if (rows == NULL
      || !move_rows (rows, &carry, ZC_FILLS_APPLICANT, &told, dossier, request, store, error)
      || !move_rows (rows, &carry, ZC_FILLS_UNIT, &unit, dossier, request, store, error)
      || !zc_store_exec (store, error,
                         "UPDATE dossier SET revision = $2, version = version + 1, updated_at = $3"
                         " WHERE id = $1",
                         ZC_TEXT (dossier->id), ZC_INT (zc_business_get_revision (newer)),
                         ZC_INT (request->received)))
    return FALSE;
  payload = make_payload (dossier, newer, told, unit);
  *left = g_steal_pointer (&told);
  return note_update (dossier, request, store, payload, error)
         && judge (request, store, dossier->id, error);
}

/**
 * zc_form_may_copy:
 * @dossier: a dossier
 *
 * Returns: whether its owner may begin another one from it (P27): one that was submitted, whatever became
 * of it since, or that ended without having been. A draft that was never sent is gone on with itself.
 */
gboolean
zc_form_may_copy (const ZcDossier *dossier)
{
  gboolean over = dossier->state == ZC_STATE_EXPIRED || dossier->state == ZC_STATE_ABANDONED;

  return zc_dossier_is_owner (dossier) && (dossier->submissions > 0 || over);
}

/* Named again, not sent again: the bytes are this account's already (P27). */
static gboolean
name_images (const ZcBusiness *business,
             const char *section,
             const char *text,
             const char *dossier,
             ZcStore *store,
             GError **error)
{
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), error);
  g_autoptr (GPtrArray) images = NULL;

  if (json == NULL)
    return FALSE;
  images = zc_answers_list_images (zc_business_find_section (business, section, NULL),
                                   zc_json_root (json));
  for (guint i = 0; i < images->len; i++)
    if (!zc_store_exec (store, error,
                        "INSERT INTO section_image (dossier, section, sha256) VALUES ($1, $2, $3)"
                        " ON CONFLICT (dossier, section, sha256) DO NOTHING",
                        ZC_TEXT (dossier), ZC_TEXT (section), ZC_TEXT (images->pdata[i])))
      return FALSE;
  return TRUE;
}

static gboolean
copy_section (const ZcStoredAnswers *from,
              guint index,
              const ZcCarry *carry,
              List *left,
              const ZcDossier *to,
              ZcRequest *request,
              ZcStore *store,
              GError **error)
{
  const ZcSection *section = zc_business_get_section (from->answers.business, index);
  const Row row = { .id = (char *)section->id, .section = section };
  g_autofree char *text = NULL;

  if (section->fills != ZC_FILLS_APPLICANT)
    return TRUE;
  text = zc_carry_document (carry, section, from->sections[index], &left->writer);
  if (text == NULL || g_str_equal (text, zc_section_empty_document (section)))
    return TRUE;
  return write_row (&row, text, to, request, store, error)
         && name_images (carry->to, section->id, text, to->id, store, error);
}

/**
 * zc_form_copy:
 * @from: a dossier of the caller
 * @to: another one of theirs, of the newest revision, that nobody has written in
 * @request: whose moment counts
 * @store: the writer's
 * @left: (out) (transfer full): JSON array of the answers that found no place in it
 * @error: of the store
 *
 * Copies the applicant's sections as they stand; what is declared or signed is not copied (P27).
 *
 * Returns: whether all was written
 */
gboolean
zc_form_copy (const ZcDossier *from,
              const ZcDossier *to,
              ZcRequest *request,
              ZcStore *store,
              char **left,
              GError **error)
{
  const ZcCarry carry = { .to = to->business, .anew = TRUE };
  g_autoptr (ZcStoredAnswers) stored
      = zc_stored_answers_load (request->server, store, from, NULL, request->received, error);
  g_autofree char *told = NULL;
  gboolean done = stored != NULL;
  List list;

  begin_list (&list);
  for (guint i = 0; done && i < stored->n; i++)
    done = copy_section (stored, i, &carry, &list, to, request, store, error);
  told = end_list (&list);
  if (!done || !judge (request, store, to->id, error))
    return FALSE;
  *left = g_steal_pointer (&told);
  return TRUE;
}
