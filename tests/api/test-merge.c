/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "zc-merge.h"

/* The three-way merge by tables: base, mine, theirs, what comes of them, and what is told as a conflict. */

typedef struct
{
  const char *name;
  const char *base, *mine, *theirs;
  const char *merged;
  const char *conflicts; /* (nullable) */
} Case;

#define V(x) "{\"values\":{" x "}}"
#define E(x) "{\"entries\":[" x "]}"
#define ENTRY(id, values) "{\"id\":\"" id "\",\"values\":{" values "}}"
#define IMAGE(sha) "{\"sha256\":\"" sha "\",\"bytes\":1,\"width\":1,\"height\":1}"

static const Case cases[] = {
  { "P16/nobody", V ("\"a\":\"1\""), V ("\"a\":\"1\""), V ("\"a\":\"1\""), V ("\"a\":\"1\""), NULL },
  { "P16/mine-alone", V ("\"a\":\"1\""), V ("\"a\":\"2\""), V ("\"a\":\"1\""), V ("\"a\":\"2\""), NULL },
  { "P16/theirs-alone", V ("\"a\":\"1\""), V ("\"a\":\"1\""), V ("\"a\":\"2\""), V ("\"a\":\"2\""), NULL },
  { "P16/different-fields", V ("\"a\":\"1\",\"b\":\"1\""), V ("\"a\":\"2\",\"b\":\"1\""), V ("\"a\":\"1\",\"b\":\"3\""),
    V ("\"a\":\"2\",\"b\":\"3\""), NULL },
  { "P16/same-change", V ("\"a\":\"1\""), V ("\"a\":\"2\""), V ("\"a\":\"2\""), V ("\"a\":\"2\""), NULL },
  { "P16/same-field", V ("\"a\":\"1\""), V ("\"a\":\"2\""), V ("\"a\":\"3\""), V ("\"a\":\"2\""),
    "{\"conflicts\":[{\"field\":\"a\",\"mine\":\"2\",\"theirs\":\"3\"}]}" },
  { "P16/emptied-and-left", V ("\"a\":\"1\""), V (""), V ("\"a\":\"1\""), V (""), NULL },
  { "P16/emptied-and-changed", V ("\"a\":\"1\""), V (""), V ("\"a\":\"2\""), V (""),
    "{\"conflicts\":[{\"field\":\"a\",\"mine\":null,\"theirs\":\"2\"}]}" },
  { "P16/no-base", NULL, V ("\"a\":\"1\""), V ("\"b\":\"2\""), V ("\"a\":\"1\",\"b\":\"2\""), NULL },
  { "P16/empty-is-absent", V (""), V ("\"a\":\"\""), V ("\"a\":null"), V (""), NULL },
  { "P16/images-added-on-both-sides", V ("\"p\":[" IMAGE ("a") "]"), V ("\"p\":[" IMAGE ("a") "," IMAGE ("b") "]"),
    V ("\"p\":[" IMAGE ("a") "," IMAGE ("c") "]"), V ("\"p\":[" IMAGE ("a") "," IMAGE ("c") "," IMAGE ("b") "]"), NULL },
  { "P16/image-taken-away-and-another-added", V ("\"p\":[" IMAGE ("a") "," IMAGE ("b") "]"), V ("\"p\":[" IMAGE ("b") "]"),
    V ("\"p\":[" IMAGE ("a") "," IMAGE ("b") "," IMAGE ("c") "]"), V ("\"p\":[" IMAGE ("b") "," IMAGE ("c") "]"), NULL },
  { "P16/R14/image-deleted-and-replaced", V ("\"p\":[" IMAGE ("a") "]"), V ("\"p\":[" IMAGE ("b") "]"), V (""),
    V ("\"p\":[" IMAGE ("b") "]"), NULL },
  { "P16/R14/one-image-replaced-on-both-sides", V ("\"p\":[" IMAGE ("a") "]"), V ("\"p\":[" IMAGE ("b") "]"),
    V ("\"p\":[" IMAGE ("c") "]"), V ("\"p\":[" IMAGE ("b") "]"),
    "{\"conflicts\":[{\"field\":\"p\",\"mine\":[" IMAGE ("b") "],\"theirs\":[" IMAGE ("c") "]}]}" },
  { "P16/images-reordered-there", V ("\"p\":[" IMAGE ("a") "," IMAGE ("b") "]"),
    V ("\"p\":[" IMAGE ("a") "," IMAGE ("b") "," IMAGE ("c") "]"), V ("\"p\":[" IMAGE ("b") "," IMAGE ("a") "]"),
    V ("\"p\":[" IMAGE ("b") "," IMAGE ("c") "," IMAGE ("a") "]"), NULL },
  { "P16/entries-of-both", E (""), E (ENTRY ("1", "\"a\":\"x\"")), E (ENTRY ("2", "\"a\":\"y\"")),
    E (ENTRY ("2", "\"a\":\"y\"") "," ENTRY ("1", "\"a\":\"x\"")), NULL },
  { "P16/entry-deleted-and-left", E (ENTRY ("1", "\"a\":\"x\"")), E (""), E (ENTRY ("1", "\"a\":\"x\"")), E (""), NULL },
  { "P16/entry-deleted-and-changed", E (ENTRY ("1", "\"a\":\"x\"")), E (""), E (ENTRY ("1", "\"a\":\"y\"")),
    E (ENTRY ("1", "\"a\":\"y\"")), "{\"conflicts\":[{\"entry\":\"1\",\"mine\":null,\"theirs\":{\"a\":\"y\"}}]}" },
  /* the two devices of P16: one deletes an entry and adds another, the other edits the deleted one and reorders */
  { "P16/two-devices", E (ENTRY ("1", "\"a\":\"x\"") "," ENTRY ("2", "\"a\":\"y\"")),
    E (ENTRY ("2", "\"a\":\"y\"") "," ENTRY ("3", "\"a\":\"z\"")), E (ENTRY ("2", "\"a\":\"y\"") "," ENTRY ("1", "\"a\":\"w\"")),
    E (ENTRY ("2", "\"a\":\"y\"") "," ENTRY ("3", "\"a\":\"z\"") "," ENTRY ("1", "\"a\":\"w\"")),
    "{\"conflicts\":[{\"entry\":\"1\",\"mine\":null,\"theirs\":{\"a\":\"w\"}}]}" },
  { "P16/same-entry-different-fields", E (ENTRY ("1", "\"a\":\"x\",\"b\":\"x\"")), E (ENTRY ("1", "\"a\":\"y\",\"b\":\"x\"")),
    E (ENTRY ("1", "\"a\":\"x\",\"b\":\"z\"")), E (ENTRY ("1", "\"a\":\"y\",\"b\":\"z\"")), NULL },
  { "P16/never-written-there", V (""), V ("\"a\":\"1\""), "{}", V ("\"a\":\"1\""), NULL },
};

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  return node;
}

/* Every item of either side that neither took away must be there: for the cases whose order is a matter of taste too. */
static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (JsonNode) base = c->base != NULL ? parse (c->base) : NULL;
  g_autoptr (JsonNode) mine = parse (c->mine), theirs = parse (c->theirs), merged = parse (c->merged);
  g_auto (ZcMerge) result = { 0 };

  zc_merge_documents (base, mine, theirs, &result);
  if (!zc_documents_equal (result.merged, merged))
    {
      g_autofree char *text = json_to_string (result.merged, FALSE);

      g_error ("%s: %s instead of %s", c->name, text, c->merged);
    }
  if (c->conflicts == NULL)
    g_assert_null (result.conflicts);
  else
    {
      g_autofree char *text = json_to_string (result.conflicts, FALSE);

      g_assert_cmpstr (text, ==, c->conflicts);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/merge/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
