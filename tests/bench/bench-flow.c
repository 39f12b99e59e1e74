/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-bench"

#include "config.h"

#include <stdio.h>
#include <time.h>

#include "form-fixture.h"
#include "zc-fit-dialog.h"
#include "zc-form-page.h"
#include "zc-image-strip.h"

/* bench-flow BUSINESS PHOTO…: fifty photos of twelve megapixels are chosen at once for a field of a form that is on the
 * screen, and made to fit by one press, while the store writes and the thumbnails appear. Says how long the main loop was ever
 * kept from a timer of 5 ms, and how long all took. What a person feels is the first figure. */

#define N_PHOTOS 50
#define TICK 5            /* ms */
#define MARK 50.0         /* ms: the longest gap that a person does not notice */
#define PATIENCE 300      /* s */

typedef struct
{
  FormFixture fixture;
  GtkWidget *form;
  ZcImageStrip *strip;
  gint64 last_tick;
  gint64 last_work;
  gint64 longest_gap;  /* us */
  gint64 longest_work; /* us of the processor: what of a gap was our own doing, however busy the machine is */
} Bench;

static gint64
get_work (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * G_TIME_SPAN_SECOND + spent.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer data)
{
  Bench *bench = data;
  gint64 now = g_get_monotonic_time ();

  bench->longest_gap = MAX (bench->longest_gap, now - bench->last_tick);
  bench->longest_work = MAX (bench->longest_work, get_work () - bench->last_work);
  bench->last_tick = now;
  bench->last_work = get_work ();
  return G_SOURCE_CONTINUE;
}

/* The same photo with one of its coarse waves a little stronger: another picture, as a field takes none twice. */
static GFile *
vary_photo (Bench *bench, GBytes *photo, guint n)
{
  gsize length;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (photo, &length), g_bytes_get_size (photo));
  g_autofree char *name = g_strdup_printf ("IMG_%04u.jpg", n + 1);
  g_autoptr (GBytes) varied = NULL;

  length = g_bytes_get_size (photo);
  for (gsize i = 2; i + 5 + 64 < length; i += 2 + (bytes[i + 2] << 8 | bytes[i + 3]))
    if (bytes[i + 1] == 0xdb) /* the first table of quantisation: 64 steps of 8 bits, behind its number */
      {
        bytes[i + 5 + 1 + n / 2 % 5] += 1 + n / 10;
        break;
      }
  varied = g_bytes_new (bytes, length);
  return form_fixture_write_file (&bench->fixture, name, varied);
}

static GListModel *
make_photos (Bench *bench, char **paths, guint n_paths)
{
  GListStore *files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < n_paths; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (photos, g_file_load_bytes (file, NULL, NULL, &error));
      g_assert_no_error (error);
    }
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autoptr (GFile) file = vary_photo (bench, photos->pdata[i % n_paths], i);

      g_list_store_append (files, file);
    }
  return G_LIST_MODEL (files);
}

static void
await_idle (Bench *bench, gboolean dialog)
{
  gint64 until = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;
  AdwWindow *window = ADW_WINDOW (bench->fixture.window);

  while (dialog ? adw_window_get_visible_dialog (window) == NULL : zc_image_strip_is_busy (bench->strip))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_main_context_iteration (NULL, TRUE);
    }
}

static guint
count_images (Bench *bench)
{
  const ZcSection *section = zc_business_get_section (bench->fixture.business, 0);
  g_autoptr (GListModel) images
      = zc_draft_get_images (bench->fixture.draft, section->id, NULL, section->fields[0].id);

  return g_list_model_get_n_items (images);
}

static void
show_form (Bench *bench)
{
  const ZcSection *section = zc_business_get_section (bench->fixture.business, 0);
  ZcFieldPlace place = form_fixture_place (&bench->fixture, section->id);

  bench->form = zc_form_page_new (&place);
  form_fixture_show (&bench->fixture, bench->form);
  bench->strip = ZC_IMAGE_STRIP (form_fixture_find (bench->form, ZC_TYPE_IMAGE_STRIP));
}

int
main (int argc, char *argv[])
{
  Bench bench = { .longest_gap = 0 };
  g_autoptr (GListModel) files = NULL;
  guint timer;
  double took;

  form_fixture_init (&argc, &argv);
  g_return_val_if_fail (argc > 2, 2);
  form_fixture_set_up (&bench.fixture, argv[1]);
  files = make_photos (&bench, argv + 2, (guint) argc - 2);
  show_form (&bench);
  bench.last_tick = g_get_monotonic_time ();
  bench.last_work = get_work ();
  timer = g_timeout_add (TICK, tick_cb, &bench);
  took = (double) -bench.last_tick;
  zc_image_strip_add_files (bench.strip, files, NULL);
  await_idle (&bench, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (bench.fixture.window))),
                              "fit.accept", NULL);
  await_idle (&bench, FALSE);
  form_fixture_wait_ms (500); /* the last thumbnails */
  took += (double) g_get_monotonic_time ();
  g_source_remove (timer);
  g_assert_cmpuint (count_images (&bench), ==, N_PHOTOS);
  printf ("app-flow-longest-gap %.1f ms (mark: at most %.0f)\n", (double) bench.longest_gap / 1e3, MARK);
  printf ("app-flow-longest-work %.1f ms\n", (double) bench.longest_work / 1e3);
  printf ("app-flow-50-photos %.2f s\n", took / 1e6);
  form_fixture_tear_down (&bench.fixture, argv[1]);
  return (double) bench.longest_gap / 1e3 <= MARK ? 0 : 1;
}
