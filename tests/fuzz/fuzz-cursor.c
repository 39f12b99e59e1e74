/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "zc-page.h"

/* Cursors of lists come back from outside (SEC-S22): what is taken for one of ours says the same when it is made again. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *cursor = g_strndup ((const char *) data, size);
  g_autoptr (ZcRequest) request = zc_request_new ();
  g_autoptr (GError) error = NULL;
  g_auto (ZcPage) page = { 0 };
  g_auto (ZcPage) again = { 0 };
  g_autofree char *made = NULL;

  request->query[0] = (ZcQuery){ "cursor", cursor };
  request->n_query = 1;
  if (!zc_page_read (request, &page, &error))
    {
      fuzz_check (error != NULL);
      return 0;
    }
  made = zc_page_cursor (page.number, page.text);
  request->query[0].value = made;
  fuzz_check (zc_page_read (request, &again, &error));
  fuzz_check (again.number == page.number && g_str_equal (again.text, page.text));
  return 0;
}
