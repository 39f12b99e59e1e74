/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A rule of the procedure, in words (N12). */
typedef struct
{
  const char *id;       /* as zc_refusal_rule() names it */
  const char *name;     /* a heading */
  const char *sentence; /* what it says */
  const char *source;   /* where it comes from */
} ZcRuleText;

const ZcRuleText *zc_rule_text_find (const char *rule);
