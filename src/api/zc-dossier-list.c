/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-dossier-list.h"

/* A list model over the server's pages. The same dossier stays the same object across reloads, so that rows keep their place. */

#define PAGE 50
#define MOST 1000 /* rows that the server gives at once: what is acted upon together is frozen in one answer (P11) */
#define NEAR_THE_END 15 /* items: the next page is asked for before one runs out */

struct _ZcDossierList
{
  GObject parent_instance;

  ZcClient     *client;
  ZcLocalStore *store;       /* (nullable) */
  GPtrArray    *items;       /* ZcDossier */
  GHashTable   *known;       /* id → ZcDossier: those of items */
  char         *filters[7];  /* (nullable): by place in filter_names */
  int           year;
  GCancellable *cancellable; /* (nullable): of the page under way */
  char         *next;        /* (nullable): cursor */
  GError       *error;       /* (nullable) */
  int           total;
  int           waiting;
  int           in_review;
  guint         load_id;     /* idle that asks for the next page */
  gboolean      unattended;  /* nobody asked for what is being loaded */
  guint         reload_id;   /* idle that reloads after filters have changed */

  gboolean loading;
  gboolean complete;
  gboolean from_cache;
};

enum
{
  PROP_0,
  PROP_BUSINESS,
  PROP_STAGE,
  PROP_STATE,
  PROP_LEVEL,
  PROP_TEXT,
  PROP_UNIT_NAME,
  PROP_SORT,
  PROP_YEAR,
  PROP_LOADING,
  PROP_ERROR,
  PROP_N_ITEMS,
  PROP_TOTAL,
  PROP_WAITING,
  PROP_IN_REVIEW,
  PROP_COMPLETE,
  PROP_FROM_CACHE,
  N_PROPS
};

/* Of properties; the members of a search have underscores. */
static const char *const filter_names[] = { "business", "stage", "state", "level", "text", "unit-name", "sort" };

static GParamSpec *props[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ZcDossierList,
                               zc_dossier_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void load_page (ZcDossierList *self);

static void
notify (ZcDossierList *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

static void
set_flag (ZcDossierList *self, guint property, gboolean *flag, gboolean value)
{
  if (*flag == value)
    return;
  *flag = value;
  notify (self, property);
}

static void
take_error (ZcDossierList *self, GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  notify (self, PROP_ERROR);
}

static gboolean
load_cb (gpointer user_data)
{
  ZcDossierList *self = user_data;

  self->load_id = 0;
  load_page (self);
  return G_SOURCE_REMOVE;
}

static gboolean
reload_cb (gpointer user_data)
{
  ZcDossierList *self = user_data;

  self->reload_id = 0;
  zc_dossier_list_reload (self);
  return G_SOURCE_REMOVE;
}

/* --- GListModel --- */

static GType
get_item_type (GListModel *model)
{
  return ZC_TYPE_DOSSIER;
}

static guint
get_n_items (GListModel *model)
{
  return ZC_DOSSIER_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  ZcDossierList *self = ZC_DOSSIER_LIST (model);
  gboolean near_the_end = position + NEAR_THE_END >= self->items->len;

  if (near_the_end && !self->complete && !self->loading && self->error == NULL && self->next != NULL && self->load_id == 0)
    self->load_id = g_idle_add (load_cb, self); /* a model must not change while it is being read */
  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- pages --- */

/* The object that the list has of it already, brought up to date, or the new one. (transfer full) */
static ZcDossier *
reuse (ZcDossierList *self, ZcDossier *dossier)
{
  ZcDossier *known = zc_dossier_list_find (self, zc_dossier_get_id (dossier));

  if (known == NULL)
    return g_object_ref (dossier);
  zc_dossier_update_from (known, dossier);
  return g_object_ref (known);
}

static void
know (ZcDossierList *self, ZcDossier *dossier)
{
  g_hash_table_insert (self->known, (gpointer) zc_dossier_get_id (dossier), dossier);
}

static gboolean
has_same_items (GPtrArray *a, GPtrArray *b)
{
  /* an empty array may have no memory, which memcmp() must not be given */
  return a->len == b->len && (a->len == 0 || memcmp (a->pdata, b->pdata, a->len * sizeof (gpointer)) == 0);
}

/* items: (transfer full): replaces all */
static void
take_items (ZcDossierList *self, GPtrArray *items)
{
  guint before = self->items->len;
  gboolean same = has_same_items (self->items, items);

  g_hash_table_remove_all (self->known);
  g_ptr_array_unref (self->items);
  self->items = items;
  for (guint i = 0; i < items->len; i++)
    know (self, g_ptr_array_index (items, i));
  if (same)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, items->len);
  notify (self, PROP_N_ITEMS);
}

static void
append_items (ZcDossierList *self, GPtrArray *items)
{
  guint before = self->items->len;

  for (guint i = 0; i < items->len; i++)
    {
      ZcDossier *dossier = g_ptr_array_index (items, i);

      if (zc_dossier_list_find (self, zc_dossier_get_id (dossier)) != NULL)
        continue;
      g_ptr_array_add (self->items, g_object_ref (dossier));
      know (self, dossier);
    }
  if (self->items->len == before)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->items->len - before);
  notify (self, PROP_N_ITEMS);
}

static GPtrArray *
read_items (ZcDossierList *self, const ZcJsonValue *array, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < zc_json_size (array); i++)
    {
      g_autoptr (ZcDossier) dossier = zc_dossier_new_from_json (zc_json_at (array, i), error);

      if (dossier == NULL)
        return NULL;
      g_ptr_array_add (items, reuse (self, dossier));
    }
  return g_steal_pointer (&items);
}

