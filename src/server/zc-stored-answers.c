/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <string.h>

#include "zc-server.h"
#include "zc-stored-answers.h"
#include "zc-title.h"

/* Answers between the store, where they lie sealed, and the check, which reads them as JSON. */

char *
zc_section_context (const char *dossier, const char *section)
{
  return g_strconcat ("section:", dossier, ":", section, NULL);
}

const char *
zc_section_empty_document (const ZcSection *section)
{
  return section->repeats ? "{\"entries\":[]}" : "{\"values\":{}}";
}

ZcStoredAnswers *
zc_stored_answers_new (const ZcDossier *dossier, ZcTime now)
{
  ZcStoredAnswers *stored = g_new0 (ZcStoredAnswers, 1);
  g_autofree char *target = zc_dossier_target_json (dossier);

  stored->n = zc_business_get_n_sections (dossier->business);
  stored->kept = G_MAXUINT;
  stored->documents = g_new0 (ZcJson *, stored->n);
  stored->versions = g_new0 (gint64, stored->n);
  stored->states = g_new0 (ZcSectionState, stored->n);
  stored->problems = g_new0 (guint, stored->n);
  stored->sections = g_new0 (const ZcJsonValue *, stored->n);
  stored->target = zc_json_parse (target, strlen (target), NULL);
  stored->answers = (ZcAnswers){
    .business = dossier->business,
    .sections = stored->sections,
    .target = zc_json_root (stored->target),
    .now = now,
    .name = dossier->name,
  };
  return stored;
}

void
zc_stored_answers_set (ZcStoredAnswers *stored, guint section, ZcJson *document)
{
  g_clear_pointer (&stored->documents[section], zc_json_unref);
  stored->documents[section] = document != NULL ? zc_json_ref (document) : NULL;
  stored->sections[section] = document != NULL ? zc_json_root (document) : NULL;
}

void
zc_stored_answers_free (ZcStoredAnswers *stored)
{
  for (guint i = 0; i < stored->n; i++)
    g_clear_pointer (&stored->documents[i], zc_json_unref);
  g_free (stored->documents);
  g_free (stored->versions);
  g_free (stored->states);
  g_free (stored->problems);
  g_free (stored->sections);
  g_clear_pointer (&stored->target, zc_json_unref);
  g_clear_pointer (&stored->calendar, zc_calendar_unref);
  g_clear_pointer (&stored->sealed, g_bytes_unref);
  g_free (stored);
}

static gboolean
open_document (ZcStoredAnswers *stored,
               guint section,
               ZcServer *server,
               const char *context,
               const void *sealed,
               gsize size,
               GError **error)
{
  g_autofree char *text = zc_seal_open (server->seal, context, sealed, size, &size, error);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, size, error) : NULL;

  if (json == NULL)
    return FALSE;
  zc_stored_answers_set (stored, section, json);
  return TRUE;
}

/* Which section a row is for this reader: what a former unit wrote is its alone, and of the present
 * unit's it reads nothing (decisions 4). */
static const ZcSection *
find_section (const ZcDossier *dossier, const char *id, guint *index)
{
  const char *former = dossier->former_unit, *own = strchr (id, '/');
  gsize length = own != NULL ? (gsize)(own - id) : 0;
  const ZcSection *section;

  if (own != NULL
      && (former == NULL || strlen (former) != length || strncmp (id, former, length) != 0))
    return NULL;
  section = zc_business_find_section (dossier->business, own != NULL ? own + 1 : id, index);
  if (section != NULL && section->fills == ZC_FILLS_UNIT && former != NULL && own == NULL)
    return NULL;
  return section;
}

