/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-router.h"

/* The handlers of the route table (zc-routes.c), by resource; one file a resource: zc-handle-….c. */
#define ZC_HANDLER(name) ZcReply *name (ZcRequest *request, ZcStore *store, GError **error)
#define ZC_PREPARE(name) gboolean name (ZcRequest *request, ZcStore *store, GError **error)

ZC_HANDLER (zc_handle_root);
ZC_HANDLER (zc_handle_health);

ZC_HANDLER (zc_handle_code_post);

ZC_PREPARE (zc_prepare_account_post);
ZC_HANDLER (zc_handle_account_post);
ZC_HANDLER (zc_handle_me_get);

ZC_PREPARE (zc_prepare_session_post);
ZC_HANDLER (zc_handle_session_post);
ZC_HANDLER (zc_handle_session_list);
ZC_HANDLER (zc_handle_session_delete);
ZC_HANDLER (zc_handle_membership_put);

ZC_PREPARE (zc_prepare_factor_post);
ZC_HANDLER (zc_handle_factor_post);
ZC_HANDLER (zc_handle_factor_get);
ZC_PREPARE (zc_prepare_recovery_codes_post);
ZC_HANDLER (zc_handle_recovery_codes_post);
ZC_PREPARE (zc_prepare_session_factor_put);
ZC_HANDLER (zc_handle_session_factor_put);

ZC_HANDLER (zc_handle_membership_post);

ZC_HANDLER (zc_handle_staff_list);
ZC_HANDLER (zc_handle_staff_put);
ZC_HANDLER (zc_handle_invitation_post);
ZC_HANDLER (zc_handle_invitation_delete);

ZC_HANDLER (zc_handle_levels);
ZC_HANDLER (zc_handle_regions);
ZC_HANDLER (zc_handle_series);
ZC_HANDLER (zc_handle_units);
ZC_HANDLER (zc_handle_reporting_units);
ZC_HANDLER (zc_handle_led_units);
ZC_HANDLER (zc_handle_offices);
ZC_HANDLER (zc_handle_committees);
ZC_HANDLER (zc_handle_granting_bodies);
ZC_HANDLER (zc_handle_departments);
ZC_HANDLER (zc_handle_colleagues);
ZC_HANDLER (zc_handle_calendar);

ZC_HANDLER (zc_handle_body_get);
ZC_HANDLER (zc_handle_body_seal_get);

ZC_HANDLER (zc_handle_business_list);
ZC_HANDLER (zc_handle_business_get);
ZC_HANDLER (zc_handle_business_schema);

ZC_HANDLER (zc_handle_dossier_list);
ZC_HANDLER (zc_handle_dossier_search);
ZC_HANDLER (zc_handle_dossier_post);
ZC_HANDLER (zc_handle_dossier_get);
ZC_HANDLER (zc_handle_dossier_delete);
ZC_HANDLER (zc_handle_target_put);
ZC_HANDLER (zc_handle_form_post);

ZC_HANDLER (zc_handle_section_get);
ZC_PREPARE (zc_prepare_section_put);
ZC_HANDLER (zc_handle_section_put);

ZC_PREPARE (zc_prepare_image_put);
ZC_HANDLER (zc_handle_image_put);
ZC_HANDLER (zc_handle_image_head);
ZC_HANDLER (zc_handle_image_get);

ZC_PREPARE (zc_prepare_act_post);
ZC_HANDLER (zc_handle_act_post);

ZC_HANDLER (zc_handle_phrase_list);
ZC_HANDLER (zc_handle_phrase_post);
ZC_HANDLER (zc_handle_phrase_delete);

ZC_HANDLER (zc_handle_history_get);
ZC_HANDLER (zc_handle_revision_get);
