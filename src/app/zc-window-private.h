/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-window.h"

struct _ZcWindow
{
  AdwApplicationWindow parent_instance;

  ZcSession         *session;
  AdwDialog         *sign_in; /* (nullable): over expired work */
  char              *wanted;  /* (nullable): the membership that was asked for last, "" for oneself */

  AdwToastOverlay   *toasts;
  AdwNavigationView *pages;
  GtkStack          *opening;
  AdwStatusPage     *trouble;

  guint              restored : 1; /* the place of the last run was gone back to */
};

void zc_window_install_actions (GtkWidgetClass *widget_class);
/* What can be done follows from for whom one acts. */
void zc_window_update_actions  (ZcWindow       *self);
/* TRUE: that page is already there, and is on top now. */
gboolean zc_window_raise       (ZcWindow       *self,
                                const char     *tag);
