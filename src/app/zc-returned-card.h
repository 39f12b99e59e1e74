/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zc-draft.h"

/* The opinion of whoever returned the dossier, on top of the form, with the remarks as links (S3.1.5c).
 * Signal "chosen" (section, entry (nullable), field (nullable)). */
#define ZC_TYPE_RETURNED_CARD (zc_returned_card_get_type ())
G_DECLARE_FINAL_TYPE (ZcReturnedCard, zc_returned_card, ZC, RETURNED_CARD, GtkBox)

GtkWidget *zc_returned_card_new (ZcDraft *draft);
