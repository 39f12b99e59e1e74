/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-request.h"
#include "zc-store.h"

/* Every reading of a dossier by staff is noted, once an hour for each of them and each act (domain 4). */
#define ZC_READING_FORM "read"          /* what the form says and what became of it */
#define ZC_READING_IMAGES "read-images" /* photographed papers, which show what the form masks */
#define ZC_READING_WHOLE "reveal"       /* a submission as it was frozen: with the whole ID number (P20) */
#define ZC_READING_SEAL "read-seal"     /* the seal of a unit, which came by that dossier */

gboolean  zc_reading_note   (ZcRequest        *request,
                             const char       *act,
                             const char       *dossier,
                             ZcStore          *store,
                             GError          **error);
gboolean  zc_reading_write  (const ZcRequest  *request,
                             ZcStore          *store,
                             GError          **error);
