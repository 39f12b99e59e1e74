/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-problem-list.h"
#include "zc-problem-text.h"

struct _ZcProblemList
{
  AdwBin parent_instance;

  GPtrArray *problems; /* ZcProblem: copies, in the order of the rows */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (ZcProblemList, zc_problem_list, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
row_activated_cb (ZcProblemList *self,
                  GtkListBoxRow *row)
{
  const ZcProblem *problem
      = g_ptr_array_index (self->problems, gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[CHOSEN], 0, problem->section, problem->entry, problem->field);
}

static const ZcField *
find_field (ZcDraft *draft,
            const ZcProblem *problem)
{
  const ZcSection *section = NULL;

  if (problem->section != NULL)
    section = zc_business_find_section (zc_draft_get_business (draft), problem->section, NULL);
  if (section == NULL || problem->field == NULL)
    return NULL;
  return zc_section_find_field (section, problem->field);
}

static void
add_row (ZcProblemList *self,
         ZcDraft *draft,
         const ZcProblem *problem,
         gboolean one_section)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = NULL;
  int number = zc_draft_find_entry (draft, problem->section, problem->entry, &title);
  g_autofree char *place
      = zc_problem_dup_place (problem, zc_draft_get_business (draft), !one_section, title, number);
  g_autofree char *text = zc_problem_dup_text (problem, find_field (draft, problem));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), place);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (self->list, row);
}

static void
zc_problem_list_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZC_TYPE_PROBLEM_LIST);
  G_OBJECT_CLASS (zc_problem_list_parent_class)->dispose (object);
}

static void
zc_problem_list_finalize (GObject *object)
{
  g_ptr_array_unref (ZC_PROBLEM_LIST (object)->problems);
  G_OBJECT_CLASS (zc_problem_list_parent_class)->finalize (object);
}

static void
zc_problem_list_class_init (ZcProblemListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_problem_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_problem_list_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                  G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-problem-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcProblemList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
zc_problem_list_init (ZcProblemList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) zc_problem_free);
}

GtkWidget *
zc_problem_list_new (void)
{
  return g_object_new (ZC_TYPE_PROBLEM_LIST, NULL);
}

static void
fill (ZcProblemList *self,
      ZcDraft *draft,
      GPtrArray *problems,
      gboolean one_section,
      gboolean advice)
{
  g_ptr_array_set_size (self->problems, 0);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < problems->len; i++)
    {
      const ZcProblem *problem = g_ptr_array_index (problems, i);

      if (!problem->advice != !advice)
        continue;
      g_ptr_array_add (self->problems, zc_problem_copy (problem));
      add_row (self, draft, problem, one_section);
    }
}

/**
 * zc_problem_list_set_problems:
 * @draft: whose places they name
 * @one_section: they are all of the section that is on the screen, so it need not be named
 * @problems: of #ZcProblem; copied. Advice is left out: it keeps nobody from submitting
 */
void
zc_problem_list_set_problems (ZcProblemList *self,
                              ZcDraft *draft,
                              GPtrArray *problems,
                              gboolean one_section)
{
  fill (self, draft, problems, one_section, FALSE);
}

/**
 * zc_problem_list_set_advice:
 * @draft: whose places they name
 * @problems: of #ZcProblem; copied. Of them, the advice alone (P8)
 */
void
zc_problem_list_set_advice (ZcProblemList *self,
                            ZcDraft *draft,
                            GPtrArray *problems)
{
  fill (self, draft, problems, FALSE, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What is recommended"), -1);
}

guint
zc_problem_list_get_n (ZcProblemList *self)
{
  return self->problems->len;
}
