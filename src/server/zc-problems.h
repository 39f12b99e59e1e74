/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-problem.h"

/* What is wrong with the members of a request: collected, so that all of it is told at once, then refused. */
GPtrArray *zc_problems_new    (void);                 /* (transfer full) (element-type ZcProblem) */
void       zc_problems_add    (GPtrArray    *problems,
                               const char   *field,
                               ZcProblemCode code);
gboolean   zc_problems_check  (GPtrArray    *problems,
                               GError      **error);
gboolean   zc_problems_refuse (const char   *field,
                               ZcProblemCode code,
                               gint64        limit,
                               GError      **error);  /* always FALSE */
