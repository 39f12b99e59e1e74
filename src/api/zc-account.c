/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-account.h"
#include "zc-record.h"

/* The signed-in person and the bodies they may act for. */

struct _ZcMembership
{
  GObject parent_instance;

  char *id;
  char *role;
  char *body;
  char *body_kind;
  char *body_name;
};

G_DEFINE_FINAL_TYPE (ZcMembership, zc_membership, G_TYPE_OBJECT)

struct _ZcAccount
{
  GObject parent_instance;

  char         *id;
  char         *name;
  char         *id_kind;
  char         *id_number;
  char         *birth_date;
  char         *sex;
  char         *mobile;
  char         *email;
  GListStore   *memberships;
  ZcMembership *membership;
};

G_DEFINE_FINAL_TYPE (ZcAccount, zc_account, G_TYPE_OBJECT)

static const ZcRecordField membership_fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcMembership, id) },
  { "role", zc_record_string, G_STRUCT_OFFSET (ZcMembership, role) },
  { "body", zc_record_string, G_STRUCT_OFFSET (ZcMembership, body) },
  { "body-kind", zc_record_string, G_STRUCT_OFFSET (ZcMembership, body_kind) },
  { "body-name", zc_record_string, G_STRUCT_OFFSET (ZcMembership, body_name) },
};

static const ZcRecordField account_fields[] = {
  { "id", zc_record_string, G_STRUCT_OFFSET (ZcAccount, id) },
  { "name", zc_record_string, G_STRUCT_OFFSET (ZcAccount, name) },
  { "id-kind", zc_record_string, G_STRUCT_OFFSET (ZcAccount, id_kind) },
  { "id-number", zc_record_string, G_STRUCT_OFFSET (ZcAccount, id_number) },
  { "birth-date", zc_record_string, G_STRUCT_OFFSET (ZcAccount, birth_date) },
  { "sex", zc_record_string, G_STRUCT_OFFSET (ZcAccount, sex) },
  { "mobile", zc_record_string, G_STRUCT_OFFSET (ZcAccount, mobile) },
  { "email", zc_record_string, G_STRUCT_OFFSET (ZcAccount, email) },
  { "memberships", zc_record_list, G_STRUCT_OFFSET (ZcAccount, memberships) },
  { "membership", zc_membership_get_type, G_STRUCT_OFFSET (ZcAccount, membership) },
};

static void
zc_membership_class_init (ZcMembershipClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), membership_fields, G_N_ELEMENTS (membership_fields));
}

static void
zc_membership_init (ZcMembership *self)
{
}

static void
zc_account_class_init (ZcAccountClass *klass)
{
  zc_record_install (G_OBJECT_CLASS (klass), account_fields, G_N_ELEMENTS (account_fields));
}

static void
zc_account_init (ZcAccount *self)
{
}

static gpointer
membership_new (const ZcJsonValue *value, GError **error)
{
  ZcMembership *self = g_object_new (ZC_TYPE_MEMBERSHIP, NULL);
  const ZcJsonValue *body = zc_json_get (value, "body");

  self->id = zc_record_dup (value, "id");
  self->role = zc_record_dup (value, "role");
  self->body = zc_record_dup (body, "id");
  self->body_kind = zc_record_dup (body, "kind");
  self->body_name = zc_record_dup (body, "name");
  return self;
}

static ZcMembership *
find_membership (ZcAccount *self, const char *id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->memberships));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZcMembership) item = g_list_model_get_item (G_LIST_MODEL (self->memberships), i);

      if (g_strcmp0 (item->id, id) == 0)
        return item; /* the list holds it */
    }
  return NULL;
}

/**
 * zc_account_new_from_json:
 * @value: ACCOUNT of the contract, with or without "membership"
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the account
 */