static gboolean
is_filtered (ZcDossierList *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->filters); i++)
    if (self->filters[i] != NULL && strcmp (filter_names[i], "sort") != 0)
      return TRUE;
  return self->year != 0;
}

/* --- the copies on this computer --- */

static void
cached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDossierList) self = user_data;
  g_autoptr (GPtrArray) texts = zc_local_store_list_dossiers_finish (ZC_LOCAL_STORE (source), result, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (texts == NULL || self->items->len > 0 || self->error == NULL)
    return; /* the server has answered meanwhile */
  for (guint i = 0; i < texts->len; i++)
    {
      ZcDossier *dossier = zc_dossier_new_from_text (g_ptr_array_index (texts, i));

      if (dossier != NULL)
        g_ptr_array_add (items, dossier);
    }
  take_items (self, g_steal_pointer (&items));
  set_flag (self, PROP_FROM_CACHE, &self->from_cache, TRUE);
}

static void
swept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDossierList) self = user_data;
  g_autoptr (GPtrArray) texts = zc_local_store_list_dossiers_finish (ZC_LOCAL_STORE (source), result, NULL);

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), NULL);
      const char *id = json != NULL ? zc_json_get_string (zc_json_root (json), "id") : NULL;

      if (id != NULL && self->complete && zc_dossier_list_find (self, id) == NULL)
        zc_local_store_remove_dossier_async (self->store, id, NULL, NULL);
    }
}

static void
keep_copies (ZcDossierList *self, GPtrArray *items)
{
  if (self->store == NULL || is_filtered (self))
    return;
  for (guint i = 0; i < items->len; i++)
    {
      ZcDossier *dossier = g_ptr_array_index (items, i);
      g_autofree char *json = zc_dossier_to_json (dossier);

      zc_local_store_put_dossier_async (self->store, zc_dossier_get_id (dossier), json, NULL, NULL);
    }
  if (self->complete)
    zc_local_store_list_dossiers_async (self->store, swept_cb, g_object_ref (self));
}

/* --- asking --- */

/* They come with the first page. */
static void
take_counts (ZcDossierList *self, const ZcJsonValue *root)
{
  const ZcJsonValue *counts = zc_json_get (root, "counts");
  int none = counts != NULL ? 0 : -1;

  self->total = (int) zc_json_get_integer (root, "total", -1);
  self->waiting = (int) zc_json_get_integer (counts, "waiting", none);
  self->in_review = (int) zc_json_get_integer (counts, "in-review", none);
  notify (self, PROP_TOTAL);
  notify (self, PROP_WAITING);
  notify (self, PROP_IN_REVIEW);
}

static void
take_page (ZcDossierList *self, const ZcJsonValue *root)
{
  GError *error = NULL;
  gboolean first = self->next == NULL;
  g_autoptr (GPtrArray) items = read_items (self, zc_json_get (root, "items"), &error);

  if (items == NULL)
    {
      g_clear_error (&error);
      take_error (self, zc_refusal_new (ZC_REFUSAL_INTERNAL, "the server's answer cannot be read"));
      return;
    }
  g_set_str (&self->next, zc_json_get_string (root, "next"));
  if (first)
    take_counts (self, root);
  set_flag (self, PROP_COMPLETE, &self->complete, self->next == NULL);
  set_flag (self, PROP_FROM_CACHE, &self->from_cache, FALSE);
  keep_copies (self, items);
  if (first)
    take_items (self, g_steal_pointer (&items));
  else
    append_items (self, items);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDossierList) self = user_data;
  GError *error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error); /* a reload has taken over */
      return;
    }
  g_clear_object (&self->cancellable);
  if (reply != NULL)
    take_page (self, zc_reply_root (reply));
  else
    {
      gboolean offline = g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE);

      take_error (self, error);
      if (offline && self->store != NULL && self->items->len == 0)
        zc_local_store_list_dossiers_async (self->store, cached_cb, g_object_ref (self));
    }
  set_flag (self, PROP_LOADING, &self->loading, FALSE);
}

