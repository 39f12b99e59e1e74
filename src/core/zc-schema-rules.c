/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "zc-schema-rules.h"

/* Conditions as JSON Schema. What looks at the target, the account and sections that do not repeat
 * is asked at the root. A condition on the same entry can only be asked inside the entry, from
 * where the root cannot be seen: so when a field of an entry applies is written as alternatives
 * (disjunctive normal form), and each becomes a rule of its own: if the root's part holds, then in
 * every entry: if the entry's part holds, then the content.
 */

#define MAX_ALTERNATIVES 64 /* beyond, a rule is left to zc_check() */

/* One condition, or its contrary. */
typedef struct
{
  const ZcCondition *item;
  gboolean negated;
} Literal;

static gboolean
is_conditional (const ZcConditions *when, const ZcConditions *unless)
{
  return when->n_items > 0 || unless->n_items > 0;
}

static void
add_name_list (ZcJsonWriter *json, const char *key, const char *name)
{
  zc_json_begin_array (json, key);
  zc_json_add_string (json, NULL, name);
  zc_json_end_array (json);
}

/* {"properties": {SECTION: {"properties": { … and back: between them stands what MEMBER must be. */
static void
open_document (ZcJsonWriter *json, const char *section)
{
  zc_json_begin_object (json, "properties");
  zc_json_begin_object (json, section);
  zc_json_begin_object (json, "properties");
}

static void
close_document (ZcJsonWriter *json, const char *section, const char *member, gboolean required)
{
  zc_json_end_object (json);
  if (required)
    add_name_list (json, "required", member);
  zc_json_end_object (json);
  zc_json_end_object (json);
  if (required)
    add_name_list (json, "required", section);
}

/* --- conditions --- */

static gboolean
is_flag (const ZcCondition *item)
{
  return item->scope == ZC_SCOPE_ACCOUNT
         || (item->field != NULL && item->field->type == ZC_FIELD_FLAG);
}

static gboolean
asks_false (const ZcCondition *item)
{
  return is_flag (item) && g_strv_contains (item->values, "false");
}

/* {NAME: one of the values, and it is there} */
static void
add_equality (ZcJsonWriter *json, const ZcCondition *item, const char *name)
{
  zc_json_begin_object (json, "properties");
  zc_json_begin_object (json, name);
  zc_json_begin_array (json, "enum");
  if (is_flag (item))
    zc_json_add_bool (json, NULL, TRUE);
  for (guint i = 0; !is_flag (item) && item->values[i] != NULL; i++)
    {
      if (item->field != NULL && item->field->type == ZC_FIELD_INTEGER)
        zc_json_add_integer (json, NULL, strtoll (item->values[i], NULL, 10));
      else
        zc_json_add_string (json, NULL, item->values[i]);
    }
  zc_json_end_array (json);
  zc_json_end_object (json);
  zc_json_end_object (json);
  add_name_list (json, "required", name);
}

static void
add_place (ZcJsonWriter *json, const ZcBusiness *business, const ZcCondition *item)
{
  const char *section;

  switch (item->scope)
    {
    case ZC_SCOPE_SECTION:
      section = business->sections[item->section].id;
      open_document (json, section);
      zc_json_begin_object (json, "values");
      add_equality (json, item, item->field->id);
      zc_json_end_object (json);
      close_document (json, section, "values", TRUE);
      break;
    case ZC_SCOPE_ENTRY:
      add_equality (json, item, item->field->id);
      break;
    case ZC_SCOPE_TARGET:
    case ZC_SCOPE_ACCOUNT:
    default:
      section = item->scope == ZC_SCOPE_TARGET ? "target" : "account";
      zc_json_begin_object (json, "properties");
      zc_json_begin_object (json, section);
      add_equality (json, item, item->member);
      zc_json_end_object (json);
      zc_json_end_object (json);
      add_name_list (json, "required", section);
    }
}

/* A flag is false unless it is true: absent and null are false. */
static void
add_comparison (ZcJsonWriter *json, const ZcBusiness *business, const ZcCondition *item)
{
  gboolean either = asks_false (item) && g_strv_contains (item->values, "true");

  zc_json_begin_object (json, NULL);
  if (!either && asks_false (item))
    zc_json_begin_object (json, "not");
  if (!either)
    add_place (json, business, item);
  if (!either && asks_false (item))
    zc_json_end_object (json);
  zc_json_end_object (json);
}

