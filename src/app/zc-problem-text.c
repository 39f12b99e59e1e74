/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-image-text.h"
#include "zc-problem-text.h"

/* What is wrong with a form or an image, said to the person who can mend it: what is the matter, and
 * what to do. The one place that words ZcProblemCode. */

/* Codes whose sentence needs no number. */
static const char *const plain_texts[ZC_PROBLEM_LAST] = {
  [ZC_PROBLEM_REQUIRED] = N_ ("Please fill this in"),
  [ZC_PROBLEM_TYPE] = N_ ("This does not fit here; please fill it in again"),
  [ZC_PROBLEM_UNKNOWN_FIELD] = N_ ("The form no longer has this item; please open the form again"),
  [ZC_PROBLEM_UNKNOWN_SECTION]
  = N_ ("The form no longer has this section; please open the form again"),
  [ZC_PROBLEM_NOT_A_CHOICE] = N_ ("Please choose one of the options listed"),
  [ZC_PROBLEM_DATE] = N_ ("There is no such date; please write it like 2019-07-01"),
  [ZC_PROBLEM_MONTH] = N_ ("There is no such month; please write it like 2019-07"),
  [ZC_PROBLEM_DATE_ORDER] = N_ ("The end lies before the start; please check both dates"),
  [ZC_PROBLEM_IN_FUTURE] = N_ ("This day has not come yet; please check the date"),
  [ZC_PROBLEM_NOT_OVER]
  = N_ ("The notice is not over yet; it counts from the day after its last day"),
  [ZC_PROBLEM_CALENDAR] = N_ ("The calendar of working days of this year is not published yet, so "
                              "they cannot be counted; please check the date"),
  [ZC_PROBLEM_ID_FORMAT]
  = N_ ("This is not an ID number of 18 characters; please check it against the document"),
  [ZC_PROBLEM_ID_CHECKSUM]
  = N_ ("The check character of this ID number is wrong; please look for a mistyped digit"),
  [ZC_PROBLEM_ID_DATE]
  = N_ ("The date of birth in this ID number does not exist; please look for a mistyped digit"),
  [ZC_PROBLEM_ID_REGION]
  = N_ ("The first digits do not fit this kind of document; please check kind and number"),
  [ZC_PROBLEM_CREDIT_CODE]
  = N_ ("This is no valid social credit code (18 characters); please check it against the licence"),
  [ZC_PROBLEM_MOBILE] = N_ ("Please enter a mobile number of 11 digits"),
  [ZC_PROBLEM_EMAIL] = N_ ("Please enter a complete e-mail address"),
  [ZC_PROBLEM_NAME] = N_ ("Please enter the name as it stands in the document"),
  [ZC_PROBLEM_CONTROL_CHARACTER]
  = N_ ("There are invisible characters in the text; please delete it and type it again"),
  [ZC_PROBLEM_COMPUTED] = N_ ("The sum has been computed anew; please save again"),
  [ZC_PROBLEM_NOT_THE_SAME]
  = N_ ("This differs from what your account says; please check it and write it alike"),
  [ZC_PROBLEM_DUPLICATE_ENTRY] = N_ ("This entry is there twice; please delete one of them"),
  [ZC_PROBLEM_DUPLICATE_IMAGE] = N_ ("This image is already here; please choose another one"),
  [ZC_PROBLEM_IMAGE_MISSING] = N_ ("This image has not reached the server; please add it again"),
  [ZC_PROBLEM_IMAGE_EMPTY]
  = N_ ("The file is empty (0 bytes); please save or photograph it again"),
  [ZC_PROBLEM_NOT_JPEG]
  = N_ ("The content is not a JPEG, whatever the file is called; please save it as JPEG first"),
  [ZC_PROBLEM_IMAGE_TRUNCATED]
  = N_ ("The file ends in the middle of the picture; please copy it from the camera or phone again"),
  [ZC_PROBLEM_TRAILING_BYTES]
  = N_ ("There is other data behind the picture; please add the image again, it is cleaned then"),
  [ZC_PROBLEM_METADATA] = N_ ("The image still tells where and when it was taken; please add it "
                              "again, it is cleaned then"),
  [ZC_PROBLEM_IMAGE_DAMAGED]
  = N_ ("The image is damaged; please save it again in another program, or photograph it anew"),
  [ZC_PROBLEM_BIT_DEPTH]
  = N_ ("The image has more than 8 bits a colour; please save it as an ordinary JPEG"),
  [ZC_PROBLEM_CODING]
  = N_ ("The image uses a rare kind of JPEG; please save it as an ordinary JPEG"),
  [ZC_PROBLEM_COMPONENTS]
  = N_ ("The image is made for printing (four colours); please save it as an RGB JPEG"),
  [ZC_PROBLEM_DIGEST]
  = N_ ("The image was changed on its way; please delete it here and add it again"),
  [ZC_PROBLEM_PASSWORD_CLASSES]
  = N_ ("Please mix at least three of: capitals, small letters, digits, other characters"),
  [ZC_PROBLEM_PASSWORD_COMMON]
  = N_ ("This password is used by many and is guessed first; please choose another one"),
  [ZC_PROBLEM_PASSWORD_PERSONAL]
  = N_ ("The password holds your name, a number or the birthday; please choose another one"),
  [ZC_PROBLEM_CODE]
  = N_ ("The verification code is wrong or has expired; please check it or ask for a new one"),
  [ZC_PROBLEM_QUESTIONS]
  = N_ ("Please choose three different questions and answer each of them"),
};

