/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-choice-page.h"
#include "zc-id.h"
#include "zc-kept-page.h"
#include "zc-left-dialog.h"
#include "zc-refusal-text.h"
#include "zc-target-dialog.h"
#include "zc-why-button.h"

typedef enum
{
  PART_UNIT,
  PART_SERIES,
  PART_LEVEL,
  PART_COMMITTEE,
  PART_OFFICE,
  PART_BODY,
  N_PARTS
} Part;

/* What a business may ask; the ids are of the file format. */
static const struct
{
  const char *id;
  const char *list;
  const char *label;
  const char *prompt;
} parts[N_PARTS] = {
  [PART_UNIT] = { "unit", "units", N_ ("My unit"),
                  N_ ("Please choose the unit that reviews your application") },
  [PART_SERIES] = { "series", "series", N_ ("Series"), N_ ("Please choose") },
  [PART_LEVEL] = { "level", "levels", N_ ("Level"), N_ ("Please choose") },
  [PART_COMMITTEE] = { "committee", "committees", N_ ("Evaluation committee"),
                       N_ ("Please choose") },
  [PART_OFFICE] = { "office", "offices", N_ ("Title reform office to file with"),
                    N_ ("Please choose") },
  [PART_BODY] = { "body", "granting-bodies", N_ ("Granting body"), N_ ("Please choose") },
};

struct _ZcTargetDialog
{
  AdwDialog parent_instance;

  ZcSession *session;
  ZcBusiness *definition; /* (nullable) until loaded */
  ZcDossier *dossier;     /* (nullable): whose target is changed */
  ZcDossier *source;      /* (nullable): what the new one is copied from */
  ZcCatalogItem *series;  /* (nullable) */
  char *business;
  char *key;      /* of this decision; a new one after another choice */
  char *existing; /* (nullable): the dossier that holds the place (S3.1.1b) */
  char *ids[N_PARTS];
  AdwActionRow *rows[N_PARTS];

  AdwNavigationView *pages;
  AdwNavigationPage *page;
  GtkLabel *explanation;
  GtkListBox *list;
  GtkStack *stack;
  GtkBox *message_box;
  GtkLabel *message;
  ZcWhyButton *why;
  GtkWidget *go_there;

  guint busy : 1;
};

G_DEFINE_FINAL_TYPE (ZcTargetDialog, zc_target_dialog, ADW_TYPE_DIALOG)

/* --- what is chosen
 * ----------------------------------------------------------------------------------------------------
 */
static gboolean
is_ready (ZcTargetDialog *self, Part part)
{
  switch (part)
    {
    case PART_LEVEL:
      return self->rows[PART_SERIES] == NULL || self->ids[PART_SERIES] != NULL;
    case PART_COMMITTEE:
      return self->ids[PART_SERIES] != NULL && self->ids[PART_LEVEL] != NULL;
    case PART_UNIT:
    case PART_SERIES:
    case PART_OFFICE:
    case PART_BODY:
    case N_PARTS:
    default:
      return TRUE;
    }
}

static void
update (ZcTargetDialog *self)
{
  gboolean whole = self->definition != NULL;
  for (Part part = PART_UNIT; part < N_PARTS; part++)
    {
      if (self->rows[part] == NULL)
        continue;
      gtk_widget_set_sensitive (GTK_WIDGET (self->rows[part]), is_ready (self, part));
      whole = whole && self->ids[part] != NULL;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "target.confirm", whole && !self->busy);
}

static void
choose (ZcTargetDialog *self, Part part, const char *id, const char *name)
{
  g_clear_pointer (&self->key, g_free);
  g_set_str (&self->ids[part], id);
  if (self->rows[part] == NULL)
    return;
  adw_action_row_set_subtitle (self->rows[part], id != NULL ? name : _ (parts[part].prompt));
  if (id != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->rows[part]), "property");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->rows[part]), "property");
}

static void
show_message (ZcTargetDialog *self, const char *text)
{
  gtk_label_set_label (self->message, text != NULL ? text : "");
  zc_why_button_explain (self->why, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->message_box), text != NULL);
  gtk_widget_set_visible (self->go_there, text != NULL && self->existing != NULL);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* What depends on a choice is asked anew. */
