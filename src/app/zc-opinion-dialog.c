/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-note-text.h"
#include "zc-opinion-dialog.h"
#include "zc-reason.h"
#include "zc-workflow.h"
#include "zc-why-button.h"

/* What a member of staff writes when they decide. Why the button is grey always stands beside it. */
struct _ZcOpinionDialog
{
  AdwDialog parent_instance;

  char       *problem;
  char       *obstacle; /* why nothing can be sent, whatever is written; "" */
  ZcNotebook *notebook; /* (nullable) */
  ZcDraft    *draft;    /* (nullable): where the notes stand */
  GListStore *sent;     /* ZcNote: those that go with the decision */

  AdwNavigationPage *page;
  GtkLabel   *intro;
  ZcWayGroup *way;
  GtkLabel   *opinion_title;
  GtkTextView *opinion;
  GtkWidget  *reason_group;
  AdwComboRow *why;
  GtkWidget  *note_box;
  GtkLabel   *notes_title;
  GtkLabel   *notes_hint;
  GtkListBox *notes;
  ZcWhyButton *rule;    /* beside the problem */
  GtkWidget  *confirm;
  GtkWidget  *cancel;

  ZcAct       act;
  guint       busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcOpinionDialog, zc_opinion_dialog, ADW_TYPE_DIALOG)

enum
{
  PROP_BUSY = 1,
  PROP_OBSTACLE,
  PROP_PROBLEM,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
static guint decided_signal;

typedef struct
{
  ZcAct       act;
  const char *title;
  const char *opinion;
  const char *confirm;
  const char *style;
} Words;

static const Words words[] = {
  { ZC_ACT_APPROVE, N_("Approve"), N_("Opinion (optional)"), N_("Approve"), "suggested-action" },
  { ZC_ACT_RETURN, N_("Return to the applicant"), N_("Why it is returned"), N_("Return"), "suggested-action" },
  { ZC_ACT_RETURN_BACK, N_("Return one stage"), N_("Why it is returned"), N_("Return"), "suggested-action" },
  { ZC_ACT_REFUSE, N_("Refuse"), N_("Why it is refused"), N_("Refuse"), "destructive-action" },
};

static const Words *
find_words (ZcAct act)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].act == act)
      return &words[i];
  g_return_val_if_reached (&words[0]);
}

/* (transfer none): what is wrong with what was written; "" when nothing is */
static const char *
find_fault (ZcOpinionDialog *self)
{
  g_autofree char *opinion = zc_opinion_dialog_dup_opinion (self);

  if (*opinion == '\0' && zc_workflow_opinion_required (self->act))
    return _("Please write the reason first; the applicant will read it.");
  if (g_utf8_strlen (opinion, -1) > ZC_OPINION_MAX_CHARACTERS)
    return _("That is too long; please shorten it.");
  return zc_way_group_get_fault (self->way);
}

static void
update (ZcOpinionDialog *self)
{
  gboolean ready;

  if (self->opinion == NULL)
    return;
  ready = *self->obstacle == '\0' && !self->busy && *find_fault (self) == '\0';
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "opinion.confirm", ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->opinion), !self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->way), !self->busy);
  gtk_widget_set_sensitive (self->reason_group, !self->busy);
  adw_dialog_set_can_close (ADW_DIALOG (self), !self->busy);
}

/* The dialog may be closed to look something up, the session may end: what was written is there when it opens again (P1). */
static void
typed_cb (ZcOpinionDialog *self)
{
  g_autofree char *opinion = zc_opinion_dialog_dup_opinion (self);

  if (self->notebook != NULL)
    zc_notebook_set_opinion (self->notebook, self->act, opinion);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OBSTACLE]);
}

/* (transfer full): why the button is grey, "" when it is not */
static char *
dup_reason_closure (ZcOpinionDialog *self, const char *obstacle, gboolean busy)
{
  if (busy)
    return g_strdup (_("Being sent…"));
  if (obstacle != NULL && *obstacle != '\0')
    return g_strdup (obstacle);
  if (self->opinion == NULL)
    return g_strdup ("");
  return g_strdup (find_fault (self));
}

