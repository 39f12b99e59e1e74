/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-json.h"
#include "zc-store.h"

/* ACCOUNT of the wire: the person, masked, and whom they may act for. Written as members of an object that is open. */
gboolean  zc_account_write_members  (ZcServer      *server,
                                     ZcStore       *store,
                                     const char    *account,
                                     ZcTime         now,
                                     ZcJsonWriter  *writer,
                                     GError       **error);