static void
chosen_cb (ZcTargetDialog *self, ZcCatalogItem *item, ZcChoicePage *page)
{
  Part part = (Part)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (page), "zc-part"));
  const char *id = zc_catalog_item_get_id (item);
  gboolean other = g_strcmp0 (self->ids[part], id) != 0;
  choose (self, part, id, zc_catalog_item_get_name (item));
  if (part == PART_SERIES)
    g_set_object (&self->series, item);
  if (part == PART_SERIES && other)
    choose (self, PART_LEVEL, NULL, NULL);
  if ((part == PART_SERIES || part == PART_LEVEL) && other)
    choose (self, PART_COMMITTEE, NULL, NULL);
  g_clear_pointer (&self->existing, g_free);
  show_message (self, NULL);
  update (self);
  adw_navigation_view_pop (self->pages);
}

/* Its unit is the one that is changed, by whoever leads it (U2); everywhere else it reviews. */
static gboolean
changes_unit (ZcTargetDialog *self)
{
  return self->definition != NULL && zc_business_get_amendment (self->definition) != NULL;
}

static const char *
get_label (ZcTargetDialog *self, Part part)
{
  return part == PART_UNIT && changes_unit (self) ? _ ("Unit to be changed") : _ (parts[part].label);
}

static void
row_cb (ZcTargetDialog *self, GtkListBoxRow *row)
{
  Part part = PART_UNIT;
  while (part < N_PARTS && (gpointer)self->rows[part] != (gpointer)row)
    part++;
  g_return_if_fail (part < N_PARTS);
  const ZcChoice choice = {
    .title = get_label (self, part),
    .list = part == PART_UNIT && changes_unit (self) ? "led-units" : parts[part].list,
    .series = self->series,
    .series_id = self->ids[PART_SERIES],
    .level = self->ids[PART_LEVEL],
    .business = self->business,
    .own = self->dossier != NULL ? zc_dossier_get_id (self->dossier) : NULL,
    .evaluated = self->rows[PART_COMMITTEE] != NULL,
    .grants = zc_business_grants (self->definition),
  };
  AdwNavigationPage *page = zc_choice_page_new (self->session, &choice, NULL);
  g_object_set_data (G_OBJECT (page), "zc-part", GINT_TO_POINTER (part));
  g_signal_connect_object (page, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->pages, page);
}

static void
add_row (ZcTargetDialog *self, Part part)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_label (self, part));
  adw_action_row_set_subtitle (row, _ (parts[part].prompt));
  adw_action_row_add_suffix (row, arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  self->rows[part] = row;
  gtk_list_box_append (self->list, GTK_WIDGET (row));
}

/* What is known already of what is asked for: the present target, that of what is copied, or the unit of the last dossier. */
static void
fill_in (ZcTargetDialog *self)
{
  ZcDossierList *dossiers = zc_session_get_dossiers (self->session);
  g_autoptr (ZcDossier) last = NULL;
  ZcDossier *model = self->dossier != NULL ? self->dossier : self->source;
  if (model == NULL && dossiers != NULL)
    last = g_list_model_get_item (G_LIST_MODEL (dossiers), 0);
  ZcDossier *known = model != NULL ? model : last;
  Part end = model != NULL ? N_PARTS : PART_SERIES;
  for (Part part = PART_UNIT; known != NULL && part < end; part++)
    if (self->rows[part] != NULL && zc_dossier_get_target_id (known, parts[part].id) != NULL)
      choose (self, part, zc_dossier_get_target_id (known, parts[part].id),
              zc_dossier_get_target_name (known, parts[part].id));
}

static void
series_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcTargetDialog) self = user_data;
  g_autoptr (GListModel) items = zc_client_get_catalog_finish (ZC_CLIENT (source), result, NULL);
  for (guint i = 0; items != NULL && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (ZcCatalogItem) item = g_list_model_get_item (items, i);
      if (g_strcmp0 (zc_catalog_item_get_id (item), self->ids[PART_SERIES]) == 0)
        g_set_object (&self->series, item);
    }
}

