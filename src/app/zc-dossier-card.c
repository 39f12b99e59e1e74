/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-dossier-card.h"
#include "zc-stage-text.h"
#include "zc-time-text.h"
#include "zc-why-button.h"

struct _ZcDossierCard
{
  GtkBox parent_instance;

  ZcSession *session;
  ZcDossier *dossier;

  GtkLabel *title;
  GtkLabel *status;
  GtkLabel *target;
  GtkLabel *committee;
  GtkLabel *facts;
  GtkWidget *opinion_box;
  GtkLabel *opinion;
  AdwWrapBox *buttons;
  ZcWhyButton *why;
};

G_DEFINE_FINAL_TYPE (ZcDossierCard, zc_dossier_card, GTK_TYPE_BOX)

/* In the order of their use; what the server does not list is not there (B2). */
static const struct
{
  const char *action;
  const char *label;
  const char *target;
  const char *style; /* (nullable) */
} choices[] = {
  { "edit", N_ ("Edit"), "win.edit", "suggested-action" },
  { "progress", N_ ("Progress"), "win.progress", NULL },
  { "view", N_ ("Details"), "win.view", NULL },
  { "retarget", N_ ("Change Committee"), "win.retarget", NULL },
  { "copy", N_ ("Copy"), "win.copy", NULL },
  { "withdraw", N_ ("Withdraw"), "win.withdraw", NULL },
  { "abandon", N_ ("Give Up"), "win.abandon", "destructive-action" },
  { "delete", N_ ("Delete Draft"), "win.delete", "destructive-action" },
};

static GtkWidget *
new_button (ZcDossierCard *self, guint choice)
{
  const char *id = zc_dossier_get_id (self->dossier);
  GtkWidget *button = gtk_button_new_with_label (_ (choices[choice].label));
  g_autofree char *name
      = g_strdup_printf ("%s: %s", _ (choices[choice].label), zc_dossier_get_title (self->dossier));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), choices[choice].target);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  if (choices[choice].style != NULL)
    gtk_widget_add_css_class (button, choices[choice].style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  name, -1);
  return button;
}

/* A draft that was never sent is deleted; what was sent once is given up, and its history stays. */
static gboolean
is_offered (ZcDossierCard *self, const char *action)
{
  return zc_dossier_has_action (self->dossier, action)
         && !(g_str_equal (action, "abandon") && zc_dossier_has_action (self->dossier, "delete"));
}

/* Shown and hidden, never made anew: news of the dossier must not take away the button under a finger. */
static void
show_buttons (ZcDossierCard *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++, button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_visible (button, is_offered (self, choices[i].action));
}

/* A button that is not there is explained, where somebody would look for it (N12). */
static void
show_why (ZcDossierCard *self)
{
  const char *submit = zc_dossier_get_refusal (self->dossier, "submit");
  const char *withdraw = zc_dossier_get_refusal (self->dossier, "withdraw");

  gtk_button_set_label (GTK_BUTTON (self->why), submit != NULL ? _ ("Why can it not be submitted?")
                                                               : _ ("Why can it not be withdrawn?"));
  zc_why_button_set_dossier (self->why, self->dossier);
  zc_why_button_set_code (self->why, submit != NULL ? submit : withdraw);
}

static const char *
status_class (ZcState state)
{
  switch ((int)state)
    {
    case ZC_STATE_RETURNED:
      return "warning";
    case ZC_STATE_REFUSED:
    case ZC_STATE_EXPIRED:
      return "error";
    case ZC_STATE_PASSED:
      return "success";
    case ZC_STATE_WAITING:
    case ZC_STATE_IN_REVIEW:
      return "accent";
    default:
      return "neutral";
    }
}

static void
show_status (ZcDossierCard *self)
{
  static const char *const classes[] = { "warning", "error", "success", "accent", "neutral" };
  ZcState state = zc_dossier_get_state (self->dossier);
  gtk_label_set_label (self->status, zc_status_text (zc_dossier_get_stage (self->dossier), state));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), status_class (state));
}

/* While it can be filled in: how far it is and how long there is; afterwards when it was submitted.
 */
static char *
dup_facts (ZcDossierCard *self)
{
  int done = 0;
  int total = 0;
  if (!zc_dossier_has_action (self->dossier, "edit"))
    {
      g_autofree char *submitted = zc_time_dup_minute (zc_dossier_get_submitted_at (self->dossier));
      return *submitted != '\0' ? g_strdup_printf (_ ("Submitted on %s"), submitted)
                                : g_strdup ("");
    }
  g_autofree char *deadline = zc_time_dup_deadline (zc_dossier_get_deadline (self->dossier),
                                                    zc_session_get_now (self->session));
  g_object_get (self->dossier, "sections-done", &done, "sections-total", &total, NULL);
  g_autofree char *progress = g_strdup_printf (_ ("%d of %d sections complete"), done, total);
  return *deadline != '\0' ? g_strdup_printf ("%s · %s", progress, deadline)
                           : g_steal_pointer (&progress);
}

static void
show_dossier (ZcDossierCard *self)
{
  const char *sought = zc_dossier_get_sought (self->dossier);
  g_autofree char *facts = dup_facts (self);
  const char *opinion = zc_dossier_get_returned_opinion (self->dossier);
  gboolean returned = zc_dossier_is_returned (self->dossier) && opinion != NULL && *opinion != '\0';
  g_autofree char *said = g_strdup_printf (_ ("Returned: %s"), returned ? opinion : "");
  gtk_label_set_label (self->title, zc_dossier_get_title (self->dossier));
  gtk_label_set_label (self->target, sought);
  gtk_widget_set_visible (GTK_WIDGET (self->target), *sought != '\0');
  gtk_label_set_label (self->committee, zc_dossier_get_way (self->dossier));
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), *facts != '\0');
  gtk_label_set_label (self->opinion, said);
  gtk_widget_set_visible (self->opinion_box, returned);
  show_status (self);
  show_buttons (self);
  show_why (self);
}

static void
zc_dossier_card_dispose (GObject *object)
{
  ZcDossierCard *self = ZC_DOSSIER_CARD (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_DOSSIER_CARD);
  g_clear_object (&self->dossier);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_dossier_card_parent_class)->dispose (object);
}

static void
zc_dossier_card_class_init (ZcDossierCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_dossier_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-dossier-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, title);
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, status);
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, target);
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, committee);
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, facts);
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, opinion_box);
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, opinion);
  gtk_widget_class_bind_template_child (widget_class, ZcDossierCard, buttons);
}

static void
zc_dossier_card_init (ZcDossierCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
zc_dossier_card_new (ZcSession *session, ZcDossier *dossier)
{
  ZcDossierCard *self = g_object_new (ZC_TYPE_DOSSIER_CARD, NULL);
  self->session = g_object_ref (session);
  self->dossier = g_object_ref (dossier);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    adw_wrap_box_append (self->buttons, new_button (self, i));
  self->why = g_object_new (ZC_TYPE_WHY_BUTTON, NULL);
  adw_wrap_box_append (self->buttons, GTK_WIDGET (self->why));
  g_signal_connect_object (dossier, "changed", G_CALLBACK (show_dossier), self, G_CONNECT_SWAPPED);
  show_dossier (self);
  return GTK_WIDGET (self);
}

/**
 * zc_dossier_card_get_dossier:
 *
 * Returns: (transfer none): what the card shows and follows
 */
ZcDossier *
zc_dossier_card_get_dossier (ZcDossierCard *self)
{
  return self->dossier;
}
