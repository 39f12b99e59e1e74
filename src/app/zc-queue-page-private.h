/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-notebook.h"
#include "zc-queue-page.h"
#include "zc-queue-tools.h"

struct _ZcQueuePage
{
  AdwNavigationPage parent_instance;

  ZcSession          *session;
  ZcDossierList      *dossiers; /* (nullable): the session's; another one after changing for whom one acts */

  GtkStack           *stack;
  GtkSearchEntry     *search;
  AdwToggleGroup     *states;
  ZcQueueTools       *filters;
  GtkColumnView      *view;
  GtkColumnViewColumn *applicant;
  GtkColumnViewColumn *unit;
  GtkColumnViewColumn *sought;
  GtkColumnViewColumn *submitted;
  GtkMultiSelection  *selection;
  AdwBanner          *stale;
  AdwToolbarView     *toolbar;
  GtkLabel           *chosen;
  GtkWidget          *all;
  GtkWidget          *none;
  GtkWidget          *acts;

  GHashTable         *versions; /* id → gint64: of the rows that are chosen, as they were then */
  GPtrArray          *frozen;   /* (nullable): ZcDossier: all that matched, when that was asked for (P11) */
  GCancellable       *freezing; /* (nullable) */
  int                 matched;  /* how many there were then */
  ZcNotebook         *reasons;  /* (nullable): what is written to several at once and not sent */

  guint               begun : 1; /* the first rows were shown */
  guint               choosing : 1; /* the page itself marks rows */
};

/* zc-queue-several.c: choosing several and what is done to them at once */
void zc_queue_page_install_acts (GtkWidgetClass *widget_class);
void zc_queue_page_open_reasons (ZcQueuePage    *self); /* once it is known for whom one acts */
void zc_queue_page_show_chosen  (ZcQueuePage    *self);
void zc_queue_page_choose       (ZcQueuePage    *self);
void zc_queue_page_mark_again   (ZcQueuePage    *self);
void zc_queue_page_check        (GtkCheckButton *button, GtkColumnViewCell *cell);