static void
add_filter (ZcJsonWriter *writer, const char *name, const char *value)
{
  g_autofree char *member = g_strdelimit (g_strdup (name), "-", '_');

  zc_json_add_string (writer, member, value);
}

/* A name or an ID number has no place in an address: the queue is searched by a body (SEC-S39). (transfer full) */
static char *
write_search (ZcDossierList *self, const char *cursor, int limit)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->filters); i++)
    if (self->filters[i] != NULL)
      add_filter (&writer, filter_names[i], self->filters[i]);
  if (self->year != 0)
    zc_json_add_integer (&writer, "year", self->year);
  zc_json_add_bool (&writer, "own_first", TRUE);
  zc_json_add_integer (&writer, "limit", limit);
  if (cursor != NULL)
    zc_json_add_string (&writer, "cursor", cursor);
  zc_json_end_object (&writer);
  return g_string_free (out, FALSE);
}

static void
ask_own (ZcDossierList *self)
{
  g_autofree char *year = self->year != 0 ? g_strdup_printf ("%d", self->year) : NULL;
  g_autofree char *limit = g_strdup_printf ("%d", PAGE);
  g_autofree char *path = zc_client_path ("/v1/dossiers", "limit", limit, "cursor", self->next, "business", self->filters[0],
                                          "year", year, NULL);
  const ZcRequest request = { .method = "GET", .path = path };

  zc_client_send_async (self->client, &request, self->cancellable, page_cb, g_object_ref (self));
}

/* Loaded anew, the list stays as long as it was: who has scrolled down stays there. */
static void
ask_queue (ZcDossierList *self)
{
  int limit = self->next != NULL ? PAGE : (int) CLAMP (self->items->len, PAGE, MOST);
  g_autofree char *json = write_search (self, self->next, limit);
  const ZcRequest request = { .method = "POST", .path = "/v1/searches", .json = json, .unattended = self->unattended };

  zc_client_send_async (self->client, &request, self->cancellable, page_cb, g_object_ref (self));
}

static void
load_page (ZcDossierList *self)
{
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  set_flag (self, PROP_LOADING, &self->loading, TRUE);
  if (self->store != NULL)
    ask_own (self);
  else
    ask_queue (self);
}

/* --- all that match --- */

static void
frozen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (ZcReply) reply = zc_client_send_finish (ZC_CLIENT (source), result, &error);
  const ZcJsonValue *array = reply != NULL ? zc_json_get (zc_reply_root (reply), "items") : NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; error == NULL && i < zc_json_size (array); i++)
    {
      ZcDossier *dossier = zc_dossier_new_from_json (zc_json_at (array, i), &error);

      if (dossier != NULL)
        g_ptr_array_add (items, dossier);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    {
      int total = (int) zc_json_get_integer (zc_reply_root (reply), "total", items->len);

      g_task_set_task_data (task, GINT_TO_POINTER (total), NULL);
      g_task_return_pointer (task, g_steal_pointer (&items), (GDestroyNotify) g_ptr_array_unref);
    }
}

/* --- the object --- */

static void
zc_dossier_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcDossierList *self = ZC_DOSSIER_LIST (object);
  const char *text = id == PROP_YEAR ? NULL : g_value_get_string (value);
  gboolean changed;

  if (id == PROP_YEAR)
    {
      changed = self->year != g_value_get_int (value);
      self->year = g_value_get_int (value);
    }
  else
    changed = g_set_str (&self->filters[id - PROP_BUSINESS], text != NULL && *text != '\0' ? text : NULL);
  if (!changed)
    return;
  g_object_notify_by_pspec (object, pspec);
  if (self->reload_id == 0)
    self->reload_id = g_idle_add (reload_cb, self); /* several filters set together are one question */
}

static void
zc_dossier_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcDossierList *self = ZC_DOSSIER_LIST (object);

  switch (id)
    {
    case PROP_YEAR:
      g_value_set_int (value, self->year);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    case PROP_TOTAL:
      g_value_set_int (value, self->total);
      break;
    case PROP_WAITING:
      g_value_set_int (value, self->waiting);
      break;
    case PROP_IN_REVIEW:
      g_value_set_int (value, self->in_review);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    case PROP_FROM_CACHE:
      g_value_set_boolean (value, self->from_cache);
      break;
    default:
      g_value_set_string (value, self->filters[id - PROP_BUSINESS]);
    }
}

