/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

int zc_exif_get_orientation (const guint8 *payload,
                             gsize         size);
