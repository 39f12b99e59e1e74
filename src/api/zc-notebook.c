/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-notebook.h"
#include "zc-reason.h"

#define EDITED_AT "edited_at" /* beside the opinions: of no act */
#define WRITE_DELAY 300 /* ms after the last change: as with what is typed into a form (P1) */

struct _ZcNotebook
{
  ZcListBase parent_instance;

  ZcLocalStore *store; /* (nullable) */
  char         *setting;
  char         *opinions[ZC_ACT_LAST]; /* (nullable) each: nothing is written */
  ZcTime        edited_at;    /* of the last edit of an opinion */
  ZcTime        recovered_at; /* of those that a former run left; 0: none */
  guint         write_id;
  guint         opinions_changed : 1; /* since they were written or read */
};

enum
{
  PROP_N_NOTES = 1,
  PROP_RECOVERED_AT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZcNotebook, zc_notebook, ZC_TYPE_LIST_BASE)

static GListStore *
notes_of (ZcNotebook *self)
{
  return zc_list_base_get_store (ZC_LIST_BASE (self));
}

/* --- writing and reading --- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    g_warning ("notes are not on the disk: %s", error->message);
}

/* (transfer full) (nullable): NULL: there is nothing to keep */
static char *
dup_json (ZcNotebook *self)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  if (g_list_model_get_n_items (G_LIST_MODEL (self)) == 0)
    return g_string_free (out, TRUE);
  zc_json_writer_init (&writer, out);
  zc_json_begin_array (&writer, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (self), i);

      zc_note_write (note, &writer);
    }
  zc_json_end_array (&writer);
  return g_string_free (out, FALSE);
}

/* (transfer full) (nullable): NULL: there is nothing to keep */
static char *
dup_opinions_json (ZcNotebook *self)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;
  gboolean any = FALSE;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  for (guint act = 0; act < ZC_ACT_LAST; act++)
    if (self->opinions[act] != NULL)
      {
        zc_json_add_string (&writer, zc_act_to_string ((ZcAct) act), self->opinions[act]);
        any = TRUE;
      }
  zc_json_add_integer (&writer, EDITED_AT, self->edited_at);
  zc_json_end_object (&writer);
  return g_string_free (out, !any);
}

/* Below the name of the notes: they go with the dossier as these do. */
static char *
dup_opinions_setting (ZcNotebook *self)
{
  return g_strconcat (self->setting, ":opinions", NULL);
}

static void
write_opinions (ZcNotebook *self)
{
  g_autofree char *json = dup_opinions_json (self), *setting = dup_opinions_setting (self);

  self->opinions_changed = FALSE;
  zc_local_store_put_setting_async (self->store, setting, json, written_cb, NULL);
}

static void
write_now (ZcNotebook *self)
{
  g_autofree char *json = dup_json (self);

  g_clear_handle_id (&self->write_id, g_source_remove);
  if (self->store == NULL)
    return;
  zc_local_store_put_setting_async (self->store, self->setting, json, written_cb, NULL);
  if (self->opinions_changed)
    write_opinions (self);
}

static gboolean
write_cb (gpointer user_data)
{
  ZcNotebook *self = user_data;

  self->write_id = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

/* The first change sets the time: what is typed without a pause is written all the same. */
static void
write_soon (ZcNotebook *self)
{
  if (self->write_id == 0)
    self->write_id = g_timeout_add (WRITE_DELAY, write_cb, self);
}

/* What was noted since stands behind what was noted before. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcNotebook) self = user_data;
  g_autofree char *text = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;
  g_autoptr (GListStore) kept = json != NULL ? zc_notes_read (zc_json_root (json), NULL) : NULL;
  gboolean noted = g_list_model_get_n_items (G_LIST_MODEL (self)) > 0;

  for (guint i = 0; kept != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (kept)); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (kept), i);

      g_list_store_insert (notes_of (self), i, note);
    }
  if (kept != NULL && noted)
    write_soon (self); /* what was noted meanwhile may have been written alone */
}

