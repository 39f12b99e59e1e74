/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-code-button.h"
#include "zc-entry-field.h"
#include "zc-focus.h"
#include "zc-id.h"
#include "zc-identity.h"
#include "zc-notice-dialog.h"
#include "zc-problem-text.h"
#include "zc-refusal-text.h"
#include "zc-registration-page.h"
#include "zc-why-button.h"

/* Fields in the order of the page; the names are the contract's members, which problems of the
 * server name. */
typedef enum
{
  FIELD_NAME,
  FIELD_ID_NUMBER,
  FIELD_BIRTH_DATE,
  FIELD_MOBILE,
  FIELD_SMS_CODE,
  FIELD_EMAIL,
  FIELD_EMAIL_CODE,
  FIELD_PASSWORD,
  FIELD_REPEAT,
  FIELD_ANSWER_1,
  FIELD_ANSWER_2,
  FIELD_ANSWER_3,
  N_FIELDS
} Field;

static const char *const field_names[N_FIELDS] = {
  "name",       "id_number", "birth_date", "mobile",    "sms_code", "email",
  "email_code", "password",  "repeat",     "questions", "",         "",
};

#define N_QUESTIONS 3

struct _ZcRegistrationPage
{
  AdwNavigationPage parent_instance;

  ZcSession *session;
  char *key;            /* of this decision; a new one after what was sent was changed */
  char *notice_version; /* (nullable): the one that was read to its end and closed */

  GtkStack *stack;
  ZcEntryField *fields[N_FIELDS];
  GtkDropDown *id_kind;
  GtkWidget *old_permit;
  GtkDropDown *sex;
  GtkDropDown *questions[N_QUESTIONS];
  GtkWidget *notice_button;
  GtkLabel *notice_state;
  GtkImage *notice_icon;
  GtkBox *message_box;
  GtkLabel *message;
  ZcWhyButton *why;

  guint busy : 1;
  guint notice_offered : 1;
};

G_DEFINE_FINAL_TYPE (ZcRegistrationPage, zc_registration_page, ADW_TYPE_NAVIGATION_PAGE)

static const char *
get_text (ZcRegistrationPage *self, Field field)
{
  return zc_entry_field_get_text (self->fields[field]);
}

static ZcIdentityKind
get_kind (ZcRegistrationPage *self)
{
  return (ZcIdentityKind)gtk_drop_down_get_selected (self->id_kind);
}

/* What is judged, as by the server: numbers and addresses in their normal forms, since an input method that writes full-width
 * digits makes them no other numbers (decisions 12). What was typed stays as it is. (transfer full) */
static char *
dup_judged (ZcRegistrationPage *self, Field field)
{
  const char *text = get_text (self, field);
  switch ((int)field)
    {
    case FIELD_ID_NUMBER:
      return zc_normal_id_number (text);
    case FIELD_MOBILE:
      return zc_normal_mobile (text);
    case FIELD_EMAIL:
      return zc_normal_email (text);
    case FIELD_PASSWORD:
    case FIELD_REPEAT:
      return g_strdup (text);
    default:
      return g_strstrip (g_strdup (text));
    }
}

/* The old permit of 3 letters and 12 digits is the one document that does not tell birth date and
 * sex (decisions 12). */
static gboolean
is_old_permit (ZcRegistrationPage *self)
{
  char birth_date[11] = "";
  ZcSex sex = ZC_SEX_UNKNOWN;
  g_autofree char *number = dup_judged (self, FIELD_ID_NUMBER);
  return get_kind (self) == ZC_IDENTITY_FOREIGN_PERMANENT
         && zc_identity_check (get_kind (self), number, zc_session_get_now (self->session), birth_date, &sex)
                == ZC_PROBLEM_NONE
         && *birth_date == '\0';
}

/* --- checking
 * -------------------------------------------------------------------------------------------------------
 */
static ZcProblemCode
check_code (const char *text)
{
  if (strlen (text) != 6 || strspn (text, "0123456789") != 6)
    return ZC_PROBLEM_CODE;
  return ZC_PROBLEM_NONE;
}

