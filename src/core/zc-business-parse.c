/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-business-private.h"
#include "zc-workflow.h"

/* The loader of business files, first pass: shape, limits and ids. It is strict, because a file is
 * imported into a running server: what it does not understand it refuses, and names the place.
 */

static const ZcJsonMember business_members[] = {
  { "id", ZC_JSON_STRING, TRUE },        { "revision", ZC_JSON_INTEGER, TRUE },
  { "title", ZC_JSON_STRING, TRUE },     { "year_rule", ZC_JSON_STRING, FALSE },
  { "target", ZC_JSON_ARRAY, TRUE },     { "stages", ZC_JSON_ARRAY, TRUE },
  { "resubmit", ZC_JSON_STRING, FALSE }, { "instructions", ZC_JSON_STRING, FALSE },
  { "sections", ZC_JSON_ARRAY, TRUE },   { "admits", ZC_JSON_OBJECT, FALSE },
  { "amends", ZC_JSON_OBJECT, FALSE },   { "grants", ZC_JSON_BOOL, FALSE },
};

static const ZcJsonMember section_members[] = {
  { "id", ZC_JSON_STRING, TRUE },
  { "title", ZC_JSON_STRING, TRUE },
  { "hint", ZC_JSON_STRING, FALSE },
  { "fills", ZC_JSON_STRING, FALSE },
  { "when", ZC_JSON_OBJECT, FALSE },
  { "unless", ZC_JSON_OBJECT, FALSE },
  { "entries", ZC_JSON_OBJECT, FALSE },
  { "entry_title", ZC_JSON_STRING, FALSE },
  { "locked_until", ZC_JSON_STRING, FALSE },
  { "fields", ZC_JSON_ARRAY, TRUE },
};

static const ZcJsonMember entries_members[] = {
  { "min", ZC_JSON_INTEGER, FALSE },
  { "max", ZC_JSON_INTEGER, TRUE },
  { "min_when", ZC_JSON_OBJECT, FALSE },
  { "advise_min", ZC_JSON_INTEGER, FALSE },
};

static const char *const targets[]
    = { "unit", "series", "level", "committee", "office", "body", NULL };

/* One of two words, the first of which is meant where the member is absent. */
static gboolean
read_either (ZcLoader *loader,
             const ZcJsonValue *object,
             const char *member,
             const char *usual,
             const char *other,
             gboolean *is_other)
{
  const char *word = zc_json_get_string (object, member);

  *is_other = g_strcmp0 (word, other) == 0;
  if (word == NULL || *is_other || strcmp (word, usual) == 0)
    return TRUE;
  return zc_loader_fail (loader, member, "must be “%s” or “%s”", usual, other);
}

/* --- sections --- */

static gboolean
read_fields (ZcLoader *loader, const ZcJsonValue *array, ZcSection *section)
{
  guint size = zc_json_size (array);
  ZcField *fields;

  if (size == 0 || size > ZC_BUSINESS_MAX_FIELDS)
    return zc_loader_fail (loader, "fields", "must be 1 to %d", ZC_BUSINESS_MAX_FIELDS);
  fields = zc_loader_block (loader, size, sizeof *fields);
  section->fields = fields;
  for (guint i = 0; i < size; i++)
    {
      gsize mark = zc_loader_enter (loader, "fields[%u]", i);

      if (!zc_business_parse_field (loader, zc_json_at (array, i), &fields[i]))
        return FALSE;
      if (zc_section_find_field (section, fields[i].id) != NULL)
        return zc_loader_fail (loader, "id", "“%s” is another field's already", fields[i].id);
      zc_loader_leave (loader, mark);
      section->n_fields = i + 1;
    }
  return TRUE;
}

static gboolean
read_entries (ZcLoader *loader, const ZcJsonValue *object, ZcSection *section)
{
  const ZcJsonValue *entries = zc_json_get (object, "entries");
  gint64 min = 0, max = 0, advised = 0;
  gsize mark;

  section->repeats = entries != NULL;
  if (entries == NULL)
    return TRUE;
  mark = zc_loader_enter (loader, "entries");
  if (!zc_loader_expect (loader, entries, entries_members, G_N_ELEMENTS (entries_members))
      || !zc_loader_count (loader, entries, "min", 0, ZC_BUSINESS_MAX_ENTRIES, &min)
      || !zc_loader_count (loader, entries, "max", 1, ZC_BUSINESS_MAX_ENTRIES, &max)
      || !zc_loader_count (loader, entries, "advise_min", 1, ZC_BUSINESS_MAX_ENTRIES, &advised))
    return FALSE;
  if (min > max || advised > max)
    return zc_loader_fail (loader, min > max ? "min" : "advise_min", "is greater than max");
  if (min == 0 && zc_json_get (entries, "min_when") != NULL)
    return zc_loader_fail (loader, "min_when", "says when “min” is asked for: there is none");
  zc_loader_leave (loader, mark);
  section->min_entries = min;
  section->max_entries = max;
  section->advise_entries = advised;
  return TRUE;
}

static gboolean
read_section (ZcLoader *loader, const ZcJsonValue *object, ZcSection *section)
{
  gboolean unit;

  if (!zc_loader_expect (loader, object, section_members, G_N_ELEMENTS (section_members))
      || !zc_loader_id (loader, object, &section->id)
      || !zc_loader_words (loader, object, "title", ZC_BUSINESS_MAX_LABEL, &section->title)
      || !zc_loader_words (loader, object, "hint", ZC_BUSINESS_MAX_HINT, &section->hint)
      || !read_either (loader, object, "fills", "applicant", "unit", &unit)
      || !read_entries (loader, object, section))
    return FALSE;
  if (g_str_equal (section->id, "target") || g_str_equal (section->id, "account"))
    return zc_loader_fail (loader, "id", "“%s” means something else in conditions", section->id);
  section->fills = unit ? ZC_FILLS_UNIT : ZC_FILLS_APPLICANT;
  section->locked_until = zc_json_get_string (object, "locked_until");
  if (section->locked_until != NULL && !g_str_equal (section->locked_until, "notice-ended"))
    return zc_loader_fail (loader, "locked_until", "must be “notice-ended”");
  return read_fields (loader, zc_json_get (object, "fields"), section);
}

