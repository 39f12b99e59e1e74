/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <json-glib/json-glib.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zc-id.h"
#include "zc-local-store.h"
#include "zc-test-await.h"

/* The local store with real files: what it acknowledges is there, whatever happens to the process. */

#define SERVER "http://127.0.0.1:1"

static ZcLocalStore *
try_open (const char *root, const char *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_open_async (root, SERVER, account, NULL, answered, &result));
  return zc_local_store_open_finish (result, error);
}

static ZcLocalStore *
open_store (const char *root)
{
  g_autoptr (GError) error = NULL;
  ZcLocalStore *store = try_open (root, "account", &error);

  g_assert_no_error (error);
  return store;
}

static void
close_store (ZcLocalStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_close_async (store, answered, &result));
  g_assert_true (zc_local_store_close_finish (store, result, NULL));
  g_object_unref (store);
}

static gboolean
put (ZcLocalStore *store, const char *section, const char *body, gint64 revision, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_put_section_async (store, "d", section, body, NULL, revision, 0, answered, &result));
  return zc_local_store_write_finish (store, result, error);
}

static void
pulled (ZcLocalStore *store, const char *section, const char *body, gint64 version)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  await_call (result, zc_local_store_section_pulled_async (store, "d", section, body, version, "incomplete", "[]", answered,
                                                           &result));
  g_assert_true (zc_local_store_write_finish (store, result, &error));
  g_assert_no_error (error);
}

static void
sent (ZcLocalStore *store, const char *section, const char *body, gint64 version)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result,
              zc_local_store_section_sent_async (store, "d", section, body, version, "complete", "[]", answered, &result));
  g_assert_true (zc_local_store_write_finish (store, result, NULL));
}

static GPtrArray *
load (ZcLocalStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *rows;

  await_call (result, zc_local_store_load_sections_async (store, "d", answered, &result));
  rows = zc_local_store_list_sections_finish (store, result, NULL);
  g_assert_nonnull (rows);
  return rows;
}

static guint
count_unsent (ZcLocalStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  await_call (result, zc_local_store_list_unsent_async (store, answered, &result));
  rows = zc_local_store_list_sections_finish (store, result, NULL);
  return rows->len;
}

static char *
new_root (void)
{
  return g_dir_make_tmp ("zc-store-XXXXXX", NULL);
}

static void
test_keeps (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  g_autoptr (GPtrArray) rows = NULL;
  const ZcStoredSection *row;
  struct stat info;

  g_assert_true (put (store, "s", "{\"values\":{\"a\":\"甲\"}}", 0, NULL));
  g_assert_cmpint (g_stat (zc_local_store_get_folder (store), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  close_store (store);

  store = open_store (root);
  rows = load (store);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->body, ==, "{\"values\":{\"a\":\"甲\"}}");
  g_assert_true (row->dirty);
  g_assert_cmpint (row->base_version, ==, -1);
  g_assert_cmpint (row->edited_at, >, 0);
  close_store (store);
}

static void
test_journal (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  g_autofree char *path = g_build_filename (zc_local_store_get_folder (store), "store.db", NULL);
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA journal_mode", -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "wal");
  sqlite3_finalize (statement);
  sqlite3_close (db);
  close_store (store);
}

static void
test_one_process (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root), *other;
  g_autoptr (GError) error = NULL;

  g_assert_null (try_open (root, "account", &error));
  g_assert_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_IN_USE);
  g_clear_error (&error);
  other = try_open (root, "another", &error); /* each account has a folder of its own */
  g_assert_no_error (error);
  g_assert_cmpstr (zc_local_store_get_folder (other), !=, zc_local_store_get_folder (store));
  close_store (other);
  close_store (store);
  store = open_store (root);
  close_store (store);
}

static void
test_newer (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  g_autofree char *path = g_build_filename (zc_local_store_get_folder (store), "store.db", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  close_store (store);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 999", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  g_assert_null (try_open (root, "account", &error));
  g_assert_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_NEWER);
}

