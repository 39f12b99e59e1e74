/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-id.h"
#include "zc-jpeg.h"

/* Images of a draft: judged as the server judges them, kept on this computer, then named by their field. */

#define NAME_LENGTH 255 /* characters of a file's name that the server takes */

static JsonArray *
get_images (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  JsonNode *value = zc_draft_get_value (self, section, entry, field);

  return value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

static const char *
digest_of (JsonNode *image)
{
  return json_object_get_string_member_with_default (json_node_get_object (image), "sha256", "");
}

static gint
index_of (JsonArray *images, const char *sha256)
{
  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++)
    if (strcmp (digest_of (json_array_get_element (images, i)), sha256) == 0)
      return (gint) i;
  return -1;
}

static JsonArray *
copy_without (JsonArray *images, const char *sha256)
{
  JsonArray *copy = json_array_new ();

  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++)
    if (sha256 == NULL || strcmp (digest_of (json_array_get_element (images, i)), sha256) != 0)
      json_array_add_element (copy, json_array_dup_element (images, i));
  return copy;
}

/* images: (transfer full) */
static void
set_images (ZcDraft *self, const char *section, const char *entry, const char *field, JsonArray *images)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, images);
  zc_draft_set_value (self, section, entry, field, node);
}

/**
 * zc_draft_get_images:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of a field of images
 *
 * Returns: (transfer full): ZcDraftImage, in order; follows the field
 */
GListModel *
zc_draft_get_images (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s", section, entry != NULL ? entry : "", field);
  GListStore *list = g_hash_table_lookup (self->image_lists, key);

  if (list == NULL)
    {
      list = g_list_store_new (ZC_TYPE_DRAFT_IMAGE);
      g_hash_table_insert (self->image_lists, g_steal_pointer (&key), list);
      zc_draft_refresh_images (self, section);
    }
  return g_object_ref (G_LIST_MODEL (list));
}

/* --- adding --- */

typedef struct
{
  char          *section;
  char          *entry;
  char          *field;
  char          *name;
  char          *replaces;
  int            position;
  GBytes        *jpeg;
  char          *sha256;
  ZcJpegInfo     info;
  ZcProblemCode  structure;
} Adding;

static void
adding_free (Adding *adding)
{
  g_free (adding->section);
  g_free (adding->entry);
  g_free (adding->field);
  g_free (adding->name);
  g_free (adding->replaces);
  g_free (adding->sha256);
  g_bytes_unref (adding->jpeg);
  g_free (adding);
}

/* The digest and the walk through the whole file are no work for the thread that draws. */
static void
judge_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Adding *adding = task_data;
  gsize size;
  const guint8 *data = g_bytes_get_data (adding->jpeg, &size);

  adding->sha256 = zc_sha256_hex (data, size);
  adding->structure = zc_jpeg_check (data, size, TRUE, &adding->info);
  g_task_return_boolean (task, TRUE);
}

static ZcProblemCode
check_place (ZcDraft *self, const Adding *adding, const ZcField *field, gint64 *limit)
{
  JsonArray *images = get_images (self, adding->section, adding->entry, adding->field);
  gboolean replacing = adding->replaces != NULL && index_of (images, adding->replaces) >= 0;
  guint others = images != NULL ? json_array_get_length (images) - (replacing ? 1 : 0) : 0;

  if (g_strcmp0 (adding->replaces, adding->sha256) != 0 && index_of (images, adding->sha256) >= 0)
    return ZC_PROBLEM_DUPLICATE_IMAGE;
  if (others < field->images.max)
    return ZC_PROBLEM_NONE;
  *limit = field->images.max;
  return ZC_PROBLEM_TOO_MANY_IMAGES;
}

static ZcProblemCode
judge (ZcDraft *self, const Adding *adding, const ZcField *field, gint64 *limit)
{
  ZcProblemCode code = adding->structure;

  *limit = code == ZC_PROBLEM_TOO_MANY_PIXELS ? ZC_JPEG_MAX_PIXELS : -1;
  if (code == ZC_PROBLEM_NONE)
    code = zc_check_image_limits (&field->images, g_bytes_get_size (adding->jpeg), adding->info.width, adding->info.height, limit);
  if (code == ZC_PROBLEM_NONE)
    code = check_place (self, adding, field, limit);
  return code;
}

