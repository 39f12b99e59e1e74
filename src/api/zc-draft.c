/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"
#include "zc-past.h"

/* What a draft is, and what is known of it: where its text is, what the server says of each section. Its life is in other files:
 * zc-draft-open.c, zc-draft-follow.c, zc-draft-document.c, zc-draft-store.c, zc-draft-send.c. */

enum
{
  PROP_0,
  PROP_EDITABLE,
  PROP_STATE,
  PROP_STORE_ERROR,
  PROP_RECOVERED_AT,
  PROP_N_CONFLICTS,
  PROP_PAST,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
guint zc_draft_signals[ZC_DRAFT_N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcDraft, zc_draft, G_TYPE_OBJECT)

ZcDraftSection *
zc_draft_section_at (ZcDraft *self, guint index)
{
  g_autoptr (ZcDraftSection) section = g_list_model_get_item (G_LIST_MODEL (self->sections), index);

  return section; /* the list holds it */
}

guint
zc_draft_n_sections (ZcDraft *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->sections));
}

/* --- states --- */

static ZcSyncState
sync_state_of (ZcDraft *self, ZcDraftSection *section)
{
  if (!section->kept)
    return ZC_SYNC_ON_SERVER;
  if (section->unsaved || section->writing > 0)
    return ZC_SYNC_UNSAVED;
  if (section->conflicts != NULL)
    return ZC_SYNC_CONFLICT;
  if (self->sync == NULL)
    return section->dirty ? ZC_SYNC_SAVED : ZC_SYNC_ON_SERVER;
  return zc_sync_get_section_state (self->sync, zc_dossier_get_id (self->dossier), section->id);
}

/* The server's word counts for the very text on the screen and no other. */
static void
update_confirmed (ZcDraft *self, ZcDraftSection *section)
{
  gboolean same_text = !section->unsaved && section->writing == 0 && !section->dirty;
  ZcSectionStatus *told = zc_dossier_find_section (self->dossier, section->id);
  ZcSectionState state = ZC_SECTION_EMPTY;
  gboolean known = section->server_state != NULL && zc_section_state_from_string (section->server_state, &state);

  /* the dossier's word is younger where it speaks of the same version: another section's answer may have changed it */
  if (told != NULL && zc_section_status_get_version (told) == section->base_version)
    {
      state = zc_section_status_get_state (told);
      known = TRUE;
    }
  if (same_text && known)
    {
      zc_draft_set_number (section, "state", &section->state, state);
      zc_draft_set_number (section, "confirmed", &section->confirmed, TRUE);
    }
  else
    zc_draft_set_number (section, "confirmed", &section->confirmed, FALSE);
}

static void
update_editable (ZcDraft *self)
{
  gboolean editable = self->store != NULL && zc_dossier_has_action (self->dossier, "edit");

  if (self->editable == editable)
    return;
  self->editable = editable;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EDITABLE]);
}

static void
take_target (ZcDraft *self)
{
  g_autofree char *text = zc_dossier_dup_target_json (self->dossier);

  g_clear_pointer (&self->target, zc_json_unref);
  self->target = zc_json_parse (text, strlen (text), NULL);
}

void
zc_draft_take_dossier (ZcDraft *self)
{
  take_target (self);
  update_editable (self);
}

void
zc_draft_update_states (ZcDraft *self)
{
  int worst = ZC_SYNC_ON_SERVER, conflicts = 0;

  for (guint i = 0; i < zc_draft_n_sections (self); i++)
    {
      ZcDraftSection *section = zc_draft_section_at (self, i);

      zc_draft_set_number (section, "sync-state", &section->sync_state, (int) sync_state_of (self, section));
      update_confirmed (self, section);
      worst = MIN (worst, section->sync_state);
      conflicts += section->n_conflicts;
    }
  zc_draft_set_number (self, "n-conflicts", &self->n_conflicts, conflicts);
  if (self->state == worst)
    return;
  self->state = worst;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* --- the object --- */

static void
zc_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcDraft *self = ZC_DRAFT (object);

  switch (id)
    {
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->editable);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_STORE_ERROR:
      g_value_set_boxed (value, self->store_error);
      break;
    case PROP_N_CONFLICTS:
      g_value_set_int (value, self->n_conflicts);
      break;
    case PROP_PAST:
      g_value_set_object (value, self->past);
      break;
    default:
      g_value_set_int64 (value, self->recovered_at);
    }
}

static void
zc_draft_dispose (GObject *object)
{
  ZcDraft *self = ZC_DRAFT (object);

  if (self->write_id != 0)
    zc_draft_write_now (self); /* the writes hold what they need: nothing typed goes with the window */
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_signal_handler (&self->past_id, self->dossier);
  G_OBJECT_CLASS (zc_draft_parent_class)->dispose (object);
}

