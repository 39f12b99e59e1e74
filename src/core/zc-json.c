/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-core"

#include "config.h"

#include "zc-json-private.h"

/* Looking into a document that was read. Nothing here allocates but the comparison of objects. */

G_DEFINE_QUARK (zc - json - error - quark, zc_json_error)

/**
 * zc_json_ref:
 * @json: a document
 *
 * Returns: (transfer full): @json
 */
ZcJson *
zc_json_ref (ZcJson *json)
{
  g_atomic_ref_count_inc (&json->ref_count);
  return json;
}

/**
 * zc_json_unref:
 * @json: (transfer full): a document; its values end with it
 */
void
zc_json_unref (ZcJson *json)
{
  if (g_atomic_ref_count_dec (&json->ref_count))
    g_free (json);
}

/**
 * zc_json_root:
 * @json: a document
 *
 * Returns: (transfer none): its one value
 */
const ZcJsonValue *
zc_json_root (const ZcJson *json)
{
  return json->values;
}

/**
 * zc_json_type:
 * @value: (nullable): a value
 *
 * Returns: its type; what is absent counts as null
 */
ZcJsonType
zc_json_type (const ZcJsonValue *value)
{
  return value == NULL ? ZC_JSON_NULL : (ZcJsonType)value->type;
}

static gboolean
is_container (const ZcJsonValue *value)
{
  return value != NULL && (value->type & (ZC_JSON_ARRAY | ZC_JSON_OBJECT)) != 0;
}

/**
 * zc_json_size:
 * @value: (nullable): a value
 *
 * Returns: how many values an array or members an object has; 0 for anything else
 */
guint
zc_json_size (const ZcJsonValue *value)
{
  return is_container (value) ? value->size : 0;
}

/**
 * zc_json_at:
 * @value: (nullable): a value
 * @index: a place, from 0
 *
 * Returns: (transfer none) (nullable): the value at that place of an array, or that member's of an
 * object
 */
const ZcJsonValue *
zc_json_at (const ZcJsonValue *value, guint index)
{
  if (!is_container (value) || index >= value->size)
    return NULL;
  return value->type == ZC_JSON_OBJECT ? &value->children[2 * index + 1] : &value->children[index];
}

/**
 * zc_json_key:
 * @object: (nullable): a value
 * @index: a place, from 0, in the order of the text
 *
 * Returns: (transfer none) (nullable): the name of that member of an object
 */
const char *
zc_json_key (const ZcJsonValue *object, guint index)
{
  if (zc_json_type (object) != ZC_JSON_OBJECT || index >= object->size)
    return NULL;
  return object->children[2 * index].string;
}

/**
 * zc_json_get:
 * @object: (nullable): a value
 * @key: name of a member
 *
 * Returns: (transfer none) (nullable): the member's value
 */
const ZcJsonValue *
zc_json_get (const ZcJsonValue *object, const char *key)
{
  gsize length = strlen (key);

  if (zc_json_type (object) != ZC_JSON_OBJECT)
    return NULL;
  for (guint i = 0; i < object->size; i++)
    if (object->children[2 * i].size == length
        && memcmp (object->children[2 * i].string, key, length) == 0)
      return &object->children[2 * i + 1];
  return NULL;
}

/**
 * zc_json_string:
 * @value: (nullable): a value
 *
 * Returns: (transfer none) (nullable): the text of a string, which holds no NUL; %NULL for anything
 * else
 */
const char *
zc_json_string (const ZcJsonValue *value)
{
  return zc_json_type (value) == ZC_JSON_STRING ? value->string : NULL;
}

/**
 * zc_json_integer:
 * @value: (nullable): a value
 * @fallback: the answer for what is no integer
 *
 * Returns: an integer within ±(2^53 − 1), or @fallback
 */
gint64
zc_json_integer (const ZcJsonValue *value, gint64 fallback)
{
  return zc_json_type (value) == ZC_JSON_INTEGER ? value->integer : fallback;
}

/**
 * zc_json_decimal:
 * @value: (nullable): a value
 * @fallback: the answer for what is no number
 *
 * Returns: a number, integers included, or @fallback
 */
double
zc_json_decimal (const ZcJsonValue *value, double fallback)
{
  if (zc_json_type (value) == ZC_JSON_INTEGER)
    return (double)value->integer;
  return zc_json_type (value) == ZC_JSON_DECIMAL ? value->decimal : fallback;
}

/**
 * zc_json_bool:
 * @value: (nullable): a value
 * @fallback: the answer for what is neither true nor false
 *
 * Returns: true or false
 */
gboolean
zc_json_bool (const ZcJsonValue *value, gboolean fallback)
{
  return zc_json_type (value) == ZC_JSON_BOOL ? value->flag : fallback;
}

/**
 * zc_json_get_string:
 * @object: (nullable): a value
 * @key: name of a member
 *
 * Returns: (transfer none) (nullable): as zc_json_string() of that member
 */
const char *
zc_json_get_string (const ZcJsonValue *object, const char *key)
{
  return zc_json_string (zc_json_get (object, key));
}

/**
 * zc_json_get_integer:
 * @object: (nullable): a value
 * @key: name of a member
 * @fallback: the answer where there is no integer
 *
 * Returns: as zc_json_integer() of that member
 */
gint64
zc_json_get_integer (const ZcJsonValue *object, const char *key, gint64 fallback)
{
  return zc_json_integer (zc_json_get (object, key), fallback);
}

