/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-note-text.h"
#include "zc-returned-card.h"

struct _ZcReturnedCard
{
  GtkBox parent_instance;

  ZcDraft *draft;

  GtkLabel *title;
  GtkLabel *opinion;
  GtkBox *notes;
  GtkLabel *done;

  guint n_done; /* of the notes: shown as changed since */
};

G_DEFINE_FINAL_TYPE (ZcReturnedCard, zc_returned_card, GTK_TYPE_BOX)

enum
{
  CHOSEN,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static const char *
or_null (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

static void
note_clicked_cb (GtkButton *button,
                 ZcNote *note)
{
  GtkWidget *card = gtk_widget_get_ancestor (GTK_WIDGET (button), ZC_TYPE_RETURNED_CARD);

  g_signal_emit (card, signals[CHOSEN], 0, or_null (zc_note_get_section (note)),
                 or_null (zc_note_get_entry (note)), or_null (zc_note_get_field (note)));
}

/* “学历情况 › 毕业时间：与证书不一致” */
static void
add_note (ZcReturnedCard *self,
          ZcNote *note)
{
  g_autofree char *where = zc_note_dup_place (note, self->draft);
  g_autofree char *words = zc_note_dup_words (note);
  gboolean done = zc_draft_note_is_done (self->draft, note);
  g_autofree char *text = g_strdup_printf (done ? _ ("%s: %s (changed since)") : _ ("%s: %s"), where, words);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (line),
                  g_object_new (GTK_TYPE_IMAGE, "icon-name",
                                done ? "object-select-symbolic" : "go-next-symbolic",
                                "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (line), label);
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  if (done)
    gtk_widget_add_css_class (line, "dimmed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (note_clicked_cb), note, 0);
  gtk_box_append (self->notes, button);
}

static GtkWidget *
get_note_button (ZcReturnedCard *self,
                 guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->notes));

  while (child != NULL && position-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Only where the answer is another one now: the focus stays where it is. */
static void
update_notes (ZcReturnedCard *self)
{
  GListModel *notes = zc_dossier_get_notes (zc_draft_get_dossier (self->draft));
  guint n = notes != NULL ? g_list_model_get_n_items (notes) : 0;
  g_autofree char *done = NULL;
  GtkWidget *child;
  guint n_done = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);

      n_done += zc_draft_note_is_done (self->draft, note);
    }
  if (n_done == self->n_done && get_note_button (self, 0) != NULL)
    return;
  self->n_done = n_done;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notes))) != NULL)
    gtk_box_remove (self->notes, child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcNote) note = g_list_model_get_item (notes, i);

      add_note (self, note);
    }
  done = g_strdup_printf (_ ("Changed since: %u of %u"), n_done, n);
  gtk_label_set_label (self->done, done);
  gtk_widget_set_visible (GTK_WIDGET (self->done), n_done > 0);
}

/* “缺少材料：请补充学位证书” */
static char *
dup_opinion (ZcDossier *dossier)
{
  g_autofree char *code = NULL;
  const char *reason;

  g_object_get (dossier, "returned-code", &code, NULL);
  reason = zc_reason_text (code);
  if (*reason == '\0')
    return g_strdup (zc_dossier_get_returned_opinion (dossier));
  return g_strdup_printf (_ ("%s: %s"), reason, zc_dossier_get_returned_opinion (dossier));
}

static void
fill (ZcReturnedCard *self)
{
  ZcDossier *dossier = zc_draft_get_dossier (self->draft);
  g_autofree char *by = NULL;
  g_autofree char *title = NULL;
  g_autofree char *opinion = dup_opinion (dossier);

  g_object_get (dossier, "returned-by", &by, NULL);
  if (or_null (by) != NULL)
    title = g_strdup_printf (_ ("Returned by %s: please mend it and submit again"), by);
  else
    title = g_strdup (_ ("Returned: please mend it and submit again"));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->opinion, opinion);
  update_notes (self);
}

static void
zc_returned_card_dispose (GObject *object)
{
  ZcReturnedCard *self = ZC_RETURNED_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ZC_TYPE_RETURNED_CARD);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (zc_returned_card_parent_class)->dispose (object);
}

static void
zc_returned_card_class_init (ZcReturnedCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_returned_card_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                  G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zhicheng/zhicheng/zc-returned-card.ui");
  gtk_widget_class_bind_template_child (widget_class, ZcReturnedCard, title);
  gtk_widget_class_bind_template_child (widget_class, ZcReturnedCard, opinion);
  gtk_widget_class_bind_template_child (widget_class, ZcReturnedCard, notes);
  gtk_widget_class_bind_template_child (widget_class, ZcReturnedCard, done);
}

static void
zc_returned_card_init (ZcReturnedCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zc_returned_card_new:
 * @draft: of a dossier that was returned
 */
GtkWidget *
zc_returned_card_new (ZcDraft *draft)
{
  ZcReturnedCard *self = g_object_new (ZC_TYPE_RETURNED_CARD, NULL);

  self->draft = g_object_ref (draft);
  fill (self);
  g_signal_connect_object (draft, "value-changed", G_CALLBACK (update_notes), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "reloaded", G_CALLBACK (update_notes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::past", G_CALLBACK (update_notes), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
