/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"
#include "zc-form-page.h"

/* The forms of a dossier, a section each: one is seen, and while nobody does anything the others are made ready behind it. */
#define ZC_TYPE_FORM_DECK (zc_form_deck_get_type ())
G_DECLARE_FINAL_TYPE (ZcFormDeck, zc_form_deck, ZC, FORM_DECK, GtkWidget)

void        zc_form_deck_open            (ZcFormDeck  *self,
                                          ZcDraft     *draft,
                                          ZcImagePool *pool);
void        zc_form_deck_clear           (ZcFormDeck  *self);
ZcFormPage *zc_form_deck_show            (ZcFormDeck  *self,
                                          const char  *section);
ZcFormPage *zc_form_deck_get_shown       (ZcFormDeck  *self);
gboolean    zc_form_deck_is_ready        (ZcFormDeck  *self,
                                          const char  *section);
void        zc_form_deck_reveal_problems (ZcFormDeck  *self);