static gboolean
read_section (ZcStoredAnswers *stored,
              ZcServer *server,
              const ZcDossier *dossier,
              const gboolean *wanted,
              ZcRows *rows,
              GError **error)
{
  guint index = 0;
  const ZcSection *section = find_section (dossier, zc_rows_text (rows, 0), &index);
  g_autofree char *context = NULL;
  const void *sealed;
  gsize size;

  if (section == NULL)
    return TRUE;
  stored->versions[index] = zc_rows_integer (rows, 1);
  zc_section_state_from_string (zc_rows_text (rows, 2), &stored->states[index]);
  stored->problems[index] = (guint)zc_rows_integer (rows, 3);
  if ((wanted != NULL && !wanted[index]) || zc_rows_is_null (rows, 4))
    return TRUE;
  sealed = zc_rows_blob (rows, 4, &size);
  if (index == stored->kept)
    {
      stored->sealed = g_bytes_new (sealed, size);
      return TRUE;
    }
  context = zc_section_context (dossier->id, section->id);
  return open_document (stored, index, server, context, sealed, size, error);
}

/* Saving is the hot path: who fills in no notice needs no calendar. */
static gboolean
needs_calendar (const ZcDossier *dossier)
{
  ZcFills filling
      = dossier->stage == ZC_STAGE_APPLICANT ? ZC_FILLS_APPLICANT : ZC_FILLS_UNIT;

  for (guint i = 0; i < zc_business_get_n_sections (dossier->business); i++)
    {
      const ZcSection *section = zc_business_get_section (dossier->business, i);

      if (section->fills == filling && zc_section_is_notice (section))
        return TRUE;
    }
  return FALSE;
}

static gboolean
take_calendar (ZcStoredAnswers *stored,
               ZcServer *server,
               ZcStore *store,
               const ZcDossier *dossier,
               GError **error)
{
  if (!needs_calendar (dossier))
    return TRUE;
  stored->calendar = zc_calendars_get (server->calendars, store, error);
  stored->answers.calendar = stored->calendar;
  return stored->calendar != NULL;
}

static ZcStoredAnswers *
load (ZcServer *server,
      ZcStore *store,
      const ZcDossier *dossier,
      const gboolean *wanted,
      guint kept,
      ZcTime now,
      GError **error)
{
  g_autoptr (ZcStoredAnswers) stored = zc_stored_answers_new (dossier, now);
  g_autoptr (ZcRows) rows = zc_store_query (
      store, "SELECT id, version, state, problems, body FROM section WHERE dossier = $1",
      ZC_TEXT (dossier->id));
  gboolean has_title;

  stored->kept = kept;
  while (zc_rows_next (rows))
    if (!read_section (stored, server, dossier, wanted, rows, error))
      return NULL;
  if (!zc_rows_end (rows, error) || !take_calendar (stored, server, store, dossier, error)
      || !zc_title_find (dossier, server, store, &has_title, error))
    return NULL;
  stored->answers.has_title = has_title;
  return g_steal_pointer (&stored);
}

/**
 * zc_stored_answers_load:
 * @server: with its keys
 * @store: where
 * @dossier: whose
 * @wanted: (nullable): which sections to open; %NULL: all
 * @now: the moment of the request
 * @error: of the store, or a broken seal
 *
 * Returns: (transfer full): the answers, in the shape of zc_check()
 */
ZcStoredAnswers *
zc_stored_answers_load (ZcServer *server,
                        ZcStore *store,
                        const ZcDossier *dossier,
                        const gboolean *wanted,
                        ZcTime now,
                        GError **error)
{
  return load (server, store, dossier, wanted, G_MAXUINT, now, error);
}

/**
 * zc_stored_answers_load_but:
 * @server: with its keys
 * @store: where
 * @dossier: whose
 * @wanted: (nullable): which sections to load; %NULL: all
 * @section: which of them to leave sealed
 * @now: the moment of the request
 * @error: of the store, or a broken seal
 *
 * Returns: (transfer full): the answers, in the shape of zc_check(), as if @section had none
 */
ZcStoredAnswers *
zc_stored_answers_load_but (ZcServer *server,
                            ZcStore *store,
                            const ZcDossier *dossier,
                            const gboolean *wanted,
                            guint section,
                            ZcTime now,
                            GError **error)
{
  return load (server, store, dossier, wanted, section, now, error);
}

static char *
kept_context (const ZcStoredAnswers *stored, const ZcDossier *dossier)
{
  const ZcSection *section = zc_business_get_section (stored->answers.business, stored->kept);

  return zc_section_context (dossier->id, section->id);
}