static gboolean
read_sections (ZcLoader *loader, const ZcJsonValue *array)
{
  ZcBusiness *business = loader->business;
  guint size = zc_json_size (array);

  if (size == 0 || size > ZC_BUSINESS_MAX_SECTIONS)
    return zc_loader_fail (loader, "sections", "must be 1 to %d", ZC_BUSINESS_MAX_SECTIONS);
  business->sections = zc_loader_block (loader, size, sizeof *business->sections);
  for (guint i = 0; i < size; i++)
    {
      gsize mark = zc_loader_enter (loader, "sections[%u]", i);

      if (!read_section (loader, zc_json_at (array, i), &business->sections[i]))
        return FALSE;
      if (zc_business_find_section (business, business->sections[i].id, NULL) != NULL)
        return zc_loader_fail (loader, "id", "“%s” is another section's already",
                               business->sections[i].id);
      zc_loader_leave (loader, mark);
      business->n_sections = i + 1;
    }
  return TRUE;
}

/* --- the business --- */

static gboolean
read_year_rule (ZcLoader *loader, const ZcJsonValue *object)
{
  const char *rule = zc_json_get_string (object, "year_rule");

  loader->business->one_series_per_year = g_strcmp0 (rule, "one-series-per-year") == 0;
  loader->business->one_open_per_person = g_strcmp0 (rule, "one-open-per-person") == 0;
  if (rule == NULL || strcmp (rule, "none") == 0 || loader->business->one_series_per_year
      || loader->business->one_open_per_person)
    return TRUE;
  return zc_loader_fail (loader, "year_rule",
                         "must be “none”, “one-series-per-year” or “one-open-per-person”");
}

static gboolean
read_target (ZcLoader *loader, const ZcJsonValue *object)
{
  ZcBusiness *business = loader->business;

  if (!zc_loader_strings (loader, zc_json_get (object, "target"), "target", G_N_ELEMENTS (targets),
                          &business->target))
    return FALSE;
  for (guint i = 0; business->target[i] != NULL; i++)
    {
      if (!g_strv_contains (targets, business->target[i]))
        return zc_loader_fail (loader, "target", "“%s” is nothing a dossier can go to",
                               business->target[i]);
    }
  return TRUE;
}

static gboolean
read_stages (ZcLoader *loader, const ZcJsonValue *object)
{
  ZcBusiness *business = loader->business;
  ZcStage stage;

  if (!zc_loader_strings (loader, zc_json_get (object, "stages"), "stages", ZC_STAGE_LAST,
                          &business->stages))
    return FALSE;
  for (guint i = 0; business->stages[i] != NULL; i++)
    {
      if (!zc_stage_from_string (business->stages[i], &stage) || stage == ZC_STAGE_APPLICANT)
        return zc_loader_fail (loader, "stages", "“%s” is no stage behind the applicant's",
                               business->stages[i]);
    }
  return TRUE;
}

static gboolean
read_business (ZcLoader *loader, const ZcJsonValue *object)
{
  ZcBusiness *business = loader->business;
  gint64 revision = 0;

  business->instructions = "";
  if (!zc_loader_expect (loader, object, business_members, G_N_ELEMENTS (business_members))
      || !zc_loader_id (loader, object, &business->id)
      || !zc_loader_count (loader, object, "revision", 1, G_MAXINT32, &revision)
      || !zc_loader_words (loader, object, "title", ZC_BUSINESS_MAX_LABEL, &business->title)
      || !zc_loader_words (loader, object, "instructions", ZC_BUSINESS_MAX_INSTRUCTIONS,
                           &business->instructions)
      || !read_year_rule (loader, object)
      || !read_either (loader, object, "resubmit", "first-stage", "returning-stage",
                       &business->resubmits_to_returning_stage))
    return FALSE;
  business->revision = revision;
  if (!read_target (loader, object))
    return FALSE;
  /* whatever a committee evaluates is new */
  business->grants = zc_json_get_bool (
      object, "grants", g_strv_contains (zc_business_get_target (business), "committee"));
  return read_stages (loader, object) && read_sections (loader, zc_json_get (object, "sections"))
         && zc_business_link (loader);
}

/**
 * zc_business_parse:
 * @text: a business file
 * @length: its bytes
 * @error: (out): #ZC_JSON_ERROR or #ZC_BUSINESS_ERROR, with the place in the message
 *
 * Reads a business and proves it whole: nothing unknown, nothing twice, no limit that contradicts
 * another, no condition on what is not there.
 *
 * Returns: (transfer full) (nullable): the business
 */
ZcBusiness *
zc_business_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (ZcJson) json = zc_json_parse (text, length, error);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (ZcBusiness) business = NULL;
  ZcLoader loader;

  if (json == NULL)
    return NULL;
  business = g_atomic_rc_box_new0 (ZcBusiness);
  business->json = g_steal_pointer (&json);
  business->text = g_strndup (text, length);
  business->length = length;
  business->blocks = g_ptr_array_new_with_free_func (g_free);
  loader = (ZcLoader){ .business = business, .path = path, .error = error };
  if (!read_business (&loader, zc_json_root (business->json)))
    return NULL;
  return g_steal_pointer (&business);
}