static GError *
refuse (const Adding *adding, ZcProblemCode code, gint64 limit)
{
  GError *error = zc_refusal_new (ZC_REFUSAL_IMAGE, "%s", zc_problem_code_to_string (code));
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_problem_free);

  g_ptr_array_add (problems, zc_problem_new (code, adding->section, adding->entry, adding->field, adding->sha256, limit));
  zc_refusal_take_problems (error, problems);
  return error;
}

static JsonNode *
image_node (const Adding *adding)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "sha256", adding->sha256);
  json_object_set_int_member (object, "bytes", g_bytes_get_size (adding->jpeg));
  json_object_set_int_member (object, "width", adding->info.width);
  json_object_set_int_member (object, "height", adding->info.height);
  json_object_set_string_member (object, "name", adding->name);
  json_node_take_object (node, object);
  return node;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (zc_draft_flush_finish (ZC_DRAFT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The place may have filled, or gone, while the file was written. */
static GError *
place_image (ZcDraft *self, const Adding *adding)
{
  JsonArray *images = get_images (self, adding->section, adding->entry, adding->field);
  gint replaced = adding->replaces != NULL ? index_of (images, adding->replaces) : -1;
  guint position = replaced >= 0 ? (guint) replaced : adding->position >= 0 ? (guint) adding->position : G_MAXUINT;
  ZcDraftSection *section = zc_draft_find_section (self, adding->section);
  gint64 limit = -1;
  ZcProblemCode code = check_place (self, adding, zc_section_find_field (section->definition, adding->field), &limit);

  if (code != ZC_PROBLEM_NONE)
    return refuse (adding, code, limit);
  if (replaced >= 0)
    set_images (self, adding->section, adding->entry, adding->field, copy_without (images, adding->replaces));
  zc_draft_insert_image (self, adding->section, adding->entry, adding->field, position, image_node (adding));
  return NULL;
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  Adding *adding = g_task_get_task_data (task);
  GError *error = NULL;

  if (!zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_hash_table_add (self->images_here, g_strdup (adding->sha256));
  error = place_image (self, adding);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    zc_draft_flush_async (self, written_cb, g_steal_pointer (&task));
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  Adding *adding = g_task_get_task_data (task);
  ZcDraftSection *section = zc_draft_find_section (self, adding->section);
  const ZcField *field = section != NULL ? zc_section_find_field (section->definition, adding->field) : NULL;
  ZcProblemCode code;
  gint64 limit;

  g_return_if_fail (field != NULL);

  code = judge (self, adding, field, &limit);
  if (code != ZC_PROBLEM_NONE)
    g_task_return_error (task, refuse (adding, code, limit));
  else
    zc_local_store_put_image_async (self->store, zc_dossier_get_id (self->dossier), adding->sha256, adding->jpeg, FALSE, stored_cb,
                                    g_steal_pointer (&task));
}

static char *
cut_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);

  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), NAME_LENGTH));
}

/**
 * zc_draft_add_image_async:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of a field of images
 * @jpeg: the cleaned file
 * @name: what the person's file is called
 * @replaces: (nullable): digest of the image whose place it takes
 * @position: where it goes, -1 for the end
 * @callback: called when it is kept, or refused
 * @user_data: for @callback
 */
void
zc_draft_add_image_async (ZcDraft *self,
                          const char *section,
                          const char *entry,
                          const char *field,
                          GBytes *jpeg,
                          const char *name,
                          const char *replaces,
                          int position,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) judging = g_task_new (NULL, NULL, judged_cb, task); /* its thread must not be the last to hold the draft */
  Adding *adding = g_new0 (Adding, 1);

  adding->section = g_strdup (section);
  adding->entry = g_strdup (entry);
  adding->field = g_strdup (field);
  adding->name = cut_name (name);
  adding->replaces = g_strdup (replaces);
  adding->position = position;
  adding->jpeg = g_bytes_ref (jpeg);
  g_task_set_task_data (task, adding, (GDestroyNotify) adding_free);
  g_task_set_task_data (judging, adding, NULL); /* task outlives it */
  g_task_run_in_thread (judging, judge_thread);
}

gboolean
zc_draft_add_image_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- order --- */

/**
 * zc_draft_remove_image:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of a field of images
 * @sha256: which one
 * @position: (out) (optional): where it stood
 *
 * Returns: (transfer full) (nullable): its value, for zc_draft_insert_image(); the file stays
 */
