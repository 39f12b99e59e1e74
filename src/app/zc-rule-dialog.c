/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-refusal-text.h"
#include "zc-rule-dialog.h"
#include "zc-rule-text.h"

/* "Why can I not submit, withdraw, change?" (N12): the rule behind a refusal, where it comes from, who can lift it and what to do. */

struct _ZcRuleDialog
{
  AdwDialog parent_instance;

  AdwActionRow *rule;
  AdwActionRow *source;
  AdwActionRow *who;
  AdwActionRow *next;
  GtkLabel *what;
};

G_DEFINE_FINAL_TYPE (ZcRuleDialog, zc_rule_dialog, ADW_TYPE_DIALOG)

static void
zc_rule_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_RULE_DIALOG);
  G_OBJECT_CLASS (zc_rule_dialog_parent_class)->dispose (object);
}

static void
zc_rule_dialog_class_init (ZcRuleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_rule_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/zhicheng/zhicheng/zc-rule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcRuleDialog, rule);
  gtk_widget_class_bind_template_child (widget_class, ZcRuleDialog, source);
  gtk_widget_class_bind_template_child (widget_class, ZcRuleDialog, who);
  gtk_widget_class_bind_template_child (widget_class, ZcRuleDialog, next);
  gtk_widget_class_bind_template_child (widget_class, ZcRuleDialog, what);
}

static void
zc_rule_dialog_init (ZcRuleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A rule that nobody lifts says so: it is no oversight that nobody is named. */
static char *
dup_who (const GError *error,
         const char *name)
{
  char *who = zc_refusal_dup_who (error, name);

  return who != NULL ? who : g_strdup (_ ("Nobody needs to lift this; see what to do next."));
}

/**
 * zc_rule_dialog_new:
 * @code: a refusal that has a rule
 * @name: (nullable): what the body is called that can lift it, where that is known
 *
 * Returns: (transfer floating): what explains it
 */
AdwDialog *
zc_rule_dialog_new (ZcRefusal code,
                    const char *name)
{
  const ZcRuleText *text = zc_rule_text_find (zc_refusal_rule (code));
  ZcRuleDialog *self = g_object_new (ZC_TYPE_RULE_DIALOG, NULL);
  g_autoptr (GError) error = zc_refusal_new (code, "to be explained");
  g_autofree char *who = dup_who (error, name);

  g_return_val_if_fail (text != NULL, ADW_DIALOG (self));
  gtk_label_set_label (self->what, zc_refusal_what (error));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rule), _ (text->name));
  adw_action_row_set_subtitle (self->rule, _ (text->sentence));
  adw_action_row_set_subtitle (self->source, _ (text->source));
  adw_action_row_set_subtitle (self->who, who);
  adw_action_row_set_subtitle (self->next, zc_refusal_next (error));
  return ADW_DIALOG (self);
}
