/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-entry-field.h"
#include "zc-factor-dialog.h"
#include "zc-refusal.h"
#include "zc-toast.h"
#include "zc-trouble-page.h"

/* Pages: loading, trouble (the secret could not be had), enter (and above it the secret, where there
 * is a new one), recovery (the codes, told this once). */

#define GROUP 4 /* characters of the secret that are read together */
#define SET_UP_HEIGHT 560 /* pixels: a dialog does not grow with what it shows later */

struct _ZcFactorDialog
{
  AdwDialog parent_instance;

  ZcClient *client;
  ZcReply *told; /* (nullable): the new secret, the new recovery codes */

  AdwToastOverlay *toasts;
  GtkStack *stack;
  ZcTroublePage *trouble;
  GtkWidget *setting_up;
  GtkWidget *asking;
  GtkLabel *renewing;
  GtkButton *confirm;
  GtkLabel *secret;
  ZcEntryField *code;
  GtkLabel *recovery_intro;
  GtkLabel *recovery;
  GtkWidget *kept;

  guint shown : 1;
  guint busy : 1;
  guint renews : 1; /* other recovery codes are what is wanted */
};

G_DEFINE_FINAL_TYPE (ZcFactorDialog, zc_factor_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_SHOWN,
  SIGNAL_GIVEN_UP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *
told (ZcFactorDialog *self, const char *member)
{
  return self->told != NULL ? zc_json_get_string (zc_reply_root (self->told), member) : NULL;
}

/* --- a new secret --- */

static char *
dup_grouped (const char *secret)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; secret[i] != '\0'; i++)
    {
      if (i > 0 && i % GROUP == 0)
        g_string_append_c (text, ' ');
      g_string_append_c (text, secret[i]);
    }
  return g_string_free (text, FALSE);
}

static void
show_enter (ZcFactorDialog *self)
{
  gtk_widget_set_visible (self->setting_up, self->told != NULL);
  gtk_widget_set_visible (self->asking, self->told == NULL && !self->renews);
  gtk_widget_set_visible (GTK_WIDGET (self->renewing), self->renews);
  gtk_stack_set_visible_child_name (self->stack, "enter");
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
show_trouble (ZcFactorDialog *self, const GError *error)
{
  zc_trouble_page_explain (self->trouble, error);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcFactorDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->told = zc_client_begin_factor_finish (ZC_CLIENT (source), result, &error);
  if (self->told == NULL)
    {
      show_trouble (self, error);
      return;
    }
  g_autofree char *grouped = dup_grouped (told (self, "secret"));
  gtk_label_set_label (self->secret, grouped);
  show_enter (self);
}

static void
begin (ZcFactorDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  zc_client_begin_factor_async (self->client, NULL, begun_cb, g_object_ref (self));
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (ZC_FACTOR_DIALOG (widget));
}

static void
copy (ZcFactorDialog *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  zc_toast (GTK_WIDGET (self->toasts), _ ("Copied to the clipboard"));
}

static void
copy_secret_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  copy (ZC_FACTOR_DIALOG (widget), told (ZC_FACTOR_DIALOG (widget), "secret"));
}

static void
copy_uri_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  copy (ZC_FACTOR_DIALOG (widget), told (ZC_FACTOR_DIALOG (widget), "uri"));
}

/* --- the code --- */

static void
update_actions (ZcFactorDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "factor.show",
                                 !self->busy && *zc_entry_field_get_text (self->code) != '\0');
}

static char *
dup_recovery_codes (ZcFactorDialog *self)
{
  const ZcJsonValue *codes = zc_json_get (zc_reply_root (self->told), "recovery_codes");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < zc_json_size (codes); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", zc_json_string (zc_json_at (codes, i)));
  return g_string_free (text, FALSE);
}

/* Whoever sets it up, or has them renewed, sees the recovery codes now and never again. */
static void
accept (ZcFactorDialog *self)
{
  self->shown = TRUE;
  if (self->told == NULL)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  g_autofree char *codes = dup_recovery_codes (self);
  gtk_label_set_label (self->recovery, codes);
  gtk_stack_set_visible_child_name (self->stack, "recovery");
  gtk_label_select_region (self->recovery, 0, 0); /* which the stack's focus has marked on its way */
  gtk_widget_grab_focus (self->kept);
}

