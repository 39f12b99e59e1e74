/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A flag: yes or no, or a pledge to tick, to which only yes is an answer. Property text: string, "true", "false" or "". */
#define ZC_TYPE_FLAG_ENTRY (zc_flag_entry_get_type ())
G_DECLARE_FINAL_TYPE (ZcFlagEntry, zc_flag_entry, ZC, FLAG_ENTRY, AdwBin)

GtkWidget *zc_flag_entry_new        (const char  *label,
                                     gboolean     pledge);
GtkWidget *zc_flag_entry_get_button (ZcFlagEntry *self);
