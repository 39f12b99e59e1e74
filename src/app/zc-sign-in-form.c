/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-code-button.h"
#include "zc-entry-field.h"
#include "zc-factor-dialog.h"
#include "zc-focus.h"
#include "zc-refusal-text.h"
#include "zc-sign-in-form.h"
#include "zc-why-button.h"

struct _ZcSignInForm
{
  GtkBox parent_instance;

  ZcSession *session;

  AdwViewStack *stack;
  ZcEntryField *identifier;
  ZcEntryField *password;
  ZcEntryField *mobile;
  ZcEntryField *code;
  GtkWidget *forgotten;
  GtkBox *message_box;
  GtkLabel *message;
  ZcWhyButton *why;

  guint staff : 1;
  guint busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcSignInForm, zc_sign_in_form, GTK_TYPE_BOX)

enum
{
  PROP_SESSION = 1,
  PROP_STAFF,
  PROP_BUSY,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
by_code (ZcSignInForm *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "code") == 0;
}

static gboolean
is_filled (ZcEntryField *field)
{
  return *zc_entry_field_get_text (field) != '\0';
}

static void
update_actions (ZcSignInForm *self)
{
  gboolean filled = by_code (self) ? is_filled (self->mobile) && is_filled (self->code)
                                   : is_filled (self->identifier) && is_filled (self->password);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.submit", filled && !self->busy);
}

static void
show_message (ZcSignInForm *self, const char *text)
{
  gtk_label_set_label (self->message, text != NULL ? text : "");
  zc_why_button_explain (self->why, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->message_box), text != NULL);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
set_busy (ZcSignInForm *self, gboolean busy)
{
  self->busy = busy;
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
changed_cb (ZcSignInForm *self)
{
  show_message (self, NULL);
  update_actions (self);
}

static void
activated_cb (ZcSignInForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.submit", NULL);
}

static void
wrong_address_cb (ZcSignInForm *self, const char *text)
{
  zc_entry_field_set_message (self->mobile, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->mobile));
}

static void
mobile_changed_cb (ZcSignInForm *self)
{
  zc_entry_field_set_message (self->mobile, NULL);
  changed_cb (self);
}

static void
failed_cb (ZcSignInForm *self, const GError *error)
{
  zc_entry_field_refuse (self->code, error, NULL);
}

static void
sent_cb (ZcSignInForm *self, const char *text)
{
  zc_entry_field_set_message (self->code, NULL);
  zc_entry_field_tell (self->code, text);
  if (zc_focus_is_free (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

static void signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
factor_shown_cb (ZcSignInForm *self)
{
  set_busy (self, TRUE);
  zc_session_continue_sign_in_async (self->session, signed_in_cb, g_object_ref (self));
}

static void
factor_given_up_cb (ZcSignInForm *self)
{
  zc_session_drop_sign_in (self->session);
}

/* The password was right: the second half of the sign-in of staff (SEC-S16). */
static void
ask_factor (ZcSignInForm *self, const GError *error)
{
  gboolean set_up = g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NO_FACTOR);
  AdwDialog *dialog = zc_factor_dialog_new (zc_session_get_client (self->session), set_up);
  g_signal_connect_object (dialog, "shown", G_CALLBACK (factor_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "given-up", G_CALLBACK (factor_given_up_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcSignInForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = zc_session_sign_in_finish (ZC_SESSION (source), result, &error);
  set_busy (self, FALSE);
  if (done)
    {
      g_signal_emit (self, signals[SIGNAL_DONE], 0);
      return;
    }
  if (zc_session_asks_factor (error))
    {
      ask_factor (self, error);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    show_message (self, _ ("This is another account. Please sign in with the one whose work is "
                           "open, or sign out first."));
  else
    {
      g_autofree char *text = zc_refusal_dup_text (error);
      show_message (self, text);
      zc_why_button_explain (self->why, error);
    }
  gtk_widget_grab_focus (GTK_WIDGET (by_code (self) ? self->code : self->password));
}

static void
submit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcSignInForm *self = ZC_SIGN_IN_FORM (widget);
  show_message (self, NULL);
  set_busy (self, TRUE);
  if (by_code (self))
    zc_session_sign_in_with_code_async (self->session, zc_entry_field_get_text (self->mobile),
                                        zc_entry_field_get_text (self->code), self->staff,
                                        signed_in_cb, g_object_ref (self));
  else
    zc_session_sign_in_async (self->session, zc_entry_field_get_text (self->identifier),
                              zc_entry_field_get_text (self->password), self->staff, signed_in_cb,
                              g_object_ref (self));
}

/* What the server does not offer is not shown (S0.1); where demo codes arrive is said beside the
 * code. */
static void
info_cb (ZcSignInForm *self)
{
  ZcServerInfo *info = zc_session_get_info (self->session);
  const char *outbox = info != NULL ? zc_server_info_get_demo_outbox (info) : NULL;
  g_autofree char *hint
      = outbox != NULL ? g_strdup_printf (_ ("Demonstration: codes arrive in %s"), outbox) : NULL;
  gtk_widget_set_visible (self->forgotten, zc_session_offers (self->session, "recovery"));
  g_object_set (self->code, "hint", hint, NULL);
}

static gboolean
zc_sign_in_form_grab_focus (GtkWidget *widget)
{
  ZcSignInForm *self = ZC_SIGN_IN_FORM (widget);
  return gtk_widget_grab_focus (GTK_WIDGET (by_code (self) ? self->mobile : self->identifier));
}

static void
zc_sign_in_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcSignInForm *self = ZC_SIGN_IN_FORM (object);
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_STAFF:
      g_value_set_boolean (value, self->staff);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_session (ZcSignInForm *self, ZcSession *session)
{
  if (session == NULL || !g_set_object (&self->session, session))
    return;
  g_signal_connect_object (session, "notify::info", G_CALLBACK (info_cb), self, G_CONNECT_SWAPPED);
  info_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
zc_sign_in_form_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcSignInForm *self = ZC_SIGN_IN_FORM (object);
  switch (id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_STAFF:
      self->staff = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_sign_in_form_dispose (GObject *object)
{
  ZcSignInForm *self = ZC_SIGN_IN_FORM (object);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_SIGN_IN_FORM);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_sign_in_form_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-sign-in-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, why);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, identifier);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, password);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, mobile);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, code);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, forgotten);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, message_box);
  gtk_widget_class_bind_template_child (widget_class, ZcSignInForm, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, mobile_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, wrong_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sent_cb);
}

static void
zc_sign_in_form_class_init (ZcSignInFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_sign_in_form_dispose;
  object_class->get_property = zc_sign_in_form_get_property;
  object_class->set_property = zc_sign_in_form_set_property;
  widget_class->grab_focus = zc_sign_in_form_grab_focus;
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, ZC_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STAFF] = g_param_spec_boolean ("staff", NULL, NULL, FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY]
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ZC_TYPE_ENTRY_FIELD);
  g_type_ensure (ZC_TYPE_CODE_BUTTON);
  gtk_widget_class_install_action (widget_class, "sign-in.submit", NULL, submit_cb);
  bind_template (widget_class);
}

static void
zc_sign_in_form_init (ZcSignInForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_actions (self);
}
