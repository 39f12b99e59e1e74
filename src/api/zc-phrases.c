/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-id.h"
#include "zc-phrases.h"
#include "zc-record.h"

/* What the server holds is shown: colleagues see the same list. What is taken away is gone at once, and comes back where the
 * server did not do it. */

struct _ZcPhrase
{
  GObject parent_instance;

  char *id;
  char *text;
  char *code;
};

G_DEFINE_FINAL_TYPE (ZcPhrase, zc_phrase, G_TYPE_OBJECT)

static const ZcRecordField fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcPhrase, id) },
  { "text", zc_record_string, G_STRUCT_OFFSET (ZcPhrase, text) },
  { "code", zc_record_string, G_STRUCT_OFFSET (ZcPhrase, code) },
};

struct _ZcPhrases
{
  ZcListBase parent_instance;

  ZcClient *client;
  GError   *error;   /* (nullable) */
  guint     waiting; /* requests under way */
};

enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZcPhrases, zc_phrases, ZC_TYPE_LIST_BASE)

static GListStore *
phrases_of (ZcPhrases *self)
{
  return zc_list_base_get_store (ZC_LIST_BASE (self));
}

static void
zc_phrase_class_init (ZcPhraseClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), fields, G_N_ELEMENTS (fields));
}

static void
zc_phrase_init (ZcPhrase *self)
{
}

static gpointer
phrase_new (const ZcJsonValue *value, GError **error)
{
  ZcPhrase *self = g_object_new (ZC_TYPE_PHRASE, NULL);

  self->id = zc_record_dup (value, "id");
  self->text = zc_record_dup (value, "text");
  self->code = zc_record_dup (value, "code");
  return self;
}

const char *
zc_phrase_get_text (ZcPhrase *self)
{
  return self->text;
}

const char *
zc_phrase_get_code (ZcPhrase *self)
{
  return self->code;
}

/* --- requests --- */

static void
take_error (ZcPhrases *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static void
count (ZcPhrases *self, int by)
{
  self->waiting += by;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* The end of any request: (transfer full) (nullable): what was answered */
static ZcReply *
take_answer (ZcPhrases *self, GObject *client, GAsyncResult *result)
{
  GError *error = NULL;
  ZcReply *reply = zc_client_send_finish (ZC_CLIENT (client), result, &error);

  take_error (self, error);
  count (self, -1);
  return reply;
}

static void
send (ZcPhrases *self, const ZcRequest *request, GAsyncReadyCallback callback)
{
  count (self, 1);
  zc_client_send_async (self->client, request, NULL, callback, g_object_ref (self));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcPhrases) self = user_data;
  g_autoptr (ZcReply) reply = take_answer (self, source, result);
  g_autoptr (GListStore) items = NULL;

  if (reply == NULL)
    return;
  items = zc_record_list_new (zc_json_get (zc_reply_root (reply), "items"), ZC_TYPE_PHRASE, phrase_new, NULL);
  if (items == NULL)
    return;
  g_list_store_remove_all (phrases_of (self));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (items)); i++)
    {
      g_autoptr (ZcPhrase) phrase = g_list_model_get_item (G_LIST_MODEL (items), i);

      g_list_store_append (phrases_of (self), phrase);
    }
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcPhrases) self = user_data;
  g_autoptr (ZcReply) reply = take_answer (self, source, result);
  g_autoptr (ZcPhrase) phrase = NULL;

  if (reply == NULL)
    return;
  phrase = phrase_new (zc_reply_root (reply), NULL);
  if (!zc_phrases_has (self, phrase->text))
    g_list_store_append (phrases_of (self), phrase);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcPhrases) self = user_data;
  g_autoptr (ZcReply) reply = take_answer (self, source, result);

  if (reply == NULL && !g_error_matches (self->error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOT_FOUND))
    zc_phrases_load (self); /* it is there after all */
}

/* --- the object --- */

static void
zc_phrases_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LOADING)
    g_value_set_boolean (value, zc_phrases_get_loading (ZC_PHRASES (object)));
  else
    g_value_set_boxed (value, ZC_PHRASES (object)->error);
}

static void
zc_phrases_finalize (GObject *object)
{
  ZcPhrases *self = ZC_PHRASES (object);

  g_object_unref (self->client);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (zc_phrases_parent_class)->finalize (object);
}

static void
zc_phrases_class_init (ZcPhrasesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = zc_phrases_get_property;
  object_class->finalize = zc_phrases_finalize;
  ZC_LIST_BASE_CLASS (klass)->get_item_type = zc_phrase_get_type;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zc_phrases_init (ZcPhrases *self)
{
}

/**
 * zc_phrases_new:
 * @client: acts for a body
 *
 * Returns: (transfer full): its phrases, to be loaded
 */
ZcPhrases *
zc_phrases_new (ZcClient *client)
{
  ZcPhrases *self = g_object_new (ZC_TYPE_PHRASES, NULL);

  self->client = g_object_ref (client);
  return self;
}

/**
 * zc_phrases_load:
 *
 * Asks the server for them; what is shown stays until it answers.
 */
void
zc_phrases_load (ZcPhrases *self)
{
  send (self, &(const ZcRequest){ .method = "GET", .path = "/v1/phrases" }, listed_cb);
}

gboolean
zc_phrases_has (ZcPhrases *self, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (ZcPhrase) phrase = g_list_model_get_item (G_LIST_MODEL (self), i);

      if (g_str_equal (phrase->text, text))
        return TRUE;
    }
  return FALSE;
}

/**
 * zc_phrases_add:
 * @text: what is written again and again
 * @code: (nullable): the reason that goes with it
 *
 * Keeps it for the body: it stands in the list once the server has it.
 */
void
zc_phrases_add (ZcPhrases *self, const char *text, const char *code)
{
  GString *body = g_string_new (NULL);
  g_autofree char *json = NULL;
  g_autofree char *key = zc_id_new ();
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, body);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "text", text);
  if (code != NULL)
    zc_json_add_string (&writer, "code", code);
  zc_json_end_object (&writer);
  json = g_string_free (body, FALSE);
  send (self, &(const ZcRequest){ .method = "POST", .path = "/v1/phrases", .json = json, .key = key }, added_cb);
}

/**
 * zc_phrases_remove:
 * @phrase: of the list
 *
 * Takes it away for the whole body.
 */
void
zc_phrases_remove (ZcPhrases *self, ZcPhrase *phrase)
{
  g_autofree char *path = g_strconcat ("/v1/phrases/", phrase->id, NULL);
  guint position;

  send (self, &(const ZcRequest){ .method = "DELETE", .path = path }, removed_cb);
  if (g_list_store_find (phrases_of (self), phrase, &position))
    g_list_store_remove (phrases_of (self), position);
}

gboolean
zc_phrases_get_loading (ZcPhrases *self)
{
  return self->waiting > 0;
}

const GError *
zc_phrases_get_error (ZcPhrases *self)
{
  return self->error;
}
