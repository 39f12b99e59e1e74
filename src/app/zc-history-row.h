/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-history-item.h"

/* One event of a dossier in the timeline: who did what and when, with which opinion. */
#define ZC_TYPE_HISTORY_ROW (zc_history_row_get_type ())
G_DECLARE_FINAL_TYPE (ZcHistoryRow, zc_history_row, ZC, HISTORY_ROW, GtkBox)

GtkWidget *zc_history_row_new (ZcHistoryItem *item);
