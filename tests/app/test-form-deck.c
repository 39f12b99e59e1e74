/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dlfcn.h>

#include "form-fixture.h"
#include "zc-editor-page.h"
#include "zc-entry-list.h"
#include "zc-field-list.h"
#include "zc-form-deck.h"

/* Forms are made ready before they are looked at, while nobody does anything; who is quicker gets them all the same. */
#define ODD "data/businesses/odd.json"
#define N_KEYS 12
#define KEYS_APART 250 /* ms at most, for the deck to take them for typing */
#define SUBMITTED "\"state\":\"submitted\",\"actions\":[\"withdraw\"],\"returned\":null,"

static ZcFormDeck *
get_deck (FormFixture *fixture)
{
  return ZC_FORM_DECK (form_fixture_find (fixture->window, ZC_TYPE_FORM_DECK));
}

static ZcFormDeck *
deck_of (ZcEditorPage *page)
{
  return ZC_FORM_DECK (form_fixture_find (GTK_WIDGET (page), ZC_TYPE_FORM_DECK));
}

/* Not shown yet: no frame passes in which anything is made ahead. */
static ZcEditorPage *
new_editor (FormFixture *fixture)
{
  return ZC_EDITOR_PAGE (zc_editor_page_new_for_draft (NULL, fixture->draft));
}

static ZcEditorPage *
show_editor (FormFixture *fixture)
{
  ZcEditorPage *page = new_editor (fixture);

  form_fixture_show (fixture, GTK_WIDGET (page));
  return page;
}

static guint
count_forms (ZcFormDeck *deck)
{
  guint n = 0;

  for (GtkWidget *form = gtk_widget_get_first_child (GTK_WIDGET (deck)); form != NULL; form = gtk_widget_get_next_sibling (form))
    n++;
  return n;
}

static GtkWidget *
find_form (ZcFormDeck *deck, const char *section)
{
  for (GtkWidget *form = gtk_widget_get_first_child (GTK_WIDGET (deck)); form != NULL; form = gtk_widget_get_next_sibling (form))
    if (g_str_equal (zc_form_page_get_section (ZC_FORM_PAGE (form)), section))
      return form;
  return NULL;
}

static gboolean
all_ready (FormFixture *fixture)
{
  GListModel *sections = zc_draft_get_sections (fixture->draft);

  for (guint i = 0; i < g_list_model_get_n_items (sections); i++)
    {
      g_autoptr (ZcDraftSection) section = g_list_model_get_item (sections, i);

      if (zc_draft_section_get_visible (section) && !zc_form_deck_is_ready (get_deck (fixture), zc_draft_section_get_id (section)))
        return FALSE;
    }
  return TRUE;
}

static guint
count_rows (GtkWidget *widget, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type);

  for (GtkWidget *next = gtk_widget_get_first_child (widget); next != NULL; next = gtk_widget_get_next_sibling (next))
    n += count_rows (next, type);
  return n;
}

static void
assert_complete (FormFixture *fixture, const char *id)
{
  const ZcSection *section = zc_business_find_section (fixture->business, id, NULL);
  GtkWidget *form = find_form (get_deck (fixture), id);

  if (section->repeats)
    g_assert_cmpuint (count_rows (form, ZC_TYPE_ENTRY_ROW), ==,
                      g_list_model_get_n_items (zc_draft_get_entries (fixture->draft, id)));
  else
    g_assert_cmpuint (count_rows (form, ZC_TYPE_FIELD_ROW), ==, section->n_fields);
}

/* Whole, laid out, and neither to be seen nor to be heard; the person stays where they are. */
static void
test_ready_ahead (FormFixture *fixture, gconstpointer data)
{
  GtkWidget *focus, *form;

  for (guint i = 0; i < 3; i++)
    zc_draft_add_entry (fixture->draft, "harvests");
  show_editor (fixture);
  zc_form_page_focus_place (zc_form_deck_get_shown (get_deck (fixture)), NULL, "signature");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  form_fixture_await (all_ready (fixture));
  assert_complete (fixture, "vow");
  assert_complete (fixture, "keeper");
  assert_complete (fixture, "harvests");
  form = find_form (get_deck (fixture), "keeper");
  g_assert_cmpint (gtk_widget_get_height (form), ==, gtk_widget_get_height (GTK_WIDGET (get_deck (fixture))));
  g_assert_false (gtk_widget_get_mapped (form));
  g_assert_true (gtk_test_accessible_has_state (GTK_ACCESSIBLE (form), GTK_ACCESSIBLE_STATE_HIDDEN));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
  g_assert_null (find_form (get_deck (fixture), "diploma")); /* a section that does not apply */
}

