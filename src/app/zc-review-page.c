/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-decision-bar.h"
#include "zc-decision-text.h"
#include "zc-missing-panel.h"
#include "zc-reader.h"
#include "zc-review-page.h"
#include "zc-review-tools.h"
#include "zc-session-menu.h"
#include "zc-sync-text.h"
#include "zc-time-text.h"

/* A reader above, a decision bar below; everything has a key. */
struct _ZcReviewPage
{
  AdwNavigationPage parent_instance;

  ZcSession     *session;
  char          *id;

  ZcReviewTools  *tools;
  ZcReader       *reader;
  ZcMissingPanel *missing;
  ZcDecisionBar  *decisions;
  GtkWidget      *unit_button;
  AdwBanner      *recovered;

  GtkWidget      *focus; /* (nullable): of the window, as last seen */
  GtkWidget      *left;  /* (nullable): a button of the bar that lost it */

  guint           returning : 1; /* one is brought back to it after a start, and it has not been read yet (P2) */
};

G_DEFINE_FINAL_TYPE (ZcReviewPage, zc_review_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
static guint lost_signal;

#define PLACE "review" /* as the tag of the page begins */

static char *
dup_subtitle_closure (gpointer self, const char *title, const char *series, const char *level)
{
  if (level == NULL || *level == '\0')
    return g_strdup (title);
  return g_strdup_printf ("%s · %s · %s", title != NULL ? title : "", series != NULL ? series : "", level);
}

/* What an office looks at first in a registration: how long it waits (U1), and whose branch it is (U2). */
static char *
dup_situation_closure (gpointer self, int days, int limit, const char *head, const char *returned)
{
  g_autofree char *waited = zc_time_dup_waited (days, limit);
  g_autofree char *branch = head != NULL && *head != '\0' ? g_strdup_printf (_("Branch of %s"), head) : g_strdup ("");
  const char *between = *waited != '\0' && *branch != '\0' ? " · " : "";
  const char *below = *returned != '\0' && (*waited != '\0' || *branch != '\0') ? "\n" : "";

  return g_strconcat (waited, between, branch, below, returned, NULL);
}

/* Came back by one stage, the submission is still the one that was returned: whoever has it again reads here why (U6). Of one that
 * the applicant has sent anew the changes are told instead. */
static char *
dup_returned_closure (gpointer self, const char *by, const char *opinion, int revision, int submissions)
{
  if (opinion == NULL || *opinion == '\0' || revision == 0 || revision != submissions)
    return g_strdup ("");
  return g_strdup_printf (_("Returned by %s: %s"), by != NULL ? by : "", opinion);
}

static gboolean
has_situation_closure (gpointer self, const char *situation)
{
  return situation != NULL && *situation != '\0';
}

static gboolean
has_draft_closure (gpointer self, gpointer draft)
{
  return draft != NULL;
}

/* What the reader has loaded is what the questions of the bar tell. */
static void
dossier_cb (ZcReviewPage *self)
{
  ZcDossier *dossier = zc_reader_get_dossier (self->reader);
  g_autofree char *name = NULL;

  if (dossier == NULL)
    return;
  g_object_get (dossier, "applicant-name", &name, NULL);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
}

/* The unit that it changes, for the office that decides (U2). */
static void
show_unit_button (ZcReviewPage *self, const ZcBusiness *business)
{
  const char *unit = zc_dossier_get_target_id (zc_reader_get_dossier (self->reader), "unit");
  gboolean changes = zc_business_get_amendment (business) != NULL && unit != NULL;

  gtk_widget_set_visible (self->unit_button, changes);
  if (changes)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->unit_button), "s", unit);
}

static void
draft_cb (ZcReviewPage *self)
{
  ZcDraft *draft = zc_reader_get_draft (self->reader);

  if (draft == NULL)
    return;
  self->returning = FALSE;
  zc_decision_bar_set_form (self->decisions, zc_draft_get_business (draft));
  zc_decision_bar_set_draft (self->decisions, draft);
  zc_missing_panel_set_draft (self->missing, draft);
  show_unit_button (self, zc_draft_get_business (draft));
}