ZcAccount *
zc_account_new_from_json (const ZcJsonValue *value, GError **error)
{
  g_autoptr (ZcAccount) self = g_object_new (ZC_TYPE_ACCOUNT, NULL);

  if (zc_json_get_string (value, "id") == NULL)
    {
      g_set_error (error, ZC_JSON_ERROR, ZC_JSON_ERROR_MEMBER, "an account without id");
      return NULL;
    }
  self->id = zc_record_dup (value, "id");
  self->name = zc_record_dup (value, "name");
  self->id_kind = zc_record_dup (value, "id_kind");
  self->id_number = zc_record_dup (value, "id_number");
  self->birth_date = zc_record_dup (value, "birth_date");
  self->sex = zc_record_dup (value, "sex");
  self->mobile = zc_record_dup (value, "mobile");
  self->email = zc_record_dup (value, "email");
  self->memberships = zc_record_list_new (zc_json_get (value, "memberships"), ZC_TYPE_MEMBERSHIP, membership_new, error);
  if (self->memberships == NULL)
    return NULL;
  g_set_object (&self->membership, find_membership (self, zc_json_get_string (value, "membership")));
  return g_steal_pointer (&self);
}

static void
write_membership (ZcJsonWriter *writer, ZcMembership *self)
{
  zc_json_begin_object (writer, NULL);
  zc_json_add_string (writer, "id", self->id);
  zc_json_add_string (writer, "role", self->role);
  zc_json_begin_object (writer, "body");
  zc_json_add_string (writer, "id", self->body);
  zc_json_add_string (writer, "kind", self->body_kind);
  zc_json_add_string (writer, "name", self->body_name);
  zc_json_end_object (writer);
  zc_json_end_object (writer);
}

/**
 * zc_account_to_json:
 * @self: an account
 *
 * Returns: (transfer full): what zc_account_new_from_json() takes
 */
char *
zc_account_to_json (ZcAccount *self)
{
  GString *out = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, out);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "id", self->id);
  zc_json_add_string (&writer, "name", self->name);
  zc_json_add_string (&writer, "id_kind", self->id_kind);
  zc_json_add_string (&writer, "id_number", self->id_number);
  zc_json_add_string (&writer, "birth_date", self->birth_date);
  zc_json_add_string (&writer, "sex", self->sex);
  zc_json_add_string (&writer, "mobile", self->mobile);
  zc_json_add_string (&writer, "email", self->email);
  zc_json_begin_array (&writer, "memberships");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->memberships)); i++)
    {
      g_autoptr (ZcMembership) item = g_list_model_get_item (G_LIST_MODEL (self->memberships), i);

      write_membership (&writer, item);
    }
  zc_json_end_array (&writer);
  zc_json_add_string (&writer, "membership", self->membership != NULL ? self->membership->id : NULL);
  zc_json_end_object (&writer);
  return g_string_free (out, FALSE);
}

/**
 * zc_account_find_led_unit:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the membership by which the person leads a unit, the first one (U2)
 */
ZcMembership *
zc_account_find_led_unit (ZcAccount *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->memberships)); i++)
    {
      g_autoptr (ZcMembership) item = g_list_model_get_item (G_LIST_MODEL (self->memberships), i);

      if (g_str_equal (item->role, "leader") && g_str_equal (item->body_kind, "unit"))
        return item; /* the list holds it */
    }
  return NULL;
}

/**
 * zc_account_set_membership:
 * @self: an account
 * @id: (nullable): one of its memberships; NULL: for oneself
 *
 * Says whom the session acts for now, once the server has agreed.
 */
void
zc_account_set_membership (ZcAccount *self, const char *id)
{
  if (g_set_object (&self->membership, find_membership (self, id)))
    g_object_notify (G_OBJECT (self), "membership");
}

const char *
zc_membership_get_id (ZcMembership *self)
{
  return self->id;
}

const char *
zc_membership_get_role (ZcMembership *self)
{
  return self->role;
}

const char *
zc_membership_get_body (ZcMembership *self)
{
  return self->body;
}

const char *
zc_membership_get_body_kind (ZcMembership *self)
{
  return self->body_kind;
}

const char *
zc_membership_get_body_name (ZcMembership *self)
{
  return self->body_name;
}

const char *
zc_account_get_id (ZcAccount *self)
{
  return self->id;
}

const char *
zc_account_get_name (ZcAccount *self)
{
  return self->name;
}

const char *
zc_account_get_id_number (ZcAccount *self)
{
  return self->id_number;
}

const char *
zc_account_get_mobile (ZcAccount *self)
{
  return self->mobile;
}

const char *
zc_account_get_email (ZcAccount *self)
{
  return self->email;
}

GListModel *
zc_account_get_memberships (ZcAccount *self)
{
  return G_LIST_MODEL (self->memberships);
}

ZcMembership *
zc_account_get_membership (ZcAccount *self)
{
  return self->membership;
}
