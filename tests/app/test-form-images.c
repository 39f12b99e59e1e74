/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "form-fixture.h"
#include "zc-draft-private.h"
#include "zc-fit-dialog.h"
#include "zc-image-strip.h"
#include "zc-image-tile.h"
#include "zc-image-viewer.h"
#include "zc-sync-text.h"

/* Files on their way into a field, and what is done with the images there. Fields of the evaluation are
 * found by what they ask for, not by their names. */
#define EVALUATION "../data/businesses/evaluation.json"

typedef struct
{
  const ZcSection *section;
  const ZcField *field;
  ZcImageStrip *strip;
} Strip;

/* The first field of images outside lists that can hold at least so many; its strip is yet to be made. */
static Strip
find_field (FormFixture *fixture, guint max)
{
  Strip strip = { NULL };

  for (guint i = 0; i < zc_business_get_n_sections (fixture->business) && strip.field == NULL; i++)
    {
      strip.section = zc_business_get_section (fixture->business, i);
      for (guint j = 0; !strip.section->repeats && strip.field == NULL && j < strip.section->n_fields; j++)
        if (strip.section->fields[j].type == ZC_FIELD_IMAGES && strip.section->fields[j].images.max >= max)
          strip.field = &strip.section->fields[j];
    }
  g_assert_nonnull (strip.field);
  return strip;
}

static void
make_strip (FormFixture *fixture, Strip *strip)
{
  ZcFieldPlace place = form_fixture_place (fixture, strip->section->id);

  strip->strip = ZC_IMAGE_STRIP (zc_image_strip_new (&place, strip->field));
}

static Strip
show_strip (FormFixture *fixture, guint max)
{
  Strip strip = find_field (fixture, max);

  make_strip (fixture, &strip);
  form_fixture_show (fixture, GTK_WIDGET (strip.strip));
  return strip;
}

static guint
count (FormFixture *fixture, const Strip *strip)
{
  g_autoptr (GListModel) images
      = zc_draft_get_images (fixture->draft, strip->section->id, NULL, strip->field->id);

  return g_list_model_get_n_items (images);
}

static void
append (GListStore *files, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv (folder), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_list_store_append (files, file);
}

static void
add (const Strip *strip, const char *folder, const char *name)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  append (files, folder, name);
  zc_image_strip_add_files (strip->strip, G_LIST_MODEL (files), NULL);
}

static AdwDialog *
get_dialog (FormFixture *fixture)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (fixture->window));
}

static void
wait_until_idle (FormFixture *fixture, const Strip *strip)
{
  form_fixture_await (!zc_image_strip_is_busy (strip->strip));
  form_fixture_idle ();
}

/* Refused with a sentence of its own (S3.1.2c); what could be turned into a JPEG is offered so first, and
 * refused when that is not wanted. */
static void
test_refused (FormFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *file;
    const char *says;
  } cases[] = {
    { "png-named.jpg", "not a JPEG" },
    { "empty.jpg", "empty" },
    { "cut-in-half.jpg", "in the middle of the picture" },
    { "bomb-64k.jpg", "more pixels than" },
    { "html-named.jpg", "not a JPEG" },
    { "arithmetic.jpg", "rare kind" },
    { "cmyk.jpg", "four colours" },
    { "nosuch.jpg", "cannot be read" },
  };
  Strip strip = show_strip (fixture, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add (&strip, "ZC_TEST_CORPUS", cases[i].file);
      wait_until_idle (fixture, &strip);
      if (get_dialog (fixture) != NULL)
        adw_dialog_force_close (get_dialog (fixture));
      form_fixture_idle ();
      if (strstr (zc_image_strip_get_refused_text (strip.strip), cases[i].says) == NULL)
        g_error ("%s: “%s”", cases[i].file, zc_image_strip_get_refused_text (strip.strip));
      g_assert_nonnull (strstr (zc_image_strip_get_refused_text (strip.strip), cases[i].file));
      g_assert_cmpuint (count (fixture, &strip), ==, 0);
    }
}