static gboolean
has_text_closure (gpointer self, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
decide (ZcOpinionDialog *self)
{
  g_signal_emit (self, decided_signal, 0);
}

/* Refusing ends the year for the applicant: it is asked once more. */
static void
asked_cb (ZcOpinionDialog *self, const char *response)
{
  if (g_strcmp0 (response, "refuse") == 0)
    decide (self);
}

static void
ask_again (ZcOpinionDialog *self)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Really refuse?"),
                                                                   _("The applicant cannot apply again this year. This cannot be undone.")));

  adw_alert_dialog_add_responses (dialog, "cancel", _("Cancel"), "refuse", _("Refuse"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "refuse", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
confirm_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcOpinionDialog *self = ZC_OPINION_DIALOG (widget);

  if (self->act == ZC_ACT_REFUSE)
    ask_again (self);
  else
    decide (self);
}

/* A step back is read by staff, who see everything; all else by the applicant. */
static gboolean
goes_along (ZcOpinionDialog *self, ZcNote *note)
{
  return self->act == ZC_ACT_RETURN_BACK || self->draft == NULL || zc_draft_note_is_seen (self->draft, note);
}

static void
add_note (ZcOpinionDialog *self, ZcNote *note)
{
  gboolean sent = goes_along (self, note);
  g_autofree char *place = zc_note_dup_place (note, self->draft);
  g_autofree char *said = zc_note_dup_words (note);
  g_autofree char *text = sent ? g_steal_pointer (&said) : g_strdup_printf (_("Left out: %s"), said);
  GtkWidget *line = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), place);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), text);
  gtk_list_box_append (self->notes, line);
  if (sent)
    g_list_store_append (self->sent, note);
}

/* What goes with the decision, as it stands in the notebook; and what does not. */
static void
update_notes (ZcOpinionDialog *self)
{
  guint n = self->notebook != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->notebook)) : 0;
  g_autofree char *title = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (G_LIST_MODEL (self->notebook), i);

      add_note (self, note);
    }
  title = g_strdup_printf (_("Notes that go with it (%u)"), g_list_model_get_n_items (G_LIST_MODEL (self->sent)));
  gtk_label_set_label (self->notes_title, title);
  if (self->act == ZC_ACT_RETURN_BACK)
    gtk_label_set_label (self->notes_hint, _("Whoever has it again sees each at its place. Notes are made in the form, at a field, an image or a "
                                             "section (Ctrl+M)."));
  gtk_widget_set_visible (GTK_WIDGET (self->notes), n > 0);
}

/* An approval asks for nothing: it has neither reason nor notes. */
static void
set_up_reason (ZcOpinionDialog *self)
{
  g_autoptr (GtkStringList) reasons = gtk_string_list_new (NULL);
  gboolean asks = zc_workflow_opinion_required (self->act);

  gtk_string_list_append (reasons, _("None: the words say it"));
  for (guint i = ZC_REASON_NONE + 1; i < ZC_REASON_LAST; i++)
    gtk_string_list_append (reasons, zc_reason_text (zc_reason_to_string ((ZcReason) i)));
  adw_combo_row_set_model (self->why, G_LIST_MODEL (reasons));
  gtk_widget_set_visible (self->reason_group, asks);
  gtk_widget_set_visible (self->note_box, asks && self->notebook != NULL);
}

static void
say_words (ZcOpinionDialog *self, const char *intro)
{
  const Words *chosen = find_words (self->act);

  adw_dialog_set_title (ADW_DIALOG (self), _(chosen->title));
  adw_navigation_page_set_title (self->page, _(chosen->title));
  gtk_label_set_label (self->intro, intro);
  gtk_widget_set_visible (GTK_WIDGET (self->intro), *intro != '\0');
  gtk_label_set_label (self->opinion_title, _(chosen->opinion));
  gtk_button_set_label (GTK_BUTTON (self->confirm), _(chosen->confirm));
  gtk_widget_add_css_class (self->confirm, chosen->style);
}

