/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-form-deck.h"

#define QUIET 400 /* ms without a key, a click or a turn of the wheel: then nobody waits for anything */

/* A form as it lies in the deck. */
typedef struct
{
  ZcFormPage *page;
  GtkWidget *focus; /* (nullable): what had the focus when it was seen last; weak */
  int width;        /* it was laid out for; 0: not yet */
  int height;
} Form;

/* A long form takes a tenth of a second to make and to lay out, more than passes unnoticed. So each is made before it is looked
 * at: a row in a frame, laid out in that frame as large as it will be seen, so that showing it is merely painting it. Whoever is
 * quicker gets what is in view at once, and what is below in the frames that follow. What is only read is not made ahead: all of its
 * entries are open, and a step would be long. */
struct _ZcFormDeck
{
  GtkWidget parent_instance;

  ZcDraft *draft; /* (nullable) */
  ZcImagePool *pool;
  GPtrArray *forms; /* Form */
  Form *shown;      /* (nullable) */
  Form *ahead;      /* (nullable): it is being made ready */

  guint quiet_id;
  guint tick_id;
  guint missing : 1;  /* rows of the form ahead */
  guint revealed : 1; /* problems are shown, also in forms that are made later */
};

G_DEFINE_FINAL_TYPE (ZcFormDeck, zc_form_deck, GTK_TYPE_WIDGET)

static void
free_form (gpointer data)
{
  Form *form = data;

  g_clear_weak_pointer (&form->focus);
  gtk_widget_unparent (GTK_WIDGET (form->page));
  g_free (form);
}

static Form *
find_form (ZcFormDeck *self,
           const char *section)
{
  for (guint i = 0; i < self->forms->len; i++)
    {
      Form *form = g_ptr_array_index (self->forms, i);

      if (g_str_equal (zc_form_page_get_section (form->page), section))
        return form;
    }
  return NULL;
}

static void
set_seen (Form *form,
          gboolean seen)
{
  gtk_widget_set_child_visible (GTK_WIDGET (form->page), seen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (form->page), GTK_ACCESSIBLE_STATE_HIDDEN, !seen, -1);
}

/* Out of sight, and without its rows. */
static Form *
add_form (ZcFormDeck *self,
          const char *section)
{
  ZcFieldPlace place = { .draft = self->draft,
                         .pool = self->pool,
                         .section = section,
                         .read_only = !zc_draft_get_editable (self->draft) };
  Form *form = g_new0 (Form, 1);

  form->page = ZC_FORM_PAGE (zc_form_page_new_empty (&place));
  if (self->revealed)
    zc_form_page_reveal_problems (form->page);
  set_seen (form, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (form->page), GTK_WIDGET (self));
  g_ptr_array_add (self->forms, form);
  return form;
}

/* --- ahead of being looked at ------------------------------------------------------------------------- */
static gboolean
is_laid_out (ZcFormDeck *self,
             Form *form)
{
  return form->width == gtk_widget_get_width (GTK_WIDGET (self))
         && form->height == gtk_widget_get_height (GTK_WIDGET (self));
}

static guint
find_shown (ZcFormDeck *self,
            GListModel *sections)
{
  ZcDraftSection *shown = zc_draft_find_section (self->draft, zc_form_page_get_section (self->shown->page));
  guint n = g_list_model_get_n_items (sections);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);

      if (section == shown)
        return i;
    }
  return 0;
}

static gboolean
is_ready (ZcFormDeck *self,
          Form *form)
{
  return form != self->ahead && zc_form_page_is_whole (form->page) && is_laid_out (self, form);
}

/* (nullable): the form at this place in the list of sections, unless it is ready or its section does not apply */
static Form *
get_unready (ZcFormDeck *self,
             guint position)
{
  g_autoptr (ZcDraftSection) section = g_list_model_get_item (zc_draft_get_sections (self->draft), position);
  Form *form;

  if (section == NULL || !zc_draft_section_get_visible (section))
    return NULL;
  form = find_form (self, zc_draft_section_get_id (section));
  if (form == NULL)
    return add_form (self, zc_draft_section_get_id (section));
  return is_ready (self, form) ? NULL : form;
}

