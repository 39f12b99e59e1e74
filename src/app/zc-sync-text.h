/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-sync.h"

const char *zc_sync_state_text  (ZcSyncState state);
const char *zc_image_state_text (ZcSyncState state);
char       *zc_recovered_dup_text (gint64    at);
char       *zc_recovered_dup_opinion_text (const char *decisions, gint64 at);
