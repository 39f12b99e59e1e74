/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-decision-bar.h"
#include "zc-opinion-dialog.h"
#include "zc-stage-text.h"

static const struct
{
  ZcAct       act;
  const char *action;
  const char *button; /* id in the template */
} decisions[] = {
  { ZC_ACT_ACCEPT, "decision.accept", "accept" },
  { ZC_ACT_RELEASE, "decision.release", "release" },
  { ZC_ACT_APPROVE, "decision.approve", "approve" },
  { ZC_ACT_RETURN, "decision.return", "return_button" },
  { ZC_ACT_RETURN_BACK, "decision.return-back", "return_back" },
  { ZC_ACT_REFUSE, "decision.refuse", "refuse" },
};

#define N_DECISIONS G_N_ELEMENTS (decisions)

struct _ZcDecisionBar
{
  AdwBin parent_instance;

  ZcSession *session;
  ZcDossier *dossier;
  ZcAction  *action;  /* (nullable): under way, or tried in vain: the same decision keeps its key */
  gint64     version; /* of the dossier that the action names */

  GtkLabel  *status;
  GtkWidget *buttons[N_DECISIONS];

  guint      busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcDecisionBar, zc_decision_bar, ADW_TYPE_BIN)

enum
{
  SIGNAL_DECIDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
may (ZcDecisionBar *self, guint i)
{
  return self->dossier != NULL && zc_dossier_has_action (self->dossier, zc_act_to_string (decisions[i].act));
}

/* (transfer full): where it stands and who has it */
static char *
dup_status (ZcDecisionBar *self)
{
  g_autofree char *holder = NULL;
  gboolean mine = FALSE;
  const char *status = zc_status_text (zc_dossier_get_stage (self->dossier), zc_dossier_get_state (self->dossier));
  g_object_get (self->dossier, "holder-name", &holder, "held-by-me", &mine, NULL);
  if (mine)
    return g_strdup_printf (_("%s, accepted by you"), status);
  if (holder != NULL && *holder != '\0')
    return g_strdup_printf (_("%s, accepted by %s"), status, holder);
  if (zc_dossier_has_action (self->dossier, "accept"))
    return g_strdup_printf (_("%s. Accept it before you decide; the applicant can then no longer withdraw it."), status);
  return g_strdup (status);
}

static void
update (ZcDecisionBar *self)
{
  g_autofree char *status = self->dossier != NULL ? dup_status (self) : g_strdup ("");
  for (guint i = 0; i < N_DECISIONS; i++)
    {
      gtk_widget_set_visible (self->buttons[i], may (self, i));
      gtk_widget_action_set_enabled (GTK_WIDGET (self), decisions[i].action, may (self, i) && !self->busy);
    }
  gtk_label_set_label (self->status, status);
}

static const char *
word_success (ZcAct act)
{
  switch ((int) act)
    {
    case ZC_ACT_ACCEPT:
      return _("Accepted; you can decide now");
    case ZC_ACT_RELEASE:
      return _("Released; a colleague can accept it");
    case ZC_ACT_APPROVE:
      return _("Approved and sent on");
    case ZC_ACT_REFUSE:
      return _("Refused; the applicant is told");
    default:
      return _("Returned; the applicant sees your opinion");
    }
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDecisionBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_session_perform_finish (ZC_SESSION (source), result, &error);
  ZcAct act = (ZcAct) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self), "zc-act"));
  self->busy = FALSE;
  if (dossier == NULL)
    {
      update (self);
      zc_session_toast_error (self->session, error);
      return;
    }
  g_clear_object (&self->action);
  zc_dossier_update_from (self->dossier, dossier);
  update (self);
  zc_session_toast (self->session, word_success (act));
  if (act != ZC_ACT_ACCEPT && act != ZC_ACT_RELEASE)
    g_signal_emit (self, signals[SIGNAL_DECIDED], 0, act);
}

static void
perform (ZcDecisionBar *self, ZcAct act, const char *opinion)
{
  g_clear_object (&self->action);
  self->action = zc_action_new (zc_dossier_get_id (self->dossier), act, self->version);
  if (opinion != NULL && *opinion != '\0')
    zc_action_set_opinion (self->action, opinion);
  self->busy = TRUE;
  g_object_set_data (G_OBJECT (self), "zc-act", GINT_TO_POINTER (act));
  update (self);
  zc_session_perform_async (self->session, self->action, performed_cb, g_object_ref (self));
}

static void
decided_cb (ZcDecisionBar *self, const char *opinion, AdwDialog *dialog)
{
  perform (self, (ZcAct) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "zc-act")), opinion);
}

/* Acts name the version that was on the screen when the person began to decide (decisions 2). */
static void
decide_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcDecisionBar *self = ZC_DECISION_BAR (widget);
  guint i = 0;
  while (i < N_DECISIONS && strcmp (decisions[i].action, name) != 0)
    i++;
  g_return_if_fail (i < N_DECISIONS && self->dossier != NULL);
  self->version = zc_dossier_get_version (self->dossier);
  if (decisions[i].act == ZC_ACT_ACCEPT || decisions[i].act == ZC_ACT_RELEASE)
    {
      perform (self, decisions[i].act, NULL);
      return;
    }
  AdwDialog *dialog = zc_opinion_dialog_new (decisions[i].act);
  g_object_set_data (G_OBJECT (dialog), "zc-act", GINT_TO_POINTER (decisions[i].act));
  g_signal_connect_object (dialog, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
zc_decision_bar_dispose (GObject *object)
{
  ZcDecisionBar *self = ZC_DECISION_BAR (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_DECISION_BAR);
  g_clear_object (&self->action);
  g_clear_object (&self->dossier);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_decision_bar_parent_class)->dispose (object);
}

static void
zc_decision_bar_class_init (ZcDecisionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = zc_decision_bar_dispose;
  signals[SIGNAL_DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-decision-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDecisionBar, status);
  for (guint i = 0; i < N_DECISIONS; i++)
    {
      gtk_widget_class_bind_template_child_full (widget_class, decisions[i].button, FALSE,
                                                 G_STRUCT_OFFSET (ZcDecisionBar, buttons) + (gssize) (i * sizeof (GtkWidget *)));
      gtk_widget_class_install_action (widget_class, decisions[i].action, NULL, decide_cb);
    }
}

static void
zc_decision_bar_init (ZcDecisionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
zc_decision_bar_show (ZcDecisionBar *self, ZcSession *session, ZcDossier *dossier)
{
  g_set_object (&self->session, session);
  if (self->dossier != dossier && self->dossier != NULL)
    g_signal_handlers_disconnect_by_data (self->dossier, self);
  if (g_set_object (&self->dossier, dossier) && dossier != NULL)
    g_signal_connect_object (dossier, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