static void
zc_draft_finalize (GObject *object)
{
  ZcDraft *self = ZC_DRAFT (object);

  g_clear_handle_id (&self->write_id, g_source_remove);
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_object (&self->store);
  g_clear_object (&self->sync);
  g_clear_object (&self->client);
  g_object_unref (self->dossier);
  g_object_unref (self->sections);
  g_clear_pointer (&self->business, zc_business_unref);
  g_clear_pointer (&self->target, zc_json_unref);
  g_hash_table_unref (self->image_lists);
  g_hash_table_unref (self->images_here);
  g_clear_error (&self->store_error);
  g_clear_object (&self->past);
  G_OBJECT_CLASS (zc_draft_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params)
{
  return g_signal_new (name, ZC_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, G_TYPE_STRING,
                       G_TYPE_STRING, G_TYPE_STRING);
}

static void
zc_draft_class_init (ZcDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zc_draft_get_property;
  object_class->dispose = zc_draft_dispose;
  object_class->finalize = zc_draft_finalize;
  props[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE, flags);
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ZC_SYNC_UNSAVED, ZC_SYNC_ON_SERVER, ZC_SYNC_ON_SERVER, flags);
  props[PROP_STORE_ERROR] = g_param_spec_boxed ("store-error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_RECOVERED_AT] = g_param_spec_int64 ("recovered-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_N_CONFLICTS] = g_param_spec_int ("n-conflicts", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_PAST] = g_param_spec_object ("past", NULL, NULL, ZC_TYPE_PAST, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  zc_draft_signals[ZC_DRAFT_VALUE_CHANGED] = new_signal ("value-changed", 3);
  zc_draft_signals[ZC_DRAFT_APPLIES_CHANGED] = new_signal ("applies-changed", 3);
  zc_draft_signals[ZC_DRAFT_PROBLEMS_CHANGED] = new_signal ("problems-changed", 1);
  zc_draft_signals[ZC_DRAFT_RELOADED] = new_signal ("reloaded", 1);
  zc_draft_signals[ZC_DRAFT_CONFLICT] = new_signal ("conflict", 1);
}

static void
zc_draft_init (ZcDraft *self)
{
  self->sections = g_list_store_new (ZC_TYPE_DRAFT_SECTION);
  self->image_lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->images_here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->state = ZC_SYNC_ON_SERVER;
  g_queue_init (&self->flushes);
}

/* --- making one --- */

ZcDraftSection *
zc_draft_add_section (ZcDraft *self, guint index, gboolean kept)
{
  g_autoptr (ZcDraftSection) section = zc_draft_section_new (zc_business_get_section (self->business, index), index);

  section->kept = kept;
  g_list_store_append (self->sections, section);
  return section; /* the list holds it */
}

ZcDraft *
zc_draft_new (ZcBusiness *business, ZcDossier *dossier)
{
  ZcDraft *self = g_object_new (ZC_TYPE_DRAFT, NULL);

  self->business = zc_business_ref (business);
  self->dossier = g_object_ref (dossier);
  zc_draft_take_dossier (self);
  return self;
}

void
zc_draft_be_kept (ZcDraft *self, ZcLocalStore *store, ZcSync *sync)
{
  g_set_object (&self->store, store);
  g_set_object (&self->sync, sync);
  if (sync != NULL)
    g_set_object (&self->client, zc_sync_get_client (sync));
  update_editable (self);
}

/* --- what it is --- */

ZcBusiness *
zc_draft_get_business (ZcDraft *self)
{
  return self->business;
}

const ZcCalendar *
zc_draft_get_calendar (ZcDraft *self)
{
  return self->sync != NULL ? zc_client_get_calendar (zc_sync_get_client (self->sync)) : zc_calendar_get_national ();
}

ZcDossier *
zc_draft_get_dossier (ZcDraft *self)
{
  return self->dossier;
}

GListModel *
zc_draft_get_sections (ZcDraft *self)
{
  return G_LIST_MODEL (self->sections);
}

ZcDraftSection *
zc_draft_find_section (ZcDraft *self, const char *section)
{
  for (guint i = 0; section != NULL && i < zc_draft_n_sections (self); i++)
    if (strcmp (zc_draft_section_at (self, i)->id, section) == 0)
      return zc_draft_section_at (self, i);
  return NULL;
}

gboolean
zc_draft_get_editable (ZcDraft *self)
{
  return self->editable;
}

ZcSyncState
zc_draft_get_state (ZcDraft *self)
{
  return self->state;
}

gint64
zc_draft_get_recovered_at (ZcDraft *self)
{
  return self->recovered_at;
}

const GError *
zc_draft_get_store_error (ZcDraft *self)
{
  return self->store_error;
}

int
zc_draft_get_n_conflicts (ZcDraft *self)
{
  return self->n_conflicts;
}

char *
zc_draft_dup_conflicts (ZcDraft *self, const char *section)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);

  return found != NULL ? g_strdup (found->conflicts) : NULL;
}
