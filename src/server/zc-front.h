/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-server.h"

/* Between HTTP and the engine: reads a header into a request, finds its route, takes the body, replies. Never touches the disk. */
typedef struct _ZcFront ZcFront;

ZcFront *zc_front_start (ZcServer  *server,
                         GError   **error);
int      zc_front_get_port (ZcFront *front);
/* No more connections; finishes what is under way, at most @seconds. FALSE: something was still under way. */
gboolean zc_front_quiesce (ZcFront  *front,
                           int       seconds);
void     zc_front_stop  (ZcFront   *front);
