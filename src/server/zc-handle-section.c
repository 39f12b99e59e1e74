/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-handlers.h"
#include "zc-reading.h"
#include "zc-section-save.h"
#include "zc-server.h"
#include "zc-submission.h"

/* Reading and saving the answers of one section. */

typedef struct
{
  const ZcSection *section;
  gint64 version;
  ZcSectionState state;
  GPtrArray *problems;
  const ZcJsonValue *document; /* (nullable) */
} Shown;

static ZcReply *
reply_section (const Shown *shown)
{
  ZcJsonWriter writer;
  ZcReply *reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "id", shown->section->id);
  zc_json_add_integer (&writer, "version", shown->version);
  zc_json_add_string (&writer, "state", zc_section_state_to_string (shown->state));
  zc_problems_write (&writer, "problems", shown->problems);
  if (shown->document != NULL)
    zc_json_add_value (&writer, "body", shown->document);
  else
    zc_json_add_raw (&writer, "body", zc_section_empty_document (shown->section));
  zc_json_end_object (&writer);
  zc_reply_set_version (reply, shown->version);
  return reply;
}

static ZcReply *
show (const ZcSection *section, guint index, const ZcStoredAnswers *stored, gint64 version)
{
  g_autoptr (GPtrArray) problems = zc_check_section (&stored->answers, index);
  Shown shown = { section, version, ZC_SECTION_EMPTY, problems, stored->sections[index] };

  shown.state = zc_section_judge (&stored->answers, index, problems, NULL);
  return reply_section (&shown);
}

/* Staff see what was submitted, never what the applicant writes afterwards (S3.1.3b). */
static ZcReply *
show_submitted (ZcRequest *request,
                ZcStore *store,
                const ZcDossier *dossier,
                const ZcSection *section,
                guint index,
                GError **error)
{
  g_autoptr (ZcSubmission) submission
      = zc_submission_load (request->server, store, dossier->id, dossier->seen, error);
  g_autoptr (ZcStoredAnswers) stored = NULL;

  if (submission == NULL)
    return NULL;
  stored = zc_submission_answers (submission, dossier);
  return show (section, index, stored, submission->number);
}

ZcReply *
zc_handle_section_get (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (ZcDossier) dossier = zc_dossier_load (request, store, error);
  g_autoptr (ZcStoredAnswers) stored = NULL;
  const ZcSection *section;
  guint index = 0;

  if (dossier == NULL)
    return NULL;
  section
      = zc_business_find_section (dossier->business, zc_request_param (request, "section"), &index);
  if (section == NULL || (zc_dossier_is_owner (dossier) && section->fills != ZC_FILLS_APPLICANT))
    {
      zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such section");
      return NULL;
    }
  if (!zc_reading_note (request, ZC_READING_FORM, dossier->id, store, error))
    return NULL;
  if (!zc_dossier_is_owner (dossier) && section->fills == ZC_FILLS_APPLICANT)
    return show_submitted (request, store, dossier, section, index, error);
  stored = zc_stored_answers_load (request->server, store, dossier, NULL, request->received, error);
  return stored != NULL ? show (section, index, stored, stored->versions[index]) : NULL;
}

gboolean
zc_prepare_section_put (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcSectionSave *save = zc_section_save_work_out (request, store, error);

  if (save == NULL)
    return FALSE;
  zc_request_set_prepared (request, save, (GDestroyNotify)zc_section_save_free);
  return TRUE;
}

/* Another section whose verdict changed with this one, and which the caller may see. */
static gboolean
changed_too (const ZcSectionSave *save, guint i)
{
  const ZcSection *section = zc_business_get_section (save->dossier->business, i);
  const ZcStoredAnswers *stored = save->stored;

  if (i == save->index
      || (zc_dossier_is_owner (save->dossier) && section->fills != ZC_FILLS_APPLICANT))
    return FALSE;
  return save->states[i] != stored->states[i] || save->problems[i] != stored->problems[i];
}

static void
write_verdict (ZcJsonWriter *writer, const ZcSectionSave *save, guint i)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", zc_business_get_section (save->dossier->business, i)->id);
  zc_json_add_string (writer, "state", zc_section_state_to_string (save->states[i]));
  zc_json_add_integer (writer, "problems", save->problems[i]);
  zc_json_end_object (writer);
}

static ZcReply *
reply_saved (const ZcSectionSave *save)
{
  const ZcStoredAnswers *stored = save->stored;
  gint64 version = stored->versions[save->index] + (save->unchanged ? 0 : 1);
  ZcJsonWriter writer;
  ZcReply *reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "id", save->section->id);
  zc_json_add_integer (&writer, "version", version);
  zc_json_add_string (&writer, "state", zc_section_state_to_string (save->states[save->index]));
  zc_problems_write (&writer, "problems", save->found);
  zc_json_begin_array (&writer, "sections");
  for (guint i = 0; i < stored->n; i++)
    if (changed_too (save, i))
      write_verdict (&writer, save, i);
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  zc_reply_set_version (reply, version);
  return reply;
}

ZcReply *
zc_handle_section_put (ZcRequest *request, ZcStore *store, GError **error)
{
  gboolean written;

  if (!zc_section_save_write (request->prepared, request, store, &written, error))
    return NULL;
  if (!written)
    {
      ZcSectionSave *anew = zc_section_save_work_out (request, store, error);

      if (anew == NULL)
        return NULL;
      zc_request_set_prepared (request, anew, (GDestroyNotify)zc_section_save_free);
      if (!zc_section_save_write (anew, request, store, &written, error))
        return NULL;
    }
  return reply_saved (request->prepared);
}
