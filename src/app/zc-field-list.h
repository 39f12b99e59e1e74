/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-field-row.h"

/* The fields of a section, or of one of its entries, in one column: groups with their headings. Follows the draft. */
#define ZC_TYPE_FIELD_LIST (zc_field_list_get_type ())
G_DECLARE_FINAL_TYPE (ZcFieldList, zc_field_list, ZC, FIELD_LIST, GtkBox)

GtkWidget  *zc_field_list_new             (const ZcFieldPlace *place,
                                           gboolean            cards);
GtkWidget  *zc_field_list_new_empty       (const ZcFieldPlace *place,
                                           gboolean            cards);
gboolean    zc_field_list_add_next        (ZcFieldList        *self);
ZcFieldRow *zc_field_list_find_row        (ZcFieldList        *self,
                                           const char         *field);
void        zc_field_list_reveal_problems (ZcFieldList        *self);
