/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-field-place.h"

/* What stands at a place of a form besides its value (P9): what changed there since the dossier was returned, and what it was
 * before; what the return asked for, ticked off where the place changed since; what the reviewer notes now, to be edited and taken
 * away (actions notes.edit and notes.remove, with the note's position in the notebook). Passive: whoever shows the place tells it
 * when to look again. */
#define ZC_TYPE_PLACE_MARKS (zc_place_marks_get_type ())
G_DECLARE_FINAL_TYPE (ZcPlaceMarks, zc_place_marks, ZC, PLACE_MARKS, GtkBox)

/* Shows in bin what stands there now. field (nullable): the section or entry as a whole */
void       zc_place_marks_show   (AdwBin             *bin,
                                  const ZcFieldPlace *place,
                                  const char         *field);
/* Calls update (swapped, on owner) when anything else than values may have changed what stands at the places of a form. */
void       zc_place_marks_follow (const ZcFieldPlace *place,
                                  GCallback           update,
                                  gpointer            owner);
/* place names an entry */
gboolean   zc_entry_has_notes    (const ZcFieldPlace *place);
/* What is to be looked at in a section, in words; "" when there is nothing. (transfer full) */
char      *zc_section_marks_dup_text (ZcDraft        *draft,
                                      const char     *section,
                                      ZcNotebook     *notebook); /* (nullable) */
/* Whether an image carries a note, or is new since the return: in words, for its tile; NULL when neither. (transfer full) */
char      *zc_image_marks_dup_text (const ZcFieldPlace *place,
                                    const char         *field,
                                    const char         *sha256);
