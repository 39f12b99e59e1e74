/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-store.h"

/* Which unit a branch belongs to (U2), by the credit code that was given. */
gboolean  zc_head_find  (ZcStore     *store,
                         const char  *credit_code, /* (nullable): it is no branch */
                         const char  *unit,        /* (nullable): the branch, where it is there already */
                         char       **head,        /* (out) (transfer full) (nullable) */
                         GError     **error);