/* --- where the person is, and what they had begun (P2) --- */
static void
keep_place (ZcReviewPage *self)
{
  ZcMembership *membership = zc_session_get_membership (self->session);
  const char *section = zc_reader_get_section (self->reader);
  g_autofree char *place = NULL;

  if (membership == NULL || section == NULL)
    return;
  place = g_strjoin (":", PLACE, self->id, zc_membership_get_body (membership), section, NULL);
  zc_session_keep_place (self->session, place);
}

static void
section_cb (ZcReviewPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    keep_place (self);
}

static void
zc_review_page_shown (AdwNavigationPage *page)
{
  keep_place (ZC_REVIEW_PAGE (page));
}

/* What a way to the server or a sign-in mends is told where one was, with a way to try again. */
static gboolean
is_passing (const GError *error)
{
  static const ZcRefusal codes[] = { ZC_REFUSAL_OFFLINE,  ZC_REFUSAL_SIGNED_OUT, ZC_REFUSAL_SECOND_FACTOR, ZC_REFUSAL_NO_FACTOR,
                                     ZC_REFUSAL_TOO_MANY, ZC_REFUSAL_BUSY,       ZC_REFUSAL_TIMEOUT,       ZC_REFUSAL_INTERNAL };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, ZC_REFUSAL_ERROR, codes[i]))
      return TRUE;
  return error->domain != ZC_REFUSAL_ERROR;
}

static void
failed_cb (ZcReviewPage *self, const GError *error)
{
  if (self->returning && !is_passing (error))
    g_signal_emit (self, lost_signal, 0, error);
}

/* The opinion stands in the dialog of its decision: without this nobody would know before it is opened. */
static void
recovered_cb (ZcReviewPage *self)
{
  g_autofree char *text = zc_decision_dup_recovered (zc_review_tools_get_notebook (self->tools));

  adw_banner_set_title (self->recovered, text != NULL ? text : "");
  adw_banner_set_revealed (self->recovered, text != NULL);
}

static void
recovered_seen_cb (ZcReviewPage *self)
{
  adw_banner_set_revealed (self->recovered, FALSE);
}

/* Nobody is asked whether to save: what is not in the store yet is written when the page goes. */
static void
zc_review_page_hiding (AdwNavigationPage *page)
{
  ZcDraft *draft = zc_reader_get_draft (ZC_REVIEW_PAGE (page)->reader);

  if (draft != NULL)
    zc_draft_flush_async (draft, NULL, NULL);
}

/* What has left this body's hands is done with here; the queue comes next. */
static void
decided_cb (ZcReviewPage *self, int act)
{
  if (act != ZC_ACT_ACCEPT && act != ZC_ACT_RELEASE)
    gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

/* A button that was pressed, or that a colleague's act has made meaningless, goes: the keys go on in what is read, where a second
 * press decides nothing (P21). Who went on by themselves is let go. */
static gboolean
regain_focus_idle (gpointer user_data)
{
  ZcReviewPage *self = user_data;
  gboolean gone = self->left == NULL || !gtk_widget_get_mapped (self->left) || !gtk_widget_is_sensitive (self->left);

  if (gone && gtk_widget_get_mapped (GTK_WIDGET (self)))
    zc_reader_take_focus (self->reader);
  g_clear_weak_pointer (&self->left);
  return G_SOURCE_REMOVE;
}

static void
focus_cb (ZcReviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->focus != NULL && self->decisions != NULL && gtk_widget_is_ancestor (self->focus, GTK_WIDGET (self->decisions)))
    {
      g_set_weak_pointer (&self->left, self->focus);
      g_idle_add_full (G_PRIORITY_LOW, regain_focus_idle, g_object_ref (self), g_object_unref);
    }
  g_set_weak_pointer (&self->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
}

static void
zc_review_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_review_page_parent_class)->map (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (focus_cb), widget, G_CONNECT_SWAPPED);
}

