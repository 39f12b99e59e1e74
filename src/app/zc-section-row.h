/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zc-draft.h"

/* A section in the list on the left: its state as a mark and in words (S3.1.2a). */
#define ZC_TYPE_SECTION_ROW (zc_section_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcSectionRow, zc_section_row, ZC, SECTION_ROW, GtkListBoxRow)

GtkWidget      *zc_section_row_new            (ZcDraftSection *section);
ZcDraftSection *zc_section_row_get_section    (ZcSectionRow   *self);
const char     *zc_section_row_get_state_text (ZcSectionRow   *self);
void            zc_section_row_set_marks      (ZcSectionRow   *self,
                                               const char     *text);
void            zc_section_row_bring_into_view (ZcSectionRow  *self);