static void
test_sent (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);

  put (store, "s", "{\"values\":{\"a\":\"1\"}}", 0, NULL);
  g_assert_cmpuint (count_unsent (store), ==, 1);
  sent (store, "s", "{\"values\":{\"a\":\"1\"}}", 1);
  g_assert_cmpuint (count_unsent (store), ==, 0);
  /* typed while the request was under way: stays unsent */
  put (store, "s", "{\"values\":{\"a\":\"2\"}}", 0, NULL);
  put (store, "s", "{\"values\":{\"a\":\"3\"}}", 0, NULL);
  sent (store, "s", "{\"values\":{\"a\":\"2\"}}", 2);
  g_assert_cmpuint (count_unsent (store), ==, 1);
  /* typed back to what the server holds */
  put (store, "s", "{\"values\":{\"a\":\"2\"}}", 0, NULL);
  g_assert_cmpuint (count_unsent (store), ==, 0);
  close_store (store);
}

static void
test_merged (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const ZcStoredSection *row;

  pulled (store, "s", "{\"values\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\"}}", 1);
  put (store, "s", "{\"values\":{\"a\":\"2\",\"b\":\"1\",\"c\":\"2\"}}", 1, &error);
  g_assert_no_error (error);
  pulled (store, "s", "{\"values\":{\"a\":\"1\",\"b\":\"3\",\"c\":\"3\"}}", 2);
  rows = load (store);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->body, ==, "{\"values\":{\"a\":\"2\",\"b\":\"3\",\"c\":\"2\"}}");
  g_assert_cmpint (row->base_version, ==, 2);
  g_assert_true (row->dirty);
  g_assert_cmpstr (row->conflicts, ==, "{\"conflicts\":[{\"field\":\"c\",\"mine\":\"2\",\"theirs\":\"3\"}]}");
  /* a body begun before the merge is not written over it */
  g_assert_false (put (store, "s", "{\"values\":{\"a\":\"4\"}}", row->revision - 1, &error));
  g_assert_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_REPLACED);
  close_store (store);
}

static void
test_order (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  g_autoptr (GPtrArray) rows = NULL;
  GAsyncResult *results[200] = { NULL };
  guint done = 0;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"values\":{\"a\":\"%u\"}}", i);

      zc_local_store_put_section_async (store, "d", "s", body, NULL, 0, 0, answered, &results[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      await_that (results[i] != NULL);
      done += zc_local_store_write_finish (store, results[i], NULL);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (done, ==, G_N_ELEMENTS (results));
  rows = load (store);
  g_assert_cmpstr (((ZcStoredSection *) g_ptr_array_index (rows, 0))->body, ==, "{\"values\":{\"a\":\"199\"}}");
  close_store (store);
}

static void
test_images (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("not really a jpeg", 17);
  g_autofree char *sha256 = zc_sha256_hex ("not really a jpeg", 17);
  g_autoptr (GAsyncResult) result = NULL, listed = NULL, read = NULL, missing = NULL;
  g_autoptr (GPtrArray) images = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GError) error = NULL;
  const ZcStoredImage *image;

  await_call (result, zc_local_store_put_image_async (store, "d", sha256, bytes, FALSE, answered, &result));
  g_assert_true (zc_local_store_write_finish (store, result, NULL));
  close_store (store);
  store = open_store (root);
  await_call (listed, zc_local_store_list_images_async (store, "d", answered, &listed));
  images = zc_local_store_list_images_finish (store, listed, NULL);
  g_assert_cmpuint (images->len, ==, 1);
  image = g_ptr_array_index (images, 0);
  g_assert_false (image->uploaded);
  g_assert_nonnull (image->path);
  await_call (read, zc_local_store_read_image_async (store, "d", sha256, answered, &read));
  back = zc_local_store_read_image_finish (store, read, NULL);
  g_assert_true (g_bytes_equal (back, bytes));
  await_call (missing, zc_local_store_read_image_async (store, "d", "0000", answered, &missing));
  g_assert_null (zc_local_store_read_image_finish (store, missing, &error));
  g_assert_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_MISSING);
  close_store (store);
}

