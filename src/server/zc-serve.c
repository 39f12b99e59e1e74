/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "zc-command.h"
#include "zc-engine.h"
#include "zc-front.h"
#include "zc-housekeeping.h"
#include "zc-readers.h"
#include "zc-refused.h"
#include "zc-waiting.h"
#include "zc-writer.h"

/* Hashing passwords can keep every processor busy for long; who saves is not to feel it. */
#define PASSWORD_NICE 10

/* zhichengd serve: starts the threads in the order in which they need each other, waits for a
 * signal, stops them in the other. */

#define FINISH_SECONDS 15

/* One process a database. The lock goes with the process, however it ends. */
static int
lock_data (const ZcConfig *config, GError **error)
{
  g_autofree char *path = g_build_filename (config->directory, "lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", path,
               errno == EWOULDBLOCK ? "another zhichengd serves this data" : g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
start_machinery (ZcServer *server, GError **error)
{
  const ZcConfig *config = server->config;

  server->waiting = zc_waiting_new (zc_engine_wake);
  server->refused = zc_refused_new (config->refusals_per_minute);
  server->writer = zc_writer_start (server, error);
  if (server->writer == NULL)
    return FALSE;
  server->readers = zc_readers_start (server, "reader", config->readers, config->queue, 0, error);
  if (server->readers == NULL)
    return FALSE;
  server->slow = zc_readers_start (server, "password", config->password_threads,
                                   config->password_queue, PASSWORD_NICE, error);
  if (server->slow == NULL)
    return FALSE;
  server->outbox = zc_outbox_start (server, error);
  return server->outbox != NULL;
}

static void
stop_machinery (ZcServer *server)
{
  g_clear_pointer (&server->outbox, zc_outbox_stop);
  g_clear_pointer (&server->slow, zc_readers_stop);
  g_clear_pointer (&server->readers, zc_readers_stop);
  if (server->writer != NULL)
    zc_refused_tell (server, G_MAXINT64);
  g_clear_pointer (&server->writer, zc_writer_stop);
  g_clear_pointer (&server->refused, zc_refused_free);
  g_clear_pointer (&server->waiting, zc_waiting_free);
}

/* The signals that end it, held back in all threads and taken here. */
static sigset_t
block_signals (void)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN); /* a file at its limit is a full disk, not the end */
  return signals;
}

static void
announce (const ZcConfig *config, int port)
{
  gboolean v6 = strchr (config->listen, ':') != NULL;

  printf ("listening %s%s%s:%d\n", v6 ? "[" : "", config->listen, v6 ? "]" : "", port);
  fflush (stdout);
}

static void
wait_for_signal (ZcServer *server, const sigset_t *signals)
{
  const struct timespec second = { .tv_sec = 1 };
  ZcTime cleaned = 0;

  while (sigtimedwait (signals, NULL, &second) < 0)
    {
      ZcTime now = zc_time_now ();

      zc_waiting_expire (server->waiting, now, FALSE);
      zc_refused_tell (server, now);
      if (zc_housekeeping_is_due (cleaned, now))
        {
          zc_housekeeping_run (server, now);
          cleaned = now;
        }
    }
}

static gboolean
serve (ZcServer *server, const sigset_t *signals, GError **error)
{
  ZcFront *front = zc_front_start (server, error);
  gboolean finished;

  if (front == NULL)
    return FALSE;
  announce (server->config, zc_front_get_port (front));
  wait_for_signal (server, signals);
  finished = zc_front_quiesce (front, FINISH_SECONDS);
  if (!finished)
    {
      /* clients that never came to their end: what was acknowledged is on the disk, so there is
       * nothing to save */
      g_message ("stopping with requests under way");
      _exit (0);
    }
  zc_front_stop (front);
  return TRUE;
}

gboolean
zc_command_serve (const char *config_file, int argc, char **argv, GError **error)
{
  sigset_t signals = block_signals ();
  g_autoptr (ZcServer) server = NULL;
  gboolean done;
  int lock;

  server = zc_server_open (config_file, error);
  lock = server != NULL ? lock_data (server->config, error) : -1;
  if (lock < 0)
    return FALSE;
  zc_blobs_sweep (server->blobs);
  done = start_machinery (server, error) && serve (server, &signals, error);
  stop_machinery (server);
  close (lock);
  return done;
}
