/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-draft-private.h"

/* The rules of the business on what is on the screen: which fields apply, what is wrong, how far a section is. */

#define CHECK_DELAY 120 /* ms between a change and its check: faster than one notices, slower than one types */

enum
{
  RULE_KNOWN = 1,
  RULE_APPLIES = 2,
  RULE_REQUIRED = 4,
  RULE_ADVISED = 8,
};

static const ZcJsonValue *
snapshot_of (ZcDraftSection *section)
{
  if (section->snapshot == NULL)
    {
      g_autofree char *text = json_to_string (section->document, FALSE);

      section->snapshot = zc_json_parse (text, strlen (text), NULL);
    }
  return section->snapshot != NULL ? zc_json_root (section->snapshot) : NULL;
}

/* sections: (out) (transfer full): what answers points into */
static void
get_answers (ZcDraft *self, ZcAnswers *answers, const ZcJsonValue ***sections)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sections));

  *sections = g_new0 (const ZcJsonValue *, zc_business_get_n_sections (self->business));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (G_LIST_MODEL (self->sections), i);

      (*sections)[section->index] = snapshot_of (section);
    }
  *answers = (ZcAnswers){
    .business = self->business,
    .sections = *sections,
    .target = zc_json_root (self->target),
    .calendar = zc_draft_get_calendar (self),
    .now = zc_time_now (),
    .name = zc_dossier_get_resolved (self->dossier, "account.name"),
    .has_title = g_strcmp0 (zc_dossier_get_resolved (self->dossier, "account.has_title"), "true") == 0,
  };
}

static const ZcJsonValue *
entry_values (const ZcJsonValue *document, const char *id)
{
  const ZcJsonValue *entries = zc_json_get (document, "entries");

  for (guint i = 0; id != NULL && i < zc_json_size (entries); i++)
    if (g_strcmp0 (zc_json_get_string (zc_json_at (entries, i), "id"), id) == 0)
      return zc_json_get (zc_json_at (entries, i), "values");
  return NULL;
}

/* --- watching conditions --- */

static guint
ask_rules (const ZcAnswers *answers, ZcDraftSection *section, const ZcField *field, const ZcJsonValue *entry)
{
  guint rules = RULE_KNOWN;

  if (zc_field_applies (answers, section->index, field, entry))
    rules |= RULE_APPLIES;
  if (zc_field_is_required (answers, section->index, field, entry))
    rules |= RULE_REQUIRED;
  if (zc_field_is_advised (answers, section->index, field, entry))
    rules |= RULE_ADVISED;
  return rules;
}

static void
watch_field (ZcDraft *self, ZcDraftSection *section, const char *entry, const ZcField *field, guint rules)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", entry != NULL ? entry : "", field->id);
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (section->rules, key));

  if (before == rules)
    return;
  g_hash_table_insert (section->rules, g_steal_pointer (&key), GUINT_TO_POINTER (rules));
  if (before != 0)
    g_signal_emit (self, zc_draft_signals[ZC_DRAFT_APPLIES_CHANGED], 0, section->id, entry, field->id);
}

static void
watch_fields (ZcDraft *self, const ZcAnswers *answers, ZcDraftSection *section, const char *entry)
{
  const ZcJsonValue *values = entry_values (answers->sections[section->index], entry);

  for (guint i = 0; i < section->definition->n_fields; i++)
    {
      const ZcField *field = &section->definition->fields[i];

      watch_field (self, section, entry, field, ask_rules (answers, section, field, values));
    }
}

static void
watch_rules (ZcDraft *self, const ZcAnswers *answers, ZcDraftSection *section)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (section->entries));
  gboolean visible = zc_section_applies (answers, section->index);

  if (section->visible != visible)
    {
      zc_draft_set_number (section, "visible", &section->visible, visible);
      g_signal_emit (self, zc_draft_signals[ZC_DRAFT_APPLIES_CHANGED], 0, section->id, NULL, NULL);
    }
  if (!section->repeats)
    watch_fields (self, answers, section, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftEntry) entry = g_list_model_get_item (G_LIST_MODEL (section->entries), i);

      watch_fields (self, answers, section, entry->id);
    }
}

/* --- problems --- */

static gboolean
is_same_problem (const ZcProblem *a, const ZcProblem *b)
{
  return a->code == b->code && a->limit == b->limit && a->advice == b->advice && g_strcmp0 (a->entry, b->entry) == 0 &&
         g_strcmp0 (a->field, b->field) == 0 && g_strcmp0 (a->image, b->image) == 0;
}

static gboolean
are_same_problems (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!is_same_problem (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static void
count_entry_problems (ZcDraftSection *section)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (section->entries));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftEntry) entry = g_list_model_get_item (G_LIST_MODEL (section->entries), i);
      guint count = 0;

      for (guint j = 0; j < section->problems->len; j++)
        {
          const ZcProblem *problem = g_ptr_array_index (section->problems, j);

          count += !problem->advice && g_strcmp0 (problem->entry, entry->id) == 0;
        }
      zc_draft_set_number (entry, "n-problems", (int *) &entry->n_problems, count);
    }
}

