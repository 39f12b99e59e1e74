/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-server.h"

/* The one-time secret with which the first member of a body's staff is made (SEC-S18). */
char     *zc_invitation_make (ZcServer    *server,
                              ZcStore     *store,
                              const char  *body,
                              const char  *role,
                              ZcTime       now,
                              GError     **error);
/* Spends it. Wrong, used, too old, or the body has staff: "wrong-code". */
gboolean  zc_invitation_use  (ZcServer    *server,
                              ZcStore     *store,
                              const char  *typed,
                              const char  *account,
                              ZcTime       now,
                              GError     **error);