JsonNode *
zc_draft_remove_image (ZcDraft *self,
                       const char *section,
                       const char *entry,
                       const char *field,
                       const char *sha256,
                       guint *position)
{
  JsonArray *images = get_images (self, section, entry, field);
  gint index = index_of (images, sha256);
  JsonNode *removed;

  if (index < 0)
    return NULL;
  if (position != NULL)
    *position = index;
  removed = json_array_dup_element (images, index);
  set_images (self, section, entry, field, copy_without (images, sha256));
  return removed;
}

void
zc_draft_insert_image (ZcDraft *self,
                       const char *section,
                       const char *entry,
                       const char *field,
                       guint position,
                       JsonNode *image)
{
  JsonArray *before = get_images (self, section, entry, field);
  guint n = before != NULL ? json_array_get_length (before) : 0;
  JsonArray *after = json_array_new ();

  for (guint i = 0; i <= n; i++)
    {
      if (i == MIN (position, n))
        json_array_add_element (after, image);
      if (i < n)
        json_array_add_element (after, json_array_dup_element (before, i));
    }
  set_images (self, section, entry, field, after);
}

void
zc_draft_move_image (ZcDraft *self,
                     const char *section,
                     const char *entry,
                     const char *field,
                     const char *sha256,
                     guint position)
{
  JsonArray *images = get_images (self, section, entry, field);
  gint index = index_of (images, sha256);
  g_autoptr (JsonArray) rest = NULL;
  JsonArray *after;
  guint n;

  if (index < 0 || (guint) index == position)
    return;
  rest = copy_without (images, sha256);
  n = json_array_get_length (rest);
  after = json_array_new ();
  for (guint i = 0; i <= n; i++)
    {
      if (i == MIN (position, n))
        json_array_add_element (after, json_array_dup_element (images, index));
      if (i < n)
        json_array_add_element (after, json_array_dup_element (rest, i));
    }
  set_images (self, section, entry, field, after);
}

/* --- the bytes --- */

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDraft) self = user_data;

  if (zc_local_store_write_finish (ZC_LOCAL_STORE (source), result, NULL))
    zc_draft_refresh_images (self, NULL);
}

/* Only images of what is filled in here come to the disk; those of others stay in memory. */
static gboolean
is_to_keep (ZcDraft *self, const char *sha256)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sections));
  gboolean found = FALSE;

  for (guint i = 0; i < n && !found; i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (G_LIST_MODEL (self->sections), i);
      g_autofree char *text = section->kept ? json_to_string (section->document, FALSE) : NULL;
      g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;
      g_autoptr (GPtrArray) images = json != NULL ? zc_answers_list_images (section->definition, zc_json_root (json)) : NULL;

      found = images != NULL && g_ptr_array_find_with_equal_func (images, sha256, g_str_equal, NULL);
    }
  return found;
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  const char *sha256 = g_task_get_task_data (task);
  GError *error = NULL;
  GBytes *bytes = zc_client_get_image_finish (ZC_CLIENT (source), result, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (is_to_keep (self, sha256))
    {
      g_hash_table_add (self->images_here, g_strdup (sha256));
      zc_local_store_put_image_async (self->store, zc_dossier_get_id (self->dossier), sha256, bytes, TRUE, kept_cb,
                                      g_object_ref (self));
    }
  g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
}

/* task: (transfer full) */
static void
fetch (ZcDraft *self, const char *sha256, GTask *task)
{
  zc_client_get_image_async (self->client, zc_dossier_get_id (self->dossier), sha256, g_task_get_cancellable (task), fetched_cb,
                             task);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZcDraft *self = g_task_get_source_object (task);
  const char *sha256 = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = zc_local_store_read_image_finish (ZC_LOCAL_STORE (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else if (self->client == NULL || !g_error_matches (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_MISSING))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    fetch (self, sha256, g_steal_pointer (&task));
}

/**
 * zc_draft_load_image_async:
 * @self: a draft
 * @sha256: digest of an image of it
 * @cancellable: (nullable): gives up
 * @callback: called with the bytes
 * @user_data: for @callback
 */
void
zc_draft_load_image_async (ZcDraft *self,
                           const char *sha256,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (sha256), g_free);
  if (self->store == NULL)
    fetch (self, sha256, task);
  else
    zc_local_store_read_image_async (self->store, zc_dossier_get_id (self->dossier), sha256, read_cb, task);
}

GBytes *
zc_draft_load_image_finish (ZcDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
