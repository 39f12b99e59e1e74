/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "zc-business-private.h"

/* The loader's second pass: conditions, sums and orders name fields elsewhere in the file. What
 * they name must be there, be answered by somebody in time, and not come back to where it started.
 */

static gboolean
is_number (const ZcField *field)
{
  return field->type == ZC_FIELD_INTEGER || field->type == ZC_FIELD_DECIMAL;
}

static gboolean
is_day (const ZcField *field)
{
  return field->type == ZC_FIELD_DATE || field->type == ZC_FIELD_MONTH;
}

/* --- one condition --- */

static gboolean
resolve_target (ZcLoader *loader, ZcCondition *item)
{
  item->scope = ZC_SCOPE_TARGET;
  item->member = item->key + strlen ("target.");
  if (!g_strv_contains (zc_business_get_target (loader->business), item->member))
    return zc_loader_fail (loader, NULL, "the target of this business has no “%s”", item->member);
  return TRUE;
}

static gboolean
resolve_account (ZcLoader *loader, ZcCondition *item)
{
  item->scope = ZC_SCOPE_ACCOUNT;
  item->member = item->key + strlen ("account.");
  if (!g_str_equal (item->member, "has_title"))
    return zc_loader_fail (loader, NULL, "of the account only “has_title” can be asked");
  loader->business->asks_account = TRUE;
  return TRUE;
}

static gboolean
resolve_section (ZcLoader *loader, guint home, ZcCondition *item)
{
  const char *dot = strchr (item->key, '.');
  g_autofree char *id = g_strndup (item->key, dot - item->key);

  item->scope = ZC_SCOPE_SECTION;
  if (zc_business_find_section (loader->business, id, &item->section) == NULL)
    return zc_loader_fail (loader, NULL, "there is no section “%s”", id);
  if (loader->business->sections[item->section].repeats)
    return zc_loader_fail (loader, NULL, "section “%s” repeats: which entry would be meant?", id);
  if (loader->business->sections[home].fills == ZC_FILLS_APPLICANT
      && loader->business->sections[item->section].fills == ZC_FILLS_UNIT)
    return zc_loader_fail (loader, NULL, "the applicant's section would wait for the unit's");
  return TRUE;
}

static gboolean
resolve_field (ZcLoader *loader, ZcCondition *item)
{
  const char *id = strchr (item->key, '.') + 1;

  item->field = zc_section_find_field (&loader->business->sections[item->section], id);
  if (item->field == NULL)
    return zc_loader_fail (loader, NULL, "there is no field “%s”", id);
  if (item->field->from != NULL)
    return zc_loader_fail (loader, NULL, "“%s” comes from elsewhere and is not stored", id);
  switch (item->field->type)
    {
    case ZC_FIELD_TEXT:
    case ZC_FIELD_INTEGER:
    case ZC_FIELD_CHOICE:
    case ZC_FIELD_FLAG:
      return TRUE;
    default:
      return zc_loader_fail (loader, NULL, "a field of type %s can be no condition",
                             zc_field_type_to_string (item->field->type));
    }
}

static gboolean
resolve_key (ZcLoader *loader, guint home, const ZcField *field, ZcCondition *item)
{
  const ZcSection *section = &loader->business->sections[home];
  const char *dot = strchr (item->key, '.');

  if (dot == NULL || dot[1] == '\0' || strchr (dot + 1, '.') != NULL)
    return zc_loader_fail (loader, NULL, "a key is “target.level”, “section.field” or “.field”");
  if (g_str_has_prefix (item->key, "target."))
    return resolve_target (loader, item);
  if (g_str_has_prefix (item->key, "account."))
    return resolve_account (loader, item);
  if (dot != item->key)
    return resolve_section (loader, home, item) && resolve_field (loader, item);
  if (field == NULL)
    return zc_loader_fail (loader, NULL, "a section has no field beside it: name the section");
  item->scope = section->repeats ? ZC_SCOPE_ENTRY : ZC_SCOPE_SECTION;
  item->section = home;
  return resolve_field (loader, item);
}

static gboolean
is_decimal_integer (const char *value)
{
  g_autofree char *again = g_strdup_printf ("%lld", strtoll (value, NULL, 10));

  return g_str_equal (again, value);
}

/* A value that the field can never have is a slip of who wrote the file. */
static gboolean
check_value (ZcLoader *loader, const ZcCondition *item, const char *value)
{
  gboolean flag = item->scope == ZC_SCOPE_ACCOUNT
                  || (item->field != NULL && item->field->type == ZC_FIELD_FLAG);

  if (flag && !g_str_equal (value, "true") && !g_str_equal (value, "false"))
    return zc_loader_fail (loader, NULL, "a flag is “true” or “false”, never “%s”", value);
  if (item->field == NULL)
    return TRUE;
  if (item->field->type == ZC_FIELD_CHOICE
      && !g_strv_contains (zc_field_get_choices (item->field), value))
    return zc_loader_fail (loader, NULL, "“%s” is none of the choices of “%s”", value,
                           item->field->id);
  if (item->field->type == ZC_FIELD_INTEGER && !is_decimal_integer (value))
    return zc_loader_fail (loader, NULL, "“%s” is no integer", value);
  return TRUE;
}

