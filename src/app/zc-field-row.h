/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-field-place.h"

/* One field of a form: its label with ＊ when it is required, its hint, the control its type asks for, and the message under it.
 * Bound to one place of a draft; the list it stands in tells it what changed (zc_field_list).
 * Properties: problem-text: string ("" when nothing is shown). */
#define ZC_TYPE_FIELD_ROW (zc_field_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcFieldRow, zc_field_row, ZC, FIELD_ROW, GtkBox)

GtkWidget     *zc_field_row_new             (const ZcFieldPlace *place,
                                             const ZcField *field);
const ZcField *zc_field_row_get_field       (ZcFieldRow    *self);
GtkWidget     *zc_field_row_get_control     (ZcFieldRow    *self);
const char    *zc_field_row_get_problem_text (ZcFieldRow   *self);
void           zc_field_row_update_value    (ZcFieldRow    *self);
void           zc_field_row_update_rules    (ZcFieldRow    *self);
void           zc_field_row_update_problem  (ZcFieldRow    *self);
void           zc_field_row_reveal_problem  (ZcFieldRow    *self);
const ZcFieldPlace *zc_field_row_get_place  (ZcFieldRow    *self);
void           zc_field_row_update_marks    (ZcFieldRow    *self);
