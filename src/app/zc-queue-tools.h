/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-session.h"

/* A button with what narrows the queue (business, level, year), and the views that a person has saved: filters and order under a
 * name, kept on this computer for the account and the body. What is searched for by name or ID number is not part of a view: it
 * is not written down.
 * Property session: ZcSession (set by the page). */
#define ZC_TYPE_QUEUE_TOOLS (zc_queue_tools_get_type ())
G_DECLARE_FINAL_TYPE (ZcQueueTools, zc_queue_tools, ZC, QUEUE_TOOLS, AdwBin)

void zc_queue_tools_clear (ZcQueueTools *self); /* narrows by nothing */
