/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-business-private.h"

/* A business whose passing takes a new body in (U1): which of its answers are the body's name and
 * credit code. Both are asked of everybody, so that whoever passes has given them. */

static const ZcJsonMember members[] = {
  { "kind", ZC_JSON_STRING, TRUE },
  { "name", ZC_JSON_STRING, TRUE },
  { "credit_code", ZC_JSON_STRING, TRUE },
};

static gboolean
is_always_answered (const ZcSection *section, const ZcField *field)
{
  return section->fills == ZC_FILLS_APPLICANT && !section->repeats && section->when.n_items == 0
         && section->unless.n_items == 0 && field->required && field->from == NULL
         && field->when.n_items == 0 && field->unless.n_items == 0;
}

/* "section.field": an answer of that type which everybody gives. */
static gboolean
read_answer (ZcLoader *loader,
             const ZcJsonValue *object,
             const char *member,
             ZcFieldType type,
             ZcAnswerPlace *place)
{
  const char *key = zc_json_get_string (object, member);
  g_auto (GStrv) parts = g_strsplit (key, ".", 2);
  const ZcSection *section
      = parts[0] != NULL ? zc_business_find_section (loader->business, parts[0], &place->section)
                         : NULL;

  place->field
      = section != NULL && parts[1] != NULL ? zc_section_find_field (section, parts[1]) : NULL;
  if (place->field == NULL || place->field->type != type)
    return zc_loader_fail (loader, member, "“%s” is no field of type %s", key,
                           zc_field_type_to_string (type));
  return is_always_answered (section, place->field)
         || zc_loader_fail (loader, member, "“%s” is not asked of every applicant once", key);
}

/**
 * zc_business_link_admission:
 * @loader: a loading whose sections are linked
 *
 * Returns: whether what the business says of a body to take in, if anything, makes sense
 */
gboolean
zc_business_link_admission (ZcLoader *loader)
{
  ZcBusiness *business = loader->business;
  const ZcJsonValue *object = zc_json_get (zc_json_root (business->json), "admits");
  ZcAdmission *admission;
  g_autoptr (GError) shape = NULL;

  if (object == NULL)
    return TRUE;
  admission = zc_loader_block (loader, 1, sizeof *admission);
  zc_loader_enter (loader, "admits");
  if (!zc_json_expect (object, members, G_N_ELEMENTS (members), &shape))
    return zc_loader_fail (loader, NULL, "%s", shape->message);
  admission->kind = zc_json_get_string (object, "kind");
  if (strcmp (admission->kind, "unit") != 0)
    return zc_loader_fail (loader, "kind", "must be “unit”");
  if (!g_strv_contains (business->target, "office"))
    return zc_loader_fail (loader, NULL, "needs the target “office”: where the new body reports");
  business->admission = admission;
  return read_answer (loader, object, "name", ZC_FIELD_TEXT, &admission->name)
         && read_answer (loader, object, "credit_code", ZC_FIELD_CREDIT_CODE,
                         &admission->credit_code);
}

/**
 * zc_business_get_admission:
 * @business: a business
 *
 * Returns: (nullable): what passing it takes in; %NULL: it takes in nothing
 */
const ZcAdmission *
zc_business_get_admission (const ZcBusiness *business)
{
  return business->admission;
}

/**
 * zc_answer_place_get_text:
 * @place: where the answer is
 * @sections: (array): the documents of all sections, each (nullable)
 *
 * Returns: (transfer none) (nullable): what was answered there
 */
const char *
zc_answer_place_get_text (const ZcAnswerPlace *place, const ZcJsonValue *const *sections)
{
  return zc_json_get_string (zc_json_get (sections[place->section], "values"), place->field->id);
}