static void
add_applies (ZcJsonWriter *json, const ZcBusiness *business, guint section, const ZcField *field)
{
  const ZcSection *definition = &business->sections[section];
  g_autofree char *reference = NULL;

  if (field != NULL && is_conditional (&field->when, &field->unless))
    reference = g_strdup_printf ("#/$defs/applies.%s.%s", definition->id, field->id);
  else if (is_conditional (&definition->when, &definition->unless))
    reference = g_strdup_printf ("#/$defs/applies.%s", definition->id);
  if (reference == NULL)
    return;
  zc_json_begin_object (json, NULL);
  zc_json_add_string (json, "$ref", reference);
  zc_json_end_object (json);
}

/* As elements of an array whose elements must all hold. */
static void
add_condition (ZcJsonWriter *json, const ZcBusiness *business, const ZcCondition *item)
{
  if (item->scope == ZC_SCOPE_SECTION)
    add_applies (json, business, item->section, item->field);
  add_comparison (json, business, item);
}

static void
add_conditions (ZcJsonWriter *json, const ZcBusiness *business, const ZcConditions *conditions)
{
  for (guint i = 0; i < conditions->n_items; i++)
    add_condition (json, business, &conditions->items[i]);
}

static void
add_unless (ZcJsonWriter *json, const ZcBusiness *business, const ZcConditions *conditions)
{
  if (conditions->n_items == 0)
    return;
  zc_json_begin_object (json, NULL);
  zc_json_begin_object (json, "not");
  zc_json_begin_array (json, "allOf");
  add_conditions (json, business, conditions);
  zc_json_end_array (json);
  zc_json_end_object (json);
  zc_json_end_object (json);
}

static void
add_applies_definition (ZcJsonWriter *json,
                        const ZcBusiness *business,
                        guint section,
                        const ZcField *field)
{
  const ZcSection *definition = &business->sections[section];
  const ZcConditions *when = field != NULL ? &field->when : &definition->when;
  const ZcConditions *unless = field != NULL ? &field->unless : &definition->unless;
  g_autofree char *name = field != NULL
                              ? g_strdup_printf ("applies.%s.%s", definition->id, field->id)
                              : g_strdup_printf ("applies.%s", definition->id);

  if (!is_conditional (when, unless))
    return;
  zc_json_begin_object (json, name);
  zc_json_begin_array (json, "allOf");
  if (field != NULL)
    add_applies (json, business, section, NULL);
  add_conditions (json, business, when);
  add_unless (json, business, unless);
  zc_json_end_array (json);
  zc_json_end_object (json);
}

/**
 * zc_schema_add_applying:
 * @json: inside "$defs"
 * @business: a business
 *
 * Adds "applies.SECTION" and "applies.SECTION.FIELD" for what has conditions of its own and is
 * asked at the root.
 */
void
zc_schema_add_applying (ZcJsonWriter *json, const ZcBusiness *business)
{
  for (guint i = 0; i < business->n_sections; i++)
    {
      const ZcSection *section = &business->sections[i];

      add_applies_definition (json, business, i, NULL);
      for (guint j = 0; !section->repeats && j < section->n_fields; j++)
        add_applies_definition (json, business, i, &section->fields[j]);
    }
}

/* --- alternatives: a list of lists of literals, one of which must hold whole --- */

static GPtrArray *
new_alternatives (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
}

static GPtrArray *
new_single (const ZcCondition *item, gboolean negated)
{
  GPtrArray *alternatives = new_alternatives ();
  GArray *literals = g_array_new (FALSE, FALSE, sizeof (Literal));

  if (item != NULL)
    g_array_append_val (literals, ((Literal){ item, negated }));
  g_ptr_array_add (alternatives, literals);
  return alternatives;
}

/* (transfer full) of both; NULL: too many. */
static GPtrArray *
both (GPtrArray *a, GPtrArray *b)
{
  g_autoptr (GPtrArray) left = a;
  g_autoptr (GPtrArray) right = b;
  g_autoptr (GPtrArray) product = new_alternatives ();

  if (left == NULL || right == NULL || left->len * right->len > MAX_ALTERNATIVES)
    return NULL;
  for (guint i = 0; i < left->len; i++)
    {
      for (guint j = 0; j < right->len; j++)
        {
          GArray *literals = g_array_copy (left->pdata[i]);
          GArray *more = right->pdata[j];

          g_array_append_vals (literals, more->data, more->len);
          g_ptr_array_add (product, literals);
        }
    }
  return g_steal_pointer (&product);
}

