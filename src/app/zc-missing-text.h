/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"

char *zc_missing_dup_text (ZcDraft   *draft,
                           GPtrArray *problems);
