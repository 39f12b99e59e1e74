/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-business-private.h"

/* Businesses whose passing takes a new body in (U1), or changes one that is there (U2): which of
 * their answers are its name, its credit code, its seal. What must be there is asked of everybody,
 * so that whoever passes has given it. */

static const ZcJsonMember members[] = {
  { "kind", ZC_JSON_STRING, TRUE },        { "name", ZC_JSON_STRING, TRUE },
  { "credit_code", ZC_JSON_STRING, TRUE }, { "seal", ZC_JSON_STRING, FALSE },
  { "head", ZC_JSON_STRING, FALSE },       { "working_days", ZC_JSON_INTEGER, FALSE },
};
static const ZcJsonMember amended_members[] = {
  { "kind", ZC_JSON_STRING, TRUE },
  { "name", ZC_JSON_STRING, FALSE },
  { "seal", ZC_JSON_STRING, FALSE },
  { "head", ZC_JSON_STRING, FALSE },
  { "working_days", ZC_JSON_INTEGER, FALSE },
};

static gboolean
is_always_answered (const ZcSection *section, const ZcField *field)
{
  return section->fills == ZC_FILLS_APPLICANT && !section->repeats && section->when.n_items == 0
         && section->unless.n_items == 0 && field->required && field->from == NULL
         && field->when.n_items == 0 && field->unless.n_items == 0;
}

/* Once at most: what is asked sometimes is answered only where it applies. */
static gboolean
is_answered_once (const ZcSection *section, const ZcField *field)
{
  return section->fills == ZC_FILLS_APPLICANT && !section->repeats && field->from == NULL;
}

/* "section.field": an answer of that type. */
static gboolean
find_answer (ZcLoader *loader,
             const ZcJsonValue *object,
             const char *member,
             ZcFieldType type,
             const ZcSection **section,
             ZcAnswerPlace *place)
{
  const char *key = zc_json_get_string (object, member);
  g_auto (GStrv) parts = g_strsplit (key, ".", 2);

  *section = parts[0] != NULL
                 ? zc_business_find_section (loader->business, parts[0], &place->section)
                 : NULL;
  place->field
      = *section != NULL && parts[1] != NULL ? zc_section_find_field (*section, parts[1]) : NULL;
  return (place->field != NULL && place->field->type == type)
         || zc_loader_fail (loader, member, "“%s” is no field of type %s", key,
                            zc_field_type_to_string (type));
}

static gboolean
read_answer (ZcLoader *loader,
             const ZcJsonValue *object,
             const char *member,
             ZcFieldType type,
             ZcAnswerPlace *place)
{
  const ZcSection *section = NULL;

  if (!find_answer (loader, object, member, type, &section, place))
    return FALSE;
  return is_always_answered (section, place->field)
         || zc_loader_fail (loader, member, "“%s” is not asked of every applicant once",
                            zc_json_get_string (object, member));
}

/* Where the file names one: the one image that shows the seal. */
static gboolean
read_seal (ZcLoader *loader, const ZcJsonValue *object, ZcAnswerPlace *place)
{
  if (zc_json_get (object, "seal") == NULL)
    return TRUE;
  if (!read_answer (loader, object, "seal", ZC_FIELD_IMAGES, place))
    return FALSE;
  return place->field->images.max == 1
         || zc_loader_fail (loader, "seal", "“%s” takes more than one image",
                            zc_json_get_string (object, "seal"));
}

/* Where the file names one: only branches have a head, so it may be asked for under a condition. */
static gboolean
read_head (ZcLoader *loader, const ZcJsonValue *object, ZcAnswerPlace *place)
{
  const ZcSection *section = NULL;

  if (zc_json_get (object, "head") == NULL)
    return TRUE;
  if (!find_answer (loader, object, "head", ZC_FIELD_CREDIT_CODE, &section, place))
    return FALSE;
  return is_answered_once (section, place->field)
         || zc_loader_fail (loader, "head", "“%s” is not asked of an applicant once",
                            zc_json_get_string (object, "head"));
}

