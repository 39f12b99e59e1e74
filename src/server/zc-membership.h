/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-store.h"

/* Ending and resuming memberships (U2, SEC-S14): zc_access_check() asks at every request. FALSE: the store failed. changed:
 * whether there was anything to change. */

/* Also ends the sessions that act for it, wakes whoever waits for the body's changes, and voids what the person was invited with
 * and has not used. */
gboolean  zc_membership_end     (ZcStore     *store,
                                 const char  *id,
                                 ZcTime       now,
                                 gboolean    *changed,
                                 GError     **error);
gboolean  zc_membership_resume  (ZcStore     *store,
                                 const char  *id,
                                 gboolean    *changed,
                                 GError     **error);