/* What a former run left unsent is told once, also when it was sent in the meantime; what this run typed is not. */
static void
test_recovered (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  const ZcTime began = zc_time_now ();
  ZcTime at;

  pulled (store, "a", "{\"values\":{}}", 0);
  g_assert_true (put (store, "a", "{\"values\":{\"x\":\"1\"}}", 1, NULL));
  g_assert_cmpint (zc_local_store_take_recovered (store, "d"), ==, 0);
  close_store (store);
  store = open_store (root);
  sent (store, "a", "{\"values\":{\"x\":\"1\"}}", 1);
  at = zc_local_store_take_recovered (store, "d");
  g_assert_cmpint (at, >=, began);
  g_assert_cmpint (at, <=, zc_time_now ());
  g_assert_cmpint (zc_local_store_take_recovered (store, "d"), ==, 0);
  close_store (store);
  store = open_store (root);
  g_assert_cmpint (zc_local_store_take_recovered (store, "d"), ==, 0);
  close_store (store);
}

static void
test_place (void)
{
  g_autofree char *root = new_root ();
  ZcLocalStore *store = open_store (root);
  g_autoptr (GAsyncResult) result = NULL, read = NULL;
  g_autofree char *place = NULL;

  await_call (result, zc_local_store_put_setting_async (store, ZC_LOCAL_STORE_PLACE, "editor:1", answered, &result));
  g_assert_true (zc_local_store_write_finish (store, result, NULL));
  close_store (store);
  store = open_store (root);
  await_call (read, zc_local_store_get_setting_async (store, ZC_LOCAL_STORE_PLACE, answered, &read));
  place = zc_local_store_get_text_finish (store, read, NULL);
  g_assert_cmpstr (place, ==, "editor:1");
  close_store (store);
}

/* A child writes numbers and tells each through a pipe once it is acknowledged; it is killed at some moment. */
static void
write_until_killed (const char *root, int fd)
{
  ZcLocalStore *store = open_store (root);

  for (guint i = 1;; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"values\":{\"n\":%u}}", i);

      if (!put (store, "s", body, 0, NULL) || write (fd, &i, sizeof i) != sizeof i)
        _exit (1);
    }
}

static void
test_kill (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *root = new_root ();
      g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
      const char *argv[] = { program, "--write", root, NULL };
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (JsonNode) node = NULL;
      ZcLocalStore *store;
      guint told = 0, n;
      GPid pid;
      int out;

      g_assert_true (g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out,
                                               NULL, NULL));
      for (guint i = 0; i <= round * 3; i++)
        g_assert_cmpint (read (out, &told, sizeof told), ==, sizeof told);
      kill (pid, SIGKILL);
      while (read (out, &n, sizeof n) == sizeof n)
        told = n;
      waitpid (pid, NULL, 0);
      close (out);
      store = open_store (root);
      rows = load (store);
      node = json_from_string (((ZcStoredSection *) g_ptr_array_index (rows, 0))->body, NULL);
      n = json_object_get_int_member (json_object_get_object_member (json_node_get_object (node), "values"), "n");
      g_assert_cmpuint (n, >=, told);
      g_assert_cmpuint (n, <=, told + 1);
      close_store (store);
    }
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    write_until_killed (argv[2], STDOUT_FILENO);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/P1/keeps-what-is-typed", test_keeps);
  g_test_add_func ("/store/P1/write-ahead-log", test_journal);
  g_test_add_func ("/store/P1/last-of-many-wins", test_order);
  g_test_add_func ("/store/P1/killed-while-writing", test_kill);
  g_test_add_func ("/store/P2/place-survives", test_place);
  g_test_add_func ("/store/P2/tells-what-was-left-once", test_recovered);
  g_test_add_func ("/store/P3/one-process-at-a-time", test_one_process);
  g_test_add_func ("/store/P3/newer-store-is-left-alone", test_newer);
  g_test_add_func ("/store/P3/sent-and-typed-meanwhile", test_sent);
  g_test_add_func ("/store/P4/images-survive", test_images);
  g_test_add_func ("/store/P16/merged-not-overwritten", test_merged);
  return g_test_run ();
}
