/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-approval.h"
#include "zc-decision-bar-private.h"
#include "zc-decision-text.h"
#include "zc-decision.h"
#include "zc-focus.h"
#include "zc-missing-text.h"
#include "zc-opinion-dialog.h"
#include "zc-public-notice-text.h"
#include "zc-refusal-text.h"
#include "zc-stage-text.h"
#include "zc-why-button.h"

#define WAYS_HEIGHT 600

/* Nobody but the server decides what may be done: the bar shows its list and sends what the person chose. */

G_DEFINE_FINAL_TYPE (ZcDecisionBar, zc_decision_bar, GTK_TYPE_BOX)

enum
{
  PROP_SESSION = 1,
  PROP_DOSSIER,
  PROP_ONLINE,
  PROP_BUSY,
  PROP_PROBLEM,
  PROP_MISSING,
  PROP_NOTICE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
static guint decided_signal, incomplete_signal;

/* The acts of staff; those that ask open a dialog first. */
static const struct
{
  ZcAct    act;
  gboolean asks;
} acts[] = {
  { ZC_ACT_ACCEPT, FALSE }, { ZC_ACT_RELEASE, FALSE },     { ZC_ACT_APPROVE, TRUE },
  { ZC_ACT_RETURN, TRUE },  { ZC_ACT_RETURN_BACK, TRUE }, { ZC_ACT_REFUSE, TRUE },
};

gboolean
zc_decision_bar_allows (ZcDecisionBar *self, ZcAct act)
{
  return self->dossier != NULL && zc_dossier_has_action (self->dossier, zc_act_to_string (act));
}

/* (transfer none): why it cannot be sent, whatever is written; "" where it can */
static const char *
find_obstacle (ZcDecisionBar *self, ZcAct act)
{
  if (!self->online)
    return zc_decision_offline_text ();
  return zc_decision_bar_allows (self, act) ? "" : _("This cannot be sent now.");
}

static gboolean
is_possible (ZcDecisionBar *self, ZcAct act)
{
  return *find_obstacle (self, act) == '\0';
}

/* The one place that computes what can be pressed. */
static void
update (ZcDecisionBar *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), zc_act_to_string (acts[i].act));

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), !self->busy && is_possible (self, acts[i].act));
    }
  zc_decision_bar_explain_held (self);
  if (self->dialog != NULL)
    g_object_set (self->dialog, "busy", self->busy, "obstacle", find_obstacle (self, zc_opinion_dialog_get_act (self->dialog)),
                  "problem", self->problem, NULL);
}

