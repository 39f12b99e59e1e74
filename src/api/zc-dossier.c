/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-dossier-private.h"
#include "zc-record.h"

/* A dossier as the server tells it, with its sections' states and the remarks of a return. */

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZcDossier, zc_dossier, G_TYPE_OBJECT)

static const ZcRecordField dossier_fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcDossier, id) },
  { "business", zc_record_string, G_STRUCT_OFFSET (ZcDossier, business) },
  { "business-title", zc_record_string, G_STRUCT_OFFSET (ZcDossier, business_title) },
  { "title", zc_record_string, G_STRUCT_OFFSET (ZcDossier, title) },
  { "unit", zc_record_string, G_STRUCT_OFFSET (ZcDossier, unit) },
  { "series", zc_record_string, G_STRUCT_OFFSET (ZcDossier, series) },
  { "level", zc_record_string, G_STRUCT_OFFSET (ZcDossier, level) },
  { "committee", zc_record_string, G_STRUCT_OFFSET (ZcDossier, committee) },
  { "office", zc_record_string, G_STRUCT_OFFSET (ZcDossier, office) },
  { "sought", zc_record_string, G_STRUCT_OFFSET (ZcDossier, sought) },
  { "way", zc_record_string, G_STRUCT_OFFSET (ZcDossier, way) },
  { "registered-body", zc_record_string, G_STRUCT_OFFSET (ZcDossier, registered_body) },
  { "head", zc_record_string, G_STRUCT_OFFSET (ZcDossier, head) },
  { "stage-id", zc_record_string, G_STRUCT_OFFSET (ZcDossier, stage_id) },
  { "state-id", zc_record_string, G_STRUCT_OFFSET (ZcDossier, state_id) },
  { "applicant-name", zc_record_string, G_STRUCT_OFFSET (ZcDossier, applicant_name) },
  { "applicant-id-number", zc_record_string, G_STRUCT_OFFSET (ZcDossier, applicant_id_number) },
  { "holder-name", zc_record_string, G_STRUCT_OFFSET (ZcDossier, holder_name) },
  { "assigned-name", zc_record_string, G_STRUCT_OFFSET (ZcDossier, assigned_name) },
  { "returned-opinion", zc_record_string, G_STRUCT_OFFSET (ZcDossier, returned_opinion) },
  { "returned-code", zc_record_string, G_STRUCT_OFFSET (ZcDossier, returned_code) },
  { "returned-by", zc_record_string, G_STRUCT_OFFSET (ZcDossier, returned_by) },
  { "receipt-number", zc_record_string, G_STRUCT_OFFSET (ZcDossier, receipt_number) },
  { "receipt-digest", zc_record_string, G_STRUCT_OFFSET (ZcDossier, receipt_digest) },
  { "revision", zc_record_int, G_STRUCT_OFFSET (ZcDossier, revision) },
  { "year", zc_record_int, G_STRUCT_OFFSET (ZcDossier, year) },
  { "stage", zc_record_int, G_STRUCT_OFFSET (ZcDossier, stage) },
  { "state", zc_record_int, G_STRUCT_OFFSET (ZcDossier, state) },
  { "sections-done", zc_record_int, G_STRUCT_OFFSET (ZcDossier, sections_done) },
  { "sections-total", zc_record_int, G_STRUCT_OFFSET (ZcDossier, sections_total) },
  { "submissions", zc_record_int, G_STRUCT_OFFSET (ZcDossier, submissions) },
  { "returned-revision", zc_record_int, G_STRUCT_OFFSET (ZcDossier, returned_revision) },
  { "waited", zc_record_int, G_STRUCT_OFFSET (ZcDossier, waited) },
  { "wait-limit", zc_record_int, G_STRUCT_OFFSET (ZcDossier, wait_limit) },
  { "version", zc_record_int64, G_STRUCT_OFFSET (ZcDossier, version) },
  { "created-at", zc_record_int64, G_STRUCT_OFFSET (ZcDossier, created_at) },
  { "updated-at", zc_record_int64, G_STRUCT_OFFSET (ZcDossier, updated_at) },
  { "submitted-at", zc_record_int64, G_STRUCT_OFFSET (ZcDossier, submitted_at) },
  { "deadline", zc_record_int64, G_STRUCT_OFFSET (ZcDossier, deadline) },
  { "returned-at", zc_record_int64, G_STRUCT_OFFSET (ZcDossier, returned_at) },
  { "receipt-at", zc_record_int64, G_STRUCT_OFFSET (ZcDossier, receipt_at) },
  { "held", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, held) },
  { "held-by-me", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, held_by_me) },
  { "assigned-to-me", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, assigned_to_me) },
  { "detailed", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, detailed) },
  { "editable", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, editable) },
  { "can-submit", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_submit) },
  { "can-withdraw", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_withdraw) },
  { "can-delete", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_delete) },
  { "can-retarget", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_retarget) },
  { "can-accept", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_accept) },
  { "can-release", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_release) },
  { "can-approve", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_approve) },
  { "can-return", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_return) },
  { "can-return-back", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_return_back) },
  { "can-refuse", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_refuse) },
  { "can-abandon", zc_record_boolean, G_STRUCT_OFFSET (ZcDossier, can_abandon) },
  { "sections", zc_record_list, G_STRUCT_OFFSET (ZcDossier, sections) },
  { "notes", zc_record_list, G_STRUCT_OFFSET (ZcDossier, notes) },
  { "kept", zc_record_list, G_STRUCT_OFFSET (ZcDossier, kept) },
  { "left", zc_record_list, G_STRUCT_OFFSET (ZcDossier, left) },
};

