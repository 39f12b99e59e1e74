/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"
#include "zc-image-pool.h"
#include "zc-notebook.h"

/* Where in a dossier a part of a form stands, and what it needs to be drawn. Passed down while a form is built; whoever keeps it
 * copies it. */
typedef struct
{
  ZcDraft     *draft;
  ZcImagePool *pool;      /* that decodes pictures */
  const char  *section;
  const char  *entry;     /* (nullable): outside repeating sections */
  gboolean     read_only; /* shows answers, asks for none */
  ZcNotebook  *notebook;  /* (nullable): where a reviewer's notes of it go, while they may note (P9) */
} ZcFieldPlace;

ZcFieldPlace *zc_field_place_copy (const ZcFieldPlace *place);
void          zc_field_place_free (ZcFieldPlace       *place);
