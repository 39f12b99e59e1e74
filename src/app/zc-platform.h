/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

void  zc_platform_prepare        (void);
char *zc_platform_find_resource  (const char *below_build,
                                  const char *installed);
