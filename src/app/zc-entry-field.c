/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-entry-field.h"
#include "zc-refusal-text.h"
#include "zc-why-button.h"

/* The entry itself is made when it is known whether it holds a password: those are two classes in
 * GTK. */
struct _ZcEntryField
{
  GtkBox parent_instance;

  GtkWidget *entry;
  GtkWidget *suffix;

  GtkLabel *label;
  GtkLabel *mark;
  GtkLabel *hint;
  GtkBox *line;
  GtkBox *message_box;
  GtkLabel *message;
  ZcWhyButton *why;

  guint password : 1;
  int max_length;
};

G_DEFINE_FINAL_TYPE (ZcEntryField, zc_entry_field, GTK_TYPE_BOX)

enum
{
  PROP_LABEL = 1,
  PROP_TEXT,
  PROP_MESSAGE,
  PROP_HINT,
  PROP_PASSWORD,
  PROP_REQUIRED,
  PROP_SUFFIX,
  PROP_MAX_LENGTH,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_LEFT,
  SIGNAL_ACTIVATED,
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
leave_cb (ZcEntryField *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
activate_cb (ZcEntryField *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
changed_cb (ZcEntryField *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_entry (ZcEntryField *self)
{
  if (!self->password)
    {
      GtkWidget *entry = gtk_entry_new ();
      gtk_entry_set_max_length (GTK_ENTRY (entry), self->max_length);
      return entry;
    }
  GtkWidget *entry = gtk_password_entry_new ();
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  return entry;
}

static void
describe (ZcEntryField *self)
{
  g_autofree char *description = g_strstrip (
      g_strjoin (" ", gtk_label_get_label (self->message), gtk_label_get_label (self->hint), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
zc_entry_field_constructed (GObject *object)
{
  ZcEntryField *self = ZC_ENTRY_FIELD (object);
  G_OBJECT_CLASS (zc_entry_field_parent_class)->constructed (object);
  self->entry = make_entry (self);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_box_prepend (self->line, self->entry);
  gtk_label_set_mnemonic_widget (self->label, self->entry);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  describe (self);
}

static gboolean
zc_entry_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ZC_ENTRY_FIELD (widget)->entry);
}

static void
set_suffix (ZcEntryField *self, GtkWidget *suffix)
{
  if (suffix == NULL)
    return;
  self->suffix = suffix;
  gtk_box_append (self->line, suffix);
}

static void
set_hint (ZcEntryField *self, const char *hint)
{
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL && *hint != '\0');
  if (self->entry != NULL)
    describe (self);
}

static void
zc_entry_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZcEntryField *self = ZC_ENTRY_FIELD (object);
  switch (id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->label));
      break;
    case PROP_TEXT:
      g_value_set_string (value, zc_entry_field_get_text (self));
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, zc_entry_field_get_message (self));
      break;
    case PROP_HINT:
      g_value_set_string (value, gtk_label_get_label (self->hint));
      break;
    case PROP_SUFFIX:
      g_value_set_object (value, self->suffix);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_entry_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZcEntryField *self = ZC_ENTRY_FIELD (object);
  switch (id)
    {
    case PROP_LABEL:
      gtk_label_set_label (self->label, g_value_get_string (value));
      break;
    case PROP_TEXT:
      zc_entry_field_set_text (self, g_value_get_string (value));
      break;
    case PROP_MESSAGE:
      zc_entry_field_set_message (self, g_value_get_string (value));
      break;
    case PROP_HINT:
      set_hint (self, g_value_get_string (value));
      break;
    case PROP_PASSWORD:
      self->password = g_value_get_boolean (value);
      break;
    case PROP_REQUIRED:
      gtk_widget_set_visible (GTK_WIDGET (self->mark), g_value_get_boolean (value));
      break;
    case PROP_SUFFIX:
      set_suffix (self, g_value_get_object (value));
      break;
    case PROP_MAX_LENGTH:
      self->max_length = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zc_entry_field_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_ENTRY_FIELD);
  G_OBJECT_CLASS (zc_entry_field_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  const GParamFlags construct = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", flags | G_PARAM_CONSTRUCT);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_PASSWORD] = g_param_spec_boolean ("password", NULL, NULL, FALSE, construct);
  properties[PROP_REQUIRED] = g_param_spec_boolean ("required", NULL, NULL, FALSE, construct);
  properties[PROP_SUFFIX] = g_param_spec_object ("suffix", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_MAX_LENGTH] = g_param_spec_int ("max-length", NULL, NULL, 0, 1000, 0, construct);
  g_object_class_install_properties (klass, N_PROPS, properties);
}

static void
zc_entry_field_class_init (ZcEntryFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->constructed = zc_entry_field_constructed;
  object_class->dispose = zc_entry_field_dispose;
  object_class->get_property = zc_entry_field_get_property;
  object_class->set_property = zc_entry_field_set_property;
  widget_class->grab_focus = zc_entry_field_grab_focus;
  install_properties (object_class);
  signals[SIGNAL_LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-entry-field.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcEntryField, why);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryField, label);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryField, mark);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryField, hint);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryField, line);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryField, message_box);
  gtk_widget_class_bind_template_child (widget_class, ZcEntryField, message);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
zc_entry_field_init (ZcEntryField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
zc_entry_field_get_text (ZcEntryField *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
zc_entry_field_set_text (ZcEntryField *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

const char *
zc_entry_field_get_message (ZcEntryField *self)
{
  return gtk_label_get_label (self->message);
}

/**
 * zc_entry_field_set_message:
 * @message: (nullable): what is wrong and what to do; NULL or "": nothing is
 */
void
zc_entry_field_set_message (ZcEntryField *self, const char *message)
{
  gboolean wrong = message != NULL && *message != '\0';
  gtk_label_set_label (self->message, wrong ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_box), wrong);
  zc_why_button_explain (self->why, NULL);
  if (self->entry == NULL)
    return;
  if (wrong)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  describe (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

/**
 * zc_entry_field_refuse:
 * @error: what the server refused
 * @message: (nullable): what it means here; %NULL: as it is told everywhere
 *
 * Says it as a message, and leads to the rule behind it (N12), until another message takes its place.
 */
void
zc_entry_field_refuse (ZcEntryField *self, const GError *error, const char *message)
{
  g_autofree char *text = message != NULL ? g_strdup (message) : zc_refusal_dup_text (error);

  zc_entry_field_set_message (self, text);
  zc_why_button_explain (self->why, error);
}

/**
 * zc_entry_field_tell:
 * @text: what happened about this field: a code was sent, say
 *
 * Says it in the hint's place, and to who hears the screen. It lies over nothing, and goes with the field's page.
 */
void
zc_entry_field_tell (ZcEntryField *self, const char *text)
{
  set_hint (self, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

GtkWidget *
zc_entry_field_get_entry (ZcEntryField *self)
{
  return self->entry;
}
