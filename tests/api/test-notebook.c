/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zc-notebook.h"
#include "zc-test-await.h"

/* What a reviewer notes, in the local store with real files: it outlives the program, and is nobody else's. */

#define SERVER "http://127.0.0.1:1"
#define DOSSIER "0193aaaa-0000-7000-8000-000000000001"
#define OTHER "0193aaaa-0000-7000-8000-000000000002"
#define NOTING "--note-in" /* what the program is called with to note and be killed */

static ZcLocalStore *
open_store (const char *root, const char *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ZcLocalStore *store;

  await_call (result, zc_local_store_open_async (root, SERVER, account, NULL, answered, &result));
  store = zc_local_store_open_finish (result, &error);
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

static char *
dup_setting (ZcLocalStore *store, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;

  await_call (result, zc_local_store_get_setting_async (store, name, answered, &result));
  return zc_local_store_get_text_finish (store, result, NULL);
}

static void
add_note (ZcNotebook *notebook, const char *text)
{
  g_autoptr (ZcNote) note = zc_note_new ("basic_information", NULL, "native_place", NULL, NULL, text);

  zc_notebook_put (notebook, NULL, note);
}

/* (transfer full): what stands in it, once the store has answered all that was asked of it before */
static char *
dup_texts (ZcLocalStore *store, const char *dossier, const char *body)
{
  g_autoptr (ZcNotebook) notebook = zc_notebook_new (store, dossier, body);
  g_autofree char *behind = dup_setting (store, ZC_LOCAL_STORE_PLACE);
  g_autoptr (GString) texts = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (notebook)); i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (notebook), i);

      g_string_append_printf (texts, "%s;", zc_note_get_text (note));
    }
  return g_strdup (texts->str);
}

static void
check_texts (ZcLocalStore *store, const char *dossier, const char *body, const char *expected)
{
  g_autofree char *texts = dup_texts (store, dossier, body);

  g_assert_cmpstr (texts, ==, expected);
}

/* Opens the dossier, notes and leaves it, before what was noted earlier has been read. */
static void
note (ZcLocalStore *store, const char *dossier, const char *body, const char *text)
{
  g_autoptr (ZcNotebook) notebook = zc_notebook_new (store, dossier, body);

  add_note (notebook, text);
  zc_notebook_flush (notebook);
}

/* Notes, tells when that is on the disk, and waits to be killed: nothing is closed, nothing flushed. */
static int
note_and_wait (const char *root)
{
  ZcLocalStore *store = open_store (root, "a1");
  ZcNotebook *notebook = zc_notebook_new (store, DOSSIER, "u1");
  g_autofree char *kept = NULL;

  add_note (notebook, "写到县");
  await_that ((g_free (kept), kept = dup_setting (store, ZC_LOCAL_STORE_NOTES DOSSIER ":u1")) != NULL);
  if (write (STDOUT_FILENO, "!", 1) != 1)
    return 1;
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_killed (gconstpointer program)
{
  g_autofree char *root = g_dir_make_tmp ("zc-notebook-XXXXXX", NULL);
  const char *argv[] = { program, NOTING, root, NULL };
  g_autoptr (GError) error = NULL;
  ZcLocalStore *store;
  char told = 0;
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (out, &told, 1), ==, 1);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  close (out);
  store = open_store (root, "a1");
  check_texts (store, DOSSIER, "u1", "写到县;");
  close_store (store);
}

/* Another person at the same computer, then the first again. */
static void
test_other_person (void)
{
  g_autofree char *root = g_dir_make_tmp ("zc-notebook-XXXXXX", NULL);
  ZcLocalStore *store = open_store (root, "a1");

  note (store, DOSSIER, "u1", "写到县");
  close_store (store);
  store = open_store (root, "a2");
  check_texts (store, DOSSIER, "u1", "");
  note (store, DOSSIER, "u1", "同事的批注");
  close_store (store);
  store = open_store (root, "a1");
  check_texts (store, DOSSIER, "u1", "写到县;");
  close_store (store);
}

/* Whoever acts for two bodies tells the one nothing of what they noted for the other. */
static void
test_other_body (void)
{
  g_autofree char *root = g_dir_make_tmp ("zc-notebook-XXXXXX", NULL);
  ZcLocalStore *store = open_store (root, "a1");

  note (store, DOSSIER, "u1", "单位的批注");
  note (store, DOSSIER, "o1", "职改办的批注");
  check_texts (store, DOSSIER, "u1", "单位的批注;");
  check_texts (store, DOSSIER, "o1", "职改办的批注;");
  check_texts (store, OTHER, "u1", "");
  close_store (store);
}

