/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "zc-json.h"

/* The strict reader (SEC-S22, SEC-S24): whatever it takes has one canonical text, which reads as the same value. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (ZcJson) json = zc_json_parse (text, size, &error);
  g_autoptr (ZcJson) again = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *twice = NULL;
  gsize length, length_twice;

  fuzz_check ((json == NULL) == (error != NULL));
  if (json == NULL)
    return 0;
  canonical = zc_json_canonical (zc_json_root (json), &length);
  again = zc_json_parse (canonical, length, &error);
  fuzz_check (again != NULL);
  fuzz_check (zc_json_equal (zc_json_root (json), zc_json_root (again)));
  twice = zc_json_canonical (zc_json_root (again), &length_twice);
  fuzz_check (length == length_twice && memcmp (canonical, twice, length) == 0);
  return 0;
}
