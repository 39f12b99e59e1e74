/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include "zc-field-place.h"

ZcFieldPlace *
zc_field_place_copy (const ZcFieldPlace *place)
{
  ZcFieldPlace *copy = g_new (ZcFieldPlace, 1);

  copy->draft = g_object_ref (place->draft);
  copy->pool = place->pool != NULL ? g_object_ref (place->pool) : NULL;
  copy->section = g_strdup (place->section);
  copy->entry = g_strdup (place->entry);
  copy->read_only = place->read_only;
  copy->notebook = place->notebook != NULL ? g_object_ref (place->notebook) : NULL;
  return copy;
}

void
zc_field_place_free (ZcFieldPlace *place)
{
  g_object_unref (place->draft);
  g_clear_object (&place->pool);
  g_clear_object (&place->notebook);
  g_free ((char *) place->section);
  g_free ((char *) place->entry);
  g_free (place);
}