static ZcProblemCode
check_filled (ZcRegistrationPage *self, Field field, const char *text)
{
  char birth_date[11];
  ZcSex sex;
  switch (field)
    {
    case FIELD_NAME:
      return zc_name_check (text);
    case FIELD_ID_NUMBER:
      return zc_identity_check (get_kind (self), text, zc_session_get_now (self->session),
                                birth_date, &sex);
    case FIELD_BIRTH_DATE:
      return zc_date_is_valid (text) ? ZC_PROBLEM_NONE : ZC_PROBLEM_DATE;
    case FIELD_MOBILE:
      return zc_mobile_check (text);
    case FIELD_EMAIL:
      return zc_email_check (text);
    case FIELD_SMS_CODE:
    case FIELD_EMAIL_CODE:
      return check_code (text);
    case FIELD_PASSWORD:
      return zc_password_check (text, get_text (self, FIELD_NAME), get_text (self, FIELD_ID_NUMBER),
                                get_text (self, FIELD_MOBILE));
    case FIELD_REPEAT:
    case FIELD_ANSWER_1:
    case FIELD_ANSWER_2:
    case FIELD_ANSWER_3:
    case N_FIELDS:
    default:
      return ZC_PROBLEM_NONE;
    }
}

static ZcProblemCode
check_field (ZcRegistrationPage *self, Field field)
{
  g_autofree char *text = dup_judged (self, field);
  if (field == FIELD_BIRTH_DATE && !is_old_permit (self))
    return ZC_PROBLEM_NONE;
  if (*text == '\0')
    return ZC_PROBLEM_REQUIRED;
  return check_filled (self, field, text);
}

static void
show_problem (ZcRegistrationPage *self, Field field, ZcProblemCode code, gint64 limit)
{
  if (code == ZC_PROBLEM_NONE)
    {
      zc_entry_field_set_message (self->fields[field], NULL);
      return;
    }
  g_autoptr (ZcProblem) problem = zc_problem_new (code, NULL, NULL, NULL, NULL, limit);
  g_autofree char *text = zc_problem_dup_text (problem, NULL);
  zc_entry_field_set_message (self->fields[field], text);
}

static gint64
get_limit (ZcProblemCode code)
{
  if (code == ZC_PROBLEM_PASSWORD_SHORT)
    return ZC_PASSWORD_MIN_LENGTH;
  return code == ZC_PROBLEM_PASSWORD_LONG ? ZC_PASSWORD_MAX_BYTES : -1;
}

/* Returns whether it is right. */
static gboolean
judge (ZcRegistrationPage *self, Field field)
{
  ZcProblemCode code = check_field (self, field);
  if (field == FIELD_REPEAT && code == ZC_PROBLEM_NONE
      && strcmp (get_text (self, FIELD_PASSWORD), get_text (self, FIELD_REPEAT)) != 0)
    {
      zc_entry_field_set_message (self->fields[field],
                                  _ ("The two passwords differ; please type it again"));
      return FALSE;
    }
  show_problem (self, field, code, get_limit (code));
  return code == ZC_PROBLEM_NONE;
}

static gboolean
questions_differ (ZcRegistrationPage *self)
{
  guint first = gtk_drop_down_get_selected (self->questions[0]);
  guint second = gtk_drop_down_get_selected (self->questions[1]);
  guint third = gtk_drop_down_get_selected (self->questions[2]);
  return first != second && first != third && second != third;
}

static Field
find_field (ZcRegistrationPage *self, ZcEntryField *row)
{
  Field field = FIELD_NAME;
  while (field < N_FIELDS && self->fields[field] != row)
    field++;
  return field;
}

/* Judged as soon as it is left (S1.4); what was never typed is judged at the end. */
static void
left_cb (ZcEntryField *row, ZcRegistrationPage *self)
{
  if (*zc_entry_field_get_text (row) != '\0')
    judge (self, find_field (self, row));
}

static void
show_message (ZcRegistrationPage *self, const char *text)
{
  gtk_label_set_label (self->message, text != NULL ? text : "");
  zc_why_button_explain (self->why, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->message_box), text != NULL);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