/* What is typed elsewhere stands in a form that was made before, and what is missing is told in those made after it was asked for. */
static void
test_follows (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  ZcFieldList *fields;
  g_autofree char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (page), "editor.submit", NULL); /* lists what is missing */
  form_fixture_idle ();
  adw_dialog_force_close (adw_window_get_visible_dialog (ADW_WINDOW (fixture->window)));
  form_fixture_await (all_ready (fixture));
  fields = ZC_FIELD_LIST (form_fixture_find (find_form (get_deck (fixture), "keeper"), ZC_TYPE_FIELD_LIST));
  g_assert_cmpstr (zc_field_row_get_problem_text (zc_field_list_find_row (fields, "hives")), !=, "");
  zc_draft_set_text (fixture->draft, "keeper", NULL, "hives", "5");
  g_object_get (zc_field_row_get_control (zc_field_list_find_row (fields, "hives")), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "5");
  form_fixture_await (g_str_equal (zc_field_row_get_problem_text (zc_field_list_find_row (fields, "hives")), ""));
}

/* Before it is ready it is made at once: the field that a message leads to has the focus. */
static void
test_jumping_early (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = new_editor (fixture);
  GtkWidget *focus;

  g_assert_false (zc_form_deck_is_ready (deck_of (page), "keeper"));
  form_fixture_show (fixture, GTK_WIDGET (page));
  zc_editor_page_show_place (page, "keeper", NULL, "yield");
  assert_complete (fixture, "keeper");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_cmpstr (zc_field_row_get_field (ZC_FIELD_ROW (gtk_widget_get_ancestor (focus, ZC_TYPE_FIELD_ROW)))->id, ==, "yield");
  form_fixture_await (all_ready (fixture));
  g_assert_true (zc_form_deck_get_shown (get_deck (fixture)) == ZC_FORM_PAGE (find_form (get_deck (fixture), "keeper")));
}

/* Also while it is just being made: it is the same form, and whole. */
static void
test_jumping_between (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  GtkWidget *begun;

  form_fixture_await ((begun = find_form (get_deck (fixture), "keeper")) != NULL && count_rows (begun, ZC_TYPE_FIELD_ROW) > 2);
  zc_editor_page_show_place (page, "keeper", NULL, NULL);
  g_assert_true (find_form (get_deck (fixture), "keeper") == begun);
  form_fixture_await (zc_form_page_is_whole (ZC_FORM_PAGE (begun)));
  assert_complete (fixture, "keeper");
  form_fixture_await (all_ready (fixture));
}

/* The last of the first rows whose field applies. */
static GtkWidget *
last_applying (ZcFieldList *fields, const ZcSection *section, guint n)
{
  GtkWidget *row;

  do
    row = GTK_WIDGET (zc_field_list_find_row (fields, section->fields[--n].id));
  while (!gtk_widget_get_visible (row));
  return row;
}

/* Who is quick sees what is in view at once. The rest comes below it, also while keys are pressed, and moves nothing. */
static void
test_growing (FormFixture *fixture, gconstpointer data)
{
  const ZcSection *section = zc_business_find_section (fixture->business, "keeper", NULL);
  ZcEditorPage *page = new_editor (fixture);
  GtkWidget *form, *last;
  graphene_rect_t before, after;
  guint seen;

  zc_editor_page_show_place (page, "keeper", NULL, NULL);
  form = find_form (deck_of (page), "keeper");
  seen = count_rows (form, ZC_TYPE_FIELD_ROW);
  g_assert_cmpuint (seen, >=, 4);
  g_assert_cmpuint (seen, <, section->n_fields);
  form_fixture_show (fixture, GTK_WIDGET (page));
  last = last_applying (ZC_FIELD_LIST (form_fixture_find (form, ZC_TYPE_FIELD_LIST)), section, seen);
  form_fixture_await (gtk_widget_get_height (last) > 0);
  g_assert_true (gtk_widget_compute_bounds (last, form, &before));
  form_fixture_await (zc_form_page_is_whole (ZC_FORM_PAGE (form)));
  assert_complete (fixture, "keeper");
  form_fixture_idle ();
  g_assert_true (gtk_widget_compute_bounds (last, form, &after));
  g_assert_cmpfloat (before.origin.y, ==, after.origin.y);
}

/* Left before it was whole it is made whole behind, as the others are. */
static void
test_left_early (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = new_editor (fixture);

  zc_editor_page_show_place (page, "keeper", NULL, NULL);
  zc_editor_page_show_place (page, "vow", NULL, NULL);
  g_assert_false (zc_form_page_is_whole (ZC_FORM_PAGE (find_form (deck_of (page), "keeper"))));
  form_fixture_show (fixture, GTK_WIDGET (page));
  form_fixture_await (all_ready (fixture));
  assert_complete (fixture, "keeper");
}

/* Whoever was in a field goes on typing in the other section, and finds the first where they left it. */
static void
test_focus_goes_along (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  GtkWidget *first, *other;

  zc_editor_page_show_place (page, "vow", NULL, "signature");
  first = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.next", NULL);
  other = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (gtk_widget_is_ancestor (other, find_form (get_deck (fixture), "keeper")));
  gtk_widget_activate_action (GTK_WIDGET (page), "editor.previous", NULL);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == first);
}