/**
 * zc_json_get_bool:
 * @object: (nullable): a value
 * @key: name of a member
 * @fallback: the answer where there is neither true nor false
 *
 * Returns: as zc_json_bool() of that member
 */
gboolean
zc_json_get_bool (const ZcJsonValue *object, const char *key, gboolean fallback)
{
  return zc_json_bool (zc_json_get (object, key), fallback);
}

/* UTF-8's order is that of code points. By UTF-16 code units, a character beyond U+FFFF (lead byte
 * 0xf0 or more) comes before U+E000 to U+FFFF (lead byte 0xee or 0xef), all else stays. */
int
_zc_json_compare_keys (const ZcJsonValue *a, const ZcJsonValue *b)
{
  const guchar *x = (const guchar *)a->string, *y = (const guchar *)b->string;
  guint32 common = MIN (a->size, b->size);
  guint32 i = 0;

  while (i < common && x[i] == y[i])
    i++;
  if (i == common)
    return a->size < b->size ? -1 : a->size > b->size;
  if ((x[i] >= 0xee) && (y[i] >= 0xee) && (x[i] >= 0xf0) != (y[i] >= 0xf0))
    return x[i] >= 0xf0 ? -1 : 1;
  return x[i] < y[i] ? -1 : 1;
}

static int
compare_key_pointers (const void *a, const void *b)
{
  return _zc_json_compare_keys (*(const ZcJsonValue *const *)a, *(const ZcJsonValue *const *)b);
}

const ZcJsonValue **
_zc_json_sort_keys (const ZcJsonValue *object)
{
  const ZcJsonValue **keys = g_new (const ZcJsonValue *, object->size);

  for (guint i = 0; i < object->size; i++)
    keys[i] = &object->children[2 * i];
  if (object->size > 1)
    qsort (keys, object->size, sizeof *keys, compare_key_pointers);
  return keys;
}

static gboolean
objects_are_equal (const ZcJsonValue *a, const ZcJsonValue *b)
{
  g_autofree const ZcJsonValue **a_keys = NULL, **b_keys = NULL;

  if (a->size != b->size)
    return FALSE;
  a_keys = _zc_json_sort_keys (a);
  b_keys = _zc_json_sort_keys (b);
  for (guint i = 0; i < a->size; i++)
    if (_zc_json_compare_keys (a_keys[i], b_keys[i]) != 0
        || !zc_json_equal (a_keys[i] + 1, b_keys[i] + 1))
      return FALSE;
  return TRUE;
}

static gboolean
arrays_are_equal (const ZcJsonValue *a, const ZcJsonValue *b)
{
  if (a->size != b->size)
    return FALSE;
  for (guint i = 0; i < a->size; i++)
    if (!zc_json_equal (&a->children[i], &b->children[i]))
      return FALSE;
  return TRUE;
}

/**
 * zc_json_equal:
 * @a: (nullable): a value
 * @b: (nullable): a value, of the same document or another
 *
 * Members of objects may stand in another order.
 *
 * Returns: whether both say the same; absent equals absent only
 */
gboolean
zc_json_equal (const ZcJsonValue *a, const ZcJsonValue *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->type != b->type)
    return FALSE;
  switch ((ZcJsonType)a->type)
    {
    case ZC_JSON_BOOL:
      return a->flag == b->flag;
    case ZC_JSON_INTEGER:
      return a->integer == b->integer;
    case ZC_JSON_DECIMAL:
      return a->decimal == b->decimal;
    case ZC_JSON_STRING:
      return a->size == b->size && memcmp (a->string, b->string, a->size) == 0;
    case ZC_JSON_ARRAY:
      return arrays_are_equal (a, b);
    case ZC_JSON_OBJECT:
      return objects_are_equal (a, b);
    case ZC_JSON_NULL:
    default:
      return TRUE;
    }
}

/* Names come from outside: cut, and made safe for a log. */
static gboolean
fail_member (const char *name, const char *what, GError **error)
{
  g_autofree char *safe = g_strescape (name, NULL);

  g_set_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "member \"%.64s\": %s", safe, what);
  return FALSE;
}

static gboolean
expect_one (const ZcJsonValue *object,
            guint index,
            const ZcJsonMember *members,
            guint n_members,
            GError **error)
{
  const char *key = zc_json_key (object, index);

  for (guint i = 0; i < n_members; i++)
    if (g_str_equal (members[i].name, key))
      return (members[i].types & zc_json_type (zc_json_at (object, index))) != 0
             || fail_member (key, "of another type", error);
  return fail_member (key, "unknown", error);
}

/**
 * zc_json_expect:
 * @object: (nullable): a value
 * @members: (array length=n_members): what it may hold
 * @n_members: how many
 * @error: #ZC_JSON_ERROR_MEMBER
 *
 * A member that is null is there, and must be allowed to be null.
 *
 * Returns: whether @object is an object of just these members, types and all that is required
 */
gboolean
zc_json_expect (const ZcJsonValue *object,
                const ZcJsonMember *members,
                guint n_members,
                GError **error)
{
  if (zc_json_type (object) != ZC_JSON_OBJECT)
    {
      g_set_error_literal (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "an object is expected");
      return FALSE;
    }
  for (guint i = 0; i < object->size; i++)
    if (!expect_one (object, i, members, n_members, error))
      return FALSE;
  for (guint i = 0; i < n_members; i++)
    if (members[i].required && zc_json_get (object, members[i].name) == NULL)
      return fail_member (members[i].name, "missing", error);
  return TRUE;
}
