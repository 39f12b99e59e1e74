/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* A dossier in one's list (domain 2.4): what, where it stands, until when, and what may be done with it now, by the server's word. */
#define ZC_TYPE_DOSSIER_CARD (zc_dossier_card_get_type ())
G_DECLARE_FINAL_TYPE (ZcDossierCard, zc_dossier_card, ZC, DOSSIER_CARD, GtkBox)

GtkWidget *zc_dossier_card_new (ZcSession *session,
                                ZcDossier *dossier);
ZcDossier *zc_dossier_card_get_dossier (ZcDossierCard *self);
