/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "zc-reason.h"

/* The reasons of a return, and where a note of it may stand (P9). */

#define ENTRY "0193aaaa-0000-7000-8000-00000000000a"
#define OTHER "0193aaaa-0000-7000-8000-00000000000b"

static void
test_names (void)
{
  ZcReason reason;

  for (guint i = ZC_REASON_NONE + 1; i < ZC_REASON_LAST; i++)
    {
      g_assert_true (zc_reason_from_string (zc_reason_to_string ((ZcReason)i), &reason));
      g_assert_cmpint (reason, ==, i);
    }
  g_assert_true (zc_reason_from_string (NULL, &reason));
  g_assert_cmpint (reason, ==, ZC_REASON_NONE);
  g_assert_null (zc_reason_to_string (ZC_REASON_NONE));
  g_assert_false (zc_reason_from_string ("", &reason));
  g_assert_false (zc_reason_from_string ("no-such", &reason));
}

/* Fields of a plain section, of an entry of a repeating one, images among them; and what is no place of the answers. */
static const struct
{
  const char *section;
  const char *entry;
  const char *field;
  const char *image;
  gboolean exists;
} places[] = {
  { "keeper", NULL, NULL, NULL, TRUE },          { "keeper", NULL, "hives", NULL, TRUE },
  { "keeper", NULL, "swarm", NULL, TRUE },       { "keeper", NULL, "swarm", "a", TRUE },
  { "keeper", NULL, "swarm", "b", FALSE },       { "keeper", NULL, "hives", "a", FALSE },
  { "keeper", NULL, NULL, "a", FALSE },          { "keeper", NULL, "nothing", NULL, FALSE },
  { "keeper", ENTRY, NULL, NULL, FALSE },        { "keeper", ENTRY, "hives", NULL, FALSE },
  { "harvests", NULL, NULL, NULL, TRUE },        { "harvests", ENTRY, NULL, NULL, TRUE },
  { "harvests", OTHER, NULL, NULL, FALSE },      { "harvests", ENTRY, "sold", NULL, TRUE },
  { "harvests", ENTRY, "scales", "c", TRUE },    { "harvests", ENTRY, "scales", "a", FALSE },
  { "harvests", NULL, "sold", NULL, FALSE },     { "harvests", OTHER, "sold", NULL, FALSE },
};

static void
test_places (void)
{
  static const char answers[]
      = "{\"keeper\":{\"values\":{\"swarm\":[{\"sha256\":\"a\"}]}},\"harvests\":{\"entries\":[{\"id\":\"" ENTRY
        "\",\"values\":{\"scales\":[{\"sha256\":\"c\"}]}}]}}";
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "data", "businesses", "odd.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (ZcBusiness) business = NULL;
  g_autoptr (ZcJson) json = zc_json_parse (answers, strlen (answers), NULL);
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  business = zc_business_parse (text, length, NULL);
  g_assert_nonnull (business);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const ZcSection *section = zc_business_find_section (business, places[i].section, NULL);
      gboolean exists = zc_place_exists (section, zc_json_get (zc_json_root (json), section->id),
                                         places[i].entry, places[i].field, places[i].image);

      g_test_message ("place %u", i);
      g_assert_cmpint (exists, ==, places[i].exists);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reason/P9/names", test_names);
  g_test_add_func ("/reason/P9/places", test_places);
  return g_test_run ();
}
