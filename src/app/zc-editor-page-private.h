/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-editor-banners.h"
#include "zc-editor-page.h"
#include "zc-form-deck.h"
#include "zc-saved-panel.h"
#include "zc-section-list.h"
#include "zc-why-button.h"

struct _ZcEditorPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session; /* (nullable): tests */
  char *dossier;      /* its id, as long as it is being opened */
  ZcDraft *draft;     /* (nullable): not opened yet */
  ZcImagePool *pool;
  GCancellable *cancellable;

  GtkStack *stack;
  AdwStatusPage *error;
  ZcWhyButton *why;
  AdwNavigationSplitView *split;
  AdwWindowTitle *sidebar_title;
  ZcSectionList *sections;
  AdwNavigationPage *content_page;
  AdwWindowTitle *title;
  GtkButton *submit;
  GtkButton *retarget; /* where the server allows it (S3.1.2e) */
  GtkButton *save;
  ZcEditorBanners *banners;
  AdwClamp *returned_clamp;
  AdwBin *returned;
  ZcSavedPanel *saved;
  ZcFormDeck *forms;

  guint saving : 1;
  guint updating : 1; /* its form */
};

/* zc-editor-acts.c: what a person does with the dossier as a whole */
void zc_editor_page_install_acts (GtkWidgetClass *widget_class);
void zc_editor_page_update_acts  (ZcEditorPage   *self);

/* zc-editor-page.c */
void zc_editor_page_open_dossier (ZcEditorPage   *self);