static void
set_busy (ZcDecisionBar *self, gboolean busy)
{
  self->busy = busy;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* rule: (nullable): published name of the refusal that the problem tells of (N12) */
static void
set_problem (ZcDecisionBar *self, const char *problem, const char *rule)
{
  self->lost = FALSE;
  g_set_str (&self->problem, problem);
  self->asks_sign_in = FALSE;
  zc_why_button_set_dossier (self->why, self->dossier);
  zc_why_button_set_code (self->why, rule);
  if (self->dialog != NULL)
    zc_opinion_dialog_explain (self->dialog, self->dossier, rule);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* Somebody else took it out of this person's hands. */
static void
tell_lost (ZcDecisionBar *self)
{
  const char *rule;
  g_autofree char *text = zc_decision_bar_dup_lost (self, &rule);

  set_problem (self, text, rule);
  self->lost = TRUE;
}

/* --- what is to be filled in before it is sent on (U5) ----------------------------------------------------------------------- */
static void
update_missing (ZcDecisionBar *self)
{
  g_autofree char *missing = NULL;
  g_autofree char *notice = NULL;

  if (self->draft != NULL && zc_draft_get_editable (self->draft))
    {
      g_autoptr (GPtrArray) problems = zc_draft_check (self->draft);

      missing = zc_missing_dup_text (self->draft, problems);
      notice = zc_public_notice_dup_text (self->draft, problems);
    }
  if (g_set_str (&self->missing, missing != NULL ? missing : ""))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
  if (g_set_str (&self->notice, notice != NULL ? notice : ""))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

static gboolean
has_notice (ZcBusiness *business)
{
  for (guint i = 0; i < zc_business_get_n_sections (business); i++)
    if (zc_section_is_notice (zc_business_get_section (business, i)))
      return TRUE;
  return FALSE;
}

static void
calendar_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDecisionBar) self = user_data;

  if (zc_client_load_calendar_finish (ZC_CLIENT (source), result, NULL))
    update_missing (self);
}

/* Another day may leave the same problem, but not the same sentence about the notice. */
static void
value_cb (ZcDecisionBar *self, const char *section)
{
  const ZcSection *definition = zc_business_find_section (zc_draft_get_business (self->draft), section, NULL);

  if (definition != NULL && zc_section_is_notice (definition))
    update_missing (self);
}

static void
tell_missing (ZcDecisionBar *self)
{
  g_autoptr (GPtrArray) problems = zc_draft_check (self->draft);

  g_signal_emit (self, incomplete_signal, 0, problems);
}

/* --- what the bar says ------------------------------------------------------------------------------------------------------ */
static gboolean
has_text_closure (gpointer self, const char *text)
{
  return text != NULL && *text != '\0';
}

/* --- sending ---------------------------------------------------------------------------------------------------------------- */
static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDecisionBar) self = user_data;
  g_autoptr (ZcDossier) dossier = zc_session_load_dossier_finish (ZC_SESSION (source), result, NULL);

  if (dossier == NULL)
    return;
  zc_session_learn (ZC_SESSION (source), dossier);
  if (self->act == ZC_ACT_ACCEPT && self->dossier != NULL && zc_dossier_get_state (self->dossier) == ZC_STATE_IN_REVIEW)
    {
      g_autofree char *holder = NULL;
      g_autofree char *text = NULL;

      g_object_get (dossier, "holder-name", &holder, NULL);
      text = g_strdup_printf (_("%s was faster and has accepted this dossier."), holder);
      set_problem (self, text, zc_refusal_to_string (ZC_REFUSAL_HELD));
    }
}

/* The answer tells that what is on the screen is no longer so: it is read again, whatever the answer carried. */
static gboolean
is_outdated (const GError *error)
{
  static const ZcRefusal codes[] = { ZC_REFUSAL_STALE, ZC_REFUSAL_HELD, ZC_REFUSAL_NOT_HELD, ZC_REFUSAL_NOT_ALLOWED };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, ZC_REFUSAL_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

static void
say_error (ZcDecisionBar *self, const GError *error)
{
  g_autofree char *text = g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE)
                              ? g_strdup (_("The server cannot be reached, so nothing is known of this decision yet. Please send it once "
                                            "more when the network is back; it counts once."))
                              : zc_refusal_dup_text (error);

  set_problem (self, text, zc_why_code (error));
  self->asks_sign_in = g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_SIGNED_OUT);
}

static void
forget_unanswered (ZcDecisionBar *self)
{
  g_clear_object (&self->unanswered);
  g_clear_pointer (&self->unanswered_text, g_free);
}

static void
close_dialog (ZcDecisionBar *self)
{
  if (self->dialog != NULL)
    adw_dialog_force_close (ADW_DIALOG (self->dialog));
}

/* Said on the page that is there then: whoever hears of it may take this one away. */
static void
tell_decided (gpointer user_data)
{
  ZcDecisionBar *self = user_data;
  g_autoptr (ZcSession) session = g_object_ref (self->session);
  g_autofree char *word = g_steal_pointer (&self->word);

  g_signal_emit (self, decided_signal, 0, (int) self->act);
  zc_session_toast (session, word);
}

static gboolean
tell_decided_idle (gpointer user_data)
{
  tell_decided (user_data);
  return G_SOURCE_REMOVE;
}

/* Told once the dialog is gone: whoever hears it may take the page away, which must not happen under an open dialog. */
static void
tell_decided_later (ZcDecisionBar *self, const char *word)
{
  g_set_str (&self->word, word);
  if (self->dialog != NULL)
    close_dialog (self);
  else
    tell_decided (self);
}

/* They were sent, or the decision leaves nothing to ask for; who merely accepts or gives it back goes on noting. What an
 * applicant who has it again was not told waits until it comes back. */