/* What registers a unit is no application of one's own. */
static void
explain_registration (ZcTargetDialog *self)
{
  if (self->dossier == NULL)
    adw_navigation_page_set_title (self->page, zc_business_get_title (self->definition));
  gtk_label_set_label (self->explanation,
                       _ ("Choose the office of the place where the unit is; it examines the registration, "
                          "and the unit will report to it. It can be changed until you submit."));
}

/* What changes a unit is about that unit, which reviews nothing of it (U2). */
static void
explain_amendment (ZcTargetDialog *self)
{
  if (self->dossier == NULL)
    adw_navigation_page_set_title (self->page, zc_business_get_title (self->definition));
  gtk_label_set_label (self->explanation,
                       _ ("Choose the unit that you are a leader of. The office that it reports to decides; "
                          "nothing changes before that."));
}

/* The unit of the last dossier is where one works, this one is the one that one leads. */
static void
choose_led_unit (ZcTargetDialog *self)
{
  ZcAccount *account = zc_session_get_account (self->session);
  ZcMembership *led = account != NULL ? zc_account_find_led_unit (account) : NULL;
  if (led == NULL || self->rows[PART_UNIT] == NULL || self->dossier != NULL || self->source != NULL)
    return;
  choose (self, PART_UNIT, zc_membership_get_body (led), zc_membership_get_body_name (led));
}

static void
business_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcTargetDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  self->definition = zc_session_load_business_finish (ZC_SESSION (source), result, &error);
  if (self->definition == NULL)
    {
      g_autofree char *text = zc_refusal_dup_text (error);
      show_message (self, text);
      zc_why_button_explain (self->why, error);
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }
  if (zc_business_get_admission (self->definition) != NULL)
    explain_registration (self);
  if (changes_unit (self))
    explain_amendment (self);
  const char *const *wanted = zc_business_get_target (self->definition);
  for (Part part = PART_UNIT; part < N_PARTS; part++)
    if (g_strv_contains (wanted, parts[part].id))
      add_row (self, part);
  fill_in (self);
  if (changes_unit (self))
    choose_led_unit (self);
  if (self->ids[PART_SERIES] != NULL)
    zc_client_get_catalog_async (zc_session_get_client (self->session), "series", NULL, NULL, NULL,
                                 NULL, NULL, series_cb, g_object_ref (self));
  gtk_stack_set_visible_child_name (self->stack, "list");
  update (self);
}

/* --- deciding
 * ----------------------------------------------------------------------------------------------------------
 */
/* Nothing is left to decide: the way back from this page is out of the dialog. */
static void
show_kept (ZcTargetDialog *self, ZcDossier *dossier)
{
  AdwNavigationPage *page = zc_kept_page_new (self->definition, zc_dossier_get_kept (dossier));
  adw_navigation_view_replace (self->pages, &page, 1);
}

/* The new one is opened; what found no place in it is shown above, and stays in the old one. */
static void
show_begun (ZcTargetDialog *self, ZcDossier *dossier)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  GListModel *left = zc_dossier_get_left (dossier);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit", "s", zc_dossier_get_id (dossier));
  if (g_list_model_get_n_items (left) > 0 && root != NULL)
    adw_dialog_present (
        zc_left_dialog_new (_ ("Copied. What follows found no place in the present form; "
                               "it stays in the application it was copied from."),
                            left),
        root);
}

static void
complete (ZcTargetDialog *self, ZcDossier *dossier, GError *error)
{
  self->busy = FALSE;
  update (self);
  if (dossier == NULL)
    {
      g_autofree char *text = zc_refusal_dup_text (error);
      g_set_str (&self->existing,
                 error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_existing (error) : NULL);
      show_message (self, text);
      zc_why_button_explain (self->why, error);
      return;
    }
  if (self->dossier == NULL)
    show_begun (self, dossier);
  else if (g_list_model_get_n_items (zc_dossier_get_kept (dossier)) > 0)
    {
      show_kept (self, dossier);
      return;
    }
  else
    zc_session_toast (
        self->session,
        _ ("Changed. What you filled in is kept; please look at what is required now."));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcTargetDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier
      = zc_session_create_dossier_finish (ZC_SESSION (source), result, &error);
  complete (self, dossier, error);
}

