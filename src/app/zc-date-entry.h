/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A date ("2019-07-01") or a month ("2019-07"), typed in any usual way or picked. Property text: string, as typed until the
 * entry is left, then in the normal form. Signal left: nobody writes in it any more. */
#define ZC_TYPE_DATE_ENTRY (zc_date_entry_get_type ())
G_DECLARE_FINAL_TYPE (ZcDateEntry, zc_date_entry, ZC, DATE_ENTRY, GtkBox)

GtkWidget *zc_date_entry_new       (gboolean     month);
GtkWidget *zc_date_entry_get_entry (ZcDateEntry *self);
void       zc_date_entry_set_name  (ZcDateEntry *self,
                                    const char  *label);
char      *zc_date_normalize       (const char  *text,
                                    gboolean     month);