static void
set_recovered_at (ZcNotebook *self, ZcTime at)
{
  if (self->recovered_at == at)
    return;
  self->recovered_at = at;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECOVERED_AT]);
}

/* What was written since the program began stands before the person who wrote it: it is not told. */
static void
take_edited_at (ZcNotebook *self, const ZcJsonValue *kept)
{
  ZcTime at = zc_json_get_integer (kept, EDITED_AT, 0);

  if (self->edited_at == 0)
    self->edited_at = at;
  if (at < zc_local_store_get_opened_at (self->store))
    set_recovered_at (self, at);
}

/* What was written since stays. */
static void
opinions_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcNotebook) self = user_data;
  g_autofree char *text = zc_local_store_get_text_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;

  gboolean written = FALSE;

  for (guint act = 0; json != NULL && act < ZC_ACT_LAST; act++)
    if (self->opinions[act] == NULL)
      self->opinions[act] = g_strdup (zc_json_get_string (zc_json_root (json), zc_act_to_string ((ZcAct) act)));
    else
      written = TRUE;
  if (json != NULL)
    take_edited_at (self, zc_json_root (json));
  if (written)
    {
      self->opinions_changed = TRUE; /* what was written meanwhile may be on the disk alone */
      write_soon (self);
    }
}

static void
forget_opinions (ZcNotebook *self)
{
  for (guint act = 0; act < ZC_ACT_LAST; act++)
    g_clear_pointer (&self->opinions[act], g_free);
  self->opinions_changed = TRUE;
}

static void
drop_opinions (ZcNotebook *self)
{
  forget_opinions (self);
  set_recovered_at (self, 0);
}

/* --- the object --- */

static void
changed_cb (ZcNotebook *self, guint position, guint removed, guint added)
{
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_NOTES]);
}

static void
zc_notebook_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_RECOVERED_AT)
    g_value_set_int64 (value, ZC_NOTEBOOK (object)->recovered_at);
  else
    g_value_set_uint (value, g_list_model_get_n_items (G_LIST_MODEL (object)));
}

static void
zc_notebook_dispose (GObject *object)
{
  zc_notebook_flush (ZC_NOTEBOOK (object));
  G_OBJECT_CLASS (zc_notebook_parent_class)->dispose (object);
}

static void
zc_notebook_finalize (GObject *object)
{
  ZcNotebook *self = ZC_NOTEBOOK (object);

  g_clear_object (&self->store);
  g_free (self->setting);
  forget_opinions (self);
  G_OBJECT_CLASS (zc_notebook_parent_class)->finalize (object);
}

static void
zc_notebook_class_init (ZcNotebookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = zc_notebook_get_property;
  object_class->dispose = zc_notebook_dispose;
  object_class->finalize = zc_notebook_finalize;
  ZC_LIST_BASE_CLASS (klass)->get_item_type = zc_note_get_type;
  props[PROP_N_NOTES] = g_param_spec_uint ("n-notes", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RECOVERED_AT]
      = g_param_spec_int64 ("recovered-at", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zc_notebook_init (ZcNotebook *self)
{
  g_signal_connect_after (self, "items-changed", G_CALLBACK (changed_cb), NULL);
}

/**
 * zc_notebook_new:
 * @store: (nullable): of the reviewer's account
 * @dossier: id of what is reviewed
 * @body: id of the body that the reviewer acts for: who acts for two notes for each apart
 *
 * Returns: (transfer full): their notes on it; those from before come as soon as the store tells them
 */
ZcNotebook *
zc_notebook_new (ZcLocalStore *store, const char *dossier, const char *body)
{
  ZcNotebook *self = g_object_new (ZC_TYPE_NOTEBOOK, NULL);
  g_autofree char *opinions = NULL;

  self->setting = g_strconcat (ZC_LOCAL_STORE_NOTES, dossier, ":", body, NULL);
  opinions = dup_opinions_setting (self);
  if (store != NULL)
    {
      self->store = g_object_ref (store);
      zc_local_store_get_setting_async (store, self->setting, read_cb, g_object_ref (self));
      zc_local_store_get_setting_async (store, opinions, opinions_read_cb, g_object_ref (self));
    }
  return self;
}

gboolean
zc_notebook_is_full (ZcNotebook *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self)) >= ZC_NOTES_MAX;
}

