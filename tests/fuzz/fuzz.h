/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What libFuzzer calls, again and again, with bytes of its invention. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* A property that does not hold ends the run like a crash, with the bytes kept. */
#define fuzz_check(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition))                                                                              \
      g_error ("%s:%d: %s", __FILE__, __LINE__, #condition);                                       \
  }                                                                                                \
  G_STMT_END