/* The nearest sections come first: most people go on to the next one, or back. */
static Form *
choose_next (ZcFormDeck *self)
{
  GListModel *sections = zc_draft_get_sections (self->draft);
  guint n = g_list_model_get_n_items (sections);
  guint shown = find_shown (self, sections);
  Form *found = NULL;

  for (guint i = 1; i < n && found == NULL; i++)
    {
      found = get_unready (self, shown + i);
      if (found == NULL && shown >= i)
        found = get_unready (self, shown - i);
    }
  return found;
}

/* A row a frame, which the same frame lays out; so a form is ready in the frame after its last row. */
static gboolean
tick_cb (GtkWidget *widget,
         GdkFrameClock *clock,
         gpointer data)
{
  ZcFormDeck *self = ZC_FORM_DECK (widget);

  if (self->ahead == NULL)
    {
      self->ahead = choose_next (self);
      self->missing = TRUE;
      gtk_widget_queue_allocate (widget);
    }
  else if (self->missing)
    self->missing = zc_form_page_add_next (self->ahead->page);
  else
    self->ahead = NULL;
  if (self->ahead != NULL || !self->missing)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
quiet_cb (gpointer data)
{
  ZcFormDeck *self = data;

  self->quiet_id = 0;
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
stop (ZcFormDeck *self)
{
  g_clear_handle_id (&self->quiet_id, g_source_remove);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

/* Goes on once nobody has done anything for a while. */
static void
await_quiet (ZcFormDeck *self)
{
  stop (self);
  if (self->shown != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) && zc_draft_get_editable (self->draft))
    self->quiet_id = g_timeout_add (QUIET, quiet_cb, self);
}

static gboolean
event_cb (ZcFormDeck *self,
          GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
    case GDK_SCROLL:
      await_quiet (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* --- the one that is seen ----------------------------------------------------------------------------- */
/* The form that comes gets the focus that the one that goes had: where it was there last, else at its first field. */
static void
turn_to (ZcFormDeck *self,
         Form *form)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  if (self->shown != NULL)
    {
      g_set_weak_pointer (&self->shown->focus, focused ? focus : NULL);
      set_seen (self->shown, FALSE);
    }
  self->shown = form;
  set_seen (form, TRUE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (focused && form->focus != NULL)
    gtk_widget_grab_focus (form->focus);
  else if (focused)
    gtk_widget_child_focus (GTK_WIDGET (form->page), GTK_DIR_TAB_FORWARD);
}

static GtkSizeRequestMode
zc_form_deck_get_request_mode (GtkWidget *widget)
{
  ZcFormDeck *self = ZC_FORM_DECK (widget);

  return self->shown != NULL ? gtk_widget_get_request_mode (GTK_WIDGET (self->shown->page)) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
zc_form_deck_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  ZcFormDeck *self = ZC_FORM_DECK (widget);

  if (self->shown != NULL)
    gtk_widget_measure (GTK_WIDGET (self->shown->page), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
zc_form_deck_size_allocate (GtkWidget *widget,
                            int width,
                            int height,
                            int baseline)
{
  ZcFormDeck *self = ZC_FORM_DECK (widget);

  if (self->shown != NULL && (self->shown->width != width || self->shown->height != height))
    await_quiet (self); /* the others are laid out anew, too */
  for (guint i = 0; i < self->forms->len; i++)
    {
      Form *form = g_ptr_array_index (self->forms, i);

      if (form != self->shown && form != self->ahead)
        continue;
      gtk_widget_allocate (GTK_WIDGET (form->page), width, height, -1, NULL);
      form->width = width;
      form->height = height;
    }
}

static void
zc_form_deck_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zc_form_deck_parent_class)->map (widget);
  await_quiet (ZC_FORM_DECK (widget));
}

static void
zc_form_deck_unmap (GtkWidget *widget)
{
  stop (ZC_FORM_DECK (widget));
  GTK_WIDGET_CLASS (zc_form_deck_parent_class)->unmap (widget);
}

static void
zc_form_deck_dispose (GObject *object)
{
  zc_form_deck_open (ZC_FORM_DECK (object), NULL, NULL);
  G_OBJECT_CLASS (zc_form_deck_parent_class)->dispose (object);
}

static void
zc_form_deck_finalize (GObject *object)
{
  g_ptr_array_unref (ZC_FORM_DECK (object)->forms);
  G_OBJECT_CLASS (zc_form_deck_parent_class)->finalize (object);
}

static void
zc_form_deck_class_init (ZcFormDeckClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zc_form_deck_dispose;
  G_OBJECT_CLASS (klass)->finalize = zc_form_deck_finalize;
  widget_class->get_request_mode = zc_form_deck_get_request_mode;
  widget_class->measure = zc_form_deck_measure;
  widget_class->size_allocate = zc_form_deck_size_allocate;
  widget_class->map = zc_form_deck_map;
  widget_class->unmap = zc_form_deck_unmap;
}

static void
zc_form_deck_init (ZcFormDeck *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  self->forms = g_ptr_array_new_with_free_func (free_form);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/**
 * zc_form_deck_open:
 * @draft: (nullable): whose sections these are; %NULL: of none any more
 * @pool: (nullable): decodes their images
 *
 * None is shown yet.
 */
void
zc_form_deck_open (ZcFormDeck *self,
                   ZcDraft *draft,
                   ZcImagePool *pool)
{
  zc_form_deck_clear (self);
  g_set_object (&self->draft, draft);
  g_set_object (&self->pool, pool);
}

/**
 * zc_form_deck_clear:
 *
 * Drops all forms: they are made anew, when they are shown.
 */
void
zc_form_deck_clear (ZcFormDeck *self)
{
  stop (self);
  self->shown = NULL;
  self->ahead = NULL;
  g_ptr_array_set_size (self->forms, 0);
}

/**
 * zc_form_deck_show:
 * @section: id of a section of the draft
 *
 * The form as one left it, or as it was made ready; where it was not, it is made now, what is out of view a little later.
 *
 * Returns: (transfer none): the form
 */
ZcFormPage *
zc_form_deck_show (ZcFormDeck *self,
                   const char *section)
{
  Form *form = find_form (self, section);

  if (form == NULL)
    form = add_form (self, section);
  zc_form_page_grow (form->page);
  if (form == self->ahead)
    self->ahead = NULL;
  if (form != self->shown)
    turn_to (self, form);
  await_quiet (self);
  return form->page;
}

/**
 * zc_form_deck_get_shown:
 *
 * Returns: (transfer none) (nullable): the form that is seen
 */
ZcFormPage *
zc_form_deck_get_shown (ZcFormDeck *self)
{
  return self->shown != NULL ? self->shown->page : NULL;
}

/**
 * zc_form_deck_is_ready:
 * @section: id of a section
 *
 * Returns: whether showing it takes no more than painting it
 */
gboolean
zc_form_deck_is_ready (ZcFormDeck *self,
                       const char *section)
{
  Form *form = find_form (self, section);

  return form != NULL && is_ready (self, form);
}

/**
 * zc_form_deck_reveal_problems:
 *
 * Shows what is missing in all forms, those made later included.
 */
void
zc_form_deck_reveal_problems (ZcFormDeck *self)
{
  self->revealed = TRUE;
  for (guint i = 0; i < self->forms->len; i++)
    zc_form_page_reveal_problems (((Form *) g_ptr_array_index (self->forms, i))->page);
}