static gboolean
read_working_days (ZcLoader *loader, const ZcJsonValue *object, guint *working_days)
{
  gint64 days = zc_json_get_integer (object, "working_days", 0);

  if (zc_json_get (object, "working_days") == NULL)
    return TRUE;
  *working_days = (guint)CLAMP (days, 0, ZC_BUSINESS_MAX_WORKING_DAYS);
  return (days >= 1 && days <= ZC_BUSINESS_MAX_WORKING_DAYS)
         || zc_loader_fail (loader, "working_days", "must be 1 to %d",
                            ZC_BUSINESS_MAX_WORKING_DAYS);
}

/* The member's own object: whose shape is right, of a unit, beside a target that says where. */
static gboolean
check_object (ZcLoader *loader,
              const ZcJsonValue *object,
              const ZcJsonMember *known,
              guint n_known,
              const char *target)
{
  if (!zc_loader_expect (loader, object, known, n_known))
    return FALSE;
  if (strcmp (zc_json_get_string (object, "kind"), "unit") != 0)
    return zc_loader_fail (loader, "kind", "must be “unit”");
  return g_strv_contains (loader->business->target, target)
         || zc_loader_fail (loader, NULL, "needs the target “%s”", target);
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
  const ZcJsonValue *object = zc_json_get (zc_json_root (loader->business->json), "admits");
  ZcAdmission *admission;
  gsize mark;

  if (object == NULL)
    return TRUE;
  admission = zc_loader_block (loader, 1, sizeof *admission);
  mark = zc_loader_enter (loader, "admits");
  if (!check_object (loader, object, members, G_N_ELEMENTS (members), "office"))
    return FALSE;
  admission->kind = zc_json_get_string (object, "kind");
  loader->business->admission = admission;
  if (!read_answer (loader, object, "name", ZC_FIELD_TEXT, &admission->name)
      || !read_answer (loader, object, "credit_code", ZC_FIELD_CREDIT_CODE, &admission->credit_code)
      || !read_seal (loader, object, &admission->seal)
      || !read_head (loader, object, &admission->head)
      || !read_working_days (loader, object, &admission->working_days))
    return FALSE;
  zc_loader_leave (loader, mark);
  return TRUE;
}

/**
 * zc_business_link_amendment:
 * @loader: a loading whose sections are linked
 *
 * Returns: whether what the business says of a body to change, if anything, makes sense
 */
gboolean
zc_business_link_amendment (ZcLoader *loader)
{
  const ZcJsonValue *object = zc_json_get (zc_json_root (loader->business->json), "amends");
  ZcAmendment *amendment;

  if (object == NULL)
    return TRUE;
  amendment = zc_loader_block (loader, 1, sizeof *amendment);
  zc_loader_enter (loader, "amends");
  if (!check_object (loader, object, amended_members, G_N_ELEMENTS (amended_members), "unit"))
    return FALSE;
  if (zc_json_get (object, "name") == NULL && zc_json_get (object, "seal") == NULL
      && zc_json_get (object, "head") == NULL)
    return zc_loader_fail (loader, NULL, "needs “name”, “seal” or “head”");
  amendment->kind = zc_json_get_string (object, "kind");
  loader->business->amendment = amendment;
  return (zc_json_get (object, "name") == NULL
          || read_answer (loader, object, "name", ZC_FIELD_TEXT, &amendment->name))
         && read_seal (loader, object, &amendment->seal)
         && read_head (loader, object, &amendment->head)
         && read_working_days (loader, object, &amendment->working_days);
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
 * zc_business_get_amendment:
 * @business: a business
 *
 * Returns: (nullable): what passing it changes of the target's unit (U2); %NULL: nothing
 */
const ZcAmendment *
zc_business_get_amendment (const ZcBusiness *business)
{
  return business->amendment;
}

static const ZcJsonValue *
find_value (const ZcAnswerPlace *place, const ZcJsonValue *const *sections)
{
  return place->field != NULL
             ? zc_json_get (zc_json_get (sections[place->section], "values"), place->field->id)
             : NULL;
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
  return zc_json_string (find_value (place, sections));
}

/**
 * zc_answer_place_get_image:
 * @place: where the answer is, of one image
 * @sections: (array): the documents of all sections, each (nullable)
 *
 * Returns: (transfer none) (nullable): the digest of the image there
 */
const char *
zc_answer_place_get_image (const ZcAnswerPlace *place, const ZcJsonValue *const *sections)
{
  const ZcJsonValue *images = find_value (place, sections);

  return zc_json_size (images) > 0 ? zc_json_get_string (zc_json_at (images, 0), "sha256") : NULL;
}