static void
check_section (ZcDraft *self, const ZcAnswers *answers, ZcDraftSection *section)
{
  g_autoptr (GPtrArray) problems = zc_check_section (answers, section->index);
  guint count = 0;
  ZcSectionState state = zc_section_state (answers, section->index, &count);

  if (!are_same_problems (problems, section->problems))
    {
      GPtrArray *before = section->problems;

      section->problems = g_steal_pointer (&problems);
      g_ptr_array_unref (before);
      count_entry_problems (section);
      g_signal_emit (self, zc_draft_signals[ZC_DRAFT_PROBLEMS_CHANGED], 0, section->id);
    }
  zc_draft_set_number (section, "state", &section->state, state);
  zc_draft_set_number (section, "n-problems", (int *) &section->n_problems, count);
}

void
zc_draft_check_now (ZcDraft *self)
{
  g_autofree const ZcJsonValue **sections = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sections));
  ZcAnswers answers;

  g_clear_handle_id (&self->check_id, g_source_remove);
  get_answers (self, &answers, &sections);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (G_LIST_MODEL (self->sections), i);

      watch_rules (self, &answers, section);
      if (section->kept)
        check_section (self, &answers, section); /* others are shown as they were taken: nothing is to be mended */
    }
  zc_draft_update_states (self);
}

static gboolean
check_cb (gpointer user_data)
{
  ZcDraft *self = user_data;

  self->check_id = 0;
  zc_draft_check_now (self);
  return G_SOURCE_REMOVE;
}

void
zc_draft_check_soon (ZcDraft *self)
{
  if (self->check_id == 0)
    self->check_id = g_timeout_add (CHECK_DELAY, check_cb, self);
}

/* --- questions --- */

typedef gboolean (*FieldQuestion) (const ZcAnswers *answers, guint section, const ZcField *field, const ZcJsonValue *entry);

/* FALSE of a field that the form has not */
static gboolean
ask_field (ZcDraft *self, const char *section, const char *entry, const char *field, FieldQuestion question)
{
  g_autofree const ZcJsonValue **sections = NULL;
  ZcDraftSection *found = zc_draft_find_section (self, section);
  const ZcField *definition = found != NULL ? zc_section_find_field (found->definition, field) : NULL;
  ZcAnswers answers;

  if (definition == NULL)
    return FALSE;
  get_answers (self, &answers, &sections);
  return question (&answers, found->index, definition, entry_values (sections[found->index], entry));
}

/**
 * zc_draft_field_applies:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of the field
 *
 * Returns: whether the field is asked, as the answers are now
 */
gboolean
zc_draft_field_applies (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return ask_field (self, section, entry, field, zc_field_applies);
}

/**
 * zc_draft_field_is_required:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of the field
 *
 * Returns: whether the field carries the mark ＊, as the answers are now
 */
gboolean
zc_draft_field_is_required (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return ask_field (self, section, entry, field, zc_field_is_required);
}

/**
 * zc_draft_field_is_advised:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: id of the field
 *
 * Returns: whether the field is better answered, though not required, as the answers are now (P8)
 */
gboolean
zc_draft_field_is_advised (ZcDraft *self, const char *section, const char *entry, const char *field)
{
  return ask_field (self, section, entry, field, zc_field_is_advised);
}

/**
 * zc_draft_get_min_entries:
 * @self: a draft
 * @section: id of a repeating section
 *
 * Returns: how many entries it must have, as target and answers are now
 */
guint
zc_draft_get_min_entries (ZcDraft *self, const char *section)
{
  g_autofree const ZcJsonValue **sections = NULL;
  ZcDraftSection *found = zc_draft_find_section (self, section);
  ZcAnswers answers;

  if (found == NULL)
    return 0;
  get_answers (self, &answers, &sections);
  return zc_section_min_entries (&answers, found->index);
}

GPtrArray *
zc_draft_get_problems (ZcDraft *self, const char *section)
{
  ZcDraftSection *found = zc_draft_find_section (self, section);

  return found != NULL ? found->problems : NULL;
}

/**
 * zc_draft_find_problem:
 * @self: a draft
 * @section: id of the section
 * @entry: (nullable): id of the entry
 * @field: (nullable): id of the field; NULL: of the section or entry itself
 * @image: (nullable): digest; NULL: of the field itself
 *
 * Returns: (transfer none) (nullable): the first problem there, until the next "problems-changed"
 */
const ZcProblem *
zc_draft_find_problem (ZcDraft *self, const char *section, const char *entry, const char *field, const char *image)
{
  GPtrArray *problems = zc_draft_get_problems (self, section);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const ZcProblem *problem = g_ptr_array_index (problems, i);

      if (g_strcmp0 (problem->entry, entry) == 0 && g_strcmp0 (problem->field, field) == 0 &&
          g_strcmp0 (problem->image, image) == 0)
        return problem;
    }
  return NULL;
}

/**
 * zc_draft_check:
 * @self: a draft
 *
 * Returns: (transfer full): all that is wrong with what is filled in here, in the order of the form: of the applicant's sections
 * before submitting (P8), of the unit's before it sends on (U5)
 */
GPtrArray *
zc_draft_check (ZcDraft *self)
{
  g_autofree const ZcJsonValue **sections = NULL;
  ZcAnswers answers;

  get_answers (self, &answers, &sections);
  return zc_check (&answers, self->fills);
}