static void
zc_review_page_unmap (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_cb, widget);
  GTK_WIDGET_CLASS (zc_review_page_parent_class)->unmap (widget);
}

static void
progress_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.progress", "s", ZC_REVIEW_PAGE (widget)->id);
}

/* Sections and images are turned from anywhere on the page. */
static void
turn_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct
  {
    const char *own;
    const char *reader;
  } names[] = {
    { "review.next", "reader.next" },
    { "review.previous", "reader.previous" },
    { "review.next-image", "reader.next-image" },
    { "review.previous-image", "reader.previous-image" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].own, name))
      gtk_widget_activate_action (GTK_WIDGET (ZC_REVIEW_PAGE (widget)->reader), names[i].reader, NULL);
}

/* The image is looked at closely without leaving the form. */
static void
viewer_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *action = g_strconcat ("viewer.", name + strlen ("review."), NULL);

  zc_reader_activate_viewer (ZC_REVIEW_PAGE (widget)->reader, action);
}

static void
zc_review_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, ZC_REVIEW_PAGE (object)->session);
}

static void
zc_review_page_dispose (GObject *object)
{
  ZcReviewPage *self = ZC_REVIEW_PAGE (object);

  g_clear_weak_pointer (&self->focus);
  g_clear_weak_pointer (&self->left);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "decision", NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "notes", NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_REVIEW_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_review_page_parent_class)->dispose (object);
}

static void
zc_review_page_finalize (GObject *object)
{
  g_free (ZC_REVIEW_PAGE (object)->id);
  G_OBJECT_CLASS (zc_review_page_parent_class)->finalize (object);
}

/* As the dialog of shortcuts tells them; those that turn sections are in the .ui. */
static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_j, GDK_CONTROL_MASK, "decision.accept" },
    { GDK_KEY_g, GDK_CONTROL_MASK, "decision.approve" },
    { GDK_KEY_t, GDK_CONTROL_MASK, "decision.return" },
    { GDK_KEY_Page_Down, GDK_ALT_MASK, "review.next-image" },
    { GDK_KEY_Page_Up, GDK_ALT_MASK, "review.previous-image" },
    { GDK_KEY_plus, GDK_ALT_MASK, "review.zoom-in" },
    { GDK_KEY_equal, GDK_ALT_MASK, "review.zoom-in" },
    { GDK_KEY_KP_Add, GDK_ALT_MASK, "review.zoom-in" },
    { GDK_KEY_minus, GDK_ALT_MASK, "review.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_ALT_MASK, "review.zoom-out" },
    { GDK_KEY_0, GDK_ALT_MASK, "review.fit" },
    { GDK_KEY_r, GDK_ALT_MASK, "review.turn" },
    { GDK_KEY_m, GDK_CONTROL_MASK, "notes.here" },
    { GDK_KEY_d, GDK_CONTROL_MASK, "notes.next-change" },
    { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "notes.previous-change" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

static void
zc_review_page_class_init (ZcReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_review_page_dispose;
  object_class->finalize = zc_review_page_finalize;
  object_class->get_property = zc_review_page_get_property;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = zc_review_page_hiding;
  widget_class->map = zc_review_page_map;
  widget_class->unmap = zc_review_page_unmap;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = zc_review_page_shown;
  lost_signal = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (ZC_TYPE_READER);
  g_type_ensure (ZC_TYPE_REVIEW_TOOLS);
  g_type_ensure (ZC_TYPE_DECISION_BAR);
  g_type_ensure (ZC_TYPE_MISSING_PANEL);
  g_type_ensure (ZC_TYPE_SESSION_MENU);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, tools);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, reader);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, missing);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, decisions);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, unit_button);
  gtk_widget_class_bind_template_child (widget_class, ZcReviewPage, recovered);
  gtk_widget_class_bind_template_callback (widget_class, dup_subtitle_closure);
  gtk_widget_class_bind_template_callback (widget_class, dup_situation_closure);
  gtk_widget_class_bind_template_callback (widget_class, dup_returned_closure);
  gtk_widget_class_bind_template_callback (widget_class, has_situation_closure);
  gtk_widget_class_bind_template_callback (widget_class, has_draft_closure);
  gtk_widget_class_bind_template_callback (widget_class, dossier_cb);
  gtk_widget_class_bind_template_callback (widget_class, draft_cb);
  gtk_widget_class_bind_template_callback (widget_class, decided_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, recovered_seen_cb);
  gtk_widget_class_bind_template_callback (widget_class, zc_reader_show_place);
  gtk_widget_class_bind_template_callback (widget_class, zc_missing_panel_open);
  gtk_widget_class_install_action (widget_class, "review.progress", NULL, progress_cb);
  gtk_widget_class_install_action (widget_class, "review.next", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "review.next-image", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "review.previous-image", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "review.zoom-in", NULL, viewer_cb);
  gtk_widget_class_install_action (widget_class, "review.zoom-out", NULL, viewer_cb);
  gtk_widget_class_install_action (widget_class, "review.fit", NULL, viewer_cb);
  gtk_widget_class_install_action (widget_class, "review.turn", NULL, viewer_cb);
  add_keys (widget_class);
}

