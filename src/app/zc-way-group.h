/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* Where an approval sends a dossier: on to the next stage, or to a department and a person there who is asked to take it up (U6).
 * Its choices open as pages of the AdwNavigationView around it. Signal "changed": another way, department or person. */
#define ZC_TYPE_WAY_GROUP (zc_way_group_get_type ())
G_DECLARE_FINAL_TYPE (ZcWayGroup, zc_way_group, ZC, WAY_GROUP, AdwPreferencesGroup)

/* stage, body: what the direct way is called */
void        zc_way_group_offer          (ZcWayGroup *self,
                                         ZcSession  *session,
                                         const char *stage,
                                         const char *body);
/* NULL: straight on, or not chosen yet */
const char *zc_way_group_get_department (ZcWayGroup *self);
const char *zc_way_group_get_person     (ZcWayGroup *self);
/* "" or what is still to be chosen, in words */
const char *zc_way_group_get_fault      (ZcWayGroup *self);