static GPtrArray *
contrary_of_one (const GArray *literals)
{
  GPtrArray *alternatives = new_alternatives ();

  for (guint i = 0; i < literals->len; i++)
    {
      Literal literal = g_array_index (literals, Literal, i);
      GArray *one = g_array_new (FALSE, FALSE, sizeof (Literal));

      literal.negated = !literal.negated;
      g_array_append_val (one, literal);
      g_ptr_array_add (alternatives, one);
    }
  return alternatives;
}

static GPtrArray *
contrary (GPtrArray *of)
{
  g_autoptr (GPtrArray) alternatives = of;
  GPtrArray *result = new_single (NULL, FALSE);

  if (alternatives == NULL)
    g_clear_pointer (&result, g_ptr_array_unref);
  for (guint i = 0; alternatives != NULL && i < alternatives->len; i++)
    result = both (result, contrary_of_one (alternatives->pdata[i]));
  return result;
}

static GPtrArray *alternatives_of_field (const ZcField *field);

static GPtrArray *
alternatives_of (const ZcConditions *conditions)
{
  GPtrArray *result = new_single (NULL, FALSE);

  for (guint i = 0; i < conditions->n_items; i++)
    {
      const ZcCondition *item = &conditions->items[i];

      result = both (result, new_single (item, FALSE));
      if (item->scope == ZC_SCOPE_ENTRY)
        result = both (result, alternatives_of_field (item->field));
    }
  return result;
}

/* When a field of an entry applies, given that its section does. */
static GPtrArray *
alternatives_of_field (const ZcField *field)
{
  GPtrArray *result = alternatives_of (&field->when);

  if (field->unless.n_items > 0)
    result = both (result, contrary (alternatives_of (&field->unless)));
  return result;
}

static void
add_literals (ZcJsonWriter *json,
              const ZcBusiness *business,
              const GArray *literals,
              gboolean in_entry)
{
  for (guint i = 0; i < literals->len; i++)
    {
      Literal literal = g_array_index (literals, Literal, i);

      if ((literal.item->scope == ZC_SCOPE_ENTRY) != in_entry)
        continue;
      if (literal.negated)
        add_unless (json, business, &(ZcConditions){ literal.item, 1 });
      else
        add_condition (json, business, literal.item);
    }
}

/* --- rules --- */

static gboolean
says_something (const ZcField *field)
{
  switch (field->type)
    {
    case ZC_FIELD_TEXT:
    case ZC_FIELD_PARAGRAPH:
      return field->min_length > 0;
    case ZC_FIELD_INTEGER:
    case ZC_FIELD_DECIMAL:
      return field->has_min || field->has_max;
    case ZC_FIELD_IMAGES:
      return field->images.min > 1;
    case ZC_FIELD_FLAG:
    case ZC_FIELD_COMPUTED:
      return FALSE;
    default:
      return TRUE;
    }
}

/* The unit's sections come later than the applicant's: their rules wait until they are there. */
static void
add_section_guard (ZcJsonWriter *json, const ZcBusiness *business, guint section)
{
  const ZcSection *definition = &business->sections[section];

  if (definition->fills == ZC_FILLS_UNIT)
    {
      zc_json_begin_object (json, NULL);
      add_name_list (json, "required", definition->id);
      zc_json_end_object (json);
    }
  add_applies (json, business, section, NULL);
}

static void
add_demand (ZcJsonWriter *json, const ZcField *field, gboolean required)
{
  zc_json_begin_object (json, "properties");
  zc_schema_add_content (json, field, required);
  zc_json_end_object (json);
  if (required)
    add_name_list (json, "required", field->id);
}

static void
add_rule (ZcJsonWriter *json,
          const ZcBusiness *business,
          guint section,
          const ZcField *field,
          gboolean required,
          const ZcConditions *also)
{
  const char *id = business->sections[section].id;

  zc_json_begin_object (json, NULL);
  zc_json_begin_object (json, "if");
  zc_json_begin_array (json, "allOf");
  add_section_guard (json, business, section);
  add_applies (json, business, section, field);
  if (also != NULL)
    add_conditions (json, business, also);
  zc_json_add_bool (json, NULL, TRUE);
  zc_json_end_array (json);
  zc_json_end_object (json);
  zc_json_begin_object (json, "then");
  open_document (json, id);
  zc_json_begin_object (json, "values");
  add_demand (json, field, required);
  zc_json_end_object (json);
  close_document (json, id, "values", required);
  zc_json_end_object (json);
  zc_json_end_object (json);
}

