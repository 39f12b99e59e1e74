/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-queue-tools.h"

/* What the files of the queue's filters share. */
struct _ZcQueueTools
{
  AdwBin parent_instance;

  ZcSession     *session;
  ZcDossierList *dossiers;   /* (nullable): the session's */
  GPtrArray     *businesses; /* ids, as the rows of their choice; the first is NULL: any */
  GPtrArray     *levels;
  GPtrArray     *years;
  GPtrArray     *views;      /* char *: JSON objects */

  GtkMenuButton *button;
  AdwComboRow   *business;
  AdwComboRow   *level;
  AdwComboRow   *year;
  AdwComboRow   *order;
  AdwEntryRow   *unit;
  GtkListBox    *list;
  AdwEntryRow   *name;

  char          *removed;    /* (nullable): JSON of the view that was just removed, and can be brought back */
  guint          removed_at;
  char          *renaming;   /* (nullable): name of the view that is being renamed */

  guint          filling : 1;
};

/* zc-queue-views.c: filters and order under a name */
void zc_queue_tools_install_views (GtkWidgetClass *widget_class);
void zc_queue_tools_load_views    (ZcQueueTools   *self);
void zc_queue_tools_save_view     (ZcQueueTools   *self); /* under the name that was typed */
void zc_queue_tools_settle_views  (ZcQueueTools   *self); /* nothing can be brought back any more, nothing is being renamed */
