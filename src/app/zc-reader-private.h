/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-reader.h"
#include "zc-trouble-page.h"

/* What the files of the reader share. */
struct _ZcReader
{
  AdwBin parent_instance;

  ZcSession              *session;
  ZcDossier              *dossier;
  ZcBusiness             *business;
  ZcDraft                *draft;
  ZcNotebook             *notebook; /* (nullable): nothing can be noted */
  GListModel             *images;  /* (nullable): of the section shown */
  GtkWidget              *viewer;
  char                   *id;
  char                   *receipt; /* (nullable): number of the submission that is shown */
  char                   *first;   /* (nullable): id of the section to begin with */

  GtkStack               *stack;
  ZcTroublePage          *trouble;
  AdwOverlaySplitView    *split;
  GtkListBox             *sections;
  GtkLabel               *section_title;
  AdwBanner              *notice;
  GtkLabel               *status;
  AdwBin                 *form;
  AdwBin                 *viewer_slot;

  guint                   with_images : 1;
  guint                   narrow : 1;    /* no room for images beside the form */
  guint                   headed : 1;    /* the list tells who fills in what */
  guint                   revealed : 1;  /* what is missing is shown, also in forms that are built later */
  guint                   recovered : 1; /* and the person was not told yet, or has not said that they read it */
};

/* Asks for the dossier and what belongs to it; what follows is told what came of it. */
void zc_reader_load         (ZcReader     *self);
void zc_reader_show_trouble (ZcReader     *self,
                             const GError *error);
void zc_reader_take_dossier (ZcReader     *self,
                             ZcDossier    *dossier);
void zc_reader_take_draft   (ZcReader     *self,
                             ZcDraft      *draft);
/* zc-reader-notice.c: what the person fills in themselves, and what is told of it (U5) */
ZcDraftSection *zc_reader_get_selected   (ZcReader       *self); /* (nullable) */
gboolean        zc_reader_is_filled_in   (ZcReader       *self,
                                          ZcDraftSection *section); /* (nullable) */
void            zc_reader_update_status  (ZcReader       *self);
void            zc_reader_update_notice  (ZcReader       *self);
void            zc_reader_update_saving  (ZcReader       *self);
void            zc_reader_answer_notice  (ZcReader       *self); /* its button */
