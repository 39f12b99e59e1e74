/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-bench"

#include <stdio.h>
#include <stdlib.h>

#include <glib.h>
#include <sodium.h>

/* hash KIB PASSES SECONDS: how often a second all processors together check a password by Argon2id. */

typedef struct
{
  char stored[crypto_pwhash_STRBYTES];
  gint64 until;
  gint count; /* atomic */
} Work;

static const char password[] = "Quiet-river-2026";

static gpointer
verify (gpointer data)
{
  Work *work = data;

  while (g_get_monotonic_time () < work->until)
    {
      if (crypto_pwhash_str_verify (work->stored, password, sizeof password - 1) != 0)
        g_error ("the password does not fit");
      g_atomic_int_inc (&work->count);
    }
  return NULL;
}

int
main (int argc, char *argv[])
{
  guint n = g_get_num_processors ();
  g_autofree GThread **threads = g_new0 (GThread *, n);
  Work work = { .count = 0 };
  gint64 began;

  g_return_val_if_fail (argc == 4 && sodium_init () >= 0, 2);
  if (crypto_pwhash_str (work.stored, password, sizeof password - 1, (unsigned long long) atoi (argv[2]),
                         (size_t) atoi (argv[1]) * 1024)
      != 0)
    return 1;
  began = g_get_monotonic_time ();
  work.until = began + (gint64) (g_ascii_strtod (argv[3], NULL) * G_USEC_PER_SEC);
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("hash", verify, &work);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  printf ("%.3f\n", work.count / ((double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC));
  return 0;
}
