/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"

char *zc_public_notice_dup_text (ZcDraft   *draft,
                                 GPtrArray *problems);
