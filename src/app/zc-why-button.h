/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-dossier.h"
#include "zc-refusal.h"

/* "Why?" beside what was refused: opens the rule behind it (N12). Not there where no rule is. */
#define ZC_TYPE_WHY_BUTTON (zc_why_button_get_type ())
G_DECLARE_FINAL_TYPE (ZcWhyButton, zc_why_button, ZC, WHY_BUTTON, GtkButton)

#define ZC_WHY_ACTION "win.why" /* its target: published name of a refusal; and where it is known who can lift it, ":" and their name */

/* Whose bodies are named where one of them can lift it. dossier: (nullable) */
void        zc_why_button_set_dossier (ZcWhyButton *self,
                                       ZcDossier   *dossier);
const char *zc_why_find_name      (ZcDossier    *dossier,
                                   const char   *code);
const char *zc_why_code           (const GError *error);
void        zc_why_button_explain (ZcWhyButton  *self,
                                   const GError *error);
void        zc_why_button_set_code (ZcWhyButton *self,
                                    const char  *code);
void        zc_why_offer           (AdwBanner   *banner,
                                    ZcDossier   *dossier,
                                    const char  *code);