/* Codes whose sentence names the limit, as a number. */
static const char *
limit_format (ZcProblemCode code)
{
  switch ((int) code)
    {
    case ZC_PROBLEM_TOO_LONG:
      return _ ("At most %s characters; please shorten it");
    case ZC_PROBLEM_TOO_SHORT:
      return _ ("At least %s characters; please say more");
    case ZC_PROBLEM_TOO_SMALL:
      return _ ("The number must be %s or more");
    case ZC_PROBLEM_TOO_LARGE:
      return _ ("The number must be %s or less");
    case ZC_PROBLEM_FEW_WORKING_DAYS:
      return _ ("The notice must run for at least %s working days, its first day counted; please "
                "check both dates");
    case ZC_PROBLEM_TOO_FEW_ENTRIES:
      return _ ("At least %s entries are needed; please add what is missing");
    case ZC_PROBLEM_TOO_MANY_ENTRIES:
      return _ ("At most %s entries; please delete those that matter least");
    case ZC_PROBLEM_TOO_FEW_IMAGES:
      return _ ("At least %s images are needed; please add what is missing");
    case ZC_PROBLEM_TOO_MANY_IMAGES:
      return _ ("At most %s images; please remove one before adding another");
    case ZC_PROBLEM_TOO_NARROW:
      return _ ("The image is too small: it must be at least %s pixels wide; please take a sharper "
                "scan or photo");
    case ZC_PROBLEM_TOO_LOW:
      return _ ("The image is too small: it must be at least %s pixels high; please take a sharper "
                "scan or photo");
    case ZC_PROBLEM_EDGE_TOO_SHORT:
      return _ ("The image is too small: its longer edge must have at least %s pixels; please take "
                "a sharper scan or photo");
    case ZC_PROBLEM_PASSWORD_SHORT:
      return _ ("At least %s characters");
    case ZC_PROBLEM_PASSWORD_LONG:
      return _ ("At most %s characters");
    default:
      return NULL;
    }
}

static char *
format_limit (const char *format,
              const char *limit)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, limit); /* from limit_format() alone: one %s */
#pragma GCC diagnostic pop
}

/* An empty field asks for what its kind wants. */
static const char *
required_text (const ZcField *field)
{
  switch ((int) field->type)
    {
    case ZC_FIELD_CHOICE:
      return _ ("Please choose one");
    case ZC_FIELD_DATE:
    case ZC_FIELD_MONTH:
      return _ ("Please enter the date");
    case ZC_FIELD_IMAGES:
      return _ ("Please add an image");
    case ZC_FIELD_FLAG:
      return _ ("Please tick this");
    default:
      return _ (plain_texts[ZC_PROBLEM_REQUIRED]);
    }
}

static const char *
type_text (const ZcField *field)
{
  switch ((int) field->type)
    {
    case ZC_FIELD_INTEGER:
      return _ ("Please enter a whole number in digits");
    case ZC_FIELD_DECIMAL:
      return _ ("Please enter a number in digits");
    default:
      return _ (plain_texts[ZC_PROBLEM_TYPE]);
    }
}

