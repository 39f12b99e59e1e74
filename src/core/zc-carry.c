/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include "zc-carry.h"
#include "zc-check-private.h"

/* A value moves where section, field id and type are the same and the other revision's structure
 * takes it (decisions 16). A declaration moves only to the very words that were declared.
 *
 * A computer's draft may hold what the server would not: text that is still too long, and values of
 * the other revision already, come from another computer. Both stay where they are. */

typedef struct
{
  const ZcCarry *carry;
  const ZcSection *from;
  const ZcSection *to; /* NULL: nothing moves */
  guint index;         /* of it */
  GHashTable *refused; /* set of places that the structure does not take */
  GHashTable *broken;  /* set of places that the structure of the former revision does not take either */
} Move;

static char *
make_place (const char *entry, const char *field)
{
  return g_strconcat (entry != NULL ? entry : "", "\n", field, NULL);
}

/* What only the person can say again. */
static gboolean
is_said_anew (const Move *move, const ZcField *field)
{
  return move->carry->anew && (field->consent || field->same_as != NULL);
}

static gboolean
says_the_same (const ZcField *field, const ZcField *other)
{
  return g_strcmp0 (field->label, other->label) == 0 && g_strcmp0 (field->hint, other->hint) == 0;
}

static gboolean
moves (const Move *move, const ZcField *field, const char *entry)
{
  const ZcField *other = move->to != NULL ? zc_section_find_field (move->to, field->id) : NULL;
  g_autofree char *place = make_place (entry, field->id);

  return other != NULL && other->type == field->type && other->from == NULL
         && !is_said_anew (move, field) && (!other->consent || says_the_same (field, other))
         && !g_hash_table_contains (move->refused, place);
}

/* Of fields that the former revision does not have. */
static void
write_new_values (const Move *move, ZcJsonWriter *writer, const ZcJsonValue *values)
{
  for (guint i = 0; move->to != NULL && i < move->to->n_fields; i++)
    {
      const char *id = move->to->fields[i].id;
      const ZcJsonValue *value = zc_json_get (values, id);

      if (value != NULL && zc_section_find_field (move->from, id) == NULL)
        zc_json_add_value (writer, id, value);
    }
}

static void
write_values (const Move *move, ZcJsonWriter *writer, const char *entry, const ZcJsonValue *values)
{
  zc_json_begin_object (writer, "values");
  for (guint i = 0; i < move->from->n_fields; i++)
    {
      const ZcField *field = &move->from->fields[i];
      const ZcJsonValue *value = zc_json_get (values, field->id);

      if (value != NULL && moves (move, field, entry))
        zc_json_add_value (writer, field->id, value);
    }
  write_new_values (move, writer, values);
  zc_json_end_object (writer);
}

/* Entries beyond what the other revision takes stay behind. */
static guint
count_moving (const Move *move, const ZcJsonValue *entries)
{
  return move->to != NULL ? MIN (zc_json_size (entries), move->to->max_entries) : 0;
}

static void
write_entries (const Move *move, ZcJsonWriter *writer, const ZcJsonValue *entries)
{
  guint n = count_moving (move, entries);

  zc_json_begin_array (writer, "entries");
  for (guint i = 0; i < n; i++)
    {
      const ZcJsonValue *entry = zc_json_at (entries, i);
      const char *id = zc_json_get_string (entry, "id");

      zc_json_begin_object (writer, NULL);
      zc_json_add_string (writer, "id", id);
      write_values (move, writer, id, zc_json_get (entry, "values"));
      zc_json_end_object (writer);
    }
  zc_json_end_array (writer);
}

static GString *
write_document (const Move *move, const ZcJsonValue *document)
{
  GString *text = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_object (&writer, NULL);
  if (move->from->repeats)
    write_entries (move, &writer, zc_json_get (document, "entries"));
  else
    write_values (move, &writer, NULL, zc_json_get (document, "values"));
  zc_json_end_object (&writer);
  return text;
}

static void
note_places (GHashTable *places, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = problems->pdata[i];

      if (problem->field != NULL)
        g_hash_table_add (places, make_place (problem->entry, problem->field));
    }
}

/* Of a draft: what its own revision does not take is the person's to mend, where it stands. */
static void
note_broken (Move *move, const ZcJsonValue *document)
{
  g_autoptr (GPtrArray) problems = NULL;
  guint index;

  if (move->carry->drafted == NULL
      || zc_business_find_section (move->carry->drafted, move->from->id, &index) == NULL)
    return;
  problems = zc_check_structure (move->carry->drafted, index, document);
  note_places (move->broken, problems);
}