static void
zc_dossier_list_dispose (GObject *object)
{
  ZcDossierList *self = ZC_DOSSIER_LIST (object);

  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_handle_id (&self->reload_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (zc_dossier_list_parent_class)->dispose (object);
}

static void
zc_dossier_list_finalize (GObject *object)
{
  ZcDossierList *self = ZC_DOSSIER_LIST (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->filters); i++)
    g_free (self->filters[i]);
  g_clear_object (&self->cancellable);
  g_object_unref (self->client);
  g_clear_object (&self->store);
  g_hash_table_unref (self->known);
  g_ptr_array_unref (self->items);
  g_free (self->next);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (zc_dossier_list_parent_class)->finalize (object);
}

static void
zc_dossier_list_class_init (ZcDossierListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags asked = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->set_property = zc_dossier_list_set_property;
  object_class->get_property = zc_dossier_list_get_property;
  object_class->dispose = zc_dossier_list_dispose;
  object_class->finalize = zc_dossier_list_finalize;
  for (guint i = 0; i < G_N_ELEMENTS (filter_names); i++)
    props[PROP_BUSINESS + i] = g_param_spec_string (filter_names[i], NULL, NULL, NULL, asked);
  props[PROP_YEAR] = g_param_spec_int ("year", NULL, NULL, 0, 9999, 0, asked);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, told);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, told);
  props[PROP_TOTAL] = g_param_spec_int ("total", NULL, NULL, -1, G_MAXINT, -1, told);
  props[PROP_WAITING] = g_param_spec_int ("waiting", NULL, NULL, -1, G_MAXINT, -1, told);
  props[PROP_IN_REVIEW] = g_param_spec_int ("in-review", NULL, NULL, -1, G_MAXINT, -1, told);
  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, told);
  props[PROP_FROM_CACHE] = g_param_spec_boolean ("from-cache", NULL, NULL, FALSE, told);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zc_dossier_list_init (ZcDossierList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->known = g_hash_table_new (g_str_hash, g_str_equal);
  self->total = self->waiting = self->in_review = -1;
}

/**
 * zc_dossier_list_new:
 * @client: signed in
 * @store: (nullable): where copies of one's own dossiers are kept for the time without network; NULL for a queue
 *
 * Returns: (transfer full): an empty list; zc_dossier_list_reload() fills it
 */
ZcDossierList *
zc_dossier_list_new (ZcClient *client, ZcLocalStore *store)
{
  ZcDossierList *self = g_object_new (ZC_TYPE_DOSSIER_LIST, NULL);

  self->client = g_object_ref (client);
  g_set_object (&self->store, store);
  return self;
}

static void
load_anew (ZcDossierList *self)
{
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->next, g_free);
  take_error (self, NULL);
  set_flag (self, PROP_COMPLETE, &self->complete, FALSE);
  load_page (self);
}

/**
 * zc_dossier_list_reload:
 * @self: a list
 *
 * Asks for the first page anew; what is shown stays until the answer is there.
 */
void
zc_dossier_list_reload (ZcDossierList *self)
{
  self->unattended = FALSE;
  load_anew (self);
}

/**
 * zc_dossier_list_refresh:
 * @self: a list
 *
 * The same because something has changed elsewhere: no sign that a person is there.
 */
void
zc_dossier_list_refresh (ZcDossierList *self)
{
  self->unattended = TRUE;
  load_anew (self);
}

ZcDossier *
zc_dossier_list_find (ZcDossierList *self, const char *id)
{
  return g_hash_table_lookup (self->known, id);
}

void
zc_dossier_list_update (ZcDossierList *self, ZcDossier *dossier)
{
  ZcDossier *known = zc_dossier_list_find (self, zc_dossier_get_id (dossier));

  if (known != NULL)
    zc_dossier_update_from (known, dossier);
}

gboolean
zc_dossier_list_get_loading (ZcDossierList *self)
{
  return self->loading;
}

const GError *
zc_dossier_list_get_error (ZcDossierList *self)
{
  return self->error;
}

/**
 * zc_dossier_list_freeze_async:
 * @self: a queue
 * @cancellable: (nullable): gives up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for all that match the filters as they are at one moment (P11), up to what the server gives at once. The list itself
 * stays as it is.
 */
void
zc_dossier_list_freeze_async (ZcDossierList *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *json = write_search (self, NULL, MOST);
  const ZcRequest request = { .method = "POST", .path = "/v1/searches", .json = json };

  zc_client_send_async (self->client, &request, cancellable, frozen_cb, g_task_new (self, cancellable, callback, user_data));
}

/**
 * zc_dossier_list_freeze_finish:
 * @self: a queue
 * @result: of the call
 * @total: (out): how many matched, which may be more than are answered
 * @error: of #ZC_REFUSAL_ERROR
 *
 * Returns: (transfer full) (nullable): of #ZcDossier: objects of their own, which nothing brings up to date
 */
GPtrArray *
zc_dossier_list_freeze_finish (ZcDossierList *self, GAsyncResult *result, int *total, GError **error)
{
  *total = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}
