/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* 进度: the bar, and below it the history of results and opinions (S3.5.4). Action: progress.retry. */
#define ZC_TYPE_PROGRESS_PAGE (zc_progress_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcProgressPage, zc_progress_page, ZC, PROGRESS_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_progress_page_new  (ZcSession      *session,
                                          const char     *dossier);
/* What the server answered, or a test says. Both as of zc_client_get_history_finish(). */
void               zc_progress_page_show (ZcProgressPage *self,
                                          ZcDossier      *dossier,
                                          GListModel     *history,
                                          GListModel     *stages);
