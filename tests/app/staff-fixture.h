/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "canned-server.h"
#include "zc-session.h"

/* A member of a unit's staff who is signed in at a canned server, and a window to show things in. */
typedef struct
{
  CannedServer *server;
  ZcSession    *session;
  GtkWidget    *window;
} StaffFixture;

void       staff_fixture_set_up    (StaffFixture *fixture,
                                    gconstpointer data);
void       staff_fixture_tear_down (StaffFixture *fixture,
                                    gconstpointer data);
typedef struct
{
  const char *path;
  void      (*test) (StaffFixture *fixture, gconstpointer data);
} StaffCase;

/* All of a test program: each case with a fixture of its own. */
int        staff_fixture_run       (int              argc,
                                    char            *argv[],
                                    const StaffCase *cases,
                                    guint            n_cases);
void       staff_fixture_show      (StaffFixture *fixture,
                                    GtkWidget    *widget);
/* members: JSON of state, actions, holder …, as "\"state\":\"waiting\",\"actions\":[\"accept\"]," */
char      *staff_fixture_dup_json  (int           n,
                                    gint64        version,
                                    const char   *members);
ZcDossier *staff_fixture_new_dossier (int         n,
                                      gint64      version,
                                      const char *members);
void       staff_fixture_idle      (void);
/* The program's window, that wide, with the page on top; and its end, awaited. */
GtkWidget *staff_fixture_open_window  (StaffFixture      *fixture,
                                       AdwNavigationPage *page,
                                       int                width);
void       staff_fixture_close_window (GtkWidget         *window);
/* (nullable): the first below root that can be seen and satisfies */
GtkWidget *staff_fixture_find_where   (GtkWidget         *root,
                                       gboolean         (*wanted) (GtkWidget *));
/* The widget of that id in a .ui, wherever it is below root; (transfer none), asserted. */
gpointer   staff_fixture_find      (GtkWidget  *root,
                                    const char *id);
/* Whether a label below says words, where it can be seen. */
gboolean   staff_fixture_shows     (GtkWidget  *root,
                                    const char *words);
/* Every control that can have the focus has a name of its own or of its label. */
void       staff_fixture_check_names (GtkWidget *root);
gboolean   staff_fixture_tick      (gint64 until);

/* Awaits a condition, at most half a minute; once it holds it is not asked again: it may have taken something. */
#define staff_await(condition)                                                                                         \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gint64 until_ = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;                                                 \
    gboolean met_;                                                                                                     \
    while (!(met_ = (condition)) && staff_fixture_tick (until_))                                                       \
      ;                                                                                                                \
    g_assert_true (met_);                                                                                              \
  }                                                                                                                    \
  G_STMT_END

#define STAFF_WAITING "\"state\":\"waiting\",\"holder\":null,\"actions\":[\"view\",\"accept\"],"
#define STAFF_MINE                                                                                                     \
  "\"state\":\"in-review\",\"holder\":{\"name\":\"韦晓岚\",\"me\":true},"                                              \
  "\"actions\":[\"view\",\"release\",\"approve\",\"return\",\"refuse\"],"
#define STAFF_COLLEAGUE "\"state\":\"in-review\",\"holder\":{\"name\":\"覃国栋\",\"me\":false},\"actions\":[\"view\"],"
