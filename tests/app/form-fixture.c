/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-test"

#include "config.h"

#include <glib/gstdio.h>

#include "form-fixture.h"

#define DOSSIER                                                                                    \
  "{\"id\":\"0193aaaa-0000-7000-8000-000000000001\",\"business\":\"%s\",\"business_title\":\"职称评审\","  \
  "\"revision\":1,\"year\":2026,\"target\":{\"unit\":{\"id\":\"u1\",\"name\":\"广西南方机械有限公司\"},"    \
  "\"series\":{\"id\":\"engineering\",\"name\":\"工程技术\"},\"level\":{\"id\":\"associate\","           \
  "\"name\":\"副高级\"},\"committee\":{\"id\":\"c1\",\"name\":\"南宁市工程系列高级评委会\"},"            \
  "\"office\":{\"id\":\"o1\",\"name\":\"南宁市职称改革办公室\"}},\"stage\":\"applicant\",%s"            \
  "\"version\":1,\"applicant\":{\"name\":\"黄志明\",\"id_number\":\"4501**********1234\"},"             \
  "\"holder\":null,\"created_at\":\"2026-11-20T08:00:00.000Z\","                                   \
  "\"updated_at\":\"2026-11-20T08:00:00.000Z\",\"submitted_at\":null,"                             \
  "\"deadline\":\"2026-12-31T09:00:00.000Z\",\"sections_done\":0,\"sections_total\":3,"             \
  "\"sections\":[],\"resolved\":{\"account.name\":\"黄志明\",\"account.sex\":\"male\","                 \
  "\"account.id_number\":\"4501**********1234\",\"account.birth_date\":\"1985-06-12\","            \
  "\"target.unit\":\"广西南方机械有限公司\",\"target.series\":\"工程技术\",\"target.level\":\"副高级\","      \
  "\"target.committee\":\"南宁市工程系列高级评委会\",\"target.office\":\"南宁市职称改革办公室\","          \
  "\"target.year\":\"2026\"},\"receipt\":null,\"submissions\":0}"
#define DRAFT_MEMBERS "\"state\":\"draft\",\"actions\":[\"edit\",\"submit\",\"delete\"],\"returned\":null,"

typedef struct
{
  GAsyncResult *result;
} Waiting;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Waiting *) data)->result = g_object_ref (result);
}

static GAsyncResult *
await_result (Waiting *waiting)
{
  while (waiting->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return waiting->result;
}

void
form_fixture_init (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      exit (0);
    }
  adw_init ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/zhicheng/zhicheng/icons");
}

ZcDossier *
form_fixture_new_dossier (const char *business, const char *members)
{
  g_autofree char *text = g_strdup_printf (DOSSIER, business, members != NULL ? members : DRAFT_MEMBERS);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (text, strlen (text), &error);
  ZcDossier *dossier;

  g_assert_no_error (error);
  dossier = zc_dossier_new_from_json (zc_json_root (json), &error);
  g_assert_no_error (error);
  return dossier;
}

void
form_fixture_set_up (FormFixture *fixture, gconstpointer business)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, business, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  Waiting opened = { NULL }, read = { NULL };
  gsize length;

  fixture->folder = g_dir_make_tmp ("zc-form-XXXXXX", &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  fixture->business = zc_business_parse (text, length, &error);
  g_assert_no_error (error);
  fixture->dossier = form_fixture_new_dossier (zc_business_get_id (fixture->business), NULL);
  zc_local_store_open_async (fixture->folder, "http://test", "account", NULL, done_cb, &opened);
  fixture->store = zc_local_store_open_finish (await_result (&opened), &error);
  g_assert_no_error (error);
  zc_draft_open_async (fixture->store, NULL, fixture->business, fixture->dossier, NULL, done_cb, &read);
  fixture->draft = zc_draft_open_finish (await_result (&read), &error);
  g_assert_no_error (error);
  fixture->pool = zc_image_pool_new (2);
  g_object_unref (opened.result);
  g_object_unref (read.result);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_folder (child);
    }
  g_remove (path);
}

void
form_fixture_tear_down (FormFixture *fixture, gconstpointer business)
{
  Waiting flushed = { NULL }, closed = { NULL };
  gpointer draft = fixture->draft;

  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  form_fixture_idle ();
  zc_draft_flush_async (fixture->draft, done_cb, &flushed);
  g_object_unref (await_result (&flushed));
  g_object_add_weak_pointer (draft, &draft);
  g_object_unref (fixture->draft);
  form_fixture_await (draft == NULL); /* nothing of the form holds on to it, once what was under way is done */
  zc_local_store_close_async (fixture->store, done_cb, &closed);
  g_object_unref (await_result (&closed));
  g_object_unref (fixture->store);
  g_object_unref (fixture->dossier);
  g_object_unref (fixture->pool);
  zc_business_unref (fixture->business);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
}

ZcFieldPlace
form_fixture_place (FormFixture *fixture, const char *section)
{
  return (ZcFieldPlace){ .draft = fixture->draft, .pool = fixture->pool, .section = section };
}

void
form_fixture_show (FormFixture *fixture, GtkWidget *widget)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1180, 760);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), widget);
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  gtk_window_present (GTK_WINDOW (fixture->window));
  form_fixture_idle ();
}

void
form_fixture_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
tick_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
form_fixture_wait_ms (guint milliseconds)
{
  gboolean done = FALSE;

  g_timeout_add (milliseconds, tick_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

GtkWidget *
form_fixture_find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = form_fixture_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GFile *
form_fixture_write_file (FormFixture *fixture, const char *name, GBytes *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content),
                       &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}