changed_cb (ZcEntryField *row, ZcRegistrationPage *self)
{
  g_clear_pointer (&self->key, g_free);
  zc_entry_field_set_message (row, NULL);
  show_message (self, NULL);
}

static void
id_changed_cb (ZcRegistrationPage *self)
{
  gtk_widget_set_visible (self->old_permit, is_old_permit (self));
}

static void
kind_cb (ZcRegistrationPage *self)
{
  g_clear_pointer (&self->key, g_free);
  id_changed_cb (self);
  left_cb (self->fields[FIELD_ID_NUMBER], self);
}

/* --- codes
 * -------------------------------------------------------------------------------------------------------------
 */
static gboolean
is_sms_button (ZcRegistrationPage *self, ZcCodeButton *button)
{
  return gtk_widget_is_ancestor (GTK_WIDGET (button), GTK_WIDGET (self->fields[FIELD_SMS_CODE]));
}

static void
wrong_address_cb (ZcCodeButton *button, const char *text, ZcRegistrationPage *self)
{
  Field field = is_sms_button (self, button) ? FIELD_MOBILE : FIELD_EMAIL;
  zc_entry_field_set_message (self->fields[field], text);
  gtk_widget_grab_focus (GTK_WIDGET (self->fields[field]));
}

static void
code_failed_cb (ZcCodeButton *button, const GError *error, ZcRegistrationPage *self)
{
  zc_entry_field_refuse (
      self->fields[is_sms_button (self, button) ? FIELD_SMS_CODE : FIELD_EMAIL_CODE], error, NULL);
}

static void
code_sent_cb (ZcCodeButton *button, const char *text, ZcRegistrationPage *self)
{
  Field field = is_sms_button (self, button) ? FIELD_SMS_CODE : FIELD_EMAIL_CODE;
  zc_entry_field_set_message (self->fields[field], NULL);
  zc_entry_field_tell (self->fields[field], text);
  if (zc_focus_is_free (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->fields[field]));
}

/* --- the notice
 * ----------------------------------------------------------------------------------------------------------
 */
static void
update_create (ZcRegistrationPage *self)
{
  gboolean read = self->notice_version != NULL;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "registration.create", read && !self->busy);
  gtk_label_set_label (self->notice_state, read ? _ ("Read to the end")
                                                : _ ("Must be read before an account is created"));
  gtk_image_set_from_icon_name (self->notice_icon,
                                read ? "object-select-symbolic" : "dialog-information-symbolic");
}

static void
notice_read_cb (ZcRegistrationPage *self)
{
  g_set_str (&self->notice_version,
             zc_server_info_get_notice_version (zc_session_get_info (self->session)));
  update_create (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->fields[FIELD_NAME]));
}

