/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A labelled entry with its message under it, outside of dossiers: signing in, registering.
 * Properties: label, text, message ("" or NULL: nothing wrong), hint: string; password, required: boolean (construct);
 *   suffix: GtkWidget at the right of the entry; max-length: int.
 * Signals: "left": the focus went elsewhere; "activated": Enter was pressed in it; "changed".
 */
#define ZC_TYPE_ENTRY_FIELD (zc_entry_field_get_type ())
G_DECLARE_FINAL_TYPE (ZcEntryField, zc_entry_field, ZC, ENTRY_FIELD, GtkBox)

const char *zc_entry_field_get_text    (ZcEntryField *self);
void        zc_entry_field_set_text    (ZcEntryField *self,
                                        const char   *text);
const char *zc_entry_field_get_message (ZcEntryField *self);
void        zc_entry_field_set_message (ZcEntryField *self,
                                        const char   *message);
/* The same for what was refused: what happened, and the way to the rule behind it (N12). message (nullable): another wording. */
void        zc_entry_field_refuse      (ZcEntryField *self,
                                        const GError *error,
                                        const char   *message);
void        zc_entry_field_tell        (ZcEntryField *self,
                                        const char   *text);
GtkWidget  *zc_entry_field_get_entry   (ZcEntryField *self);
