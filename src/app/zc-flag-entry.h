/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A flag: a box to tick, labelled with the field. Property text: string, "true" or "". */
#define ZC_TYPE_FLAG_ENTRY (zc_flag_entry_get_type ())
G_DECLARE_FINAL_TYPE (ZcFlagEntry, zc_flag_entry, ZC, FLAG_ENTRY, AdwBin)

GtkWidget *zc_flag_entry_new        (const char  *label);
GtkWidget *zc_flag_entry_get_button (ZcFlagEntry *self);