/* Another size of the window: the forms behind are laid out for it, when there is time. */
static void
test_resized (FormFixture *fixture, gconstpointer data)
{
  ZcFormDeck *deck;

  show_editor (fixture);
  deck = get_deck (fixture);
  form_fixture_await (all_ready (fixture));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 980, 640);
  form_fixture_await (gtk_widget_get_width (fixture->window) < 1000 && !all_ready (fixture));
  form_fixture_await (all_ready (fixture));
  g_assert_cmpint (gtk_widget_get_width (find_form (deck, "keeper")), ==, gtk_widget_get_width (GTK_WIDGET (deck)));
}

/* What is only read is made when it is looked at; what was made to be filled in is gone. */
static void
test_read_only (FormFixture *fixture, gconstpointer data)
{
  ZcEditorPage *page = show_editor (fixture);
  g_autoptr (ZcDossier) submitted = form_fixture_new_dossier (zc_business_get_id (fixture->business), SUBMITTED);

  form_fixture_await (all_ready (fixture));
  zc_dossier_update_from (fixture->dossier, submitted);
  g_assert_false (zc_draft_get_editable (fixture->draft));
  form_fixture_await (count_forms (get_deck (fixture)) == 1);
  form_fixture_wait_ms (800);
  g_assert_cmpuint (count_forms (get_deck (fixture)), ==, 1);
  zc_editor_page_show_place (page, "keeper", NULL, NULL);
  form_fixture_await (zc_form_page_is_whole (zc_form_deck_get_shown (get_deck (fixture))));
  assert_complete (fixture, "keeper");
}

/* --- a keyboard ------------------------------------------------------------------------------------------------- */
typedef struct
{
  gpointer display;
  int (*key) (gpointer display, unsigned int code, int down, unsigned long delay);
  int (*flush) (gpointer display);
  unsigned int code;
} Keyboard;

static void
plug_in (Keyboard *keyboard)
{
  gpointer x = dlopen ("libX11.so.6", RTLD_NOW), test = dlopen ("libXtst.so.6", RTLD_NOW);
  gpointer (*open) (const char *name);
  unsigned char (*to_code) (gpointer display, unsigned long symbol);

  g_assert_nonnull (x);
  g_assert_nonnull (test);
  *(gpointer *) &open = dlsym (x, "XOpenDisplay");
  *(gpointer *) &to_code = dlsym (x, "XKeysymToKeycode");
  *(gpointer *) &keyboard->flush = dlsym (x, "XFlush");
  *(gpointer *) &keyboard->key = dlsym (test, "XTestFakeKeyEvent");
  keyboard->display = open (NULL);
  keyboard->code = to_code (keyboard->display, 'm');
}

/* Returns whether each key came soon after the one before; a busy machine may hold them up. */
static gboolean
type (Keyboard *keyboard, GtkEditable *entry)
{
  gint64 last = g_get_monotonic_time ();
  gboolean fluent = TRUE;

  gtk_editable_set_text (entry, "");
  for (glong i = 1; i <= N_KEYS; i++)
    {
      keyboard->key (keyboard->display, keyboard->code, TRUE, 0);
      keyboard->key (keyboard->display, keyboard->code, FALSE, 0);
      keyboard->flush (keyboard->display);
      form_fixture_await (g_utf8_strlen (gtk_editable_get_text (entry), -1) == i);
      fluent = fluent && g_get_monotonic_time () - last < KEYS_APART * G_TIME_SPAN_MILLISECOND;
      last = g_get_monotonic_time ();
      form_fixture_wait_ms (80);
    }
  return fluent;
}

/* While a person types nothing is made; when they stop, it is. */
static void
test_typing_comes_first (FormFixture *fixture, gconstpointer data)
{
  Keyboard keyboard;
  guint made;

  show_editor (fixture);
  plug_in (&keyboard);
  form_fixture_await (gtk_window_is_active (GTK_WINDOW (fixture->window)));
  do
    {
      zc_form_deck_clear (get_deck (fixture));
      zc_form_page_focus_place (zc_form_deck_show (get_deck (fixture), "vow"), NULL, "signature");
      made = count_forms (get_deck (fixture));
    }
  while (!type (&keyboard, GTK_EDITABLE (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), GTK_TYPE_ENTRY))));
  g_assert_cmpuint (count_forms (get_deck (fixture)), ==, made);
  form_fixture_await (all_ready (fixture));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (FormFixture *fixture, gconstpointer data);
  } tests[] = {
    { "ready-ahead", test_ready_ahead },
    { "P1/follows", test_follows },
    { "S3.1.2b/jumping-early", test_jumping_early },
    { "S3.1.2b/jumping-between", test_jumping_between },
    { "what-is-in-view-comes-first", test_growing },
    { "left-before-it-was-whole", test_left_early },
    { "P21/focus-goes-along", test_focus_goes_along },
    { "resized", test_resized },
    { "read-only", test_read_only },
    { "typing-comes-first", test_typing_comes_first },
  };

  form_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/form-deck/", tests[i].name, NULL);

      g_test_add (path, FormFixture, ODD, form_fixture_set_up, tests[i].run, form_fixture_tear_down);
    }
  return g_test_run ();
}
