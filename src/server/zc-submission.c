/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-id.h"
#include "zc-person.h"
#include "zc-server.h"
#include "zc-submission.h"

/* Freezing and reading submissions. */

/* Crockford's base 32: no letter that is taken for a digit when read out on the telephone. */
static const char receipt_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static char *
make_receipt (int year)
{
  guint8 random[10];
  char text[11] = "";

  zc_random_bytes (random, sizeof random);
  for (guint i = 0; i < sizeof random; i++)
    text[i] = receipt_digits[random[i] % 32];
  return g_strdup_printf ("ZC%d-%.5s-%.5s", year, text, text + 5);
}

static void
write_account (ZcJsonWriter *writer, const ZcPerson *person, const ZcAnswers *answers)
{
  zc_json_begin_object (writer, "account");
  zc_json_add_string (writer, "name", person->name);
  zc_json_add_string (writer, "id_kind", person->id_kind);
  zc_json_add_string (writer, "id_number", person->id_number);
  zc_json_add_string (writer, "birth_date", person->birth_date);
  zc_json_add_string (writer, "sex", person->sex);
  zc_json_add_string (writer, "mobile", person->mobile);
  zc_json_add_string (writer, "email", person->email);
  if (zc_business_asks_account (answers->business))
    zc_json_add_bool (writer, "has_title", answers->has_title);
  zc_json_end_object (writer);
}

/* What the target was called then: bodies change their names (U2), what was submitted stays as it was
 * (decisions 15). */
static void
write_names (ZcJsonWriter *writer, const ZcDossier *dossier)
{
  const struct
  {
    const char *key;
    const ZcNamed *named;
  } parts[] = {
    { "unit", &dossier->unit },           { "series", &dossier->series },
    { "level", &dossier->level },         { "committee", &dossier->committee },
    { "office", &dossier->office },
  };

  zc_json_begin_object (writer, "target_names");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].named->name != NULL)
      zc_json_add_string (writer, parts[i].key, parts[i].named->name);
  zc_json_end_object (writer);
}

static void
write_sections (ZcJsonWriter *writer, const ZcStoredAnswers *stored)
{
  zc_json_begin_object (writer, "sections");
  for (guint i = 0; i < stored->n; i++)
    {
      const ZcSection *section = zc_business_get_section (stored->answers.business, i);
      g_autofree char *document = NULL;

      if (section->fills != ZC_FILLS_APPLICANT || !zc_section_applies (&stored->answers, i))
        continue;
      if (stored->sections[i] != NULL)
        document = zc_answers_submitted_section (&stored->answers, i);
      zc_json_add_raw (writer, section->id,
                       document != NULL ? document : zc_section_empty_document (section));
    }
  zc_json_end_object (writer);
}

static GString *
write_content (const ZcSubmission *submission,
               const ZcDossier *dossier,
               const ZcPerson *person,
               const ZcStoredAnswers *stored)
{
  GString *text = g_string_sized_new (16384);
  g_autofree char *target = zc_dossier_target_json (dossier);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "dossier", dossier->id);
  zc_json_add_string (&writer, "business", dossier->business_id);
  zc_json_add_integer (&writer, "business_revision", dossier->revision);
  zc_json_add_integer (&writer, "year", dossier->year);
  zc_json_add_integer (&writer, "revision", submission->number);
  zc_json_add_string (&writer, "number", submission->receipt);
  zc_json_add_time (&writer, "submitted_at", submission->submitted_at);
  zc_json_add_raw (&writer, "target", target);
  write_names (&writer, dossier);
  write_account (&writer, person, &stored->answers);
  write_sections (&writer, stored);
  zc_json_end_object (&writer);
  return text;
}

/**
 * zc_submission_make:
 * @server: with its keys
 * @store: where
 * @dossier: what is submitted
 * @stored: its answers
 * @now: the moment of the request
 * @error: of the store
 *
 * Returns: (transfer full): the submission that would follow the last one
 */
ZcSubmission *
zc_submission_make (ZcServer *server,
                    ZcStore *store,
                    const ZcDossier *dossier,
                    const ZcStoredAnswers *stored,
                    ZcTime now,
                    GError **error)
{
  g_autoptr (ZcPerson) person = zc_person_load (server, store, dossier->account, error);
  g_autoptr (ZcSubmission) submission = NULL;
  g_autoptr (GString) text = NULL;

  if (person == NULL)
    return NULL;
  submission = g_new0 (ZcSubmission, 1);
  submission->number = dossier->submissions + 1;
  submission->receipt = make_receipt (dossier->year);
  submission->submitted_at = now;
  text = write_content (submission, dossier, person, stored);
  submission->json = zc_json_parse (text->str, text->len, error);
  if (submission->json == NULL)
    return NULL;
  submission->content = zc_json_canonical (zc_json_root (submission->json), &submission->size);
  submission->digest = zc_sha256_hex (submission->content, submission->size);
  return g_steal_pointer (&submission);
}

static char *
make_context (const char *dossier, int number)
{
  return g_strdup_printf ("submission:%s:%d", dossier, number);
}