/* A phone's photo: one press chooses it, one press takes it (S3.1.2g); what is behind its end goes unasked. */
static void
test_phone_photo (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  g_autoptr (GListModel) images = NULL;
  g_autoptr (ZcDraftImage) image = NULL;

  add (&strip, "ZC_TEST_PHOTOS", "phone-01.jpg");
  form_fixture_await (get_dialog (fixture) != NULL);
  g_assert_true (ZC_IS_FIT_DIALOG (get_dialog (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (get_dialog (fixture)), "fit.accept", NULL);
  form_fixture_await (count (fixture, &strip) == 1);
  images = zc_draft_get_images (fixture->draft, strip.section->id, NULL, strip.field->id);
  image = g_list_model_get_item (images, 0);
  g_assert_cmpint (zc_draft_image_get_bytes (image), <=, strip.field->images.max_bytes);
  g_assert_cmpint (zc_draft_image_get_height (image), >, zc_draft_image_get_width (image)); /* upright */
  g_assert_cmpstr (zc_image_strip_get_refused_text (strip.strip), ==, "");
}

/* The fit dialog shows before and after; waiting for the preview is not needed, but it comes. */
static void
test_fit_preview (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  GtkStack *after;
  GtkLabel *facts;

  add (&strip, "ZC_TEST_PHOTOS", "phone-01.jpg");
  form_fixture_await (get_dialog (fixture) != NULL);
  after = GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (get_dialog (fixture)), ZC_TYPE_FIT_DIALOG, "after_stack"));
  facts = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (get_dialog (fixture)), ZC_TYPE_FIT_DIALOG, "after_facts"));
  form_fixture_await (g_strcmp0 (gtk_stack_get_visible_child_name (after), "image") == 0);
  g_assert_nonnull (strstr (gtk_label_get_label (facts), "KB"));
  adw_dialog_force_close (get_dialog (fixture));
  form_fixture_idle ();
  g_assert_cmpuint (count (fixture, &strip), ==, 0);
}

static void
test_trailing_bytes_are_cut (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);

  add (&strip, "ZC_TEST_CORPUS", "trailing-zeros.jpg");
  wait_until_idle (fixture, &strip);
  if (get_dialog (fixture) != NULL) /* cleaned, but smaller than the field asks for */
    adw_dialog_force_close (get_dialog (fixture));
  g_assert_null (strstr (zc_image_strip_get_refused_text (strip.strip), "behind"));
}

static GBytes *
make_jpeg (guint8 shade)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1000, 800);
  g_autoptr (GError) error = NULL;
  char *buffer;
  gsize size;

  gdk_pixbuf_fill (pixbuf, ((guint32) shade << 24) | 0x808000ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &size, "jpeg", &error, "quality", "80", NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, size);
}

static void
add_plain (FormFixture *fixture, const Strip *strip, guint n, guint first)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GBytes) jpeg = make_jpeg ((guint8) ((first + i) * 20));
      g_autofree char *name = g_strdup_printf ("page-%u.jpg", first + i);
      g_autoptr (GFile) file = form_fixture_write_file (fixture, name, jpeg);

      g_list_store_append (files, file);
    }
  zc_image_strip_add_files (strip->strip, G_LIST_MODEL (files), NULL);
  wait_until_idle (fixture, strip);
}

static char *
dup_names (FormFixture *fixture, const Strip *strip)
{
  g_autoptr (GListModel) images
      = zc_draft_get_images (fixture->draft, strip->section->id, NULL, strip->field->id);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (images); i++)
    {
      g_autoptr (ZcDraftImage) image = g_list_model_get_item (images, i);

      g_string_append_printf (names, "%c", zc_draft_image_get_name (image)[strlen ("page-")]);
    }
  return g_string_free (names, FALSE);
}

#define assert_names(fixture, strip, expected)                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *names = dup_names (fixture, strip);                                           \
    g_assert_cmpstr (names, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

/* (nullable): there are not so many */
static ZcImageTile *
get_tile (const Strip *strip, guint position)
{
  GtkWidget *tiles = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (strip->strip), ZC_TYPE_IMAGE_STRIP, "tiles"));
  GtkWidget *tile = gtk_widget_get_first_child (tiles);

  while (tile != NULL && position-- > 0)
    tile = gtk_widget_get_next_sibling (tile);
  return tile != NULL ? ZC_IMAGE_TILE (tile) : NULL;
}

static guint
count_tiles (const Strip *strip)
{
  guint n = 0;

  while (get_tile (strip, n) != NULL)
    n++;
  return n;
}

/* (transfer full): an image as a section names it */
static JsonNode *
new_value (guint n)
{
  g_autofree char *json
      = g_strdup_printf ("{\"sha256\":\"%064x\",\"name\":\"%u.jpg\",\"bytes\":90000,\"width\":900,\"height\":1200}", n, n);

  return json_from_string (json, NULL);
}

