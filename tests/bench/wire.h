/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What the programs that measure know of HTTP/1.1: replies with a Content-Length, or with no content. */
int       zc_wire_connect  (int            port);   /* on this machine */
gint64    zc_wire_number   (const char    *reply,   /* of a header "\nname:"; -1: not there */
                            const char    *header);
gboolean  zc_wire_is_whole (const GString *reply);
