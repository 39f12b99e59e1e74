/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-conflict.h"

/* A choice stays open until it is settled: nothing here changes a document. */

struct _ZcConflict
{
  GObject parent_instance;

  const ZcSection *definition;
  char            *entry;  /* (nullable) */
  char            *field;  /* (nullable) */
  JsonNode        *mine;   /* (nullable) */
  JsonNode        *theirs; /* (nullable) */
  ZcSide           choice;
};

G_DEFINE_FINAL_TYPE (ZcConflict, zc_conflict, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CHOICE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
zc_conflict_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, (int) ZC_CONFLICT (object)->choice);
}

static void
zc_conflict_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  zc_conflict_set_choice (ZC_CONFLICT (object), (ZcSide) g_value_get_int (value));
}

static void
zc_conflict_finalize (GObject *object)
{
  ZcConflict *self = ZC_CONFLICT (object);

  g_free (self->entry);
  g_free (self->field);
  g_clear_pointer (&self->mine, json_node_unref);
  g_clear_pointer (&self->theirs, json_node_unref);
  G_OBJECT_CLASS (zc_conflict_parent_class)->finalize (object);
}

static void
zc_conflict_class_init (ZcConflictClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = zc_conflict_get_property;
  object_class->set_property = zc_conflict_set_property;
  object_class->finalize = zc_conflict_finalize;
  props[PROP_CHOICE] = g_param_spec_int ("choice", NULL, NULL, ZC_SIDE_NONE, ZC_SIDE_THEIRS, ZC_SIDE_NONE,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zc_conflict_init (ZcConflict *self)
{
}

static JsonNode *
copy_value (JsonNode *value)
{
  return value != NULL && !JSON_NODE_HOLDS_NULL (value) ? json_node_copy (value) : NULL;
}

/**
 * zc_conflict_new:
 * @definition: the section; outlives the conflict
 * @entry: (nullable): id of an entry
 * @field: (nullable): id of a field; NULL: the whole entry
 * @mine: (nullable): what is on this computer
 * @theirs: (nullable): what the server holds
 *
 * Returns: (transfer full): both versions, nothing chosen
 */
ZcConflict *
zc_conflict_new (const ZcSection *definition, const char *entry, const char *field, JsonNode *mine, JsonNode *theirs)
{
  ZcConflict *self = g_object_new (ZC_TYPE_CONFLICT, NULL);

  self->definition = definition;
  self->entry = g_strdup (entry);
  self->field = g_strdup (field);
  self->mine = copy_value (mine);
  self->theirs = copy_value (theirs);
  return self;
}

const ZcSection *
zc_conflict_get_definition (ZcConflict *self)
{
  return self->definition;
}

const char *
zc_conflict_get_entry (ZcConflict *self)
{
  return self->entry;
}

const char *
zc_conflict_get_field (ZcConflict *self)
{
  return self->field;
}

JsonNode *
zc_conflict_get_value (ZcConflict *self, ZcSide side)
{
  return side == ZC_SIDE_MINE ? self->mine : self->theirs;
}

ZcSide
zc_conflict_get_choice (ZcConflict *self)
{
  return self->choice;
}

void
zc_conflict_set_choice (ZcConflict *self, ZcSide choice)
{
  if (self->choice == choice)
    return;
  self->choice = choice;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOICE]);
}