/**
 * zc_stored_answers_holds:
 * @stored: by zc_stored_answers_load_but()
 * @server: with its keys
 * @dossier: whose
 * @text: @size bytes
 * @holds: (out): whether the section left sealed holds them; what differs in length needs no opening
 * @error: a broken seal
 *
 * Returns: whether it could be found out
 */
gboolean
zc_stored_answers_holds (const ZcStoredAnswers *stored,
                         ZcServer *server,
                         const ZcDossier *dossier,
                         const void *text,
                         gsize size,
                         gboolean *holds,
                         GError **error)
{
  g_autofree char *context = NULL, *open = NULL;
  gsize sealed_size;
  const void *sealed;

  *holds = FALSE;
  if (stored->sealed == NULL)
    return TRUE;
  sealed = g_bytes_get_data (stored->sealed, &sealed_size);
  if (sealed_size != zc_seal_size (size))
    return TRUE;
  context = kept_context (stored, dossier);
  open = zc_seal_open (server->seal, context, sealed, sealed_size, NULL, error);
  *holds = open != NULL && memcmp (open, text, size) == 0;
  return open != NULL;
}

/**
 * zc_stored_answers_unseal:
 * @stored: by zc_stored_answers_load_but()
 * @server: with its keys
 * @dossier: whose
 * @error: a broken seal
 *
 * Opens what was left sealed: now @stored is as if it had been loaded whole.
 *
 * Returns: whether it opened
 */
gboolean
zc_stored_answers_unseal (ZcStoredAnswers *stored,
                          ZcServer *server,
                          const ZcDossier *dossier,
                          GError **error)
{
  g_autofree char *context = kept_context (stored, dossier);
  const void *sealed;
  gsize size;

  if (stored->sealed == NULL)
    return TRUE;
  sealed = g_bytes_get_data (stored->sealed, &size);
  return open_document (stored, stored->kept, server, context, sealed, size, error);
}

gboolean
zc_stored_answers_judge (
    ZcStoredAnswers *stored, ZcStore *store, const char *dossier, ZcTime now, GError **error)
{
  for (guint i = 0; i < stored->n; i++)
    {
      const ZcSection *section = zc_business_get_section (stored->answers.business, i);

      stored->states[i] = zc_section_state (&stored->answers, i, &stored->problems[i]);
      if (!zc_store_exec (store, error,
                          "INSERT INTO section (dossier, id, fills, state, problems, updated_at)"
                          " VALUES ($1, $2, $3, $4, $5, $6)"
                          " ON CONFLICT (dossier, id) DO UPDATE SET state = excluded.state, "
                          "problems = excluded.problems",
                          ZC_TEXT (dossier), ZC_TEXT (section->id),
                          ZC_TEXT (section->fills == ZC_FILLS_UNIT ? "unit" : "applicant"),
                          ZC_TEXT (zc_section_state_to_string (stored->states[i])),
                          ZC_INT (stored->problems[i]), ZC_INT (now)))
        return FALSE;
    }
  return zc_dossier_count_sections (store, dossier, now, error);
}

/**
 * zc_dossier_count_sections:
 * @store: the writer's
 * @dossier: whose
 * @now: the moment of the request
 * @error: of the store
 *
 * Counts anew how many of the applicant's sections are done; what is hidden does not count, what
 * may stay empty is done.
 *
 * Returns: whether it was written
 */
gboolean
zc_dossier_count_sections (ZcStore *store, const char *dossier, ZcTime now, GError **error)
{
  return zc_store_exec (
      store, error,
      "UPDATE dossier SET updated_at = $2, sections_done = (SELECT count (*) FROM section s"
      " WHERE s.dossier = $1 AND s.fills = 'applicant' AND s.state IN ('complete', 'optional')),"
      " sections_total = (SELECT count (*) FROM section s"
      " WHERE s.dossier = $1 AND s.fills = 'applicant' AND s.state <> 'hidden') WHERE id = $1",
      ZC_TEXT (dossier), ZC_INT (now));
}
