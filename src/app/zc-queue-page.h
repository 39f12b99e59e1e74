/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* The staff's home: what waits for the body that the session acts for (U3). Follows the session's list of dossiers.
 * Property: session: ZcSession. Actions: queue.search (Ctrl+F), queue.retry, queue.clear. Opening a row is win.review. */
#define ZC_TYPE_QUEUE_PAGE (zc_queue_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcQueuePage, zc_queue_page, ZC, QUEUE_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_queue_page_new (ZcSession *session);
