/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-check.h"

/* The same answers before and after another target: what was filled in and is no longer asked for. It stays stored (decisions
 * 15), and the person is told (S3.1.2e). */
char *zc_kept_to_json (const ZcAnswers *before,
                       const ZcAnswers *after);  /* [{"section", "field"}], (transfer full) */
