/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-note-text.h"
#include "zc-problem-text.h"
#include "zc-reason.h"
#include "zc-time-text.h"

/* What is said of a place, and where the place is. */

/**
 * zc_reason_text:
 * @code: a published name
 *
 * Returns: (transfer none): the reason in words
 */
const char *
zc_reason_text (const char *code)
{
  ZcReason reason;

  if (!zc_reason_from_string (code, &reason))
    return "";
  switch (reason)
    {
    case ZC_REASON_MISSING:
      return _("Something is missing");
    case ZC_REASON_UNCLEAR:
      return _("Not clear");
    case ZC_REASON_WRONG:
      return _("Filled in wrongly");
    case ZC_REASON_INCONSISTENT:
      return _("Does not match the papers");
    case ZC_REASON_UNPROVEN:
      return _("Not proved by any paper");
    case ZC_REASON_UNSIGNED:
      return _("Seal or signature missing");
    case ZC_REASON_EXPIRED:
      return _("No longer valid");
    case ZC_REASON_INELIGIBLE:
      return _("Does not meet the conditions");
    case ZC_REASON_OTHER:
      return _("Another reason");
    case ZC_REASON_NONE:
    case ZC_REASON_LAST:
    default:
      return "";
    }
}

char *
zc_note_dup_words (ZcNote *note)
{
  const char *reason = zc_reason_text (zc_note_get_code (note));
  const char *text = zc_note_get_text (note);

  if (*reason == '\0' || *text == '\0')
    return g_strdup (*text != '\0' ? text : reason);
  return g_strdup_printf (_("%s: %s"), reason, text);
}

static const char *
or_null (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * zc_note_image_number:
 * @note: of an image
 * @draft: where it stands
 *
 * Returns: which of its field's images it is, from 1
 */
guint
zc_note_image_number (ZcNote *note, ZcDraft *draft)
{
  g_autoptr (GListModel) images = NULL;

  if (or_null (zc_note_get_image (note)) == NULL || zc_draft_find_section (draft, zc_note_get_section (note)) == NULL)
    return 0;
  images = zc_draft_get_images (draft, zc_note_get_section (note), or_null (zc_note_get_entry (note)), zc_note_get_field (note));
  for (guint i = 0; i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, i);

      if (g_strcmp0 (zc_draft_image_get_sha256 (image), zc_note_get_image (note)) == 0)
        return i + 1;
    }
  return 0;
}

/**
 * zc_note_dup_place:
 * @note: a note
 * @draft: of its dossier
 *
 * Returns: (transfer full): the way to its place
 */
char *
zc_note_dup_place (ZcNote *note, ZcDraft *draft)
{
  g_autofree char *title = NULL;
  int number = zc_draft_find_entry (draft, zc_note_get_section (note), zc_note_get_entry (note), &title);
  const ZcProblem place = { .section = (char *) zc_note_get_section (note), .field = (char *) or_null (zc_note_get_field (note)) };
  g_autofree char *way = zc_problem_dup_place (&place, zc_draft_get_business (draft), TRUE, title, number);
  guint image = zc_note_image_number (note, draft);

  if (image == 0)
    return g_steal_pointer (&way);
  return g_strdup_printf (_("%s › Image %u"), way, image);
}

/**
 * zc_value_dup_words:
 * @field: its field
 * @text: (nullable): as the draft gives it
 *
 * Returns: (transfer full): the text that is read; code words are worded
 */
char *
zc_value_dup_words (const ZcField *field, const char *text)
{
  if (text == NULL || *text == '\0')
    return g_strdup ("—");
  if (field->type == ZC_FIELD_FLAG)
    return g_strdup (g_str_equal (text, "true") ? _("Yes") : _("No"));
  if (field->from != NULL && g_str_equal (text, "male"))
    return g_strdup (_("Male"));
  if (field->from != NULL && g_str_equal (text, "female"))
    return g_strdup (_("Female"));
  if (field->type == ZC_FIELD_DATE)
    return zc_date_dup_text (text);
  if (field->type == ZC_FIELD_MONTH)
    return zc_month_dup_text (text);
  return g_strdup (text);
}
