/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-problem.h"

char *zc_problem_dup_text  (const ZcProblem  *problem,
                            const ZcField    *field);
char *zc_problem_dup_place (const ZcProblem  *problem,
                            const ZcBusiness *business,
                            gboolean          with_section,
                            const char       *entry_title,
                            int               entry_number);
