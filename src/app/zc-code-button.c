/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-code-button.h"
#include "zc-identity.h"
#include "zc-problem-text.h"
#include "zc-refusal.h"

struct _ZcCodeButton
{
  GtkButton parent_instance;

  ZcSession *session;
  char *purpose;
  char *channel;
  char *address;
  GCancellable *cancellable;

  guint timer;
  int remaining; /* seconds until another may be asked for */
};

G_DEFINE_FINAL_TYPE (ZcCodeButton, zc_code_button, GTK_TYPE_BUTTON)

enum
{
  PROP_SESSION = 1,
  PROP_PURPOSE,
  PROP_CHANNEL,
  PROP_ADDRESS,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_WRONG_ADDRESS,
  SIGNAL_FAILED,
  SIGNAL_SENT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
show_label (ZcCodeButton *self)
{
  if (self->remaining == 0)
    {
      gtk_button_set_label (GTK_BUTTON (self), _ ("Get Code"));
      return;
    }
  g_autofree char *text = g_strdup_printf (_ ("Again in %d s"), self->remaining);
  gtk_button_set_label (GTK_BUTTON (self), text);
}

static gboolean
tick_cb (gpointer user_data)
{
  ZcCodeButton *self = user_data;
  self->remaining--;
  show_label (self);
  if (self->remaining > 0)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.ask", TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * zc_code_button_wait:
 * @seconds: how long no other code may be asked for
 */
void
zc_code_button_wait (ZcCodeButton *self, int seconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->remaining = MAX (seconds, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.ask", self->remaining == 0);
  if (self->remaining > 0)
    self->timer = g_timeout_add_seconds (1, tick_cb, self);
  show_label (self);
}

static gboolean
is_sms (ZcCodeButton *self)
{
  return g_strcmp0 (self->channel, "sms") == 0;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcCodeButton) self = user_data;
  g_autoptr (GError) error = NULL;
  int expires_in = 0;
  int resend_after = 0;
  if (zc_client_ask_code_finish (ZC_CLIENT (source), result, &expires_in, &resend_after, &error))
    {
      g_autofree char *text = g_strdup_printf (
          is_sms (self) ? _ ("If the number is right, a code by SMS is on its way; it is valid for "
                             "%d minutes.")
                        : _ ("A code by e-mail is on its way; it is valid for %d minutes."),
          expires_in / 60);
      zc_code_button_wait (self, resend_after);
      g_signal_emit (self, signals[SIGNAL_SENT], 0, text);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  zc_code_button_wait (self, error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_retry (error) : 0);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
ask_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcCodeButton *self = ZC_CODE_BUTTON (widget);
  ZcProblemCode code
      = is_sms (self) ? zc_mobile_check (self->address) : zc_email_check (self->address);
  if (code != ZC_PROBLEM_NONE)
    {
      g_autoptr (ZcProblem) problem = zc_problem_new (code, NULL, NULL, NULL, NULL, -1);
      g_autofree char *text = zc_problem_dup_text (problem, NULL);
      g_signal_emit (self, signals[SIGNAL_WRONG_ADDRESS], 0, text);
      return;
    }
  gtk_widget_action_set_enabled (widget, "code.ask", FALSE);
  zc_client_ask_code_async (zc_session_get_client (self->session), self->purpose, self->channel,
                            self->address, self->cancellable, asked_cb, g_object_ref (self));
}

static void
zc_code_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcCodeButton *self = ZC_CODE_BUTTON (object);
  switch (id)
    {
    case PROP_SESSION:
      g_set_object (&self->session, g_value_get_object (value));
      break;
    case PROP_PURPOSE:
      g_set_str (&self->purpose, g_value_get_string (value));
      break;
    case PROP_CHANNEL:
      g_set_str (&self->channel, g_value_get_string (value));
      break;
    case PROP_ADDRESS:
      g_set_str (&self->address, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_code_button_dispose (GObject *object)
{
  ZcCodeButton *self = ZC_CODE_BUTTON (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_CODE_BUTTON);
  G_OBJECT_CLASS (zc_code_button_parent_class)->dispose (object);
}

static void
zc_code_button_finalize (GObject *object)
{
  ZcCodeButton *self = ZC_CODE_BUTTON (object);
  g_clear_object (&self->cancellable);
  g_free (self->purpose);
  g_free (self->channel);
  g_free (self->address);
  G_OBJECT_CLASS (zc_code_button_parent_class)->finalize (object);
}

static void
zc_code_button_class_init (ZcCodeButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  object_class->dispose = zc_code_button_dispose;
  object_class->finalize = zc_code_button_finalize;
  object_class->set_property = zc_code_button_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION, flags);
  properties[PROP_PURPOSE] = g_param_spec_string ("purpose", NULL, NULL, NULL, flags);
  properties[PROP_CHANNEL] = g_param_spec_string ("channel", NULL, NULL, NULL, flags);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_WRONG_ADDRESS]
      = g_signal_new ("wrong-address", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_SENT] = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-code-button.ui");
  gtk_widget_class_install_action (widget_class, "code.ask", NULL, ask_cb);
}

static void
zc_code_button_init (ZcCodeButton *self)
{
  self->cancellable = g_cancellable_new ();
  self->address = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}