static void
forget_notes (ZcDecisionBar *self)
{
  if (self->notebook == NULL || self->act == ZC_ACT_ACCEPT || self->act == ZC_ACT_RELEASE)
    return;
  if (self->act == ZC_ACT_RETURN && self->draft != NULL)
    zc_notebook_clear_seen (self->notebook, self->draft);
  else
    zc_notebook_clear (self->notebook);
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDecisionBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_session_perform_finish (ZC_SESSION (source), result, &error);

  set_busy (self, FALSE);
  if (dossier != NULL)
    self->mine = zc_decision_bar_is_mine (self);
  if (!g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_OFFLINE))
    forget_unanswered (self);
  if (dossier != NULL)
    {
      g_autofree char *released = self->act == ZC_ACT_RELEASE ? zc_decision_bar_dup_released (self) : NULL;

      forget_notes (self);
      tell_decided_later (self, released != NULL                                        ? released
                                : zc_dossier_get_state (dossier) == ZC_STATE_PASSED ? _("Approved; completed with it")
                                                                                    : zc_decision_success_text (self->act));
      return;
    }
  say_error (self, error);
  if (zc_refusal_get_problems (error) != NULL)
    g_signal_emit (self, incomplete_signal, 0, zc_refusal_get_problems (error));
  if (is_outdated (error) && self->dossier != NULL)
    zc_session_load_dossier_async (self->session, zc_dossier_get_id (self->dossier), reloaded_cb, g_object_ref (self));
}

/* What was typed goes before the decision; only sending on hangs on its arrival. */
static void
typed_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcDecisionBar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!zc_draft_save_finish (ZC_DRAFT (source), result, &error) && self->act == ZC_ACT_APPROVE)
    {
      set_busy (self, FALSE);
      say_error (self, error);
    }
  else
    zc_session_perform_async (self->session, self->unanswered, performed_cb, g_object_ref (self));
}

static void
send (ZcDecisionBar *self, const ZcDecision *decision)
{
  g_autofree char *text = zc_decision_dup_text (decision);

  if (self->unanswered == NULL || g_strcmp0 (self->unanswered_text, text) != 0)
    {
      forget_unanswered (self);
      self->unanswered = zc_decision_make_action (decision, zc_dossier_get_id (self->dossier));
      self->unanswered_text = g_steal_pointer (&text);
    }
  self->act = decision->act;
  set_problem (self, "", NULL);
  set_busy (self, TRUE);
  if (self->draft != NULL && zc_draft_get_editable (self->draft))
    zc_draft_save_async (self->draft, NULL, typed_sent_cb, g_object_ref (self));
  else
    zc_session_perform_async (self->session, self->unanswered, performed_cb, g_object_ref (self));
}

/* --- asking ------------------------------------------------------------------------------------------------------------------ */
static void
confirmed_cb (ZcDecisionBar *self, ZcOpinionDialog *dialog)
{
  g_autofree char *opinion = zc_opinion_dialog_dup_opinion (dialog);
  ZcWayGroup *way = zc_opinion_dialog_get_way (dialog);
  const ZcDecision decision = {
    .act = zc_opinion_dialog_get_act (dialog),
    .version = self->version,
    .opinion = opinion,
    .code = zc_opinion_dialog_get_code (dialog),
    .notes = zc_opinion_dialog_get_notes (dialog),
    .department = zc_way_group_get_department (way),
    .person = zc_way_group_get_person (way),
  };

  send (self, &decision);
}