/* Staff may see the images that were submitted, not those of values that do not apply. */
static gboolean
write_images (const ZcSubmission *submission,
              ZcStore *store,
              const ZcDossier *dossier,
              GError **error)
{
  g_autoptr (ZcStoredAnswers) stored = zc_submission_answers (submission, dossier);

  for (guint i = 0; i < stored->n; i++)
    {
      const ZcSection *section = zc_business_get_section (dossier->business, i);
      g_autoptr (GPtrArray) images = zc_answers_list_images (section, stored->sections[i]);

      for (guint j = 0; j < images->len; j++)
        if (!zc_store_exec (
                store, error,
                "INSERT INTO submission_image (dossier, submission, sha256) VALUES ($1, $2, $3)"
                " ON CONFLICT (dossier, submission, sha256) DO NOTHING",
                ZC_TEXT (dossier->id), ZC_INT (submission->number), ZC_TEXT (images->pdata[j])))
          return FALSE;
    }
  return TRUE;
}

gboolean
zc_submission_write (ZcSubmission *submission,
                     ZcServer *server,
                     ZcStore *store,
                     const ZcDossier *dossier,
                     GError **error)
{
  g_autofree char *context = make_context (dossier->id, submission->number);
  g_autofree guint8 *sealed = NULL;
  gsize size;

  sealed = zc_seal_close (server->seal, context, submission->content, submission->size, &size);
  return zc_store_exec (
             store, error,
             "INSERT INTO submission (dossier, number, receipt, digest, content, submitted_at)"
             " VALUES ($1, $2, $3, $4, $5, $6)",
             ZC_TEXT (dossier->id), ZC_INT (submission->number), ZC_TEXT (submission->receipt),
             ZC_TEXT (submission->digest), ZC_BLOB (sealed, size),
             ZC_INT (submission->submitted_at))
         && write_images (submission, store, dossier, error);
}

static gboolean
open_content (ZcSubmission *submission,
              ZcServer *server,
              const char *dossier,
              ZcRows *rows,
              int column,
              GError **error)
{
  g_autofree char *context = make_context (dossier, submission->number);
  const void *sealed;
  gsize size;

  sealed = zc_rows_blob (rows, column, &size);
  submission->content
      = zc_seal_open (server->seal, context, sealed, size, &submission->size, error);
  if (submission->content == NULL)
    return FALSE;
  submission->json = zc_json_parse (submission->content, submission->size, error);
  return submission->json != NULL;
}

ZcSubmission *
zc_submission_load (
    ZcServer *server, ZcStore *store, const char *dossier, int number, GError **error)
{
  g_autoptr (ZcRows) rows = zc_store_query (store,
                                            "SELECT receipt, digest, submitted_at, content FROM "
                                            "submission WHERE dossier = $1 AND number = $2",
                                            ZC_TEXT (dossier), ZC_INT (number));
  g_autoptr (ZcSubmission) submission = NULL;

  if (zc_rows_next (rows))
    {
      submission = g_new0 (ZcSubmission, 1);
      submission->number = number;
      submission->receipt = zc_rows_dup_text (rows, 0);
      submission->digest = zc_rows_dup_text (rows, 1);
      submission->submitted_at = zc_rows_integer (rows, 2);
      if (!open_content (submission, server, dossier, rows, 3, error))
        return NULL;
    }
  if (!zc_rows_end (rows, error))
    return NULL;
  if (submission == NULL)
    zc_refusal_set (error, ZC_REFUSAL_NOT_FOUND, "no such submission");
  return g_steal_pointer (&submission);
}

void
zc_submission_free (ZcSubmission *submission)
{
  g_free (submission->receipt);
  g_free (submission->digest);
  g_free (submission->content);
  g_clear_pointer (&submission->json, zc_json_unref);
  g_free (submission);
}

void
zc_submission_write_receipt (const ZcSubmission *submission, ZcJsonWriter *writer, const char *key)
{
  zc_json_begin_object (writer, key);
  zc_json_add_string (writer, "number", submission->receipt);
  zc_json_add_integer (writer, "revision", submission->number);
  zc_json_add_time (writer, "submitted_at", submission->submitted_at);
  zc_json_add_string (writer, "digest", submission->digest);
  zc_json_end_object (writer);
}

gboolean
zc_submission_get_has_title (const ZcSubmission *submission)
{
  return zc_json_get_bool (zc_json_get (zc_json_root (submission->json), "account"), "has_title",
                           FALSE);
}

/**
 * zc_submission_answers:
 * @submission: what was sent
 * @dossier: of which dossier
 *
 * Returns: (transfer full): its answers as they were checked then; valid as long as @submission
 */
ZcStoredAnswers *
zc_submission_answers (const ZcSubmission *submission, const ZcDossier *dossier)
{
  ZcStoredAnswers *stored = zc_stored_answers_new (dossier, submission->submitted_at);
  const ZcJsonValue *sections = zc_json_get (zc_json_root (submission->json), "sections");

  stored->answers.has_title = zc_submission_get_has_title (submission);
  for (guint i = 0; i < stored->n; i++)
    stored->sections[i]
        = zc_json_get (sections, zc_business_get_section (dossier->business, i)->id);
  return stored;
}
