/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-factor-dialog.h"
#include "zc-home-page.h"
#include "zc-queue-page.h"
#include "zc-refusal-text.h"
#include "zc-review-page.h"
#include "zc-sign-in-dialog.h"
#include "zc-start-page.h"
#include "zc-toast.h"
#include "zc-why-button.h"
#include "zc-window-private.h"

/* Which page the session's state asks for; what the actions do is in zc-window-actions.c. */

G_DEFINE_FINAL_TYPE (ZcWindow, zc_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_ACTING_FOR = 1,
  PROP_SESSION,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

/* where a word is said: over the page that is seen */
static GtkWidget *
get_stage (ZcWindow *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->pages);

  return page != NULL ? GTK_WIDGET (page) : GTK_WIDGET (self->toasts);
}

static void
toast_cb (ZcWindow *self,
          const char *text)
{
  zc_toast (get_stage (self), text);
}

static void
refused_cb (ZcWindow *self,
            const GError *error)
{
  zc_toast_error (get_stage (self), error);
}

/* --- pages
 * ---------------------------------------------------------------------------------------------------------------
 */
/* A page that goes takes the focus along where the next one has nothing to give it to. GTK (4.18) would then keep the page for
 * good, and with it what it has open: it parks a widget whose focus is to move on, and loses a page parked so when that page's
 * own back button, which has the focus, hides as it is taken off the window. */
static void
hiding_cb (ZcWindow *self, AdwNavigationPage *page)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
follow_page (ZcWindow *self, AdwNavigationPage *page)
{
  g_signal_connect_object (page, "hiding", G_CALLBACK (hiding_cb), self, G_CONNECT_SWAPPED);
}

static void
replace_page (ZcWindow *self, AdwNavigationPage *page)
{
  follow_page (self, page);
  adw_navigation_view_replace (self->pages, &page, 1);
}

static void
show_opening (ZcWindow *self, const char *child)
{
  g_autofree char *problem = NULL;
  g_object_get (self->session, "problem", &problem, NULL);
  adw_status_page_set_description (self->trouble, problem);
  gtk_stack_set_visible_child_name (self->opening, child);
  adw_navigation_view_replace_with_tags (self->pages, (const char *[]){ "opening" }, 1);
}

/* error: (nullable): as the server put it */
static void
say_lost (ZcWindow *self,
          const GError *error)
{
  const char *what = error != NULL ? zc_refusal_what (error) : _ ("You do not act for that body now.");
  g_autofree char *text = g_strdup_printf (_ ("You cannot go back to the application that was open last: %s"), what);

  zc_toast_about (get_stage (self), text, zc_why_code (error));
}

/* What one was brought back to is not there for them any more: back to the list. */
static void
lost_cb (ZcWindow *self,
         const GError *error,
         AdwNavigationPage *page)
{
  AdwNavigationPage *list = adw_navigation_view_get_previous_page (self->pages, page);

  if (list != NULL)
    adw_navigation_view_pop_to_page (self->pages, list);
  say_lost (self, error);
}

static void
return_to_review (ZcWindow *self,
                  const char *place)
{
  AdwNavigationPage *page = zc_review_page_new_from_place (self->session, place);

  if (page == NULL)
    {
      say_lost (self, NULL);
      return;
    }
  g_signal_connect_object (page, "lost", G_CALLBACK (lost_cb), self, G_CONNECT_SWAPPED);
  zc_window_push (self, page);
}

/* Whoever has gone somewhere meanwhile stays there. */
static gboolean
is_at_home (ZcWindow *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->pages);

  return page != NULL && adw_navigation_view_get_previous_page (self->pages, page) == NULL;
}

static void
place_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcWindow) self = user_data;
  g_autofree char *place = zc_session_get_place_finish (ZC_SESSION (source), result, NULL);

  if (place == NULL || self->session == NULL || !is_at_home (self))
    return;
  if (zc_review_page_is_place (place))
    return_to_review (self, place);
  else if (g_str_has_prefix (place, "edit:") && !zc_session_get_staff (self->session))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit", "s", place + strlen ("edit:"));
}

/* Once after the start: back to where one was (P2); also where one has to sign in first, nothing having kept the sign-in. */
static void
restore_place (ZcWindow *self)
{
  if (self->restored)
    return;
  self->restored = TRUE;
  zc_session_get_place_async (self->session, place_cb, g_object_ref (self));
}

static void
show_home (ZcWindow *self)
{
  replace_page (self, zc_session_get_staff (self->session) ? zc_queue_page_new (self->session)
                                                           : zc_home_page_new (self->session));
  restore_place (self);
}

static void
state_cb (ZcWindow *self)
{
  switch (zc_session_get_state (self->session))
    {
    case ZC_SESSION_STARTING:
    case ZC_SESSION_OPENING:
      show_opening (self, "loading");
      break;
    case ZC_SESSION_UNREACHABLE:
      show_opening (self, "trouble");
      break;
    case ZC_SESSION_SIGNED_OUT:
      zc_toast_clear (self->toasts);
      replace_page (self, zc_start_page_new ());
      break;
    case ZC_SESSION_SIGNED_IN:
    default:
      show_home (self);
    }
}

static void
acting_cb (ZcWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTING_FOR]);
  zc_window_update_actions (self);
}

static void acted_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
act_for (ZcWindow *self, const char *membership)
{
  g_set_str (&self->wanted, membership);
  zc_session_act_for_async (self->session, *membership != '\0' ? membership : NULL, acted_cb,
                            g_object_ref (self));
}