static char *
pixels_text (gint64 limit)
{
  if (limit <= 0)
    return g_strdup (_ ("The image claims to be far too large to be a photo; please take it anew"));
  return g_strdup_printf (_ ("The image claims more pixels than can be taken (%d million); please "
                             "take it anew or scale it down first"),
                          (int) (limit / 1000000));
}

static char *
bytes_text (gint64 limit)
{
  g_autofree char *bytes = zc_bytes_dup_text (limit);

  return g_strdup_printf (_ ("The file is larger than %s; please have it made to fit"), bytes);
}

/* What is better, and that nothing waits for it (P8). NULL: a code that is never advice. */
static const char *
advice_format (const ZcProblem *problem,
               const ZcField *field)
{
  switch ((int) problem->code)
    {
    case ZC_PROBLEM_REQUIRED:
      if (field != NULL && field->type == ZC_FIELD_IMAGES)
        return _ ("Recommended: add an image if you have one; you can submit without it");
      return _ ("Recommended: fill this in if you can; you can submit without it");
    case ZC_PROBLEM_TOO_SMALL:
      return _ ("Recommended: %s or more; you can submit with less");
    case ZC_PROBLEM_TOO_FEW_ENTRIES:
      return _ ("Recommended: at least %s entries; you can submit with fewer");
    default:
      return NULL;
    }
}

/**
 * zc_problem_dup_text:
 * @problem: what is wrong
 * @field: (nullable): the field it is about
 *
 * Returns: (transfer full): a sentence: what is the matter and what to do; of advice, what is better
 */
char *
zc_problem_dup_text (const ZcProblem *problem,
                     const ZcField *field)
{
  const char *format = problem->advice ? advice_format (problem, field) : NULL;

  if (format == NULL)
    format = limit_format (problem->code);
  if (problem->code == ZC_PROBLEM_REQUIRED && !problem->advice && field != NULL)
    return g_strdup (required_text (field));
  if (problem->code == ZC_PROBLEM_TYPE && field != NULL)
    return g_strdup (type_text (field));
  if (problem->code == ZC_PROBLEM_TOO_MANY_PIXELS)
    return pixels_text (problem->limit);
  if (problem->code == ZC_PROBLEM_TOO_MANY_BYTES)
    return bytes_text (problem->limit);
  if (format != NULL)
    {
      g_autofree char *limit = g_strdup_printf ("%" G_GINT64_FORMAT, problem->limit);

      return format_limit (format, limit);
    }
  if (plain_texts[problem->code] != NULL)
    return g_strdup (_ (plain_texts[problem->code]));
  return g_strdup (_ (plain_texts[ZC_PROBLEM_TYPE]));
}

/**
 * zc_problem_dup_place:
 * @problem: what is wrong
 * @business: whose sections and fields it names
 * @with_section: whether to begin with the section, where there is more to name
 * @entry_title: (nullable): what the person calls the entry
 * @entry_number: its number, from 1; 0: none
 *
 * Returns: (transfer full): the way to the place, "学历情况 › 第 2 条 › 毕业时间"
 */
char *
zc_problem_dup_place (const ZcProblem *problem,
                      const ZcBusiness *business,
                      gboolean with_section,
                      const char *entry_title,
                      int entry_number)
{
  const ZcSection *section = NULL;
  const ZcField *field = NULL;
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();
  g_auto (GStrv) way = NULL;

  if (problem->section != NULL)
    section = zc_business_find_section (business, problem->section, NULL);
  if (section != NULL && problem->field != NULL)
    field = zc_section_find_field (section, problem->field);
  if (section != NULL && (with_section || (field == NULL && entry_number == 0)))
    g_strv_builder_add (steps, section->title);
  if (entry_title != NULL && *entry_title != '\0')
    g_strv_builder_add (steps, entry_title);
  else if (entry_number > 0)
    g_strv_builder_take (steps, g_strdup_printf (_ ("Entry %d"), entry_number));
  if (field != NULL)
    g_strv_builder_add (steps, field->label);
  way = g_strv_builder_end (steps);
  return g_strjoinv (" › ", way);
}