static void
remove_value (FormFixture *fixture, const Strip *strip, guint n)
{
  g_autofree char *sha256 = g_strdup_printf ("%064x", n);

  json_node_unref (zc_draft_remove_image (fixture->draft, strip->section->id, NULL, strip->field->id, sha256, NULL));
}

/* Of many images the first have their tiles at once, the others as the strip is shown; what is removed meanwhile gets none. */
static void
test_many (FormFixture *fixture, gconstpointer data)
{
  enum { MANY = 30 };
  Strip strip = find_field (fixture, 5);
  guint seen;

  for (guint i = 0; i < MANY; i++)
    zc_draft_insert_image (fixture->draft, strip.section->id, NULL, strip.field->id, i, new_value (i));
  make_strip (fixture, &strip);
  seen = count_tiles (&strip);
  g_assert_cmpuint (seen, >, 1);
  g_assert_cmpuint (seen, <, MANY - 5);
  remove_value (fixture, &strip, 0);
  remove_value (fixture, &strip, MANY - 1);
  g_assert_cmpuint (count_tiles (&strip), <, MANY - 2);
  form_fixture_show (fixture, GTK_WIDGET (strip.strip));
  form_fixture_await (count_tiles (&strip) == MANY - 2);
  for (guint i = 0; i < MANY - 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.jpg", i + 1);

      g_assert_cmpstr (zc_draft_image_get_name (zc_image_tile_get_image (get_tile (&strip, i))), ==, name);
      g_assert_cmpuint (zc_image_tile_get_position (get_tile (&strip, i)), ==, i);
    }
}

static void
test_one_image_too_many (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  GtkWidget *button = zc_image_strip_get_add_button (strip.strip);

  add_plain (fixture, &strip, strip.field->images.max + 1, 0);
  g_assert_cmpuint (count (fixture, &strip), ==, strip.field->images.max);
  g_assert_nonnull (strstr (zc_image_strip_get_refused_text (strip.strip), "At most 5 images"));
  g_assert_false (gtk_widget_is_sensitive (button));
}

static void
test_same_twice (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);

  add_plain (fixture, &strip, 1, 1);
  add_plain (fixture, &strip, 1, 1);
  g_assert_cmpuint (count (fixture, &strip), ==, 1);
  g_assert_nonnull (strstr (zc_image_strip_get_refused_text (strip.strip), "already here"));
}

static void
test_order (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  ZcImageTile *first;

  add_plain (fixture, &strip, 4, 1);
  assert_names (fixture, &strip, "1234");
  first = get_tile (&strip, 0);
  gtk_widget_activate_action (GTK_WIDGET (first), "tile.forward", NULL);
  form_fixture_idle ();
  assert_names (fixture, &strip, "2134");
  g_assert_true (get_tile (&strip, 1) == first); /* the same tile, with its thumbnail */
  gtk_widget_activate_action (GTK_WIDGET (get_tile (&strip, 3)), "tile.backward", NULL);
  form_fixture_idle ();
  assert_names (fixture, &strip, "2143");
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_remove_and_undo (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);

  add_plain (fixture, &strip, 3, 1);
  gtk_widget_activate_action (GTK_WIDGET (get_tile (&strip, 1)), "tile.remove", NULL);
  form_fixture_idle ();
  assert_names (fixture, &strip, "13");
  g_signal_emit_by_name (find_button (fixture->window, "Undo"), "clicked");
  form_fixture_idle ();
  assert_names (fixture, &strip, "123");
}

/* Presses Ctrl+Z where nothing nearer has a use for it; returns whether it brought anything back. */
static gboolean
press_undo (GtkWidget *overlay)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (overlay);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      g_autoptr (GtkShortcut) shortcut = NULL;
      g_autofree char *keys = NULL;

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      shortcut = g_list_model_get_item (G_LIST_MODEL (controller), 0);
      keys = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
      if (g_str_equal (keys, "<Control>z"))
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, overlay, NULL);
    }
  g_assert_not_reached ();
}

/* What was removed last comes back by the keys, once; later than it is offered they do nothing. */
static void
test_remove_and_undo_by_keys (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  GtkWidget *overlay;

  add_plain (fixture, &strip, 3, 1);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (get_tile (&strip, 1)), "tile.remove", NULL);
      form_fixture_idle ();
      assert_names (fixture, &strip, "13");
      overlay = gtk_widget_get_ancestor (GTK_WIDGET (find_button (fixture->window, "Undo")), ADW_TYPE_TOAST_OVERLAY);
      gtk_widget_grab_focus (GTK_WIDGET (find_button (fixture->window, "Undo")));
      g_assert_true (press_undo (overlay));
      g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                             adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay))));
      form_fixture_idle ();
      assert_names (fixture, &strip, "123");
      g_assert_false (press_undo (overlay));
    }
}

