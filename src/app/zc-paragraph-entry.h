/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Long text with its length as people count it. Properties: text: string; max-length: uint (0: none). */
#define ZC_TYPE_PARAGRAPH_ENTRY (zc_paragraph_entry_get_type ())
G_DECLARE_FINAL_TYPE (ZcParagraphEntry, zc_paragraph_entry, ZC, PARAGRAPH_ENTRY, GtkBox)

GtkWidget *zc_paragraph_entry_new      (guint             max_length);
GtkWidget *zc_paragraph_entry_get_view (ZcParagraphEntry *self);