static void
say_what_is_wrong (ZcFactorDialog *self, const GError *error)
{
  zc_entry_field_refuse (self->code, error,
                         g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_WRONG_CODE)
                             ? _ ("This code is wrong or was used already. Wait for the next "
                                  "one; the clock of the phone must be right.")
                             : NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void
answered (ZcFactorDialog *self, const GError *error)
{
  self->busy = FALSE;
  update_actions (self);
  if (error == NULL)
    accept (self);
  else
    say_what_is_wrong (self, error);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcFactorDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  zc_client_show_factor_finish (ZC_CLIENT (source), result, &error);
  answered (self, error);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcFactorDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->told = zc_client_renew_codes_finish (ZC_CLIENT (source), result, &error);
  answered (self, error);
}

static void
show_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcFactorDialog *self = ZC_FACTOR_DIALOG (widget);

  self->busy = TRUE;
  update_actions (self);
  if (self->renews)
    zc_client_renew_codes_async (self->client, zc_entry_field_get_text (self->code), NULL, renewed_cb,
                                 g_object_ref (self));
  else
    zc_client_show_factor_async (self->client, zc_entry_field_get_text (self->code), NULL, shown_cb,
                                 g_object_ref (self));
}

static void
changed_cb (ZcFactorDialog *self)
{
  zc_entry_field_set_message (self->code, NULL);
  update_actions (self);
}

static void
activated_cb (ZcFactorDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "factor.show", NULL);
}

/* --- the recovery codes, and the end --- */

static void
copy_codes_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcFactorDialog *self = ZC_FACTOR_DIALOG (widget);

  copy (self, gtk_label_get_label (self->recovery));
}

static void
done_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
zc_factor_dialog_closed (AdwDialog *dialog)
{
  g_signal_emit (dialog, signals[ZC_FACTOR_DIALOG (dialog)->shown ? SIGNAL_SHOWN : SIGNAL_GIVEN_UP],
                 0);
}

static void
zc_factor_dialog_dispose (GObject *object)
{
  ZcFactorDialog *self = ZC_FACTOR_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_FACTOR_DIALOG);
  g_clear_object (&self->client);
  g_clear_pointer (&self->told, zc_reply_unref);
  G_OBJECT_CLASS (zc_factor_dialog_parent_class)->dispose (object);
}

static guint
add_signal (ZcFactorDialogClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ZC_TYPE_TROUBLE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-factor-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, setting_up);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, renewing);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, asking);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, secret);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, code);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, recovery);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, recovery_intro);
  gtk_widget_class_bind_template_child (widget_class, ZcFactorDialog, kept);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
zc_factor_dialog_class_init (ZcFactorDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_factor_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = zc_factor_dialog_closed;
  signals[SIGNAL_SHOWN] = add_signal (klass, "shown");
  signals[SIGNAL_GIVEN_UP] = add_signal (klass, "given-up");
  g_type_ensure (ZC_TYPE_ENTRY_FIELD);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "factor.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "factor.copy-secret", NULL, copy_secret_cb);
  gtk_widget_class_install_action (widget_class, "factor.copy-uri", NULL, copy_uri_cb);
  gtk_widget_class_install_action (widget_class, "factor.show", NULL, show_cb);
  gtk_widget_class_install_action (widget_class, "factor.copy-codes", NULL, copy_codes_cb);
  gtk_widget_class_install_action (widget_class, "factor.done", NULL, done_cb);
}

static void
zc_factor_dialog_init (ZcFactorDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

/**
 * zc_factor_dialog_new:
 * @client: whose session shows it
 * @set_up: the account has none yet: a new one is set up
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
zc_factor_dialog_new (ZcClient *client, gboolean set_up)
{
  ZcFactorDialog *self = g_object_new (ZC_TYPE_FACTOR_DIALOG, NULL);

  self->client = g_object_ref (client);
  if (set_up)
    {
      adw_dialog_set_content_height (ADW_DIALOG (self), SET_UP_HEIGHT);
      begin (self);
    }
  else
    show_enter (self);
  return ADW_DIALOG (self);
}

/**
 * zc_factor_dialog_new_for_codes:
 * @client: whose session renews them
 * @left: how many recovery codes were not used yet
 *
 * For an account that has a second factor: a code of the authenticator brings other recovery codes.
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
zc_factor_dialog_new_for_codes (ZcClient *client, guint left)
{
  ZcFactorDialog *self = g_object_new (ZC_TYPE_FACTOR_DIALOG, NULL);
  g_autofree char *text = g_strdup_printf (
      ngettext ("Your authenticator is set up; %u recovery code is left. To have other ones, enter the six digits "
                "that it shows: those before count no more from then on.",
                "Your authenticator is set up; %u recovery codes are left. To have other ones, enter the six digits "
                "that it shows: those before count no more from then on.",
                left),
      left);

  self->client = g_object_ref (client);
  self->renews = TRUE;
  gtk_label_set_label (self->renewing, text);
  gtk_button_set_label (self->confirm, _ ("Renew Recovery Codes"));
  gtk_label_set_label (self->recovery_intro,
                       _ ("These recovery codes take the place of those before, which count no more. Keep them where the "
                          "phone is not, on paper say: each lets you in once without it. They are shown only now."));
  adw_dialog_set_content_height (ADW_DIALOG (self), SET_UP_HEIGHT);
  show_enter (self);
  return ADW_DIALOG (self);
}
