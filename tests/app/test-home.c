/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "zc-dossier-card.h"
#include "zc-home-page.h"
#include "zc-test-world.h"

/* One's own dossiers on the home page, over the real server; another computer changes them meanwhile. */

typedef struct
{
  World world;
  ZcSession *session;
  GtkWidget *window;
  GtkWidget *page;
} Desk;

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  world_set_up (&desk->world, NULL);
  desk->session = zc_session_new (zc_test_server_get_address (desk->world.server));
  await_call (result, zc_session_sign_in_async (desk->session, APPLICANT, PASSWORD, FALSE, answered, &result));
  g_assert_true (zc_session_sign_in_finish (desk->session, result, &error));
  g_assert_no_error (error);
  desk->page = GTK_WIDGET (zc_home_page_new (desk->session));
  desk->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (desk->window), desk->page);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1000, 700);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->session);
  world_tear_down (&desk->world, NULL);
}

/* (nullable): the mapped button below root that does this to that dossier, or to any */
static GtkWidget *
find_button (GtkWidget *root, const char *action, const char *id)
{
  const char *name = GTK_IS_BUTTON (root) ? gtk_actionable_get_action_name (GTK_ACTIONABLE (root)) : NULL;

  if (g_strcmp0 (name, action) == 0 && gtk_widget_get_mapped (root)
      && (id == NULL || g_strcmp0 (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (root)), NULL), id) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, action, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find (Desk *desk, const char *action)
{
  return find_button (desk->page, action, desk->world.dossier);
}

static gint64
shown_version (Desk *desk)
{
  ZcDossier *dossier = zc_dossier_list_find (zc_session_get_dossiers (desk->session), desk->world.dossier);
  return dossier != NULL ? zc_dossier_get_version (dossier) : -1;
}

static GtkWidget *
card_of (Desk *desk, const char *action)
{
  GtkWidget *button = find (desk, action);
  return button != NULL ? gtk_widget_get_ancestor (button, ZC_TYPE_DOSSIER_CARD) : NULL;
}

static void
reload (Desk *desk)
{
  ZcDossierList *list = zc_session_get_dossiers (desk->session);

  zc_dossier_list_reload (list);
  await_that (!zc_dossier_list_get_loading (list));
}

/* The other computer fills in and submits; what is under a finger here stays the same widget. */
static void
test_kept (Desk *desk, gconstpointer data)
{
  GtkWidget *card, *withdraw;
  g_autoptr (ZcDossier) submitted = NULL;

  await_that ((card = card_of (desk, "win.delete")) != NULL);
  g_assert_null (find (desk, "win.withdraw"));
  device_fill (desk->world.device);
  submitted = device_submit (desk->world.device);
  await_that (shown_version (desk) == zc_dossier_get_version (submitted) && find (desk, "win.withdraw") != NULL);
  g_assert_true (card_of (desk, "win.withdraw") == card);
  g_assert_null (find (desk, "win.delete"));
  await_that (find_button (desk->page, "home.apply", NULL) != NULL);
  withdraw = find (desk, "win.withdraw");
  reload (desk);
  g_assert_true (find (desk, "win.withdraw") == withdraw);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/home/P2/news-keeps-what-is-under-a-finger", Desk, NULL, set_up, test_kept, tear_down);
  return g_test_run ();
}
