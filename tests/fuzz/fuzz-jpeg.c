/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "zc-jpeg.h"

/* The walk through a JPEG and its clean-up (SEC-S31, SEC-S32): the verdict does not hang on the pieces in which the bytes
 * come, and what was cleaned is what the server takes. */

static ZcProblemCode
walk_in_pieces (const guint8 *data, gsize size, gboolean strict, ZcJpegInfo *info)
{
  g_autoptr (ZcJpegWalk) walk = zc_jpeg_walk_new (strict);
  gsize piece = 1 + (size > 0 ? data[size - 1] % 61 : 0);

  for (gsize at = 0; at < size; at += piece)
    {
      ZcProblemCode code = zc_jpeg_walk_feed (walk, data + at, MIN (piece, size - at));

      if (code != ZC_PROBLEM_NONE)
        return code;
    }
  return zc_jpeg_walk_finish (walk, info);
}

static void
check_cleaned (GBytes *file)
{
  ZcJpegInfo info, of_cleaned;
  ZcProblemCode problem = ZC_PROBLEM_NONE;
  g_autoptr (GBytes) cleaned = zc_jpeg_clean (file, &info, &problem);
  g_autoptr (GBytes) twice = NULL;
  gsize size;
  const guint8 *data;

  fuzz_check ((cleaned == NULL) == (problem != ZC_PROBLEM_NONE));
  if (cleaned == NULL)
    return;
  data = g_bytes_get_data (cleaned, &size);
  fuzz_check (zc_jpeg_check (data, size, TRUE, &of_cleaned) == ZC_PROBLEM_NONE);
  fuzz_check (of_cleaned.width == info.width && of_cleaned.height == info.height && !of_cleaned.has_metadata);
  twice = zc_jpeg_clean (cleaned, &of_cleaned, &problem);
  fuzz_check (twice != NULL && g_bytes_equal (cleaned, twice));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) file = g_bytes_new_static (data, size);

  for (int strict = 0; strict < 2; strict++)
    {
      ZcJpegInfo whole, pieces;
      ZcProblemCode code = zc_jpeg_check (data, size, strict != 0, &whole);

      fuzz_check (walk_in_pieces (data, size, strict != 0, &pieces) == code);
      fuzz_check (code != ZC_PROBLEM_NONE || (whole.width == pieces.width && whole.height == pieces.height && whole.end == pieces.end));
    }
  check_cleaned (file);
  return 0;
}
