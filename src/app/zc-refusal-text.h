/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-refusal.h"

const char *zc_refusal_what     (const GError *error);
const char *zc_refusal_next     (const GError *error);
char       *zc_refusal_dup_who  (const GError *error, const char *name); /* (nullable) */
const char *zc_refusal_who      (const GError *error);
char       *zc_refusal_dup_text (const GError *error);