static void
retargeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZcTargetDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZcDossier) dossier = zc_session_retarget_finish (ZC_SESSION (source), result, &error);
  complete (self, dossier, error);
}

static void
confirm_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcTargetDialog *self = ZC_TARGET_DIALOG (widget);
  const ZcTarget target = {
    .unit = self->ids[PART_UNIT],
    .series = self->ids[PART_SERIES],
    .level = self->ids[PART_LEVEL],
    .committee = self->ids[PART_COMMITTEE],
    .office = self->ids[PART_OFFICE],
    .body = self->ids[PART_BODY],
  };
  if (self->key == NULL)
    self->key = zc_id_new ();
  self->busy = TRUE;
  update (self);
  show_message (self, NULL);
  if (self->dossier != NULL)
    zc_session_retarget_async (self->session, self->dossier, &target, self->key, retargeted_cb,
                               g_object_ref (self));
  else if (self->source != NULL)
    zc_session_copy_dossier_async (self->session, self->source, &target, self->key, created_cb,
                                   g_object_ref (self));
  else
    zc_session_create_dossier_async (self->session, self->business, &target, self->key, created_cb,
                                     g_object_ref (self));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
go_there_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZcTargetDialog *self = ZC_TARGET_DIALOG (widget);
  gtk_widget_activate_action (widget, "win.open", "s", self->existing);
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
zc_target_dialog_dispose (GObject *object)
{
  ZcTargetDialog *self = ZC_TARGET_DIALOG (object);
  adw_dialog_set_child (ADW_DIALOG (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_TARGET_DIALOG);
  g_clear_pointer (&self->definition, zc_business_unref);
  g_clear_object (&self->series);
  g_clear_object (&self->dossier);
  g_clear_object (&self->source);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zc_target_dialog_parent_class)->dispose (object);
}

static void
zc_target_dialog_finalize (GObject *object)
{
  ZcTargetDialog *self = ZC_TARGET_DIALOG (object);
  for (Part part = PART_UNIT; part < N_PARTS; part++)
    g_free (self->ids[part]);
  g_free (self->business);
  g_free (self->key);
  g_free (self->existing);
  G_OBJECT_CLASS (zc_target_dialog_parent_class)->finalize (object);
}

static void
zc_target_dialog_class_init (ZcTargetDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = zc_target_dialog_dispose;
  object_class->finalize = zc_target_dialog_finalize;
  g_type_ensure (ZC_TYPE_WHY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-target-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, why);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, page);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, list);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, message_box);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, message);
  gtk_widget_class_bind_template_child (widget_class, ZcTargetDialog, go_there);
  gtk_widget_class_bind_template_callback (widget_class, row_cb);
  gtk_widget_class_install_action (widget_class, "target.confirm", NULL, confirm_cb);
  gtk_widget_class_install_action (widget_class, "target.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "target.go-there", NULL, go_there_cb);
}

static void
zc_target_dialog_init (ZcTargetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * zc_target_dialog_new_copy:
 * @session: of the person whose dossier it is
 * @source: what is copied
 *
 * Returns: (transfer floating): present it
 */
AdwDialog *
zc_target_dialog_new_copy (ZcSession *session, ZcDossier *source)
{
  AdwDialog *dialog = zc_target_dialog_new (session, zc_dossier_get_business (source), NULL);
  ZcTargetDialog *self = ZC_TARGET_DIALOG (dialog);
  self->source = g_object_ref (source);
  adw_navigation_page_set_title (self->page, _ ("Copy to a New Application"));
  return dialog;
}

AdwDialog *
zc_target_dialog_new (ZcSession *session, const char *business, ZcDossier *dossier)
{
  ZcTargetDialog *self = g_object_new (ZC_TYPE_TARGET_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->business = g_strdup (business);
  g_set_object (&self->dossier, dossier);
  adw_navigation_page_set_title (self->page,
                                 dossier != NULL ? _ ("Change Committee") : _ ("Apply"));
  zc_session_load_business_async (session, business,
                                  dossier != NULL ? zc_dossier_get_revision (dossier) : 0,
                                  business_cb, g_object_ref (self));
  return ADW_DIALOG (self);
}