static void
test_replace (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GBytes) jpeg = make_jpeg (250);
  g_autoptr (GFile) file = form_fixture_write_file (fixture, "page-9.jpg", jpeg);

  add_plain (fixture, &strip, 3, 1);
  g_list_store_append (files, file);
  zc_image_strip_add_files (strip.strip, G_LIST_MODEL (files),
                            zc_draft_image_get_sha256 (zc_image_tile_get_image (get_tile (&strip, 1))));
  wait_until_idle (fixture, &strip);
  assert_names (fixture, &strip, "193");
}

static void
test_state_in_words (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  GtkLabel *state;

  add_plain (fixture, &strip, 1, 1);
  state = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (get_tile (&strip, 0)), ZC_TYPE_IMAGE_TILE, "state"));
  g_assert_cmpstr (gtk_label_get_label (state), ==, "Waiting to be sent");
}

/* The pointer goes to it, as a person's would. */
static void
point_at (FormFixture *fixture, GtkWidget *widget, int place)
{
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  graphene_point_t at;
  double x, y;

  form_fixture_await (gtk_window_is_active (GTK_WINDOW (fixture->window)) && gtk_widget_get_width (widget) > 0);
  g_assert_true (gtk_widget_compute_point (widget, fixture->window, &GRAPHENE_POINT_INIT (place, place), &at));
  gtk_native_get_surface_transform (GTK_NATIVE (fixture->window), &x, &y);
  command = g_strdup_printf ("xdotool getactivewindow mousemove --window %%1 %d %d", (int) (x + at.x), (int) (y + at.y));
  g_spawn_command_line_sync (command, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* (nullable): what an open tooltip below root says */
static const char *
find_tooltip (GtkWidget *root, gboolean within)
{
  within = within || g_str_equal (G_OBJECT_TYPE_NAME (root), "GtkTooltipWindow");
  if (within && GTK_IS_LABEL (root) && gtk_widget_get_mapped (root))
    return gtk_label_get_label (GTK_LABEL (root));
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL; next = gtk_widget_get_next_sibling (next))
    {
      const char *text = find_tooltip (next, within);

      if (text != NULL)
        return text;
    }
  return NULL;
}

/* The pointer rests on it until a tooltip opens, and moves a little where none does: it may have come before there was a tile. */
static void
await_tooltip (FormFixture *fixture, GtkWidget *widget)
{
  gint64 next = 0;
  int place = 20;

  form_fixture_await (gtk_widget_get_width (widget) > 0);
  while (find_tooltip (fixture->window, FALSE) == NULL && place < 40)
    {
      if (g_get_monotonic_time () >= next)
        {
          point_at (fixture, widget, place++);
          next = g_get_monotonic_time () + 2 * G_TIME_SPAN_SECOND;
        }
      form_fixture_wait_ms (5);
    }
  g_assert_nonnull (find_tooltip (fixture->window, FALSE));
}

static void
assert_tooltip (FormFixture *fixture, ZcDraftImage *image)
{
  const char *text = find_tooltip (fixture->window, FALSE);

  g_assert_true (text == NULL || strstr (text, zc_image_state_text (zc_draft_image_get_sync_state (image))) != NULL);
}

/* A tooltip that is open says what the tile says, or is not there any more; also when the pointer is gone and GTK does not know yet. */
static void
test_tooltip_follows (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 1);
  ZcDraftImage *image;

  add_plain (fixture, &strip, 1, 1);
  image = zc_image_tile_get_image (get_tile (&strip, 0));
  await_tooltip (fixture, GTK_WIDGET (get_tile (&strip, 0)));
  assert_tooltip (fixture, image);
  zc_draft_set_number (image, "sync-state", &image->sync_state, ZC_SYNC_SENDING); /* as a sync tells it */
  g_assert_nonnull (find_tooltip (fixture->window, FALSE));
  assert_tooltip (fixture, image);
  g_assert_true (g_spawn_command_line_sync ("xdotool mousemove 0 0", NULL, NULL, NULL, NULL));
  zc_draft_set_number (image, "sync-state", &image->sync_state, ZC_SYNC_ON_SERVER);
  g_assert_nonnull (find_tooltip (fixture->window, FALSE));
  assert_tooltip (fixture, image);
}