/**
 * zc_notebook_put:
 * @old: (nullable): the note that is written anew
 * @note: what is noted now
 */
void
zc_notebook_put (ZcNotebook *self, ZcNote *old, ZcNote *note)
{
  guint position;

  if (old != NULL && g_list_store_find (notes_of (self), old, &position))
    g_list_store_splice (notes_of (self), position, 1, (gpointer *) &note, 1);
  else
    g_list_store_append (notes_of (self), note);
  write_soon (self);
}

void
zc_notebook_remove (ZcNotebook *self, ZcNote *note)
{
  guint position;

  if (!g_list_store_find (notes_of (self), note, &position))
    return;
  g_list_store_remove (notes_of (self), position);
  write_soon (self);
}

/**
 * zc_notebook_get_opinion:
 *
 * Returns: (transfer none): what is written to a decision of that kind and not sent yet; "" when nothing is
 */
const char *
zc_notebook_get_opinion (ZcNotebook *self, ZcAct act)
{
  return self->opinions[act] != NULL ? self->opinions[act] : "";
}

/**
 * zc_notebook_set_opinion:
 * @text: as it was typed; it is in the store within a second (P1)
 */
void
zc_notebook_set_opinion (ZcNotebook *self, ZcAct act, const char *text)
{
  if (!g_set_str (&self->opinions[act], *text != '\0' ? text : NULL))
    return;
  self->edited_at = zc_time_now ();
  self->opinions_changed = TRUE;
  write_soon (self);
}

ZcTime
zc_notebook_get_recovered_at (ZcNotebook *self)
{
  return self->recovered_at;
}

void
zc_notebook_clear (ZcNotebook *self)
{
  drop_opinions (self);
  g_list_store_remove_all (notes_of (self));
  write_now (self);
}

void
zc_notebook_clear_seen (ZcNotebook *self, ZcDraft *draft)
{
  drop_opinions (self);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self)); i > 0; i--)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (self), i - 1);

      if (zc_draft_note_is_seen (draft, note))
        g_list_store_remove (notes_of (self), i - 1);
    }
  write_now (self);
}

static gboolean
has_image (ZcDraft *draft, ZcNote *note, const char *entry)
{
  g_autoptr (GListModel) images = zc_draft_get_images (draft, zc_note_get_section (note), entry, zc_note_get_field (note));

  for (guint i = 0; i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, i);

      if (g_strcmp0 (zc_draft_image_get_sha256 (image), zc_note_get_image (note)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (nullable): NULL: it stands where it stood */
static ZcNote *
move_up (ZcDraft *draft, ZcNote *note)
{
  const char *entry = *zc_note_get_entry (note) != '\0' ? zc_note_get_entry (note) : NULL;
  const char *section = zc_note_get_section (note);

  if (zc_draft_find_section (draft, section) == NULL)
    return NULL;
  if (entry != NULL && zc_draft_find_entry (draft, section, entry, NULL) == 0)
    return zc_note_new (section, NULL, NULL, NULL, zc_note_get_code (note), zc_note_get_text (note));
  if (*zc_note_get_image (note) != '\0' && !has_image (draft, note, entry))
    return zc_note_new (section, entry, zc_note_get_field (note), NULL, zc_note_get_code (note), zc_note_get_text (note));
  return NULL;
}

/**
 * zc_notebook_fit:
 * @draft: the dossier as it stands now: it may have been submitted anew since the notes were made
 */
void
zc_notebook_fit (ZcNotebook *self, ZcDraft *draft)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (self), i);
      g_autoptr (ZcNote) moved = move_up (draft, note);

      if (moved != NULL)
        zc_notebook_put (self, note, moved);
    }
}

void
zc_notebook_flush (ZcNotebook *self)
{
  if (self->write_id != 0)
    write_now (self);
}