static void
factor_shown_cb (ZcWindow *self)
{
  g_autofree char *membership = g_strdup (self->wanted);
  act_for (self, membership);
}

static void
ask_factor (ZcWindow *self, const GError *error)
{
  gboolean set_up = g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NO_FACTOR);
  AdwDialog *dialog = zc_factor_dialog_new (zc_session_get_client (self->session), set_up);
  g_signal_connect_object (dialog, "shown", G_CALLBACK (factor_shown_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  if (zc_session_act_for_finish (ZC_SESSION (source), result, &error))
    {
      zc_toast_clear (self->toasts);
      show_home (self);
    }
  else if (zc_session_asks_factor (error))
    ask_factor (self, error);
  else
    zc_session_toast_error (self->session, error);
  acting_cb (self);
}

/* --- the session has ended while work is open
 * -------------------------------------------------------------------------------- */
static void
sign_in_closed_cb (ZcWindow *self)
{
  g_clear_object (&self->sign_in);
}

static void
expired_cb (ZcWindow *self)
{
  gboolean expired = zc_session_get_expired (self->session);
  if (expired && self->sign_in == NULL)
    {
      self->sign_in = g_object_ref_sink (zc_sign_in_dialog_new (self->session));
      g_signal_connect_object (self->sign_in, "closed", G_CALLBACK (sign_in_closed_cb), self,
                               G_CONNECT_SWAPPED);
      adw_dialog_present (self->sign_in, GTK_WIDGET (self));
    }
  else if (!expired && self->sign_in != NULL)
    adw_dialog_force_close (self->sign_in);
}

/* --- where the person is
 * ---------------------------------------------------------------------------------------------------------
 */
/* Not before the place of the last run was read: the page that comes first would take its room. Of staff's pages a review keeps
 * its own place, and what is looked up over one leaves it. */
static void
visible_cb (ZcWindow *self)
{
  const char *place = zc_window_get_place (self);
  if (place != NULL && self->restored && self->session != NULL
      && zc_session_get_state (self->session) == ZC_SESSION_SIGNED_IN
      && (!zc_session_get_staff (self->session) || is_at_home (self)))
    zc_session_keep_place (self->session, place);
}

static void
gone_cb (ZcWindow *self, const char *dossier)
{
  const char *place = zc_window_get_place (self);
  const char *colon = place != NULL ? strchr (place, ':') : NULL;
  if (colon != NULL && strcmp (colon + 1, dossier) == 0)
    adw_navigation_view_pop (self->pages);
}

static void
set_session (ZcWindow *self, ZcSession *session)
{
  g_set_object (&self->session, session);
  zc_window_update_actions (self);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::expired", G_CALLBACK (expired_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::membership", G_CALLBACK (acting_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::account", G_CALLBACK (zc_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (zc_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "dossier-gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  state_cb (self);
}

static void
zc_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcWindow *self = ZC_WINDOW (object);
  ZcMembership *membership
      = self->session != NULL ? zc_session_get_membership (self->session) : NULL;
  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else
    g_value_set_string (value, membership != NULL ? zc_membership_get_id (membership) : "");
}

static void
zc_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcWindow *self = ZC_WINDOW (object);
  if (id == PROP_SESSION)
    {
      set_session (self, g_value_get_object (value));
      return;
    }
  act_for (self, g_value_get_string (value));
}

static void
zc_window_dispose (GObject *object)
{
  ZcWindow *self = ZC_WINDOW (object);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), NULL);
  g_clear_pointer (&self->wanted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_WINDOW);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_window_parent_class)->dispose (object);
}

static void
zc_window_class_init (ZcWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_window_dispose;
  object_class->get_property = zc_window_get_property;
  object_class->set_property = zc_window_set_property;
  properties[PROP_ACTING_FOR]
      = g_param_spec_string ("acting-for", NULL, NULL, "",
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, opening);
  gtk_widget_class_bind_template_child (widget_class, ZcWindow, trouble);
  gtk_widget_class_bind_template_callback (widget_class, visible_cb);
  gtk_widget_class_install_property_action (widget_class, "win.act-for", "acting-for");
  zc_window_install_actions (widget_class);
}

static void
zc_window_init (ZcWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

ZcWindow *
zc_window_new (AdwApplication *application, ZcSession *session)
{
  return g_object_new (ZC_TYPE_WINDOW, "application", application, "session", session, NULL);
}

ZcSession *
zc_window_get_session (ZcWindow *self)
{
  return self->session;
}

/**
 * zc_window_get_place:
 *
 * Returns: (transfer none) (nullable): the tag of the page on top: "home", "edit:ID" …
 */
const char *
zc_window_get_place (ZcWindow *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->pages);
  return page != NULL ? adw_navigation_page_get_tag (page) : NULL;
}

gboolean
zc_window_raise (ZcWindow *self, const char *tag)
{
  AdwNavigationPage *page = adw_navigation_view_find_page (self->pages, tag);
  if (page == NULL)
    return FALSE;
  if (page != adw_navigation_view_get_visible_page (self->pages))
    adw_navigation_view_pop_to_page (self->pages, page);
  return TRUE;
}

void
zc_window_push (ZcWindow *self, AdwNavigationPage *page)
{
  follow_page (self, page);
  adw_navigation_view_push (self->pages, page);
}