static void
zc_opinion_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcOpinionDialog *self = ZC_OPINION_DIALOG (object);

  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_OBSTACLE:
      g_value_set_string (value, self->obstacle);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_opinion_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcOpinionDialog *self = ZC_OPINION_DIALOG (object);

  switch (id)
    {
    case PROP_BUSY:
      self->busy = g_value_get_boolean (value);
      break;
    case PROP_OBSTACLE:
      g_set_str (&self->obstacle, g_value_get_string (value));
      break;
    case PROP_PROBLEM:
      g_set_str (&self->problem, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  update (self);
}

static void
zc_opinion_dialog_dispose (GObject *object)
{
  ZcOpinionDialog *self = ZC_OPINION_DIALOG (object);

  g_clear_object (&self->notebook);
  g_clear_object (&self->draft);
  g_clear_object (&self->sent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_OPINION_DIALOG);
  G_OBJECT_CLASS (zc_opinion_dialog_parent_class)->dispose (object);
}

static void
zc_opinion_dialog_finalize (GObject *object)
{
  g_free (ZC_OPINION_DIALOG (object)->problem);
  g_free (ZC_OPINION_DIALOG (object)->obstacle);
  G_OBJECT_CLASS (zc_opinion_dialog_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_OBSTACLE] = g_param_spec_string ("obstacle", NULL, NULL, "", flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zc_opinion_dialog_class_init (ZcOpinionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zc_opinion_dialog_dispose;
  object_class->finalize = zc_opinion_dialog_finalize;
  object_class->get_property = zc_opinion_dialog_get_property;
  object_class->set_property = zc_opinion_dialog_set_property;
  install_properties (object_class);
  decided_signal = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ZC_TYPE_WAY_GROUP);
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-opinion-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, page);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, way);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, opinion_title);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, opinion);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, reason_group);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, why);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, note_box);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, notes_title);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, notes_hint);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, notes);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, rule);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, ZcOpinionDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, dup_reason_closure);
  gtk_widget_class_bind_template_callback (widget_class, has_text_closure);
  gtk_widget_class_install_action (widget_class, "opinion.confirm", NULL, confirm_cb);
}

static void
zc_opinion_dialog_init (ZcOpinionDialog *self)
{
  self->obstacle = g_strdup ("");
  self->problem = g_strdup ("");
  self->sent = g_list_store_new (ZC_TYPE_NOTE);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->way, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * zc_opinion_dialog_new:
 * @act: what is decided
 * @intro: what follows from it, in a sentence or two
 * @notebook: (nullable): what was noted at places, and goes with a decision that asks for something
 * @draft: (nullable): where they stand
 *
 * Returns: (transfer full): present it over the page
 */
ZcOpinionDialog *
zc_opinion_dialog_new (ZcAct act, const char *intro, ZcNotebook *notebook, ZcDraft *draft)
{
  ZcOpinionDialog *self = g_object_new (ZC_TYPE_OPINION_DIALOG, NULL);

  self->act = act;
  g_set_object (&self->notebook, notebook);
  g_set_object (&self->draft, draft);
  say_words (self, intro);
  set_up_reason (self);
  update_notes (self);
  if (notebook != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->opinion), zc_notebook_get_opinion (notebook, act), -1);
  typed_cb (self);
  return self;
}

ZcAct
zc_opinion_dialog_get_act (ZcOpinionDialog *self)
{
  return self->act;
}

/**
 * zc_opinion_dialog_explain:
 * @dossier: (nullable): that is decided on
 * @code: (nullable): published name of the refusal that the problem tells of; %NULL: it tells of none, or no rule is behind it
 *
 * Offers that rule beside the problem (N12).
 */
void
zc_opinion_dialog_explain (ZcOpinionDialog *self, ZcDossier *dossier, const char *code)
{
  zc_why_button_set_dossier (self->rule, dossier);
  zc_why_button_set_code (self->rule, code);
}

/**
 * zc_opinion_dialog_dup_opinion:
 *
 * Returns: (transfer full): what was written, without space around it
 */
char *
zc_opinion_dialog_dup_opinion (ZcOpinionDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->opinion);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/**
 * zc_opinion_dialog_get_code:
 *
 * Returns: (transfer none) (nullable): the reason that was chosen, of zc-reason.h
 */
const char *
zc_opinion_dialog_get_code (ZcOpinionDialog *self)
{
  return zc_workflow_opinion_required (self->act) ? zc_reason_to_string ((ZcReason) adw_combo_row_get_selected (self->why)) : NULL;
}

/**
 * zc_opinion_dialog_get_notes:
 *
 * Returns: (transfer none) (nullable): of #ZcNote: what goes with the decision
 */
GListModel *
zc_opinion_dialog_get_notes (ZcOpinionDialog *self)
{
  return zc_workflow_opinion_required (self->act) ? G_LIST_MODEL (self->sent) : NULL;
}

/**
 * zc_opinion_dialog_get_way:
 *
 * Returns: (transfer none): where an approval goes; hidden, and straight on, until it is offered
 */
ZcWayGroup *
zc_opinion_dialog_get_way (ZcOpinionDialog *self)
{
  return self->way;
}