/* The field that had the focus is gone where the form turned into one to read under the dialog: what comes next is here. */
static gboolean
take_focus_idle (gpointer user_data)
{
  ZcDecisionBar *self = user_data;

  if (self->dialog == NULL && zc_focus_is_lost (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (ZcDecisionBar *self)
{
  gboolean lost = self->lost && self->dossier != NULL;

  g_clear_object (&self->dialog);
  if (lost)
    tell_lost (self);
  else
    set_problem (self, "", NULL);
  g_idle_add_full (G_PRIORITY_LOW, self->word != NULL ? tell_decided_idle : take_focus_idle, g_object_ref (self), g_object_unref);
}

static void
offer_ways (ZcDecisionBar *self)
{
  ZcWorkflowNext next;

  if (!zc_approval_find_next (self->business, self->dossier, FALSE, &next))
    return;
  zc_way_group_offer (zc_opinion_dialog_get_way (self->dialog), self->session, zc_stage_text (next.stage),
                      zc_approval_get_body (self->dossier, next.stage));
  /* a dialog keeps the height it opens with: room for the rows that appear with a department */
  adw_dialog_set_content_height (ADW_DIALOG (self->dialog), WAYS_HEIGHT);
}

static void
ask (ZcDecisionBar *self, ZcAct act)
{
  g_autofree char *intro = zc_decision_bar_dup_intro (self, act);

  set_problem (self, "", NULL);
  self->dialog = g_object_ref_sink (zc_opinion_dialog_new (act, intro, self->notebook, self->draft));
  if (zc_decision_bar_offers_departments (self, act))
    offer_ways (self);
  g_signal_connect_object (self->dialog, "decided", G_CALLBACK (confirmed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->dialog, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (self->dialog), GTK_WIDGET (self));
  update (self);
}

static void
act_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZcDecisionBar *self = user_data;
  ZcAct act = ZC_ACT_LAST;

  zc_act_from_string (g_action_get_name (G_ACTION (action)), &act);
  update_missing (self); /* days pass while a page is open */
  if (act == ZC_ACT_APPROVE && *self->missing != '\0')
    {
      tell_missing (self);
      return;
    }
  self->version = zc_dossier_get_version (self->dossier);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (acts[i].act == act && acts[i].asks && self->dialog == NULL)
      ask (self, act);
    else if (acts[i].act == act && !acts[i].asks)
      send (self, &(const ZcDecision) { .act = act, .version = self->version, .opinion = "" });
}

static void
add_actions (ZcDecisionBar *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (zc_act_to_string (acts[i].act), NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (act_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "decision", G_ACTION_GROUP (self->actions));
}

/* What this person did is told by the answer to it. */
static void
follow_holder (ZcDecisionBar *self, gboolean anew)
{
  gboolean mine = zc_decision_bar_is_mine (self);
  gboolean lost = !mine && (self->mine || self->lost);

  self->mine = mine;
  if (lost)
    tell_lost (self);
  else if (anew)
    set_problem (self, _("The dossier has changed meanwhile; please look at it again before you decide."), NULL);
  else if (self->lost)
    set_problem (self, "", NULL);
}

/* It changed while the person was reading or writing: they are told before anything is sent. */
static void
changed_cb (ZcDecisionBar *self)
{
  gint64 version = zc_dossier_get_version (self->dossier);
  gboolean anew = self->dialog != NULL && version != self->version;

  if (anew)
    self->version = version;
  if (!self->busy)
    follow_holder (self, anew);
  update (self);
}

/* That one has to sign in again is said until one has; what else is said stays. */
static void
expired_cb (ZcDecisionBar *self)
{
  if (!zc_session_get_expired (self->session) && self->asks_sign_in)
    set_problem (self, "", NULL);
}

/* --- the object -------------------------------------------------------------------------------------------------------------- */
static void
set_session (ZcDecisionBar *self, ZcSession *session)
{
  if (g_set_object (&self->session, session) && session != NULL)
    g_signal_connect_object (session, "notify::expired", G_CALLBACK (expired_cb), self, G_CONNECT_SWAPPED);
}

static void
set_dossier (ZcDecisionBar *self, ZcDossier *dossier)
{
  if (self->dossier != NULL)
    g_signal_handlers_disconnect_by_func (self->dossier, changed_cb, self);
  g_set_object (&self->dossier, dossier);
  if (dossier != NULL)
    g_signal_connect_object (dossier, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->mine = zc_decision_bar_is_mine (self);
  update (self);
}

static void
zc_decision_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcDecisionBar *self = ZC_DECISION_BAR (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_DOSSIER:
      g_value_set_object (value, self->dossier);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, self->online);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_MISSING:
      g_value_set_string (value, self->missing);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_decision_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcDecisionBar *self = ZC_DECISION_BAR (object);

  switch (id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_DOSSIER:
      set_dossier (self, g_value_get_object (value));
      break;
    case PROP_ONLINE:
      self->online = g_value_get_boolean (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_decision_bar_dispose (GObject *object)
{
  ZcDecisionBar *self = ZC_DECISION_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_DECISION_BAR);
  close_dialog (self);
  forget_unanswered (self);
  g_clear_object (&self->dialog);
  g_clear_object (&self->dossier);
  g_clear_object (&self->notebook);
  zc_decision_bar_set_draft (self, NULL);
  g_clear_pointer (&self->business, zc_business_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_decision_bar_parent_class)->dispose (object);
}

static void
zc_decision_bar_finalize (GObject *object)
{
  ZcDecisionBar *self = ZC_DECISION_BAR (object);

  g_object_unref (self->actions);
  g_free (self->word);
  g_free (self->problem);
  g_free (self->missing);
  g_free (self->notice);
  G_OBJECT_CLASS (zc_decision_bar_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION, writable);
  properties[PROP_DOSSIER] = g_param_spec_object ("dossier", NULL, NULL, ZC_TYPE_DOSSIER, writable);
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, TRUE, writable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, "", readable);
  properties[PROP_MISSING] = g_param_spec_string ("missing", NULL, NULL, "", readable);
  properties[PROP_NOTICE] = g_param_spec_string ("notice", NULL, NULL, "", readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zc_decision_bar_class_init (ZcDecisionBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_decision_bar_dispose;
  object_class->finalize = zc_decision_bar_finalize;
  object_class->get_property = zc_decision_bar_get_property;
  object_class->set_property = zc_decision_bar_set_property;
  install_properties (object_class);
  decided_signal = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  incomplete_signal
      = g_signal_new ("incomplete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-decision-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcDecisionBar, why);
  gtk_widget_class_bind_template_child (widget_class, ZcDecisionBar, held_why);
  gtk_widget_class_bind_template_callback (widget_class, zc_decision_dup_state);
  gtk_widget_class_bind_template_callback (widget_class, zc_decision_dup_reason);
  gtk_widget_class_bind_template_callback (widget_class, has_text_closure);
}

static void
zc_decision_bar_init (ZcDecisionBar *self)
{
  self->online = TRUE;
  self->act = ZC_ACT_LAST;
  self->problem = g_strdup ("");
  self->missing = g_strdup ("");
  self->notice = g_strdup ("");
  self->actions = g_simple_action_group_new ();
  add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

GActionGroup *
zc_decision_bar_get_actions (ZcDecisionBar *self)
{
  return G_ACTION_GROUP (self->actions);
}

void
zc_decision_bar_set_form (ZcDecisionBar *self, ZcBusiness *business)
{
  zc_business_ref (business); /* first: it may be the very one that is let go of */
  g_clear_pointer (&self->business, zc_business_unref);
  self->business = business;
}

/**
 * zc_decision_bar_set_notebook:
 * @notebook: what is noted at places of the dossier: it goes with a return or a refusal, and is done with once it is decided
 */
void
zc_decision_bar_set_notebook (ZcDecisionBar *self, ZcNotebook *notebook)
{
  g_set_object (&self->notebook, notebook);
}

/**
 * zc_decision_bar_set_draft:
 * @draft: (nullable): what the person fills in before they decide
 */
void
zc_decision_bar_set_draft (ZcDecisionBar *self, ZcDraft *draft)
{
  if (self->draft != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->draft, update_missing, self);
      g_signal_handlers_disconnect_by_func (self->draft, value_cb, self);
    }
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    {
      g_signal_connect_object (draft, "problems-changed", G_CALLBACK (update_missing), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (draft, "applies-changed", G_CALLBACK (update_missing), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (draft, "notify::editable", G_CALLBACK (update_missing), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (draft, "value-changed", G_CALLBACK (value_cb), self, G_CONNECT_SWAPPED);
    }
  update_missing (self);
  /* a notice is counted as the server counts it now; an older one tells nothing, and what this program brings counts */
  if (draft != NULL && self->session != NULL && has_notice (zc_draft_get_business (draft)))
    zc_client_load_calendar_async (zc_session_get_client (self->session), NULL, calendar_cb, g_object_ref (self));
}
