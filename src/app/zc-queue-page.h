/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* The queue of one's body (U3): what waits for it, to be found by name, state and level. A row opens the review. */
#define ZC_TYPE_QUEUE_PAGE (zc_queue_page_get_type ())
G_DECLARE_FINAL_TYPE (ZcQueuePage, zc_queue_page, ZC, QUEUE_PAGE, AdwNavigationPage)

AdwNavigationPage *zc_queue_page_new (ZcSession *session);
