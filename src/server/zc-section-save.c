/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-change.h"
#include "zc-problems.h"
#include "zc-section-images.h"
#include "zc-section-save.h"
#include "zc-server.h"

/* Saving a section: the server's hot path. All that reads, checks and seals happens before the
 * writer's turn; the writer runs one guarded UPDATE and the rows that follow from it. */

/* The section that the path names, writable by this caller now. */
static gboolean
find_section (ZcSectionSave *save, ZcRequest *request, GError **error)
{
  ZcDossier *dossier = save->dossier;

  save->section = zc_business_find_section (dossier->business,
                                            zc_request_param (request, "section"), &save->index);
  if (save->section == NULL
      || (zc_dossier_is_owner (dossier) && save->section->fills != ZC_FILLS_APPLICANT))
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such section");
      return FALSE;
    }
  if (zc_dossier_may_fill (dossier, save->section->fills, request->received))
    return TRUE;
  if (request->caller.membership != NULL
      && g_strcmp0 (request->caller.account, dossier->account) == 0)
    zc_refusal_set (error, ZC_REFUSAL_OWN_DOSSIER, "nobody acts on their own dossier");
  else
    zc_refusal_set (error, ZC_REFUSAL_NOT_EDITABLE, "stage %s, state %s",
                    zc_stage_to_string (dossier->stage), zc_state_to_string (dossier->state));
  return FALSE;
}

/* What breaks the structure is never stored (contract). */
static gboolean
check_shape (ZcSectionSave *save, ZcRequest *request, ZcStore *store, GError **error)
{
  const ZcJsonValue *document = zc_request_body (request);
  g_autoptr (GPtrArray) broken
      = zc_check_structure (save->dossier->business, save->index, document);
  g_autoptr (GPtrArray) images = NULL;

  if (!zc_problems_check (broken, error))
    return FALSE;
  images = zc_section_images_check (store, save->section, document, request->caller.account,
                                    save->dossier->id, error);
  return images != NULL && zc_problems_check (images, error);
}

/* Sections whose answers bear on this one's verdict, or on that of sections which depend on this
 * one. */
static void
find_related (ZcSectionSave *save)
{
  const ZcBusiness *business = save->dossier->business;
  guint n = zc_business_get_n_sections (business);

  save->related = g_new0 (gboolean, n);
  for (guint i = 0; i < n; i++)
    {
      gboolean judged = i == save->index || zc_section_depends_on (business, i, save->index);

      save->related[i] |= judged;
      for (guint j = 0; judged && j < n; j++)
        save->related[j] |= j != i && zc_section_depends_on (business, i, j);
    }
}

static gboolean
refuse_stale (ZcSectionSave *save, GError **error)
{
  g_autoptr (GString) current = g_string_new (NULL);
  ZcJson *document = save->stored->documents[save->index];
  ZcJsonWriter writer;
  GError *refusal;

  zc_json_writer_init (&writer, current);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_integer (&writer, "version", save->stored->versions[save->index]);
  if (document != NULL)
    zc_json_add_value (&writer, "body", zc_json_root (document));
  else
    zc_json_add_raw (&writer, "body", zc_section_empty_document (save->section));
  zc_json_end_object (&writer);
  refusal = zc_refusal_new (ZC_REFUSAL_PRECONDITION, "section %s has changed", save->section->id);
  zc_refusal_take_current (refusal, g_string_free_and_steal (g_steal_pointer (&current)));
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
holds_images (const ZcSection *section)
{
  for (guint i = 0; i < section->n_fields; i++)
    if (section->fields[i].type == ZC_FIELD_IMAGES)
      return TRUE;
  return FALSE;
}

/* What is replaced is read only where it must be known: to tell a stale client what is there, or which
 * images are no longer named. */
static gboolean
compare_stored (ZcSectionSave *save, ZcRequest *request, gint64 version, GError **error)
{
  ZcStoredAnswers *stored = save->stored;

  if (version == stored->versions[save->index] && !holds_images (save->section))
    return zc_stored_answers_holds (stored, request->server, save->dossier, request->body->data,
                                    request->body->len, &save->unchanged, error);
  if (!zc_stored_answers_unseal (stored, request->server, save->dossier, error))
    return FALSE;
  save->unchanged = stored->sections[save->index] != NULL
                    && zc_json_equal (stored->sections[save->index], zc_request_body (request));
  return TRUE;
}

/* A repeat of what is stored is fine whatever version it names: its answer was lost on the way
 * (contract). */
static gboolean
check_precondition (ZcSectionSave *save, ZcRequest *request, GError **error)
{
  gint64 version;

  if (!zc_request_if_match (request, &version, error)
      || !compare_stored (save, request, version, error))
    return FALSE;
  if (!save->unchanged && version != save->stored->versions[save->index])
    return refuse_stale (save, error);
  return TRUE;
}

static gboolean
contains (GPtrArray *digests, const char *digest)
{
  return g_ptr_array_find_with_equal_func (digests, digest, g_str_equal, NULL);
}

static GPtrArray *
list_missing (GPtrArray *from, GPtrArray *in)
{
  GPtrArray *missing = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < from->len; i++)
    if (!contains (in, from->pdata[i]))
      g_ptr_array_add (missing, g_strdup (from->pdata[i]));
  return missing;
}