static void
test_viewer (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  GtkWidget *viewer;
  GtkStack *stack;

  add_plain (fixture, &strip, 2, 1);
  gtk_widget_activate_action (GTK_WIDGET (get_tile (&strip, 0)), "tile.open", NULL);
  form_fixture_await (get_dialog (fixture) != NULL);
  viewer = form_fixture_find (GTK_WIDGET (get_dialog (fixture)), ZC_TYPE_IMAGE_VIEWER);
  stack = GTK_STACK (gtk_widget_get_template_child (viewer, ZC_TYPE_IMAGE_VIEWER, "stack"));
  form_fixture_await (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "image") == 0);
  g_assert_false (gtk_widget_activate_action (viewer, "viewer.previous", NULL)
                  && zc_image_viewer_get_position (ZC_IMAGE_VIEWER (viewer)) != 0);
  gtk_widget_activate_action (viewer, "viewer.next", NULL);
  g_assert_cmpuint (zc_image_viewer_get_position (ZC_IMAGE_VIEWER (viewer)), ==, 1);
  form_fixture_await (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "image") == 0);
  gtk_widget_activate_action (viewer, "viewer.zoom-in", NULL);
  gtk_widget_activate_action (viewer, "viewer.turn", NULL);
  form_fixture_idle ();
  adw_dialog_force_close (get_dialog (fixture));
  form_fixture_idle ();
}

/* The neighbours are decoded before anybody asks: the next one is there at once. */
static void
test_viewer_prefetches (FormFixture *fixture, gconstpointer data)
{
  Strip strip = show_strip (fixture, 5);
  ZcImageViewer *viewer;
  GtkStack *stack;
  const char *second;

  add_plain (fixture, &strip, 4, 1);
  second = zc_draft_image_get_sha256 (zc_image_tile_get_image (get_tile (&strip, 1)));
  gtk_widget_activate_action (GTK_WIDGET (get_tile (&strip, 0)), "tile.open", NULL);
  form_fixture_await (get_dialog (fixture) != NULL);
  viewer = ZC_IMAGE_VIEWER (form_fixture_find (GTK_WIDGET (get_dialog (fixture)), ZC_TYPE_IMAGE_VIEWER));
  stack = GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (viewer), ZC_TYPE_IMAGE_VIEWER, "stack"));
  form_fixture_await (zc_image_viewer_is_ready (viewer, second));
  gtk_widget_activate_action (GTK_WIDGET (viewer), "viewer.next", NULL);
  g_assert_cmpstr (zc_image_viewer_get_sha256 (viewer), ==, second);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "image");
  gtk_widget_activate_action (GTK_WIDGET (viewer), "viewer.next", NULL);
  form_fixture_await (zc_image_viewer_is_ready (
      viewer, zc_draft_image_get_sha256 (zc_image_tile_get_image (get_tile (&strip, 3)))));
  g_assert_false (zc_image_viewer_is_ready ( /* what is far gives its memory back */
      viewer, zc_draft_image_get_sha256 (zc_image_tile_get_image (get_tile (&strip, 0)))));
  adw_dialog_force_close (get_dialog (fixture));
  form_fixture_idle ();
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (FormFixture *fixture, gconstpointer data);
  } tests[] = {
    { "S3.1.2c/refused", test_refused },
    { "S3.1.2c/one-image-too-many", test_one_image_too_many },
    { "S3.1.2c/same-twice", test_same_twice },
    { "S3.1.2c/trailing-bytes-are-cut", test_trailing_bytes_are_cut },
    { "S3.1.2g/phone-photo", test_phone_photo },
    { "S3.1.2g/preview", test_fit_preview },
    { "P7/order", test_order },
    { "P7/many-come-one-by-one", test_many },
    { "P7/remove-and-undo", test_remove_and_undo },
    { "P7/P21/remove-and-undo-by-keys", test_remove_and_undo_by_keys },
    { "S3.1.2f/replace", test_replace },
    { "P3/state-in-words", test_state_in_words },
    { "P3/tooltip-follows", test_tooltip_follows },
    { "P7/viewer", test_viewer },
    { "P7/viewer-prefetches", test_viewer_prefetches },
  };

  form_fixture_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/form-images/", tests[i].name, NULL);

      g_test_add (path, FormFixture, EVALUATION, form_fixture_set_up, tests[i].run, form_fixture_tear_down);
    }
  return g_test_run ();
}
