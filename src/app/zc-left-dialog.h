/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-left.h"

/* After a newer form or a copy: the answers that found no place, to be read and copied from (decisions 16, P27). */
#define ZC_TYPE_LEFT_DIALOG (zc_left_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcLeftDialog, zc_left_dialog, ZC, LEFT_DIALOG, AdwDialog)

AdwDialog *zc_left_dialog_new (const char *intro,
                               GListModel *left); /* of ZcLeft */
/* Signal "remove": what is listed is to be taken away, after a question. */
void       zc_left_dialog_offer_removal (ZcLeftDialog *self);
/* Where it was asked and what was answered, in words: (transfer full) */
char      *zc_left_dup_place  (ZcLeft     *left);
char      *zc_left_dup_answer (ZcLeft     *left);