static void
compare_images (ZcSectionSave *save, const ZcJsonValue *document)
{
  g_autoptr (GPtrArray) before
      = zc_answers_list_images (save->section, save->stored->sections[save->index]);
  g_autoptr (GPtrArray) after = zc_answers_list_images (save->section, document);

  save->added = list_missing (after, before);
  save->removed = list_missing (before, after);
}

static void
judge (ZcSectionSave *save, ZcRequest *request)
{
  const ZcBusiness *business = save->dossier->business;
  ZcStoredAnswers *stored = save->stored;

  zc_stored_answers_set (stored, save->index, request->json);
  save->states = g_memdup2 (stored->states, sizeof *save->states * stored->n);
  save->problems = g_memdup2 (stored->problems, sizeof *save->problems * stored->n);
  for (guint i = 0; i < stored->n; i++)
    if (i != save->index && zc_section_depends_on (business, i, save->index))
      save->states[i] = zc_section_state (&stored->answers, i, &save->problems[i]);
  save->found = zc_check_section (&stored->answers, save->index);
  save->states[save->index]
      = zc_section_judge (&stored->answers, save->index, save->found, &save->problems[save->index]);
}

static void
seal_document (ZcSectionSave *save, ZcRequest *request)
{
  g_autofree char *context = zc_section_context (save->dossier->id, save->section->id);

  save->sealed = zc_seal_close (request->server->seal, context, request->body->data,
                                request->body->len, &save->sealed_size);
}

/**
 * zc_section_save_work_out:
 * @request: PUT of a section
 * @store: where to read
 * @error: not-found, not-editable, precondition-failed, invalid …
 *
 * Returns: (transfer full): all that is to be written
 */
ZcSectionSave *
zc_section_save_work_out (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcSectionSave) save = g_new0 (ZcSectionSave, 1);

  save->dossier = zc_dossier_load_plain (request, store, error);
  if (save->dossier == NULL || !find_section (save, request, error)
      || !check_shape (save, request, store, error))
    return NULL;
  find_related (save);
  save->stored = zc_stored_answers_load_but (request->server, store, save->dossier, save->related,
                                             save->index, request->received, error);
  if (save->stored == NULL || !check_precondition (save, request, error))
    return NULL;
  compare_images (save, zc_request_body (request));
  judge (save, request);
  if (!save->unchanged)
    seal_document (save, request);
  return g_steal_pointer (&save);
}

/* Nothing else bears on it, so that its own version tells all. */
static gboolean
stands_alone (const ZcSectionSave *save)
{
  for (guint i = 0; i < save->stored->n; i++)
    if (save->related[i] && i != save->index)
      return FALSE;
  return TRUE;
}

/* Whether the answers that were read are the present ones. */
static gboolean
related_stand (const ZcSectionSave *save, ZcStore *store, gboolean *stand, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT id, version FROM section WHERE dossier = $1", ZC_TEXT (save->dossier->id));
  guint index;

  *stand = TRUE;
  while (zc_rows_next (rows))
    if (zc_business_find_section (save->dossier->business, zc_rows_text (rows, 0), &index) != NULL
        && save->related[index] && zc_rows_integer (rows, 1) != save->stored->versions[index])
      *stand = FALSE;
  return zc_rows_end (rows, error);
}

/* The dossier's version moves with every act and every new target: while it stands, so do stage,
 * holder and owner. */
static gboolean
write_section (
    const ZcSectionSave *save, ZcStore *store, ZcTime now, gboolean *written, GError **error)
{
  guint i = save->index;

  if (!zc_store_exec (store, error,
                      "UPDATE section SET body = $4, version = version + 1, state = $5, problems = "
                      "$6, updated_at = $7"
                      " WHERE dossier = $1 AND id = $2 AND version = $3"
                      " AND EXISTS (SELECT 1 FROM dossier d WHERE d.id = $1 AND d.version = $8)",
                      ZC_TEXT (save->dossier->id), ZC_TEXT (save->section->id),
                      ZC_INT (save->stored->versions[i]), ZC_BLOB (save->sealed, save->sealed_size),
                      ZC_TEXT (zc_section_state_to_string (save->states[i])),
                      ZC_INT (save->problems[i]), ZC_INT (now), ZC_INT (save->dossier->version)))
    return FALSE;
  *written = zc_store_changes (store) == 1;
  return TRUE;
}

