/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"

/* The sections of a dossier, each with its state and with what a return still asks for there; one is chosen.
 * Signals: "selected" (another one is), "activated" (one was pressed). */
#define ZC_TYPE_SECTION_LIST (zc_section_list_get_type ())
G_DECLARE_FINAL_TYPE (ZcSectionList, zc_section_list, ZC, SECTION_LIST, AdwBin)

void            zc_section_list_open         (ZcSectionList *self,
                                              ZcDraft       *draft);
ZcDraftSection *zc_section_list_get_selected (ZcSectionList *self);
gboolean        zc_section_list_select       (ZcSectionList *self,
                                              const char    *section);
void            zc_section_list_step         (ZcSectionList *self,
                                              int            step);