/* Takes out of @problems what was broken before. */
static void
pass_broken (const Move *move, GPtrArray *problems)
{
  for (guint i = problems->len; i > 0; i--)
    {
      const ZcProblem *problem = problems->pdata[i - 1];
      g_autofree char *place
          = problem->field != NULL ? make_place (problem->entry, problem->field) : NULL;

      if (place != NULL && g_hash_table_contains (move->broken, place))
        g_ptr_array_remove_index (problems, i - 1);
    }
}

/* Notes what the structure does not take. FALSE: it is no value that could be left out. */
static gboolean
refuse_values (Move *move, GPtrArray *problems)
{
  note_places (move->refused, problems);
  for (guint i = 0; i < problems->len; i++)
    if (((const ZcProblem *)problems->pdata[i])->field == NULL)
      return FALSE;
  return TRUE;
}

/* Once without what the first look refused: leaving values out can break nothing else. */
static char *
carry_values (Move *move, const ZcJsonValue *document)
{
  note_broken (move, document);
  for (guint look = 0; look < 2; look++)
    {
      g_autoptr (GString) text = write_document (move, document);
      g_autoptr (ZcJson) json = zc_json_parse (text->str, text->len, NULL);
      g_autoptr (GPtrArray) problems
          = json != NULL ? zc_check_structure (move->carry->to, move->index, zc_json_root (json))
                         : NULL;

      if (problems != NULL)
        pass_broken (move, problems);
      if (problems != NULL && problems->len == 0)
        return g_string_free_and_steal (g_steal_pointer (&text));
      if (problems == NULL || !refuse_values (move, problems))
        break;
    }
  move->to = NULL;
  return NULL;
}

static void
tell_value (const Move *move,
            ZcJsonWriter *left,
            const ZcField *field,
            const ZcJsonValue *entry,
            const ZcJsonValue *value)
{
  const char *id = zc_json_get_string (entry, "id");
  const char *title = move->from->entry_title != NULL ? zc_json_get_string (
                          zc_json_get (entry, "values"), move->from->entry_title)
                                                      : NULL;

  zc_json_begin_object (left, NULL);
  zc_json_add_string (left, "section", move->from->id);
  zc_json_add_string (left, "section_title", move->from->title);
  if (id != NULL)
    zc_json_add_string (left, "entry", id);
  if (title != NULL)
    zc_json_add_string (left, "entry_title", title);
  zc_json_add_string (left, "field", field->id);
  zc_json_add_string (left, "label", field->label);
  zc_json_add_value (left, "value", value);
  zc_json_end_object (left);
}

/* entry: NULL outside a repeating section. */
static void
tell_left (const Move *move,
           ZcJsonWriter *left,
           const ZcJsonValue *entry,
           const ZcJsonValue *values,
           gboolean stays)
{
  const char *id = zc_json_get_string (entry, "id");

  for (guint i = 0; i < move->from->n_fields; i++)
    {
      const ZcField *field = &move->from->fields[i];
      const ZcJsonValue *value = zc_json_get (values, field->id);

      if (!zc_value_is_empty (value) && !is_said_anew (move, field)
          && (stays || !moves (move, field, id)))
        tell_value (move, left, field, entry, value);
    }
}

static void
tell_document (const Move *move, ZcJsonWriter *left, const ZcJsonValue *document)
{
  const ZcJsonValue *entries = zc_json_get (document, "entries");
  guint n = count_moving (move, entries);

  if (!move->from->repeats)
    tell_left (move, left, NULL, zc_json_get (document, "values"), FALSE);
  for (guint i = 0; move->from->repeats && i < zc_json_size (entries); i++)
    {
      const ZcJsonValue *entry = zc_json_at (entries, i);

      tell_left (move, left, entry, zc_json_get (entry, "values"), i >= n);
    }
}

/**
 * zc_carry_document:
 * @carry: where to
 * @from: the section as it was answered
 * @document: (nullable): its document; %NULL: never written
 * @left: writing an array: of {"section", "section_title", "entry", "entry_title", "field", "label", "value"}
 *
 * Returns: (transfer full) (nullable): the document for the section of the same id in @carry's
 * revision; %NULL where there is none of that kind, or nothing was written
 */
char *
zc_carry_document (const ZcCarry *carry,
                   const ZcSection *from,
                   const ZcJsonValue *document,
                   ZcJsonWriter *left)
{
  g_autoptr (GHashTable) refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) broken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Move move = { .carry = carry, .from = from, .refused = refused, .broken = broken };
  char *text = NULL;

  if (document == NULL)
    return NULL;
  move.to = zc_business_find_section (carry->to, from->id, &move.index);
  if (move.to != NULL && (move.to->repeats != from->repeats || move.to->fills != from->fills))
    move.to = NULL;
  if (move.to != NULL)
    text = carry_values (&move, document);
  tell_document (&move, left, document);
  return text;
}