static void
notice_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcRegistrationPage *self = ZC_REGISTRATION_PAGE (widget);
  ZcServerInfo *info = zc_session_get_info (self->session);
  if (info == NULL)
    return;
  AdwDialog *dialog = zc_notice_dialog_new (zc_server_info_get_notice_title (info),
                                            zc_server_info_get_notice_text (info));
  g_signal_connect_object (dialog, "read", G_CALLBACK (notice_read_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
info_cb (ZcRegistrationPage *self)
{
  ZcServerInfo *info = zc_session_get_info (self->session);
  const char *outbox = info != NULL ? zc_server_info_get_demo_outbox (info) : NULL;
  g_autofree char *hint
      = outbox != NULL ? g_strdup_printf (_ ("Demonstration: codes arrive in %s"), outbox) : NULL;
  g_object_set (self->fields[FIELD_SMS_CODE], "hint", hint, NULL);
  g_object_set (self->fields[FIELD_EMAIL_CODE], "hint", hint, NULL);
  if (info != NULL && self->notice_version != NULL
      && g_strcmp0 (self->notice_version, zc_server_info_get_notice_version (info)) != 0)
    g_clear_pointer (&self->notice_version, g_free);
  update_create (self);
}

/* --- creating
 * --------------------------------------------------------------------------------------------------------------
 */
static void
show_server_problems (ZcRegistrationPage *self, GPtrArray *problems)
{
  for (guint i = problems->len; i > 0; i--)
    {
      const ZcProblem *problem = g_ptr_array_index (problems, i - 1);
      for (Field field = FIELD_NAME; field < N_FIELDS; field++)
        if (*field_names[field] != '\0' && g_strcmp0 (field_names[field], problem->field) == 0)
          {
            show_problem (self, field, problem->code, problem->limit);
            gtk_widget_grab_focus (GTK_WIDGET (self->fields[field]));
          }
    }
}

/* The field that a refusal is about; N_FIELDS: the page as a whole. */
static Field
find_refused (const GError *error)
{
  if (error->domain != ZC_REFUSAL_ERROR)
    return N_FIELDS;
  switch (error->code)
    {
    case ZC_REFUSAL_ID_TAKEN:
      return FIELD_ID_NUMBER;
    case ZC_REFUSAL_MOBILE_TAKEN:
      return FIELD_MOBILE;
    case ZC_REFUSAL_EMAIL_TAKEN:
      return FIELD_EMAIL;
    default:
      return N_FIELDS;
    }
}

static void
show_refusal (ZcRegistrationPage *self, const GError *error)
{
  g_autofree char *text = zc_refusal_dup_text (error);
  GPtrArray *problems = error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_problems (error) : NULL;
  Field field = find_refused (error);
  show_message (self, text);
  zc_why_button_explain (self->why, error);
  if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_NOTICE))
    {
      g_clear_pointer (&self->notice_version, g_free);
      zc_session_ask_info (self->session);
    }
  if (problems != NULL)
    show_server_problems (self, problems);
  if (field == N_FIELDS)
    return;
  zc_entry_field_set_message (self->fields[field], text);
  gtk_widget_grab_focus (GTK_WIDGET (self->fields[field]));
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcRegistrationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = zc_client_register_finish (ZC_CLIENT (source), result, &error);
  self->busy = FALSE;
  update_create (self);
  if (!done)
    {
      show_refusal (self, error);
      update_create (self);
      return;
    }
  g_clear_pointer (&self->key, g_free);
  for (Field field = FIELD_NAME; field < N_FIELDS; field++)
    zc_entry_field_set_text (self->fields[field], "");
  gtk_stack_set_visible_child_name (self->stack, "done");
}

static const char *
get_question (ZcRegistrationPage *self, guint index)
{
  return gtk_string_object_get_string (gtk_drop_down_get_selected_item (self->questions[index]));
}

static void
send_registration (ZcRegistrationPage *self)
{
  gboolean old_permit = is_old_permit (self);
  ZcRegistration registration = {
    .notice_version = self->notice_version,
    .name = get_text (self, FIELD_NAME),
    .id_kind = zc_identity_kind_to_string (get_kind (self)),
    .id_number = get_text (self, FIELD_ID_NUMBER),
    .birth_date = old_permit ? get_text (self, FIELD_BIRTH_DATE) : NULL,
    .sex = !old_permit                                   ? NULL
           : gtk_drop_down_get_selected (self->sex) == 0 ? "male"
                                                         : "female",
    .mobile = get_text (self, FIELD_MOBILE),
    .email = get_text (self, FIELD_EMAIL),
    .password = get_text (self, FIELD_PASSWORD),
    .sms_code = get_text (self, FIELD_SMS_CODE),
    .email_code = get_text (self, FIELD_EMAIL_CODE),
  };
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      registration.questions[i] = get_question (self, i);
      registration.answers[i] = get_text (self, FIELD_ANSWER_1 + i);
    }
  if (self->key == NULL)
    self->key = zc_id_new ();
  zc_client_register_async (zc_session_get_client (self->session), &registration, self->key, NULL,
                            registered_cb, g_object_ref (self));
}

/* Judges everything; the focus goes to the first that is wrong. */
static gboolean
judge_all (ZcRegistrationPage *self)
{
  Field first = N_FIELDS;
  for (Field field = FIELD_NAME; field < N_FIELDS; field++)
    if (!judge (self, field) && first == N_FIELDS)
      first = field;
  if (first == N_FIELDS && !questions_differ (self))
    {
      first = FIELD_ANSWER_1;
      show_problem (self, first, ZC_PROBLEM_QUESTIONS, -1);
    }
  if (first == N_FIELDS)
    return TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self->fields[first]));
  show_message (self, _ ("Please correct the items that are marked."));
  return FALSE;
}

