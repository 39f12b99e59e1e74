/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-carry.h"
#include "zc-store-private.h"

/* A dossier that took another form elsewhere while something was typed here: what was not sent moves by the same rule as what the
 * server holds, so that it can be sent again, and what finds no place is kept aside, to be read and copied from (decisions 16).
 * What the server held already it has told itself, in the history: only what was typed here is told here. */

typedef struct
{
  ZcBusiness *from;
  ZcBusiness *to;
} Forms;

static void
forms_clear (Forms *forms)
{
  g_clear_pointer (&forms->from, zc_business_unref);
  g_clear_pointer (&forms->to, zc_business_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forms, forms_clear)

static char *
get_setting (ZcStoreDb *db, const char *prefix, const char *dossier, GError **error)
{
  g_autofree char *name = g_strconcat (prefix, dossier, NULL);
  const ZcStoreArgs args = { .item = name };
  ZcStoreEffect effect;

  return zc_store_get_setting (db, &args, &effect, error);
}

static gboolean
put_setting (ZcStoreDb *db, const char *prefix, const char *dossier, const char *value, GError **error)
{
  g_autofree char *name = g_strconcat (prefix, dossier, NULL);
  const ZcStoreArgs args = { .item = name, .text = (char *) value };
  ZcStoreEffect effect;

  return zc_store_put_setting (db, &args, &effect, error) != NULL;
}

/* business: (out): its id; *revision 0: nothing is known yet */
static gboolean
read_form (ZcStoreDb *db, const char *dossier, char **business, gint64 *revision, GError **error)
{
  GError *local = NULL;
  g_autofree char *text = get_setting (db, ZC_LOCAL_STORE_FORM, dossier, &local);
  const char *at = text != NULL ? strrchr (text, '@') : NULL;

  *business = at != NULL ? g_strndup (text, (gsize) (at - text)) : NULL;
  *revision = at != NULL ? g_ascii_strtoll (at + 1, NULL, 10) : 0;
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

static ZcBusiness *
load_business (ZcStoreDb *db, const char *id, gint64 revision, GError **error)
{
  const ZcStoreArgs args = { .item = (char *) id, .number = revision };
  ZcStoreEffect effect;
  g_autofree char *text = zc_store_get_business (db, &args, &effect, error);
  ZcBusiness *business = text != NULL ? zc_business_parse (text, strlen (text), NULL) : NULL;

  if (business == NULL && *error == NULL)
    g_set_error (error, ZC_LOCAL_STORE_ERROR, ZC_LOCAL_STORE_ERROR_MISSING, "%s, revision %d, is not here", id, (int) revision);
  return business;
}

static gboolean
load_forms (ZcStoreDb *db, const char *business, gint64 from, gint64 to, Forms *forms, GError **error)
{
  forms->from = load_business (db, business, from, error);
  forms->to = forms->from != NULL ? load_business (db, business, to, error) : NULL;
  return forms->to != NULL;
}

/* The document in the other form: (transfer full) (nullable): its section is gone. left: (out) (transfer full): JSON array. */
static char *
carry (const Forms *forms, const char *section, const char *text, char **left)
{
  const ZcCarry carrying = { .to = forms->to, .drafted = forms->from };
  const ZcSection *definition = zc_business_find_section (forms->from, section, NULL);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;
  GString *told = g_string_new (NULL);
  char *carried = NULL;
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, told);
  zc_json_begin_array (&writer, NULL);
  if (definition != NULL && json != NULL)
    carried = zc_carry_document (&carrying, definition, zc_json_root (json), &writer);
  else if (zc_business_find_section (forms->to, section, NULL) != NULL)
    carried = g_strdup (text); /* of that form already */
  zc_json_end_array (&writer);
  *left = g_string_free_and_steal (told);
  return carried;
}

static gboolean
contains (const ZcJsonValue *array, const ZcJsonValue *item)
{
  for (guint i = 0; i < zc_json_size (array); i++)
    if (zc_json_equal (zc_json_at (array, i), item))
      return TRUE;
  return FALSE;
}

/* Adds to what is kept aside what of @left is not among @known: JSON arrays. */
static gboolean
keep_left (ZcStoreDb *db, const char *dossier, const char *left, const char *known, GError **error)
{
  g_autofree char *before = get_setting (db, ZC_LOCAL_STORE_LEFT, dossier, error);
  g_autoptr (ZcJson) kept = zc_json_parse (before != NULL ? before : "[]", before != NULL ? strlen (before) : 2, NULL);
  g_autoptr (ZcJson) added = zc_json_parse (left, strlen (left), NULL), other = zc_json_parse (known, strlen (known), NULL);
  const ZcJsonValue *old = zc_json_root (kept), *items = zc_json_root (added);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = zc_json_size (old);
  ZcJsonWriter writer;

  if (*error != NULL)
    return FALSE;
  zc_json_writer_init (&writer, text);
  zc_json_begin_array (&writer, NULL);
  for (guint i = 0; i < zc_json_size (old); i++)
    zc_json_add_value (&writer, NULL, zc_json_at (old, i));
  for (guint i = 0; i < zc_json_size (items); i++)
    if (!contains (zc_json_root (other), zc_json_at (items, i)) && !contains (old, zc_json_at (items, i)))
      {
        zc_json_add_value (&writer, NULL, zc_json_at (items, i));
        n++;
      }
  zc_json_end_array (&writer);
  return n == 0 || put_setting (db, ZC_LOCAL_STORE_LEFT, dossier, text->str, error);
}

/* A choice between two values of a field that is gone is none any more: the one is told here, the other by the server. */
static char *
fit_conflicts (const Forms *forms, const char *section, const char *text)
{
  const ZcSection *definition = zc_business_find_section (forms->to, section, NULL);
  g_autoptr (ZcJson) json = text != NULL ? zc_json_parse (text, strlen (text), NULL) : NULL;
  const ZcJsonValue *array = json != NULL ? zc_json_get (zc_json_root (json), "conflicts") : NULL;
  GString *fitted = g_string_new (NULL);
  ZcJsonWriter writer;
  guint n = 0;

  zc_json_writer_init (&writer, fitted);
  zc_json_begin_object (&writer, NULL);
  zc_json_begin_array (&writer, "conflicts");
  for (guint i = 0; definition != NULL && i < zc_json_size (array); i++)
    {
      const char *field = zc_json_get_string (zc_json_at (array, i), "field");

      if (field != NULL && zc_section_find_field (definition, field) == NULL)
        continue;
      zc_json_add_value (&writer, NULL, zc_json_at (array, i));
      n++;
    }
  zc_json_end_array (&writer);
  zc_json_end_object (&writer);
  if (n > 0)
    return g_string_free_and_steal (fitted);
  g_string_free (fitted, TRUE);
  return NULL;
}

static gboolean
forget_row (ZcStoreDb *db, const ZcStoredSection *row, GError **error)
{
  return zc_store_finish (
      db,
      zc_store_prepare (db, error, "DELETE FROM section WHERE dossier = ?1 AND section = ?2", "ss", row->dossier, row->section),
      error);
}

static void
replace (char **text, char *other)
{
  g_free (*text);
  *text = other;
}

/* What was sent is the server's to move: it comes with the next pull, which asks for every section. */
static gboolean
fit_row (ZcStoreDb *db, const Forms *forms, ZcStoredSection *row, GError **error)
{
  g_autofree char *left = NULL, *known = NULL, *body = NULL;

  if (!row->dirty && row->conflicts == NULL)
    body = zc_business_find_section (forms->to, row->section, NULL) != NULL ? g_strdup (row->body) : NULL;
  else
    {
      body = carry (forms, row->section, row->body, &left);
      replace (&row->base_body, carry (forms, row->section, row->base_body, &known));
      replace (&row->conflicts, fit_conflicts (forms, row->section, row->conflicts));
      if (!keep_left (db, row->dossier, left, known, error))
        return FALSE;
      row->dirty = !zc_store_says_the_same (body, row->base_body);
    }
  if (body == NULL)
    return forget_row (db, row, error);
  row->revision += strcmp (row->body, body) != 0;
  replace (&row->body, g_steal_pointer (&body));
  g_clear_pointer (&row->refusal, g_free);
  row->base_version = -1;
  return zc_store_write_section (db, row, error) != NULL;
}

static ZcStoredSection *
find_row (GPtrArray *rows, const char *section)
{
  for (guint i = 0; i < rows->len; i++)
    {
      ZcStoredSection *row = g_ptr_array_index (rows, i);

      if (strcmp (row->section, section) == 0)
        return row;
    }
  return NULL;
}

/* In the order of the form, as it is told. */
static gboolean
fit_rows (ZcStoreDb *db, const Forms *forms, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autoptr (GPtrArray) rows = zc_store_load_sections (db, args, effect, error);

  for (guint i = 0; rows != NULL && i < zc_business_get_n_sections (forms->from); i++)
    {
      ZcStoredSection *row = find_row (rows, zc_business_get_section (forms->from, i)->id);

      if (row != NULL && !fit_row (db, forms, row, error))
        return FALSE;
    }
  return rows != NULL;
}

gpointer
zc_store_take_form (ZcStoreDb *db, const ZcStoreArgs *args, ZcStoreEffect *effect, GError **error)
{
  g_autofree char *business = NULL, *now = g_strdup_printf ("%s@%" G_GINT64_FORMAT, args->item, args->number);
  g_auto (Forms) forms = { 0 };
  gint64 revision;

  if (!read_form (db, args->dossier, &business, &revision, error))
    return NULL;
  if (revision >= args->number)
    return GINT_TO_POINTER (TRUE);
  if (revision > 0 && (!load_forms (db, business, revision, args->number, &forms, error) ||
                       !fit_rows (db, &forms, args, effect, error)))
    return NULL;
  return GINT_TO_POINTER (put_setting (db, ZC_LOCAL_STORE_FORM, args->dossier, now, error));
}

/* Typed in a form that another one took the place of meanwhile. */
gboolean
zc_store_fit_edit (ZcStoreDb *db, const ZcStoreArgs *edit, char **body, char **base, GError **error)
{
  g_autofree char *business = NULL, *left = NULL, *known = NULL;
  g_auto (Forms) forms = { 0 };
  gint64 revision = 0;

  if (edit->form > 0 && !read_form (db, edit->dossier, &business, &revision, error))
    return FALSE;
  if (edit->form >= revision)
    {
      *body = g_strdup (edit->text);
      *base = g_strdup (edit->state);
      return TRUE;
    }
  if (!load_forms (db, business, edit->form, revision, &forms, error))
    return FALSE;
  *body = carry (&forms, edit->item, edit->text, &left);
  *base = carry (&forms, edit->item, edit->state, &known);
  return keep_left (db, edit->dossier, left, known, error);
}
