/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-acts.h"
#include "zc-id.h"

/* A decision that is taken once, however often its request has to travel. */

#define MAX_TRIES 5

struct _ZcAction
{
  GObject parent_instance;

  char      *dossier;
  char      *key;
  char      *opinion;     /* (nullable) */
  char      *code;        /* (nullable) */
  char      *department;  /* (nullable) */
  char      *person;      /* (nullable): of the department, or of the body itself */
  GPtrArray *notes;       /* ZcNote */
  GPtrArray *sections;    /* names, in the order in which they were added */
  GArray    *versions;    /* gint64, one for each */
  char      *body;        /* (nullable): as first sent: what a key stands for never changes */
  gint64     version;
  ZcAct      act;
};

G_DEFINE_FINAL_TYPE (ZcAction, zc_action, G_TYPE_OBJECT)

typedef struct
{
  ZcClient *client;
  guint     tries;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->client);
  g_free (attempt);
}

static void
zc_action_finalize (GObject *object)
{
  ZcAction *self = ZC_ACTION (object);

  g_free (self->dossier);
  g_free (self->key);
  g_free (self->opinion);
  g_free (self->code);
  g_free (self->department);
  g_free (self->person);
  g_free (self->body);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->sections);
  g_array_unref (self->versions);
  G_OBJECT_CLASS (zc_action_parent_class)->finalize (object);
}

static void
zc_action_class_init (ZcActionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zc_action_finalize;
}

static void
zc_action_init (ZcAction *self)
{
  self->key = zc_id_new ();
  self->notes = g_ptr_array_new_with_free_func (g_object_unref);
  self->sections = g_ptr_array_new_with_free_func (g_free);
  self->versions = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
write_notes (ZcJsonWriter *writer, GPtrArray *notes)
{
  zc_json_begin_array (writer, "notes");
  for (guint i = 0; i < notes->len; i++)
    zc_note_write (g_ptr_array_index (notes, i), writer);
  zc_json_end_array (writer);
}

static void
write_sections (ZcJsonWriter *writer, ZcAction *self)
{
  zc_json_begin_object (writer, "sections");
  for (guint i = 0; i < self->sections->len; i++)
    zc_json_add_integer (writer, g_ptr_array_index (self->sections, i), g_array_index (self->versions, gint64, i));
  zc_json_end_object (writer);
}

static char *
write_body (ZcAction *self)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "act", zc_act_to_string (self->act));
  zc_json_add_integer (&writer, "version", self->version);
  if (self->sections->len > 0)
    write_sections (&writer, self);
  if (self->opinion != NULL)
    zc_json_add_string (&writer, "opinion", self->opinion);
  if (self->code != NULL)
    zc_json_add_string (&writer, "code", self->code);
  if (self->notes->len > 0)
    write_notes (&writer, self->notes);
  if (self->person != NULL)
    {
      zc_json_begin_object (&writer, "to");
      if (self->department != NULL)
        zc_json_add_string (&writer, "department", self->department);
      zc_json_add_string (&writer, "person", self->person);
      zc_json_end_object (&writer);
    }
  zc_json_end_object (&writer);
  return g_string_free (out, FALSE);
}

/* Whether the same request may still be answered: the reply was lost, or the server had no time. */
static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE) ||
         g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_BUSY) ||
         g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_KEY_RUNNING);
}

static void attempt (GTask *task);

static gboolean
again_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    attempt (g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *state = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);

  if (reply != NULL)
    {
      ZcDossier *dossier = zc_dossier_new_from_json (zc_reply_root (reply), &error);

      if (dossier != NULL)
        g_task_return_pointer (task, dossier, g_object_unref);
      else
        g_task_return_error (task, zc_refusal_new (ZC_REFUSAL_INTERNAL, "the server's answer cannot be read"));
    }
  else if (is_passing (error) && ++state->tries < MAX_TRIES)
    {
      guint wait = MAX (500u << state->tries, (guint) zc_refusal_get_retry (error) * 1000u);

      g_timeout_add_full (G_PRIORITY_DEFAULT, wait, again_cb, g_steal_pointer (&task), g_object_unref);
    }
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* task: (transfer full) */
static void
attempt (GTask *task)
{
  ZcAction *self = g_task_get_source_object (task);
  Attempt *state = g_task_get_task_data (task);
  g_autofree char *path = g_strconcat ("/v1/dossiers/", self->dossier, "/acts", NULL);
  const ZcRequest request = { .method = "POST", .path = path, .json = self->body, .key = self->key };

  zc_client_send_async (state->client, &request, g_task_get_cancellable (task), answered_cb, task);
}

/**
 * zc_action_new:
 * @dossier: id of the dossier
 * @act: what is decided
 * @version: the dossier's version, as it was on the screen (decisions 2)
 *
 * Returns: (transfer full): a decision with a key of its own
 */
ZcAction *
zc_action_new (const char *dossier, ZcAct act, gint64 version)
{
  ZcAction *self = g_object_new (ZC_TYPE_ACTION, NULL);

  self->dossier = g_strdup (dossier);
  self->act = act;
  self->version = version;
  return self;
}

void
zc_action_set_opinion (ZcAction *self, const char *opinion)
{
  g_return_if_fail (self->body == NULL);

  g_set_str (&self->opinion, opinion);
}

void
zc_action_set_code (ZcAction *self, const char *code)
{
  g_return_if_fail (self->body == NULL);

  g_set_str (&self->code, code);
}

void
zc_action_add_note (ZcAction *self, ZcNote *note)
{
  g_return_if_fail (self->body == NULL);

  g_ptr_array_add (self->notes, g_object_ref (note));
}

void
zc_action_add_section (ZcAction *self, const char *section, gint64 version)
{
  g_return_if_fail (self->body == NULL);

  g_ptr_array_add (self->sections, g_strdup (section));
  g_array_append_val (self->versions, version);
}

void
zc_action_set_department (ZcAction *self, const char *body, const char *person)
{
  g_return_if_fail (self->body == NULL);

  g_set_str (&self->department, body);
  g_set_str (&self->person, person);
}

void
zc_action_set_person (ZcAction *self, const char *person)
{
  g_return_if_fail (self->body == NULL);

  g_set_str (&self->person, person);
}

const char *
zc_action_get_key (ZcAction *self)
{
  return self->key;
}

/**
 * zc_action_perform_async:
 * @self: a decision; frozen from now on
 * @client: the way to the server
 * @cancellable: (nullable): gives up waiting; whether the act happened is then unknown
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
zc_action_perform_async (ZcAction *self,
                         ZcClient *client,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Attempt *state = g_new0 (Attempt, 1);

  state->client = g_object_ref (client);
  g_task_set_task_data (task, state, (GDestroyNotify) attempt_free);
  if (self->body == NULL)
    self->body = write_body (self);
  attempt (task);
}

ZcDossier *
zc_action_perform_finish (ZcAction *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
