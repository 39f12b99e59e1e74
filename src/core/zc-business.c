/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include <string.h>

#include "zc-business-private.h"

/* The record of a business: what others ask of it. Its making is in zc-business-parse.c and
 * -link.c. */

G_DEFINE_QUARK (zc_business_error, zc_business_error)

static const char *const type_names[] = {
  [ZC_FIELD_TEXT] = "text",           [ZC_FIELD_PARAGRAPH] = "paragraph",
  [ZC_FIELD_INTEGER] = "integer",     [ZC_FIELD_DECIMAL] = "decimal",
  [ZC_FIELD_DATE] = "date",           [ZC_FIELD_MONTH] = "month",
  [ZC_FIELD_CHOICE] = "choice",       [ZC_FIELD_FLAG] = "flag",
  [ZC_FIELD_ID_NUMBER] = "id-number", [ZC_FIELD_CREDIT_CODE] = "credit-code",
  [ZC_FIELD_MOBILE] = "mobile",       [ZC_FIELD_EMAIL] = "email",
  [ZC_FIELD_IMAGES] = "images",       [ZC_FIELD_COMPUTED] = "computed",
};

static void
clear_business (gpointer data)
{
  ZcBusiness *business = data;

  g_clear_pointer (&business->blocks, g_ptr_array_unref);
  g_clear_pointer (&business->json, zc_json_unref);
  g_clear_pointer (&business->text, g_free);
}

/**
 * zc_business_ref:
 * @business: a business
 *
 * Returns: (transfer full): @business
 */
ZcBusiness *
zc_business_ref (ZcBusiness *business)
{
  return g_atomic_rc_box_acquire (business);
}

/**
 * zc_business_unref:
 * @business: (transfer full): a business
 */
void
zc_business_unref (ZcBusiness *business)
{
  g_atomic_rc_box_release_full (business, clear_business);
}

const char *
zc_business_get_id (const ZcBusiness *business)
{
  return business->id;
}

int
zc_business_get_revision (const ZcBusiness *business)
{
  return business->revision;
}

const char *
zc_business_get_title (const ZcBusiness *business)
{
  return business->title;
}

/**
 * zc_business_get_instructions:
 * @business: a business
 *
 * Returns: the filing instructions, their paragraphs divided by empty lines; "" where there are
 * none
 */
const char *
zc_business_get_instructions (const ZcBusiness *business)
{
  return business->instructions;
}

gboolean
zc_business_is_one_series_per_year (const ZcBusiness *business)
{
  return business->one_series_per_year;
}

gboolean
zc_business_is_one_open_per_person (const ZcBusiness *business)
{
  return business->one_open_per_person;
}

const char *const *
zc_business_get_target (const ZcBusiness *business)
{
  return (const char *const *)business->target;
}

const char *const *
zc_business_get_stages (const ZcBusiness *business)
{
  return (const char *const *)business->stages;
}

gboolean
zc_business_resubmits_to_returning_stage (const ZcBusiness *business)
{
  return business->resubmits_to_returning_stage;
}

gboolean
zc_business_grants (const ZcBusiness *business)
{
  return business->grants;
}

gboolean
zc_business_asks_account (const ZcBusiness *business)
{
  return business->asks_account;
}

/**
 * zc_business_get_text:
 * @business: a business
 * @length: (out) (optional): bytes
 *
 * Returns: the file as it was given, byte for byte
 */
const char *
zc_business_get_text (const ZcBusiness *business, gsize *length)
{
  if (length != NULL)
    *length = business->length;
  return business->text;
}

guint
zc_business_get_n_sections (const ZcBusiness *business)
{
  return business->n_sections;
}

const ZcSection *
zc_business_get_section (const ZcBusiness *business, guint index)
{
  g_return_val_if_fail (index < business->n_sections, NULL);

  return &business->sections[index];
}

/**
 * zc_business_find_section:
 * @business: a business
 * @id: of a section
 * @index: (out) (optional): its place
 *
 * Returns: (nullable): the section
 */
const ZcSection *
zc_business_find_section (const ZcBusiness *business, const char *id, guint *index)
{
  for (guint i = 0; i < business->n_sections; i++)
    {
      if (strcmp (business->sections[i].id, id) != 0)
        continue;
      if (index != NULL)
        *index = i;
      return &business->sections[i];
    }
  return NULL;
}

/**
 * zc_section_find_field:
 * @section: a section
 * @id: of a field
 *
 * Returns: (nullable): the field
 */
const ZcField *
zc_section_find_field (const ZcSection *section, const char *id)
{
  for (guint i = 0; i < section->n_fields; i++)
    {
      if (strcmp (section->fields[i].id, id) == 0)
        return &section->fields[i];
    }
  return NULL;
}

/**
 * zc_business_get_max_image_bytes:
 * @business: a business
 *
 * Returns: the largest limit of any field of images; 0 where the business takes none
 */
gint64
zc_business_get_max_image_bytes (const ZcBusiness *business)
{
  gint64 largest = 0;

  for (guint i = 0; i < business->n_sections; i++)
    {
      for (guint j = 0; j < business->sections[i].n_fields; j++)
        largest = MAX (largest, business->sections[i].fields[j].images.max_bytes);
    }
  return largest;
}

/**
 * zc_field_type_to_string:
 * @type: a type
 *
 * Returns: its name in business files
 */
const char *
zc_field_type_to_string (ZcFieldType type)
{
  g_return_val_if_fail ((guint)type < G_N_ELEMENTS (type_names), NULL);

  return type_names[type];
}

/**
 * zc_field_get_choices:
 * @field: a field of type choice
 *
 * Returns: (nullable): its choices, its own or its catalogue's, NULL-terminated
 */
const char *const *
zc_field_get_choices (const ZcField *field)
{
  return field->catalog != NULL ? zc_catalog_choices (field->catalog)
                                : (const char *const *)field->choices;
}