static gboolean
read_condition (ZcLoader *loader,
                guint home,
                const ZcField *field,
                const ZcJsonValue *object,
                guint index,
                ZcCondition *item)
{
  item->key = zc_json_key (object, index);
  if (!resolve_key (loader, home, field, item)
      || !zc_loader_strings (loader, zc_json_at (object, index), NULL, ZC_BUSINESS_MAX_VALUES,
                             &item->values))
    return FALSE;
  for (guint i = 0; item->values[i] != NULL; i++)
    {
      if (!check_value (loader, item, item->values[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_conditions (ZcLoader *loader,
                 guint home,
                 const ZcField *field,
                 const ZcJsonValue *object,
                 const char *member,
                 ZcConditions *conditions)
{
  const ZcJsonValue *value = zc_json_get (object, member);
  guint size = zc_json_size (value);
  ZcCondition *items;

  if (value == NULL)
    return TRUE;
  if (size == 0 || size > ZC_BUSINESS_MAX_CONDITIONS)
    return zc_loader_fail (loader, member, "must have 1 to %d keys", ZC_BUSINESS_MAX_CONDITIONS);
  items = zc_loader_block (loader, size, sizeof *items);
  for (guint i = 0; i < size; i++)
    {
      gsize mark = zc_loader_enter (loader, "%s[“%s”]", member, zc_json_key (value, i));

      if (!read_condition (loader, home, field, value, i, &items[i]))
        return FALSE;
      zc_loader_leave (loader, mark);
    }
  *conditions = (ZcConditions){ .items = items, .n_items = size };
  return TRUE;
}

/* --- what else names a field --- */

static gboolean
read_sum (ZcLoader *loader, const ZcSection *section, const ZcJsonValue *object, ZcField *field)
{
  const ZcJsonValue *sum = zc_json_get (object, "sum");

  if (sum == NULL)
    return TRUE;
  if (!zc_loader_strings (loader, sum, "sum", ZC_BUSINESS_MAX_FIELDS, &field->sum))
    return FALSE;
  for (guint i = 0; field->sum[i] != NULL; i++)
    {
      const ZcField *part = zc_section_find_field (section, field->sum[i]);

      if (part == NULL)
        return zc_loader_fail (loader, "sum", "there is no field “%s” beside it", field->sum[i]);
      if (!is_number (part) || part->from != NULL)
        return zc_loader_fail (loader, "sum", "“%s” is no number that somebody answers",
                               field->sum[i]);
    }
  return TRUE;
}

static gboolean
read_order (ZcLoader *loader, const ZcSection *section, const ZcJsonValue *object, ZcField *field)
{
  const ZcField *other;

  field->not_before = zc_json_get_string (object, "not_before");
  if (field->not_before == NULL && field->min_working_days > 0)
    return zc_loader_fail (loader, "min_working_days",
                           "needs “not_before”: the day from which they are counted");
  if (field->not_before == NULL)
    return TRUE;
  other = zc_section_find_field (section, field->not_before);
  if (other == NULL || other == field)
    return zc_loader_fail (loader, "not_before", "there is no other field “%s” beside it",
                           field->not_before);
  if (!is_day (other) || other->from != NULL)
    return zc_loader_fail (loader, "not_before", "“%s” is no date or month that somebody answers",
                           other->id);
  if (field->min_working_days > 0 && other->type != ZC_FIELD_DATE)
    return zc_loader_fail (loader, "min_working_days", "“%s” is no date to count from", other->id);
  return TRUE;
}

static gboolean
read_share (ZcLoader *loader, const ZcSection *section, const ZcField *field)
{
  const ZcField *whole;

  if (field->advise_share.of == NULL)
    return TRUE;
  whole = zc_section_find_field (section, field->advise_share.of);
  if (whole == NULL || whole == field || whole->from != NULL
      || (!is_number (whole) && whole->type != ZC_FIELD_COMPUTED))
    return zc_loader_fail (loader, "advise_share", "there is no other number “%s” beside it",
                           field->advise_share.of);
  return TRUE;
}

static gboolean
link_field (ZcLoader *loader, guint home, const ZcJsonValue *object, ZcField *field)
{
  const ZcSection *section = &loader->business->sections[home];

  return read_conditions (loader, home, field, object, "when", &field->when)
         && read_conditions (loader, home, field, object, "unless", &field->unless)
         && read_conditions (loader, home, field, object, "required_when", &field->required_when)
         && read_conditions (loader, home, field, object, "advised_when", &field->advised_when)
         && read_sum (loader, section, object, field) && read_share (loader, section, field)
         && read_order (loader, section, object, field);
}

static gboolean
read_entry_title (ZcLoader *loader, const ZcJsonValue *object, ZcSection *section)
{
  const ZcField *field;

  section->entry_title = zc_json_get_string (object, "entry_title");
  if (section->entry_title == NULL)
    return TRUE;
  if (!section->repeats)
    return zc_loader_fail (loader, "entry_title", "only entries have titles");
  field = zc_section_find_field (section, section->entry_title);
  if (field == NULL || field->type == ZC_FIELD_IMAGES || field->type == ZC_FIELD_FLAG)
    return zc_loader_fail (loader, "entry_title", "“%s” is no field with words in it",
                           section->entry_title);
  return TRUE;
}

static gboolean
read_min_when (ZcLoader *loader, guint home, const ZcJsonValue *object, ZcSection *section)
{
  const ZcJsonValue *entries = zc_json_get (object, "entries");
  gsize mark = zc_loader_enter (loader, "entries");

  if (!read_conditions (loader, home, NULL, entries, "min_when", &section->min_when))
    return FALSE;
  zc_loader_leave (loader, mark);
  return TRUE;
}

static gboolean
link_section (ZcLoader *loader, guint home, const ZcJsonValue *object)
{
  ZcSection *section = &loader->business->sections[home];
  const ZcJsonValue *fields = zc_json_get (object, "fields");

  if (!read_conditions (loader, home, NULL, object, "when", &section->when)
      || !read_conditions (loader, home, NULL, object, "unless", &section->unless)
      || !read_min_when (loader, home, object, section)
      || !read_entry_title (loader, object, section))
    return FALSE;
  for (guint i = 0; i < section->n_fields; i++)
    {
      gsize mark = zc_loader_enter (loader, "fields[%u]", i);

      if (!link_field (loader, home, zc_json_at (fields, i), (ZcField *)&section->fields[i]))
        return FALSE;
      zc_loader_leave (loader, mark);
    }
  return TRUE;
}

/* --- no condition waits for itself --- */

#define UNDER_WAY G_MAXUINT

/* How many conditions must be asked to know whether a field applies; 0: not counted yet. */
typedef struct
{
  const ZcBusiness *business;
  guint costs[ZC_BUSINESS_MAX_SECTIONS][ZC_BUSINESS_MAX_FIELDS];
} Chains;

static gboolean count_field (Chains *chains, guint home, const ZcField *field, guint *cost);

static gboolean
count_conditions (Chains *chains, const ZcConditions *conditions, guint *cost)
{
  for (guint i = 0; i < conditions->n_items; i++)
    {
      const ZcCondition *item = &conditions->items[i];

      *cost += 1;
      if (item->field != NULL && !count_field (chains, item->section, item->field, cost))
        return FALSE;
    }
  return *cost <= ZC_BUSINESS_MAX_COST;
}

/* Who comes back to a field that is still being counted goes in a circle. */
static gboolean
count_field (Chains *chains, guint home, const ZcField *field, guint *cost)
{
  const ZcSection *section = &chains->business->sections[home];
  guint *known = &chains->costs[home][field - section->fields];
  guint own = 1;

  if (*known == UNDER_WAY)
    return FALSE;
  if (*known == 0)
    {
      *known = UNDER_WAY;
      if (!count_conditions (chains, &section->when, &own)
          || !count_conditions (chains, &section->unless, &own)
          || !count_conditions (chains, &field->when, &own)
          || !count_conditions (chains, &field->unless, &own))
        return FALSE;
      *known = own;
    }
  *cost += *known;
  return TRUE;
}

/* All that is asked of a field, and of how many entries its section must have. */
static gboolean
count_all (Chains *chains, guint home, const ZcField *field)
{
  const ZcSection *section = &chains->business->sections[home];
  guint cost = 0;

  return count_field (chains, home, field, &cost)
         && count_conditions (chains, &field->required_when, &cost)
         && count_conditions (chains, &field->advised_when, &cost)
         && count_conditions (chains, &section->min_when, &cost);
}

static gboolean
check_chains (ZcLoader *loader)
{
  const ZcBusiness *business = loader->business;
  g_autofree Chains *chains = g_new0 (Chains, 1);

  chains->business = business;
  for (guint i = 0; i < business->n_sections; i++)
    {
      gsize mark = zc_loader_enter (loader, "sections[%u]", i);

      for (guint j = 0; j < business->sections[i].n_fields; j++)
        {
          if (count_all (chains, i, &business->sections[i].fields[j]))
            continue;
          zc_loader_enter (loader, "fields[%u]", j);
          return zc_loader_fail (
              loader, NULL,
              "its conditions come back to themselves, or hang on more than %d others",
              ZC_BUSINESS_MAX_COST);
        }
      zc_loader_leave (loader, mark);
    }
  return TRUE;
}

/**
 * zc_business_link:
 * @loader: a loading whose sections and fields are read
 *
 * Finds what conditions, sums, orders and titles of entries name.
 *
 * Returns: whether all of it is there and makes sense
 */
gboolean
zc_business_link (ZcLoader *loader)
{
  const ZcJsonValue *sections = zc_json_get (zc_json_root (loader->business->json), "sections");

  for (guint i = 0; i < loader->business->n_sections; i++)
    {
      gsize mark = zc_loader_enter (loader, "sections[%u]", i);

      if (!link_section (loader, i, zc_json_at (sections, i)))
        return FALSE;
      zc_loader_leave (loader, mark);
    }
  return check_chains (loader) && zc_business_link_admission (loader)
         && zc_business_link_amendment (loader);
}
