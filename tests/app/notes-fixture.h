/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-fixture.h"
#include "zc-notebook.h"

/* A dossier that was submitted a second time, the page that a reviewer notes on, and the dialog of a note. */

#define NOTES_REVISION "GET /v1/dossiers/dossier-1/revisions/1"
#define ENTRY_A "0193aaaa-0000-7000-8000-00000000000a"
#define DIGEST_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define DIGEST_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define DIGEST_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

/* members: as those of staff_fixture_dup_json() */
void        notes_answer         (StaffFixture *fixture,
                                  const char   *members);
/* The page, once what it shows is there. */
GtkWidget  *notes_open           (StaffFixture *fixture);
/* The form it shows, with all of its rows; and one of these. */
GtkWidget  *notes_form           (GtkWidget    *page);
GtkWidget  *notes_row            (GtkWidget    *page,
                                  const char   *field);
/* (nullable): a button with that action, below root */
GtkWidget  *notes_find_button    (GtkWidget    *root,
                                  const char   *action);
void        notes_click          (GtkWidget    *root,
                                  const char   *action);
/* (nullable): whichever is on top */
AdwDialog  *notes_visible_dialog (StaffFixture *fixture);
/* That of a note, awaited; what is written there; its end, as the keys do it. */
GtkWidget  *notes_dialog         (StaffFixture *fixture);
void        notes_write          (GtkWidget    *dialog,
                                  const char   *words);
void        notes_finish         (StaffFixture *fixture);
/* The notes made so far: a ZcNotebook. */
GListModel *notes_list           (GtkWidget    *page);
/* expected: section|entry|field|image|code|text */
void        notes_assert         (GtkWidget    *page,
                                  guint         position,
                                  const char   *expected);
