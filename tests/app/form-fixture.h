/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-draft.h"
#include "zc-field-place.h"

/* A draft over a store of its own in a temporary folder, without a server: what forms bind to. */
typedef struct
{
  char         *folder;
  ZcLocalStore *store;
  ZcBusiness   *business;
  ZcDossier    *dossier;
  ZcDraft      *draft;
  ZcImagePool  *pool;
  GtkWidget    *window;  /* (nullable) */
} FormFixture;

void          form_fixture_init       (int          *argc,
                                       char       ***argv);
void          form_fixture_set_up     (FormFixture  *fixture,
                                       gconstpointer business);
void          form_fixture_tear_down  (FormFixture  *fixture,
                                       gconstpointer business);
ZcFieldPlace  form_fixture_place      (FormFixture  *fixture,
                                       const char   *section);
void          form_fixture_show       (FormFixture  *fixture,
                                       GtkWidget    *widget);
void          form_fixture_idle       (void);
void          form_fixture_wait_ms    (guint         milliseconds);
GtkWidget    *form_fixture_find       (GtkWidget    *root,
                                       GType         type);
GFile        *form_fixture_write_file (FormFixture  *fixture,
                                       const char   *name,
                                       GBytes       *content);
ZcDossier    *form_fixture_new_dossier (const char  *business,
                                        const char  *members);

/* Awaits a condition, at most half a minute. */
#define form_fixture_await(condition)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 until = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;                              \
    while (!(condition) && g_get_monotonic_time () < until)                                        \
      form_fixture_wait_ms (5);                                                                    \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END