/* Noted before the earlier ones were there: both are on the disk, in the order in which they were made. */
static void
test_in_haste (void)
{
  g_autofree char *root = g_dir_make_tmp ("zc-notebook-XXXXXX", NULL), *behind = NULL;
  ZcLocalStore *store = open_store (root, "a1");

  note (store, DOSSIER, "u1", "先");
  note (store, DOSSIER, "u1", "后");
  behind = dup_setting (store, ZC_LOCAL_STORE_PLACE);
  check_texts (store, DOSSIER, "u1", "先;后;");
  close_store (store);
}

/* (transfer full): what is kept of an opinion, once the store has answered all that was asked of it before */
static char *
dup_opinion (ZcLocalStore *store, const char *body, ZcAct act)
{
  g_autoptr (ZcNotebook) notebook = zc_notebook_new (store, DOSSIER, body);
  g_autofree char *behind = dup_setting (store, ZC_LOCAL_STORE_PLACE);

  return g_strdup (zc_notebook_get_opinion (notebook, act));
}

static void
check_opinion (ZcLocalStore *store, const char *body, ZcAct act, const char *expected)
{
  g_autofree char *opinion = dup_opinion (store, body, act);

  g_assert_cmpstr (opinion, ==, expected);
}

/* As it is typed, before what was written earlier has been read; a note alone takes none away. */
static void
write_opinion (ZcLocalStore *store, ZcAct act, const char *text)
{
  g_autoptr (ZcNotebook) notebook = zc_notebook_new (store, DOSSIER, "u1");
  g_autofree char *behind = NULL;

  zc_notebook_set_opinion (notebook, act, text);
  zc_notebook_flush (notebook);
  behind = dup_setting (store, ZC_LOCAL_STORE_PLACE);
}

/* What is written to a decision is kept as the notes are: for each kind of decision and each body, until it is sent. */
static void
test_opinions (void)
{
  g_autofree char *root = g_dir_make_tmp ("zc-notebook-XXXXXX", NULL);
  g_autoptr (ZcNotebook) notebook = NULL;
  ZcLocalStore *store = open_store (root, "a1");

  write_opinion (store, ZC_ACT_RETURN, "照片不清楚");
  write_opinion (store, ZC_ACT_REFUSE, "不符合条件");
  note (store, DOSSIER, "u1", "批注");
  close_store (store);
  store = open_store (root, "a1");
  check_opinion (store, "u1", ZC_ACT_RETURN, "照片不清楚");
  check_opinion (store, "u1", ZC_ACT_REFUSE, "不符合条件");
  check_opinion (store, "u1", ZC_ACT_APPROVE, "");
  check_opinion (store, "o1", ZC_ACT_RETURN, "");
  notebook = zc_notebook_new (store, DOSSIER, "u1");
  check_opinion (store, "u1", ZC_ACT_REFUSE, "不符合条件"); /* read here too */
  zc_notebook_set_opinion (notebook, ZC_ACT_REFUSE, "");
  zc_notebook_flush (notebook);
  check_opinion (store, "u1", ZC_ACT_REFUSE, "");
  check_opinion (store, "u1", ZC_ACT_RETURN, "照片不清楚");
  zc_notebook_clear (notebook); /* sent */
  check_opinion (store, "u1", ZC_ACT_RETURN, "");
  check_texts (store, DOSSIER, "u1", "");
  close_store (store);
}

/* They go with their dossier, of whatever body; those of others stay. */
static void
test_removed (void)
{
  g_autofree char *root = g_dir_make_tmp ("zc-notebook-XXXXXX", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  ZcLocalStore *store = open_store (root, "a1");

  note (store, DOSSIER, "u1", "单位的批注");
  note (store, DOSSIER, "o1", "职改办的批注");
  note (store, OTHER, "u1", "另一件");
  write_opinion (store, ZC_ACT_RETURN, "照片不清楚");
  await_call (result, zc_local_store_remove_dossier_async (store, DOSSIER, answered, &result));
  check_texts (store, DOSSIER, "u1", "");
  check_texts (store, DOSSIER, "o1", "");
  check_texts (store, OTHER, "u1", "另一件;");
  check_opinion (store, "u1", ZC_ACT_RETURN, "");
  close_store (store);
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], NOTING))
    return note_and_wait (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/notebook/P9/P2/survives-a-kill", argv[0], test_killed);
  g_test_add_func ("/notebook/P9/SEC-S47/nobody-elses", test_other_person);
  g_test_add_func ("/notebook/P9/of-one-body", test_other_body);
  g_test_add_func ("/notebook/P9/P1/noted-in-haste", test_in_haste);
  g_test_add_func ("/notebook/U6/P1/opinions-until-sent", test_opinions);
  g_test_add_func ("/notebook/P9/goes-with-the-dossier", test_removed);
  return g_test_run ();
}
