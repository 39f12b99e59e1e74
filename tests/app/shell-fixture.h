/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-dossier.h"

/* What tests without a server share. */
#define SHELL_NOWHERE "http://127.0.0.1:1"

typedef void (*ShellVisit) (GtkWidget *widget, gpointer data);

/* An applicant's, submitted and waiting at the unit; (transfer full) */
ZcDossier *shell_make_dossier (void);
/* All that is due now. */
void       shell_settle       (void);
void       shell_walk         (GtkWidget  *widget,
                               ShellVisit  visit,
                               gpointer    data);
/* (transfer none) (nullable): what activates an action, below root */
GtkWidget *shell_button_of    (GtkWidget  *root,
                               const char *action);

/* Awaits a condition, at most half a minute. */
#define shell_await(condition)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 until_ = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;                             \
    while (!(condition) && g_get_monotonic_time () < until_)                                       \
      {                                                                                            \
        shell_settle ();                                                                           \
        g_usleep (5000);                                                                           \
      }                                                                                            \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END