static gboolean
write_dependents (const ZcSectionSave *save, ZcStore *store, GError **error)
{
  const ZcStoredAnswers *stored = save->stored;

  for (guint i = 0; i < stored->n; i++)
    if (i != save->index
        && (save->states[i] != stored->states[i] || save->problems[i] != stored->problems[i])
        && !zc_store_exec (
            store, error,
            "UPDATE section SET state = $3, problems = $4 WHERE dossier = $1 AND id = $2",
            ZC_TEXT (save->dossier->id),
            ZC_TEXT (zc_business_get_section (save->dossier->business, i)->id),
            ZC_TEXT (zc_section_state_to_string (save->states[i])), ZC_INT (save->problems[i])))
      return FALSE;
  return TRUE;
}

/* The sections done are counted anew only where a verdict has changed. */
static gboolean
touch_dossier (const ZcSectionSave *save, ZcStore *store, ZcTime now, GError **error)
{
  const ZcStoredAnswers *stored = save->stored;

  for (guint i = 0; i < stored->n; i++)
    if (save->states[i] != stored->states[i])
      return zc_dossier_count_sections (store, save->dossier->id, now, error);
  return zc_store_exec (store, error, "UPDATE dossier SET updated_at = $2 WHERE id = $1",
                        ZC_TEXT (save->dossier->id), ZC_INT (now));
}

static gboolean
write_images (const ZcSectionSave *save, ZcStore *store, GError **error)
{
  for (guint i = 0; i < save->added->len; i++)
    if (!zc_store_exec (store, error,
                        "INSERT INTO section_image (dossier, section, sha256) VALUES ($1, $2, $3)"
                        " ON CONFLICT (dossier, section, sha256) DO NOTHING",
                        ZC_TEXT (save->dossier->id), ZC_TEXT (save->section->id),
                        ZC_TEXT (save->added->pdata[i])))
      return FALSE;
  for (guint i = 0; i < save->removed->len; i++)
    if (!zc_store_exec (
            store, error,
            "DELETE FROM section_image WHERE dossier = $1 AND section = $2 AND sha256 = $3",
            ZC_TEXT (save->dossier->id), ZC_TEXT (save->section->id),
            ZC_TEXT (save->removed->pdata[i])))
      return FALSE;
  return TRUE;
}

static gboolean
write_traces (const ZcSectionSave *save, ZcRequest *request, ZcStore *store, GError **error)
{
  gboolean owns = zc_dossier_is_owner (save->dossier);
  ZcEvent event = {
    .at = request->received,
    .act = "save",
    .dossier = save->dossier->id,
    .account = request->caller.account,
    .body = request->caller.body,
    .role = owns ? "applicant" : request->caller.body_kind,
    .subject = save->section->id,
  };

  if (!(owns ? zc_change_account (store, save->dossier->account, save->dossier->id,
                                  save->dossier->version, FALSE, request->received, error)
             : zc_change_body (store, request->caller.body, save->dossier->id,
                               save->dossier->version, FALSE, request->received, error)))
    return FALSE;
  return zc_event_append (request->server, store, &event, NULL, error);
}

/**
 * zc_section_save_write:
 * @save: worked out
 * @request: the PUT
 * @store: the writer's
 * @written: (out): %FALSE: it was worked out from something that is no more; nothing was written
 * @error: of the store
 *
 * Returns: whether the store did its part
 */
gboolean
zc_section_save_write (
    ZcSectionSave *save, ZcRequest *request, ZcStore *store, gboolean *written, GError **error)
{
  *written = TRUE;
  if ((save->unchanged || !stands_alone (save)) && !related_stand (save, store, written, error))
    return FALSE;
  if (!*written || save->unchanged)
    return TRUE;
  if (!write_section (save, store, request->received, written, error))
    return FALSE;
  if (!*written)
    return TRUE;
  return write_dependents (save, store, error)
         && touch_dossier (save, store, request->received, error)
         && write_images (save, store, error) && write_traces (save, request, store, error);
}

void
zc_section_save_free (ZcSectionSave *save)
{
  g_clear_pointer (&save->stored, zc_stored_answers_free);
  g_clear_pointer (&save->dossier, zc_dossier_free);
  g_clear_pointer (&save->found, g_ptr_array_unref);
  g_clear_pointer (&save->added, g_ptr_array_unref);
  g_clear_pointer (&save->removed, g_ptr_array_unref);
  g_free (save->related);
  g_free (save->states);
  g_free (save->problems);
  g_free (save->sealed);
  g_free (save);
}
