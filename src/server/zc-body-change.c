/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-body-change.h"
#include "zc-server.h"

/* The log of what a body was called, which seal it had and whose branch it was (U2): readable rows, and an event of the
 * chain that holds the same, so that the rows cannot be rewritten unnoticed. */

typedef struct
{
  const char *what;
  char *was;          /* (nullable): there was none */
  const char *became; /* (nullable): a head: there is none */
} Step;

static gboolean
find_seal (ZcStore *store, const char *body, char **seal, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store,
                        "SELECT became FROM body_change WHERE body = $1 AND what = 'seal'"
                        " ORDER BY event DESC LIMIT 1",
                        ZC_TEXT (body));

  if (zc_rows_next (rows))
    *seal = zc_rows_dup_text (rows, 0);
  return zc_rows_end (rows, error);
}

/* Of a body that was imported there is no log, but a name, and maybe a head. */
static gboolean
find_present (ZcStore *store, const char *body, gboolean head, char **present, GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT name, head FROM body WHERE id = $1", ZC_TEXT (body));

  if (zc_rows_next (rows))
    *present = zc_rows_dup_text (rows, head ? 1 : 0);
  return zc_rows_end (rows, error);
}

static gboolean
find_former (Step *step, const ZcEvent *event, ZcStore *store, GError **error)
{
  if (g_str_equal (step->what, "seal"))
    return find_seal (store, event->body, &step->was, error);
  return find_present (store, event->body, g_str_equal (step->what, "head"), &step->was, error);
}

static gboolean
find_all_former (Step *steps, guint n_steps, const ZcEvent *event, ZcStore *store, GError **error)
{
  for (guint i = 0; i < n_steps; i++)
    if (!find_former (&steps[i], event, store, error))
      return FALSE;
  return TRUE;
}

static char *
make_payload (const Step *steps, guint n_steps)
{
  GString *text = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_object (&writer, NULL);
  for (guint i = 0; i < n_steps; i++)
    {
      zc_json_begin_object (&writer, steps[i].what);
      zc_json_add_string (&writer, "from", steps[i].was);
      zc_json_add_string (&writer, "to", steps[i].became);
      zc_json_end_object (&writer);
    }
  zc_json_end_object (&writer);
  return g_string_free_and_steal (text);
}

static gboolean
write_step (const Step *step,
            gint64 seq,
            const ZcEvent *event,
            const ZcDossier *dossier,
            const ZcRequest *request,
            ZcStore *store,
            GError **error)
{
  return zc_store_exec (
      store, error,
      "INSERT INTO body_change (event, what, body, was, became, dossier, decided_by)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      ZC_INT (seq), ZC_TEXT (step->what), ZC_TEXT (event->body), ZC_TEXT (step->was),
      ZC_TEXT (step->became), ZC_TEXT (dossier->id), ZC_TEXT (request->caller.account));
}

static gboolean
write_name (ZcStore *store, const char *body, const char *name, GError **error)
{
  return name == NULL
         || zc_store_exec (store, error, "UPDATE body SET name = $2 WHERE id = $1", ZC_TEXT (body),
                           ZC_TEXT (name));
}

static gboolean
write_head (ZcStore *store, const char *body, const ZcBodyChange *change, GError **error)
{
  return !change->moves
         || zc_store_exec (store, error, "UPDATE body SET head = $2 WHERE id = $1", ZC_TEXT (body),
                           ZC_TEXT (change->head));
}

static gboolean
write_steps (const Step *steps,
             guint n_steps,
             const ZcEvent *event,
             const ZcDossier *dossier,
             const ZcRequest *request,
             ZcStore *store,
             GError **error)
{
  g_autofree char *payload = NULL;
  ZcEvent whole = *event;
  gint64 seq = 0;

  whole.payload = payload = make_payload (steps, n_steps);
  if (!zc_event_append (request->server, store, &whole, &seq, error))
    return FALSE;
  for (guint i = 0; i < n_steps; i++)
    if (!write_step (&steps[i], seq, event, dossier, request, store, error))
      return FALSE;
  return TRUE;
}

/**
 * zc_body_change_write:
 * @change: what becomes of the body
 * @event: what happened, without its payload; of which body
 * @dossier: by which it was asked for
 * @request: by whose decision
 * @store: the writer's, in the transaction of the act
 * @error: of the store
 *
 * Changes a body's name, seal and head, and records who, when, from what to what (U2).
 *
 * Returns: whether it is written
 */
gboolean
zc_body_change_write (const ZcBodyChange *change,
                      const ZcEvent *event,
                      const ZcDossier *dossier,
                      const ZcRequest *request,
                      ZcStore *store,
                      GError **error)
{
  Step steps[3] = { 0 };
  guint n_steps = 0;
  gboolean written;

  if (change->name != NULL)
    steps[n_steps++] = (Step){ "name", NULL, change->name };
  if (change->seal != NULL)
    steps[n_steps++] = (Step){ "seal", NULL, change->seal };
  if (change->moves)
    steps[n_steps++] = (Step){ "head", NULL, change->head };
  written = (change->made || find_all_former (steps, n_steps, event, store, error))
            && write_steps (steps, n_steps, event, dossier, request, store, error)
            && write_name (store, event->body, change->name, error)
            && write_head (store, event->body, change, error);
  for (guint i = 0; i < n_steps; i++)
    g_free (steps[i].was);
  return written;
}