static void
add_entry_part (ZcJsonWriter *json,
                const ZcBusiness *business,
                const ZcField *field,
                gboolean required,
                const GArray *literals)
{
  zc_json_begin_object (json, "values");
  zc_json_begin_object (json, "if");
  zc_json_begin_array (json, "allOf");
  add_literals (json, business, literals, TRUE);
  zc_json_add_bool (json, NULL, TRUE);
  zc_json_end_array (json);
  zc_json_end_object (json);
  zc_json_begin_object (json, "then");
  add_demand (json, field, required);
  zc_json_end_object (json);
  zc_json_end_object (json);
}

static void
add_entry_rule (ZcJsonWriter *json,
                const ZcBusiness *business,
                guint section,
                const ZcField *field,
                gboolean required,
                const GArray *literals)
{
  zc_json_begin_object (json, NULL);
  zc_json_begin_object (json, "if");
  zc_json_begin_array (json, "allOf");
  add_section_guard (json, business, section);
  add_literals (json, business, literals, FALSE);
  zc_json_add_bool (json, NULL, TRUE);
  zc_json_end_array (json);
  zc_json_end_object (json);
  zc_json_begin_object (json, "then");
  open_document (json, business->sections[section].id);
  zc_json_begin_object (json, "entries");
  zc_json_begin_object (json, "items");
  zc_json_begin_object (json, "properties");
  add_entry_part (json, business, field, required, literals);
  zc_json_end_object (json);
  zc_json_end_object (json);
  zc_json_end_object (json);
  close_document (json, business->sections[section].id, "entries", FALSE);
  zc_json_end_object (json);
  zc_json_end_object (json);
}

static void
add_entry_rules (ZcJsonWriter *json,
                 const ZcBusiness *business,
                 guint section,
                 const ZcField *field,
                 gboolean required,
                 const ZcConditions *also)
{
  g_autoptr (GPtrArray) alternatives = alternatives_of_field (field);

  if (also != NULL)
    alternatives = both (g_steal_pointer (&alternatives), alternatives_of (also));
  for (guint i = 0; alternatives != NULL && i < alternatives->len; i++)
    add_entry_rule (json, business, section, field, required, alternatives->pdata[i]);
}

static void
add_field_rules (ZcJsonWriter *json,
                 const ZcBusiness *business,
                 guint section,
                 const ZcField *field)
{
  gboolean repeats = business->sections[section].repeats;
  void (*add) (ZcJsonWriter *, const ZcBusiness *, guint, const ZcField *, gboolean,
               const ZcConditions *)
      = repeats ? add_entry_rules : add_rule;

  if (field->from != NULL)
    return;
  if (field->required || says_something (field))
    add (json, business, section, field, field->required, NULL);
  if (field->required_when.n_items > 0)
    add (json, business, section, field, TRUE, &field->required_when);
}

static void
add_entries_rule (ZcJsonWriter *json, const ZcBusiness *business, guint section)
{
  const ZcSection *definition = &business->sections[section];

  if (definition->min_entries == 0)
    return;
  zc_json_begin_object (json, NULL);
  zc_json_begin_object (json, "if");
  zc_json_begin_array (json, "allOf");
  add_section_guard (json, business, section);
  add_conditions (json, business, &definition->min_when);
  zc_json_add_bool (json, NULL, TRUE);
  zc_json_end_array (json);
  zc_json_end_object (json);
  zc_json_begin_object (json, "then");
  open_document (json, definition->id);
  zc_json_begin_object (json, "entries");
  zc_json_add_integer (json, "minItems", definition->min_entries);
  zc_json_end_object (json);
  close_document (json, definition->id, "entries", TRUE);
  zc_json_end_object (json);
  zc_json_end_object (json);
}

/**
 * zc_schema_add_rules:
 * @json: inside the schema
 * @business: a business
 *
 * Adds "allOf": what is required and right, of what applies.
 */
void
zc_schema_add_rules (ZcJsonWriter *json, const ZcBusiness *business)
{
  zc_json_begin_array (json, "allOf");
  zc_json_add_bool (json, NULL, TRUE);
  for (guint i = 0; i < business->n_sections; i++)
    {
      add_entries_rule (json, business, i);
      for (guint j = 0; j < business->sections[i].n_fields; j++)
        add_field_rules (json, business, i, &business->sections[i].fields[j]);
    }
  zc_json_end_array (json);
}
