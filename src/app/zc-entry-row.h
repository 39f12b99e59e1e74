/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-field-list.h"

/* One entry of a repeating section: a line that opens to its fields. Actions: entry.up, entry.down, entry.delete.
 * Signals: "move" (int: position wanted); "delete". */
#define ZC_TYPE_ENTRY_ROW (zc_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcEntryRow, zc_entry_row, ZC, ENTRY_ROW, GtkBox)

GtkWidget    *zc_entry_row_new             (const ZcFieldPlace *place,
                                            ZcDraftEntry       *entry);
ZcDraftEntry *zc_entry_row_get_entry       (ZcEntryRow         *self);
const ZcFieldPlace *zc_entry_row_get_place (ZcEntryRow         *self);
void          zc_entry_row_set_position    (ZcEntryRow         *self,
                                            guint               position,
                                            guint               n_entries);
guint         zc_entry_row_get_position    (ZcEntryRow         *self);
gboolean      zc_entry_row_get_open        (ZcEntryRow         *self);
void          zc_entry_row_set_open        (ZcEntryRow         *self,
                                            gboolean            open);
ZcFieldList  *zc_entry_row_get_fields      (ZcEntryRow         *self);
void          zc_entry_row_reveal_problems (ZcEntryRow         *self);
