/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "zc-test-server.h"

struct _ZcTestServer
{
  char        *folder;
  char        *conf;
  char        *address;
  int          port;
  GSocket     *held;     /* the port */
  GSubprocess *process;
  char        *limits; /* (nullable): lines of that group */
};

static const char *
program (void)
{
  const char *path = g_getenv ("ZC_SERVER");

  g_assert_nonnull (path);
  return path;
}

/* A port nobody has, below those that the system gives to whoever connects. It is held as long as the server lives, so that no other
 * test takes it before the first start or between two: what is bound without listening may be bound once more, where both allow it,
 * and this one allows it only after it was bound alone. */
static GSocket *
hold_port (int *port)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GSocket) held = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
      g_autoptr (GSocketAddress) address = NULL;

      *port = g_random_int_range (20000, 32000);
      address = g_inet_socket_address_new_from_string ("127.0.0.1", (guint) *port);
      if (g_socket_bind (held, address, FALSE, NULL) && g_socket_set_option (held, SOL_SOCKET, SO_REUSEADDR, TRUE, NULL))
        return g_steal_pointer (&held);
    }
  g_error ("no port is free");
}

/* Why it did not start is in its log alone. */
static void
print_log (const char *path)
{
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    g_printerr ("%s\n", text);
}

static void
write_conf (ZcTestServer *server)
{
  const char *top = g_getenv ("ZC_TOP");
  g_autofree char *text = g_strdup_printf ("[server]\nlisten=127.0.0.1\nport=%d\n"
                                           "[data]\ndirectory=%s/data\nbusinesses=%s/data/businesses\ncatalog=%s/data/catalog\n"
                                           "[keys]\nfile=%s/keys\n[limits]\nstaff_second_factor=off\n%s[outbox]\nprovider=file\ndirectory=%s/outbox\n"
                                           "[demo]\nenabled=true\ndata=%s/data/demo\n",
                                           server->port, server->folder, top, top, server->folder, server->limits != NULL ? server->limits : "",
                                           server->folder, top);

  g_assert_true (g_file_set_contents (server->conf, text, -1, NULL));
}

void
zc_test_server_run_verb (ZcTestServer *server, const char *verb)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program (), verb, "--config",
                                                      server->conf, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

void
zc_test_server_import (ZcTestServer *server, const char *text)
{
  g_autofree char *path = g_build_filename (server->folder, "import.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program (), "import", "--config", server->conf, path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

static void
end_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
zc_test_server_start (ZcTestServer *server)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *log = g_build_filename (server->folder, "log", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;

  write_conf (server);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  server->process = g_subprocess_launcher_spawn (launcher, &error, program (), "serve", "--config", server->conf, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  if (line == NULL)
    print_log (log);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "listening "));
  g_assert_cmpint (atoi (strrchr (line, ':') + 1), ==, server->port);
  g_free (server->address);
  server->address = g_strdup_printf ("http://127.0.0.1:%d", server->port);
}

static void
end (ZcTestServer *server, int how)
{
  g_subprocess_send_signal (server->process, how);
  g_subprocess_wait (server->process, NULL, NULL);
  g_clear_object (&server->process);
}

void
zc_test_server_stop (ZcTestServer *server)
{
  end (server, SIGTERM);
}

void
zc_test_server_kill (ZcTestServer *server)
{
  end (server, SIGKILL);
}

void
zc_test_server_set_limit (ZcTestServer *server, const char *line)
{
  g_free (server->limits);
  server->limits = g_strconcat (line, "\n", NULL);
  write_conf (server);
}

ZcTestServer *
zc_test_server_new (void)
{
  ZcTestServer *server = g_new0 (ZcTestServer, 1);

  server->folder = g_dir_make_tmp ("zc-api-XXXXXX", NULL);
  server->conf = g_build_filename (server->folder, "zhichengd.conf", NULL);
  server->held = hold_port (&server->port);
  write_conf (server);
  zc_test_server_run_verb (server, "init");
  zc_test_server_run_verb (server, "demo");
  zc_test_server_start (server);
  return server;
}

void
zc_test_server_free (ZcTestServer *server)
{
  const char *argv[] = { "rm", "-rf", server->folder, NULL };

  if (server->process != NULL)
    zc_test_server_stop (server);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_clear_object (&server->held);
  g_free (server->folder);
  g_free (server->conf);
  g_free (server->limits);
  g_free (server->address);
  g_free (server);
}

const char *
zc_test_server_get_address (ZcTestServer *server)
{
  return server->address;
}

const char *
zc_test_server_get_folder (ZcTestServer *server)
{
  return server->folder;
}

static void
copy (const char *from, const char *to)
{
  const char *argv[] = { "cp", "-a", "--", from, to, NULL };
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

void
zc_test_server_back_up (ZcTestServer *server)
{
  g_autofree char *data = g_build_filename (server->folder, "data", NULL), *backup = g_build_filename (server->folder, "backup", NULL);

  g_assert_null (server->process);
  copy (data, backup);
}

void
zc_test_server_restore (ZcTestServer *server)
{
  g_autofree char *data = g_build_filename (server->folder, "data", NULL), *lost = g_build_filename (server->folder, "lost", NULL);
  g_autofree char *backup = g_build_filename (server->folder, "backup", NULL);

  g_assert_null (server->process);
  g_assert_cmpint (g_rename (data, lost), ==, 0);
  copy (backup, data);
  zc_test_server_run_verb (server, "restored");
}

void
zc_test_server_run_sql (ZcTestServer *server, const char *sql)
{
  g_autofree char *path = g_build_filename (server->folder, "data", "zhicheng.db", NULL);
  char *message = NULL;
  sqlite3 *db;

  g_assert_null (server->process);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}
