/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-dossier-notes.h"
#include "zc-id.h"
#include "zc-reason.h"
#include "zc-server.h"
#include "zc-submission.h"
#include "zc-text.h"

/* A note is taken only where the form of this very dossier has a place for it: elsewhere nobody
 * would see it, and the applicant could be asked for what is not asked. */

static const ZcJsonMember members[] = {
  { "section", ZC_JSON_STRING, TRUE }, { "entry", ZC_JSON_STRING, FALSE },
  { "field", ZC_JSON_STRING, FALSE },  { "image", ZC_JSON_STRING, FALSE },
  { "text", ZC_JSON_STRING, TRUE },    { "code", ZC_JSON_STRING, FALSE },
};

static gboolean
refuse (GError **error, const char *detail)
{
  zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "%s", detail);
  return FALSE;
}

/**
 * zc_note_text_is_valid:
 * @text: (nullable): what somebody wrote
 * @most: characters
 *
 * Returns: whether it is lines of plain text, not longer than that
 */
gboolean
zc_note_text_is_valid (const char *text, glong most)
{
  return text == NULL || (g_utf8_strlen (text, -1) <= most && !zc_text_has_control (text, TRUE));
}

/* Words, or at least a code: what says nothing asks for nothing. */
static gboolean
says_something (const ZcJsonValue *note)
{
  return zc_json_get_string (note, "code") != NULL
         || !zc_text_is_blank (zc_json_get_string (note, "text"));
}

static gboolean
is_note (const ZcJsonValue *note)
{
  const char *entry = zc_json_get_string (note, "entry");
  const char *image = zc_json_get_string (note, "image");
  ZcReason reason;

  return zc_json_expect (note, members, G_N_ELEMENTS (members), NULL)
         && (entry == NULL || zc_id_is_valid (entry))
         && (image == NULL || zc_sha256_is_valid (image))
         && zc_note_text_is_valid (zc_json_get_string (note, "text"), ZC_NOTE_MAX_CHARACTERS)
         && zc_reason_from_string (zc_json_get_string (note, "code"), &reason)
         && says_something (note);
}

/**
 * zc_dossier_notes_read:
 * @act: what they come with
 * @notes: (nullable): an array
 * @error: bad-json
 *
 * Returns: whether they are notes, and of an act that asks somebody for something
 */
gboolean
zc_dossier_notes_read (ZcAct act, const ZcJsonValue *notes, GError **error)
{
  if (notes == NULL)
    return TRUE;
  if (act != ZC_ACT_RETURN && act != ZC_ACT_RETURN_BACK && act != ZC_ACT_REFUSE)
    return refuse (error, "notes: of returning and refusing alone");
  if (zc_json_size (notes) > ZC_NOTES_MAX)
    return refuse (error, "notes: too many");
  for (guint i = 0; i < zc_json_size (notes); i++)
    if (!is_note (zc_json_at (notes, i)))
      return refuse (error, "notes: {section, entry, field, image, text, code}, the code of the "
                            "published list");
  return TRUE;
}

/* The unit's own as they stand, the applicant's as they were submitted: what staff read (S3.1.3b). */
static ZcStoredAnswers *
load_live (const ZcDossier *dossier, ZcRequest *request, ZcStore *store, GError **error)
{
  guint n = zc_business_get_n_sections (dossier->business);
  g_autofree gboolean *wanted = g_new0 (gboolean, n);

  for (guint i = 0; i < n; i++)
    wanted[i] = zc_business_get_section (dossier->business, i)->fills == ZC_FILLS_UNIT;
  return zc_stored_answers_load (request->server, store, dossier, wanted, request->received, error);
}

static gboolean
stands (const ZcDossier *dossier,
        const ZcStoredAnswers *live,
        const ZcJsonValue *submitted,
        const ZcJsonValue *note)
{
  guint index;
  const ZcSection *section = zc_business_find_section (
      dossier->business, zc_json_get_string (note, "section"), &index);
  gboolean units = section != NULL && section->fills == ZC_FILLS_UNIT;
  const ZcJsonValue *document;

  if (section == NULL)
    return FALSE;
  document = units ? live->sections[index] : zc_json_get (submitted, section->id);
  return (units || document != NULL)
         && zc_place_exists (section, document, zc_json_get_string (note, "entry"),
                             zc_json_get_string (note, "field"),
                             zc_json_get_string (note, "image"));
}

static gboolean
is_units_own (const ZcDossier *dossier, const ZcJsonValue *note)
{
  const ZcSection *section = zc_business_find_section (
      dossier->business, zc_json_get_string (note, "section"), NULL);

  return section == NULL || section->fills == ZC_FILLS_UNIT;
}

/* A return or a refusal is the applicant's to read, who sees nothing of the unit's own sections: what
 * is noted there would be lost, or tell them of what is none of theirs. Going back a stage it is seen. */
static gboolean
check_seen (const ZcDossier *dossier, ZcAct act, const ZcJsonValue *notes, GError **error)
{
  if (act == ZC_ACT_RETURN_BACK)
    return TRUE;
  for (guint i = 0; i < zc_json_size (notes); i++)
    if (is_units_own (dossier, zc_json_at (notes, i)))
      {
        zc_refusal_set (error, ZC_REFUSAL_NOTES_UNSEEN, "notes: the applicant does not see that section");
        return FALSE;
      }
  return TRUE;
}

/**
 * zc_dossier_notes_check:
 * @dossier: as staff see it
 * @act: what they come with
 * @request: the act's
 * @store: where to read
 * @notes: (nullable): read before
 * @error: bad-json, notes-unseen, or of the store
 *
 * Returns: whether each has a place in the dossier's form and answers, where it is seen
 */
gboolean
zc_dossier_notes_check (const ZcDossier *dossier,
                        ZcAct act,
                        ZcRequest *request,
                        ZcStore *store,
                        const ZcJsonValue *notes,
                        GError **error)
{
  g_autoptr (ZcSubmission) submission = NULL;
  g_autoptr (ZcStoredAnswers) live = NULL;

  if (zc_json_size (notes) == 0)
    return TRUE;
  submission
      = zc_submission_load (request->server, store, dossier->id, dossier->seen, error);
  live = submission != NULL ? load_live (dossier, request, store, error) : NULL;
  if (live == NULL)
    return FALSE;
  for (guint i = 0; i < zc_json_size (notes); i++)
    if (!stands (dossier, live, zc_json_get (zc_json_root (submission->json), "sections"),
                 zc_json_at (notes, i)))
      return refuse (error, "notes: no such place in this dossier");
  return check_seen (dossier, act, notes, error);
}

/* The applicant knows of no note at the unit's own sections, also of those that went back a stage; a
 * former unit of none at those of the unit after it (decisions 4). */
static gboolean
may_know (const ZcDossier *dossier, gint64 submission, const ZcJsonValue *note)
{
  if (!is_units_own (dossier, note))
    return TRUE;
  return !zc_dossier_is_owner (dossier)
         && (dossier->former_unit == NULL || submission <= dossier->seen);
}

void
zc_dossier_notes_write (const ZcDossier *dossier,
                        gint64 submission,
                        const ZcJsonValue *notes,
                        ZcJsonWriter *writer)
{
  zc_json_begin_array (writer, "notes");
  for (guint i = 0; i < zc_json_size (notes); i++)
    if (may_know (dossier, submission, zc_json_at (notes, i)))
      zc_json_add_value (writer, NULL, zc_json_at (notes, i));
  zc_json_end_array (writer);
}
