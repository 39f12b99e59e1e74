/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-api"

#include "config.h"

#include "zc-account.h"

struct _ZcMembership
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcMembership, zc_membership, G_TYPE_OBJECT)
static void zc_membership_class_init (ZcMembershipClass *klass) {}
static void zc_membership_init (ZcMembership *self) {}

struct _ZcAccount
{
  GObject parent_instance;
};
G_DEFINE_FINAL_TYPE (ZcAccount, zc_account, G_TYPE_OBJECT)
static void zc_account_class_init (ZcAccountClass *klass) {}
static void zc_account_init (ZcAccount *self) {}

const char *
zc_membership_get_id (ZcMembership *self)
{
  return NULL;
}

const char *
zc_membership_get_role (ZcMembership *self)
{
  return NULL;
}

const char *
zc_membership_get_body (ZcMembership *self)
{
  return NULL;
}

const char *
zc_membership_get_body_kind (ZcMembership *self)
{
  return NULL;
}

const char *
zc_membership_get_body_name (ZcMembership *self)
{
  return NULL;
}

ZcAccount *
zc_account_new_from_json (const ZcJsonValue *value, GError **error)
{
  return NULL;
}

char *
zc_account_to_json (ZcAccount *self)
{
  return NULL;
}

const char *
zc_account_get_id (ZcAccount *self)
{
  return NULL;
}

const char *
zc_account_get_name (ZcAccount *self)
{
  return NULL;
}

const char *
zc_account_get_id_number (ZcAccount *self)
{
  return NULL;
}

const char *
zc_account_get_mobile (ZcAccount *self)
{
  return NULL;
}

const char *
zc_account_get_email (ZcAccount *self)
{
  return NULL;
}

GListModel *
zc_account_get_memberships (ZcAccount *self)
{
  return NULL;
}

ZcMembership *
zc_account_get_membership (ZcAccount *self)
{
  return NULL;
}

void
zc_account_set_membership (ZcAccount *self, const char *id)
{
  
}