/* The properties that say whether an action is allowed. */
static const struct
{
  const char *action;
  gsize       offset;
} action_flags[] = {
  { "edit", G_STRUCT_OFFSET (ZcDossier, editable) },
  { "submit", G_STRUCT_OFFSET (ZcDossier, can_submit) },
  { "withdraw", G_STRUCT_OFFSET (ZcDossier, can_withdraw) },
  { "delete", G_STRUCT_OFFSET (ZcDossier, can_delete) },
  { "retarget", G_STRUCT_OFFSET (ZcDossier, can_retarget) },
  { "accept", G_STRUCT_OFFSET (ZcDossier, can_accept) },
  { "release", G_STRUCT_OFFSET (ZcDossier, can_release) },
  { "approve", G_STRUCT_OFFSET (ZcDossier, can_approve) },
  { "return", G_STRUCT_OFFSET (ZcDossier, can_return) },
  { "return-back", G_STRUCT_OFFSET (ZcDossier, can_return_back) },
  { "refuse", G_STRUCT_OFFSET (ZcDossier, can_refuse) },
  { "abandon", G_STRUCT_OFFSET (ZcDossier, can_abandon) },
};

static void (*finalize_fields) (GObject *object);

static void
zc_dossier_finalize (GObject *object)
{
  g_clear_pointer (&ZC_DOSSIER (object)->document, zc_json_unref);
  finalize_fields (object);
}

