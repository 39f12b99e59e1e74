/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-business.h"
#include "zc-request.h"
#include "zc-store.h"

/* Where a dossier goes: what was chosen, and what follows from it. */
typedef struct
{
  char  *unit;       /* (nullable), as all below: what the business does not ask for */
  char  *series;
  char  *level;
  char  *committee;
  char  *office;     /* the committee's; or chosen; or the unit's */
  int    year;       /* of the committee's window: 评审年度, not the calendar's (decisions 5) */
} ZcTarget;

/* Checks that the catalogue knows each, that this committee evaluates this series and level, and that its window is open. */
ZcTarget *zc_target_read  (const ZcRequest   *request,
                           ZcStore           *store,
                           const ZcBusiness  *business,
                           const ZcJsonValue *json,
                           GError           **error);
void      zc_target_free  (ZcTarget          *target);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZcTarget, zc_target_free)
