/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "staff-fixture.h"

/* A dossier at a canned server, and the page that a reviewer reads it on: behind staff_fixture_set_up(). */

#define REVIEW_DOSSIER "GET /v1/dossiers/dossier-1 "

/* The form that the dossier is of. */
void       review_fixture_answer_business (StaffFixture *fixture);
void       review_fixture_answer_section  (StaffFixture *fixture,
                                           const char   *id,
                                           const char   *body);
GtkWidget *review_fixture_open            (StaffFixture *fixture);