static void
create_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcRegistrationPage *self = ZC_REGISTRATION_PAGE (widget);
  show_message (self, NULL);
  if (!judge_all (self))
    return;
  self->busy = TRUE;
  update_create (self);
  send_registration (self);
}

static void
zc_registration_page_shown (AdwNavigationPage *page)
{
  ZcRegistrationPage *self = ZC_REGISTRATION_PAGE (page);
  if (self->notice_offered)
    return;
  self->notice_offered = TRUE;
  gtk_widget_activate_action (GTK_WIDGET (self), "registration.notice", NULL);
}

static void
zc_registration_page_dispose (GObject *object)
{
  ZcRegistrationPage *self = ZC_REGISTRATION_PAGE (object);
  /* the page holds on to its child, which the template would take from under it */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_REGISTRATION_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_registration_page_parent_class)->dispose (object);
}

static void
zc_registration_page_finalize (GObject *object)
{
  ZcRegistrationPage *self = ZC_REGISTRATION_PAGE (object);
  g_free (self->key);
  g_free (self->notice_version);
  G_OBJECT_CLASS (zc_registration_page_parent_class)->finalize (object);
}

static void
bind_fields (GtkWidgetClass *widget_class)
{
  static const char *const ids[N_FIELDS] = {
    "name",       "id_number", "birth_date", "mobile",   "sms_code", "email",
    "email_code", "password",  "repeat",     "answer_1", "answer_2", "answer_3",
  };
  static const char *const questions[N_QUESTIONS] = { "question_1", "question_2", "question_3" };
  for (guint i = 0; i < N_FIELDS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, ids[i], FALSE,
                                               G_STRUCT_OFFSET (ZcRegistrationPage, fields)
                                                   + (gssize)(i * sizeof (ZcEntryField *)));
  for (guint i = 0; i < N_QUESTIONS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, questions[i], FALSE,
                                               G_STRUCT_OFFSET (ZcRegistrationPage, questions)
                                                   + (gssize)(i * sizeof (GtkDropDown *)));
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zhicheng/zhicheng/zc-registration-page.ui");
  bind_fields (widget_class);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, why);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, id_kind);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, old_permit);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, sex);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, notice_button);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, notice_state);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, notice_icon);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, message_box);
  gtk_widget_class_bind_template_child (widget_class, ZcRegistrationPage, message);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, id_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
  gtk_widget_class_bind_template_callback (widget_class, wrong_address_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_sent_cb);
}

static void
zc_registration_page_class_init (ZcRegistrationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_registration_page_dispose;
  object_class->finalize = zc_registration_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = zc_registration_page_shown;
  g_type_ensure (ZC_TYPE_ENTRY_FIELD);
  g_type_ensure (ZC_TYPE_CODE_BUTTON);
  gtk_widget_class_install_action (widget_class, "registration.notice", NULL, notice_cb);
  gtk_widget_class_install_action (widget_class, "registration.create", NULL, create_cb);
  bind_template (widget_class);
}

static void
set_session_of_buttons (ZcRegistrationPage *self)
{
  const Field fields[] = { FIELD_SMS_CODE, FIELD_EMAIL_CODE };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GtkWidget) button = NULL;
      g_object_get (self->fields[fields[i]], "suffix", &button, NULL);
      g_object_set (button, "session", self->session, NULL);
    }
}

static void
zc_registration_page_init (ZcRegistrationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_QUESTIONS; i++)
    gtk_drop_down_set_selected (self->questions[i], i);
}

AdwNavigationPage *
zc_registration_page_new (ZcSession *session)
{
  ZcRegistrationPage *self = g_object_new (ZC_TYPE_REGISTRATION_PAGE, NULL);
  self->session = g_object_ref (session);
  set_session_of_buttons (self);
  g_signal_connect_object (session, "notify::info", G_CALLBACK (info_cb), self, G_CONNECT_SWAPPED);
  info_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
