/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"

/* What is missing or wrong, as links to the fields (S3.1.2b, S3.1.3a).
 * Signal "chosen" (section, entry (nullable), field (nullable)). */
#define ZC_TYPE_PROBLEM_LIST (zc_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (ZcProblemList, zc_problem_list, ZC, PROBLEM_LIST, AdwBin)

GtkWidget *zc_problem_list_new          (void);
void       zc_problem_list_set_problems (ZcProblemList *self,
                                         ZcDraft       *draft,
                                         GPtrArray     *problems,
                                         gboolean       one_section);
void       zc_problem_list_set_advice   (ZcProblemList *self,
                                         ZcDraft       *draft,
                                         GPtrArray     *problems);
guint      zc_problem_list_get_n        (ZcProblemList *self);