static void
zc_review_page_init (ZcReviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "decision", zc_decision_bar_get_actions (self->decisions));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "notes", zc_review_tools_get_actions (self->tools));
}

static ZcReviewPage *
open_page (ZcSession *session, const char *dossier, const char *section)
{
  g_autofree char *tag = g_strconcat (PLACE ":", dossier, NULL);
  ZcReviewPage *self = g_object_new (ZC_TYPE_REVIEW_PAGE, "tag", tag, NULL);
  ZcNotebook *notebook;

  self->session = g_object_ref (session);
  self->id = g_strdup (dossier);
  self->returning = section != NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  zc_review_tools_attach (self->tools, session, self->reader, dossier);
  notebook = zc_review_tools_get_notebook (self->tools);
  zc_decision_bar_set_notebook (self->decisions, notebook);
  g_signal_connect_object (notebook, "notify::recovered-at", G_CALLBACK (recovered_cb), self, G_CONNECT_SWAPPED);
  zc_reader_begin_at (self->reader, section);
  zc_reader_open (self->reader, session, dossier, TRUE);
  return self;
}

/**
 * zc_review_page_new:
 * @session: acts for the body where the dossier is
 * @dossier: id of what is to be read and decided
 *
 * Returns: (transfer floating): the page; it loads what it shows
 */
AdwNavigationPage *
zc_review_page_new (ZcSession *session, const char *dossier)
{
  return ADW_NAVIGATION_PAGE (open_page (session, dossier, NULL));
}

/**
 * zc_review_page_is_place:
 * @place: of zc_session_get_place_finish()
 *
 * Returns: whether the person was reviewing something
 */
gboolean
zc_review_page_is_place (const char *place)
{
  return g_str_has_prefix (place, PLACE ":");
}

/**
 * zc_review_page_new_from_place:
 * @session: acts for a body, or for oneself
 * @place: of which zc_review_page_is_place() holds
 *
 * Returns: (transfer floating) (nullable): the dossier, at the section that was in view (P2); %NULL where one does not act for the
 *   body any more for which one did
 */
AdwNavigationPage *
zc_review_page_new_from_place (ZcSession *session, const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place, ":", 4);
  ZcMembership *membership = zc_session_get_membership (session);

  if (g_strv_length (parts) != 4 || membership == NULL || !g_str_equal (zc_membership_get_body (membership), parts[2]))
    return NULL;
  return ADW_NAVIGATION_PAGE (open_page (session, parts[1], parts[3]));
}