static void
zc_dossier_class_init (ZcDossierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  zc_record_install (object_class, dossier_fields, G_N_ELEMENTS (dossier_fields));
  finalize_fields = object_class->finalize;
  object_class->finalize = zc_dossier_finalize;
  signals[CHANGED] = g_signal_new ("changed", ZC_TYPE_DOSSIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zc_dossier_init (ZcDossier *self)
{
}

/**
 * zc_dossier_new_from_json:
 * @value: SUMMARY or DOSSIER of the contract
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the dossier
 */
ZcDossier *
zc_dossier_new_from_json (const ZcJsonValue *value, GError **error)
{
  g_autoptr (ZcDossier) self = g_object_new (ZC_TYPE_DOSSIER, NULL);
  g_autofree char *text = zc_record_text (value);

  if (zc_json_get_string (value, "id") == NULL || zc_json_get_string (value, "business") == NULL)
    {
      g_set_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "a dossier without id or business");
      return NULL;
    }
  self->document = zc_json_parse (text, strlen (text), error);
  if (self->document == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (action_flags); i++)
    G_STRUCT_MEMBER (gboolean, self, action_flags[i].offset) = zc_dossier_has_action (self, action_flags[i].action);
  return zc_dossier_read (self, value, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * zc_dossier_new_from_text:
 * @text: (nullable): of zc_dossier_to_json()
 *
 * Returns: (transfer full) (nullable): the dossier; %NULL where there is no text, or none that can be read
 */
ZcDossier *
zc_dossier_new_from_text (const char *text)
{
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;

  return json != NULL ? zc_dossier_new_from_json (zc_json_root (json), NULL) : NULL;
}

/**
 * zc_dossier_json_union:
 * @known: an object
 * @newer: another
 *
 * Returns: (transfer full): @newer with those members of @known that it does not have: a summary that arrives after the
 *   whole does not take the details away
 */
char *
zc_dossier_json_union (const ZcJsonValue *known, const ZcJsonValue *newer)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  for (guint i = 0; i < zc_json_size (newer); i++)
    zc_json_add_value (&writer, zc_json_key (newer, i), zc_json_at (newer, i));
  for (guint i = 0; i < zc_json_size (known); i++)
    if (zc_json_get (newer, zc_json_key (known, i)) == NULL)
      zc_json_add_value (&writer, zc_json_key (known, i), zc_json_at (known, i));
  zc_json_end_object (&writer);
  return g_string_free (out, FALSE);
}

static ZcDossier *
complete_summary (ZcDossier *self, const ZcJsonValue *value)
{
  g_autofree char *text = zc_dossier_json_union (zc_json_root (self->document), value);

  return zc_dossier_new_from_text (text);
}

/**
 * zc_dossier_update:
 * @self: a dossier
 * @value: what the server says of it now
 * @error: return location
 *
 * Brings @self up to date and notifies what differs. An answer older than what is known (one that was overtaken on its
 * way) is ignored.
 *
 * Returns: whether @value could be read
 */
gboolean
zc_dossier_update (ZcDossier *self, const ZcJsonValue *value, GError **error)
{
  g_autoptr (ZcDossier) other = zc_dossier_new_from_json (value, error);

  return other != NULL && zc_dossier_update_from (self, other);
}

/**
 * zc_dossier_update_from:
 * @self: a dossier
 * @other: another object of the same dossier
 *
 * Returns: TRUE
 */
gboolean
zc_dossier_update_from (ZcDossier *self, ZcDossier *other)
{
  g_autoptr (ZcDossier) completed = NULL;

  g_return_val_if_fail (strcmp (self->id, other->id) == 0, FALSE);

  if (self == other || other->version < self->version)
    return TRUE;
  if (self->detailed && !other->detailed)
    completed = complete_summary (self, zc_json_root (other->document));
  if (completed != NULL)
    other = completed;
  zc_json_unref (self->document);
  self->document = zc_json_ref (other->document);
  zc_record_take (self, other);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/**
 * zc_dossier_to_json:
 * @self: a dossier
 *
 * Returns: (transfer full): what zc_dossier_new_from_json() takes, and zc_dossier_new_from_text()
 */
char *
zc_dossier_to_json (ZcDossier *self)
{
  return zc_record_text (zc_json_root (self->document));
}

/**
 * zc_dossier_dup_target_json:
 * @self: a dossier
 *
 * Returns: (transfer full): where it goes, ids only, as zc_check() takes it
 */
char *
zc_dossier_dup_target_json (ZcDossier *self)
{
  const ZcJsonValue *target = zc_json_get (zc_json_root (self->document), "target");
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  for (guint i = 0; i < zc_json_size (target); i++)
    if (zc_json_get_string (zc_json_at (target, i), "id") != NULL)
      zc_json_add_string (&writer, zc_json_key (target, i), zc_json_get_string (zc_json_at (target, i), "id"));
  zc_json_end_object (&writer);
  return g_string_free (out, FALSE);
}

static const char *
get_target (ZcDossier *self, const char *name, const char *member)
{
  const ZcJsonValue *target = zc_json_get (zc_json_root (self->document), "target");

  return zc_json_get_string (zc_json_get (target, name), member);
}

/**
 * zc_dossier_get_target_id:
 * @self: a dossier
 * @name: "unit", "series" …
 *
 * Returns: (nullable): the id
 */
const char *
zc_dossier_get_target_id (ZcDossier *self, const char *name)
{
  return get_target (self, name, "id");
}

/**
 * zc_dossier_get_target_name:
 * @self: a dossier
 * @name: "unit", "series" …
 *
 * Returns: (nullable): the name to show
 */
const char *
zc_dossier_get_target_name (ZcDossier *self, const char *name)
{
  return get_target (self, name, "name");
}

/**
 * zc_dossier_has_action:
 * @self: a dossier
 * @action: "edit", "submit" …
 *
 * Returns: whether this session may do it now, by the server's word (B2)
 */
gboolean
zc_dossier_has_action (ZcDossier *self, const char *action)
{
  const ZcJsonValue *actions = zc_json_get (zc_json_root (self->document), "actions");

  for (guint i = 0; i < zc_json_size (actions); i++)
    if (g_strcmp0 (zc_json_string (zc_json_at (actions, i)), action) == 0)
      return TRUE;
  return FALSE;
}

/**
 * zc_dossier_get_refusal:
 * @self: a dossier
 * @action: "submit" or "withdraw"
 *
 * Returns: (transfer none) (nullable): published name of the refusal that keeps its applicant from it (N12); %NULL where it is
 * allowed, or where nobody would ask for it
 */
const char *
zc_dossier_get_refusal (ZcDossier *self, const char *action)
{
  const ZcJsonValue *refused = zc_json_get (zc_json_root (self->document), "refused");

  for (guint i = 0; i < zc_json_size (refused); i++)
    if (g_strcmp0 (zc_json_get_string (zc_json_at (refused, i), "action"), action) == 0)
      return zc_json_get_string (zc_json_at (refused, i), "code");
  return NULL;
}

/**
 * zc_dossier_find_section:
 * @self: a dossier
 * @section: id of a section
 *
 * Returns: (transfer none) (nullable): what the server says of it
 */
ZcSectionStatus *
zc_dossier_find_section (ZcDossier *self, const char *section)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sections));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcSectionStatus) item = g_list_model_get_item (G_LIST_MODEL (self->sections), i);

      if (strcmp (zc_section_status_get_id (item), section) == 0)
        return item; /* the list holds it */
    }
  return NULL;
}

