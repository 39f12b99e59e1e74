/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-catalog-item.h"
#include "zc-time.h"

/* One part of where a dossier goes, being chosen: which list of the catalogue, and what was chosen before it. Strings are borrowed
 * where it is passed. */
typedef struct
{
  const char    *title;
  const char    *list;      /* as of zc_client_get_catalog_async() */
  ZcCatalogItem *series;    /* (nullable): that levels and committees depend on */
  const char    *series_id; /* (nullable) */
  const char    *level;     /* (nullable): that committees depend on */
  const char    *business;  /* (nullable) */
  const char    *own;       /* (nullable): the dossier that is addressed anew: its own place is free for it */
  gboolean       evaluated; /* the business asks for a committee: windows bear on series and level */
  gboolean       grants;    /* a new title: exams do (decisions 14) */
} ZcChoice;

/* Why an item cannot be chosen now, in words; NULL: it can (S3.1.1a). (transfer full) */
char *zc_choice_dup_hindrance (const ZcChoice *choice,
                               ZcCatalogItem  *item,
                               ZcTime          now);
