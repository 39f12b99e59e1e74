/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-entry-row.h"

/* The entries of a repeating section: add, edit, delete with undo, reorder by button, key and drag (S3.1.2d).
 * Action: entries.add. */
#define ZC_TYPE_ENTRY_LIST (zc_entry_list_get_type ())
G_DECLARE_FINAL_TYPE (ZcEntryList, zc_entry_list, ZC, ENTRY_LIST, GtkBox)

GtkWidget  *zc_entry_list_new             (const ZcFieldPlace *place);
GtkWidget  *zc_entry_list_new_empty       (const ZcFieldPlace *place);
gboolean    zc_entry_list_add_next        (ZcEntryList        *self);
ZcEntryRow *zc_entry_list_find_row        (ZcEntryList        *self,
                                           const char         *entry);
void        zc_entry_list_reveal_problems (ZcEntryList        *self);
