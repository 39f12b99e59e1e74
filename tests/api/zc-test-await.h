/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Waiting in tests for what is asynchronous: an answer, or anything that becomes true. Both end the test after a minute. */

#ifndef AWAIT_LIMIT
#define AWAIT_LIMIT (60 * G_USEC_PER_SEC)
#endif

static inline void
zc_test_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static inline gboolean
zc_test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* await_that (CONDITION): runs the main context until it holds */
#define await_that(condition)                                                                                                  \
  G_STMT_START                                                                                                                 \
  {                                                                                                                            \
    gint64 await_until = g_get_monotonic_time () + AWAIT_LIMIT;                                                                \
    guint await_tick = g_timeout_add (10, zc_test_tick_cb, NULL);                                                              \
    while (!(condition))                                                                                                       \
      {                                                                                                                        \
        g_main_context_iteration (NULL, TRUE);                                                                                 \
        if (g_get_monotonic_time () > await_until)                                                                             \
          g_error ("%s:%d: waited in vain for: %s", __FILE__, __LINE__, #condition);                                           \
      }                                                                                                                        \
    g_source_remove (await_tick);                                                                                              \
  }                                                                                                                            \
  G_STMT_END

/* await_call (result, CALL (..., zc_test_answered_cb, &result)) */
#define await_call(result, call)                                                                                               \
  G_STMT_START                                                                                                                 \
  {                                                                                                                            \
    call;                                                                                                                      \
    await_that (result != NULL);                                                                                               \
  }                                                                                                                            \
  G_STMT_END
#define answered zc_test_answered_cb
