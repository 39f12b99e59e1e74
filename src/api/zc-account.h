/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "zc-json.h"

/* Who is signed in, as the server tells it: read-only, numbers masked (P20).
 * Properties: id, name, id-number, birth-date, sex ("male", "female", ""), mobile, email: string (never NULL);
 *   memberships: GListModel of ZcMembership; membership: ZcMembership that the session acts for (NULL: for oneself).
 */
#define ZC_TYPE_MEMBERSHIP (zc_membership_get_type ())
G_DECLARE_FINAL_TYPE (ZcMembership, zc_membership, ZC, MEMBERSHIP, GObject)
/* Properties: id, role ("clerk", "leader"), body, body-kind ("unit", "department", "office", "committee", "granting-body"), body-name. */
const char   *zc_membership_get_id        (ZcMembership *self);
const char   *zc_membership_get_role      (ZcMembership *self);
const char   *zc_membership_get_body      (ZcMembership *self);
const char   *zc_membership_get_body_kind (ZcMembership *self);
const char   *zc_membership_get_body_name (ZcMembership *self);

#define ZC_TYPE_ACCOUNT (zc_account_get_type ())
G_DECLARE_FINAL_TYPE (ZcAccount, zc_account, ZC, ACCOUNT, GObject)
/* value: ACCOUNT of the contract, with or without "membership". */
ZcAccount    *zc_account_new_from_json    (const ZcJsonValue *value,
                                           GError           **error);
char         *zc_account_to_json          (ZcAccount         *self);  /* what new_from_json takes: for the local store */
const char   *zc_account_get_id           (ZcAccount *self);
const char   *zc_account_get_name         (ZcAccount *self);
const char   *zc_account_get_id_number    (ZcAccount *self);
const char   *zc_account_get_mobile       (ZcAccount *self);
const char   *zc_account_get_email        (ZcAccount *self);
GListModel   *zc_account_get_memberships  (ZcAccount *self);
ZcMembership *zc_account_get_membership   (ZcAccount *self);           /* (nullable) */
ZcMembership *zc_account_find_led_unit    (ZcAccount *self);           /* (nullable) (transfer none): the first */
void          zc_account_set_membership   (ZcAccount *self,
                                           const char *id);            /* (nullable); after zc_client_choose_membership_finish() */