/**
 * zc_dossier_get_resolved:
 * @self: a dossier
 * @from: "account.name", "target.unit" …
 *
 * Returns: (nullable): the text that a field's `from` stands for
 */
const char *
zc_dossier_get_resolved (ZcDossier *self, const char *from)
{
  return zc_json_get_string (zc_json_get (zc_json_root (self->document), "resolved"), from);
}

/**
 * zc_dossier_is_returned:
 * @self: a dossier
 *
 * Returns: whether a reviewer has sent it back and it was not sent again
 */
gboolean
zc_dossier_is_returned (ZcDossier *self)
{
  return self->state == ZC_STATE_RETURNED;
}

const char *
zc_dossier_get_id (ZcDossier *self)
{
  return self->id;
}

const char *
zc_dossier_get_business (ZcDossier *self)
{
  return self->business;
}

const char *
zc_dossier_get_title (ZcDossier *self)
{
  return self->title;
}

/**
 * zc_dossier_get_registered_body:
 * @self: a dossier
 *
 * Returns: the id of the unit that it was admitted as (U1); "" where it registers none, or is not through
 */
const char *
zc_dossier_get_registered_body (ZcDossier *self)
{
  return self->registered_body;
}

/**
 * zc_dossier_get_sought:
 * @self: a dossier
 *
 * Returns: what it asks for: "工程技术 · 副高级", or the unit that registers or is changed; "" while that is not known
 */
const char *
zc_dossier_get_sought (ZcDossier *self)
{
  return self->sought;
}

/**
 * zc_dossier_get_way:
 * @self: a dossier
 *
 * Returns: by which body it goes to which: "广西南方机械有限公司 → 南宁市工程系列高级评委会"
 */
const char *
zc_dossier_get_way (ZcDossier *self)
{
  return self->way;
}

const char *
zc_dossier_get_returned_opinion (ZcDossier *self)
{
  return self->returned_opinion;
}

const char *
zc_dossier_get_receipt_number (ZcDossier *self)
{
  return self->receipt_number;
}

int
zc_dossier_get_returned_revision (ZcDossier *self)
{
  return self->returned_revision;
}

int
zc_dossier_get_revision (ZcDossier *self)
{
  return self->revision;
}

int
zc_dossier_get_year (ZcDossier *self)
{
  return self->year;
}

int
zc_dossier_get_submissions (ZcDossier *self)
{
  return self->submissions;
}

gint64
zc_dossier_get_version (ZcDossier *self)
{
  return self->version;
}

gint64
zc_dossier_get_deadline (ZcDossier *self)
{
  return self->deadline;
}

gint64
zc_dossier_get_submitted_at (ZcDossier *self)
{
  return self->submitted_at;
}

ZcStage
zc_dossier_get_stage (ZcDossier *self)
{
  return self->stage;
}

ZcState
zc_dossier_get_state (ZcDossier *self)
{
  return self->state;
}

gboolean
zc_dossier_get_detailed (ZcDossier *self)
{
  return self->detailed;
}

GListModel *
zc_dossier_get_notes (ZcDossier *self)
{
  return G_LIST_MODEL (self->notes);
}

GListModel *
zc_dossier_get_sections (ZcDossier *self)
{
  return G_LIST_MODEL (self->sections);
}

/**
 * zc_dossier_get_kept:
 * @self: the answer to another target
 *
 * Returns: (transfer none): of ZcNote: sections and fields that were filled in and are no longer asked for; empty otherwise
 */
GListModel *
zc_dossier_get_kept (ZcDossier *self)
{
  return G_LIST_MODEL (self->kept);
}

/**
 * zc_dossier_get_left:
 * @self: a dossier
 *
 * Returns: (transfer none): of ZcLeft: in the answer to a newer form and to a copy what found no place in it; else empty
 */
GListModel *
zc_dossier_get_left (ZcDossier *self)
{
  return G_LIST_MODEL (self->left);
}
