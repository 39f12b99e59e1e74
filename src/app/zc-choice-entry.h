/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* One of a list of choices, or none; a long list can be searched. Property text: string, "" when none is chosen. */
#define ZC_TYPE_CHOICE_ENTRY (zc_choice_entry_get_type ())
G_DECLARE_FINAL_TYPE (ZcChoiceEntry, zc_choice_entry, ZC, CHOICE_ENTRY, AdwBin)

GtkWidget *zc_choice_entry_new          (const char * const *choices);
GtkWidget *zc_choice_entry_get_dropdown (ZcChoiceEntry      *self);
