/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-change.h"
#include "zc-handlers.h"

/* The route table: who may ask for what, and where it runs. data/openapi.json is held against it by a test. */

#define GET ZC_METHOD_GET
#define HEAD ZC_METHOD_HEAD
#define POST ZC_METHOD_POST
#define PUT ZC_METHOD_PUT
#define DELETE ZC_METHOD_DELETE
#define KEY ZC_ROUTE_NEEDS_KEY
#define MAY_KEY ZC_ROUTE_TAKES_KEY
#define BACKGROUND ZC_ROUTE_BACKGROUND
#define PAGE "limit cursor"

static const ZcRoute routes[] = {
  { GET, "/v1/", ZC_ACCESS_ANYONE, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_root, NULL },
  { GET, "/healthz", ZC_ACCESS_ANYONE, ZC_KIND_PLAIN, ZC_BODY_NONE, 0, 0, NULL, zc_handle_health, NULL },

  { POST, "/v1/codes", ZC_ACCESS_ANYONE, ZC_KIND_WRITE, ZC_BODY_JSON, 0, 0, NULL, zc_handle_code_post, NULL },
  { POST, "/v1/accounts", ZC_ACCESS_ANYONE, ZC_KIND_SLOW, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_account_post, zc_prepare_account_post },
  { GET, "/v1/me", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_me_get, NULL },

  { POST, "/v1/sessions", ZC_ACCESS_ANYONE, ZC_KIND_SLOW, ZC_BODY_JSON, 0, 0, NULL, zc_handle_session_post, zc_prepare_session_post },
  { GET, "/v1/sessions", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_session_list, NULL },
  { DELETE, "/v1/sessions/{id}", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_NONE, 0, 0, NULL, zc_handle_session_delete, NULL },
  { PUT, "/v1/sessions/current/membership", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_JSON, 0, 0, NULL, zc_handle_membership_put, NULL },
  { PUT, "/v1/sessions/current/factor", ZC_ACCESS_ACCOUNT, ZC_KIND_SLOW, ZC_BODY_JSON, 0, 0, NULL, zc_handle_session_factor_put, zc_prepare_session_factor_put },
  { POST, "/v1/factor", ZC_ACCESS_ACCOUNT, ZC_KIND_SLOW, ZC_BODY_NONE, 0, 0, NULL, zc_handle_factor_post, zc_prepare_factor_post },
  { GET, "/v1/factor", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_factor_get, NULL },
  { POST, "/v1/factor/recovery-codes", ZC_ACCESS_ACCOUNT, ZC_KIND_SLOW, ZC_BODY_JSON, 0, 0, NULL, zc_handle_recovery_codes_post, zc_prepare_recovery_codes_post },
  { POST, "/v1/memberships", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_membership_post, NULL },

  { GET, "/v1/staff", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_staff_list, NULL },
  { PUT, "/v1/staff/{id}", ZC_ACCESS_STAFF, ZC_KIND_WRITE, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_staff_put, NULL },
  { POST, "/v1/invitations", ZC_ACCESS_STAFF, ZC_KIND_WRITE, ZC_BODY_JSON, 0, 0, NULL, zc_handle_invitation_post, NULL },
  { DELETE, "/v1/invitations/{id}", ZC_ACCESS_STAFF, ZC_KIND_WRITE, ZC_BODY_NONE, KEY, 0, NULL, zc_handle_invitation_delete, NULL },

  { GET, "/v1/catalog/levels", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_levels, NULL },
  { GET, "/v1/catalog/regions", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_regions, NULL },
  { GET, "/v1/catalog/series", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_series, NULL },
  { GET, "/v1/catalog/units", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "q " PAGE, zc_handle_units, NULL },
  { GET, "/v1/catalog/led-units", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "q " PAGE, zc_handle_led_units, NULL },
  { GET, "/v1/catalog/reporting-units", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "q " PAGE, zc_handle_reporting_units, NULL },
  { GET, "/v1/catalog/offices", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_offices, NULL },
  { GET, "/v1/catalog/committees", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "series level business", zc_handle_committees, NULL },
  { GET, "/v1/catalog/departments", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "q " PAGE, zc_handle_departments, NULL },
  { GET, "/v1/catalog/calendar", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_calendar, NULL },
  { GET, "/v1/catalog/colleagues", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_colleagues, NULL },
  { GET, "/v1/catalog/granting-bodies", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_granting_bodies, NULL },

  { GET, "/v1/bodies/{id}", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_body_get, NULL },
  { GET, "/v1/bodies/{id}/seals/{sha256}", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_body_seal_get, NULL },

  { GET, "/v1/businesses", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_business_list, NULL },
  { GET, "/v1/businesses/{id}", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "revision", zc_handle_business_get, NULL },
  { GET, "/v1/businesses/{id}/schema", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "revision", zc_handle_business_schema, NULL },

  { GET, "/v1/dossiers", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, "business stage state year level text unit_name sort " PAGE, zc_handle_dossier_list, NULL },
  { POST, "/v1/dossiers", ZC_ACCESS_APPLICANT, ZC_KIND_WRITE, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_dossier_post, NULL },
  { POST, "/v1/searches", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_JSON, 0, 0, NULL, zc_handle_dossier_search, NULL },
  { GET, "/v1/dossiers/{id}", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_dossier_get, NULL },
  { DELETE, "/v1/dossiers/{id}", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_NONE, KEY, 0, NULL, zc_handle_dossier_delete, NULL },
  { PUT, "/v1/dossiers/{id}/target", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_target_put, NULL },
  { POST, "/v1/dossiers/{id}/form", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_form_post, NULL },

  { GET, "/v1/dossiers/{id}/sections/{section}", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_section_get, NULL },
  { PUT, "/v1/dossiers/{id}/sections/{section}", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_JSON, MAY_KEY | BACKGROUND, 0, NULL, zc_handle_section_put, zc_prepare_section_put },

  { PUT, "/v1/dossiers/{id}/images/{sha256}", ZC_ACCESS_ACCOUNT, ZC_KIND_UPLOAD, ZC_BODY_JPEG, BACKGROUND, 0, NULL, zc_handle_image_put, zc_prepare_image_put },
  { HEAD, "/v1/dossiers/{id}/images/{sha256}", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_NONE, BACKGROUND, 0, NULL, zc_handle_image_head, NULL },
  { GET, "/v1/dossiers/{id}/images/{sha256}", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_image_get, NULL },

  { POST, "/v1/dossiers/{id}/acts", ZC_ACCESS_ACCOUNT, ZC_KIND_WRITE, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_act_post, zc_prepare_act_post },
  { GET, "/v1/dossiers/{id}/history", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_history_get, NULL },
  { GET, "/v1/dossiers/{id}/revisions/{n}", ZC_ACCESS_ACCOUNT, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_revision_get, NULL },

  { GET, "/v1/phrases", ZC_ACCESS_STAFF, ZC_KIND_READ, ZC_BODY_NONE, 0, 0, NULL, zc_handle_phrase_list, NULL },
  { POST, "/v1/phrases", ZC_ACCESS_STAFF, ZC_KIND_WRITE, ZC_BODY_JSON, KEY, 0, NULL, zc_handle_phrase_post, NULL },
  { DELETE, "/v1/phrases/{id}", ZC_ACCESS_STAFF, ZC_KIND_WRITE, ZC_BODY_NONE, 0, 0, NULL, zc_handle_phrase_delete, NULL },

  { GET, "/v1/changes", ZC_ACCESS_ACCOUNT, ZC_KIND_WAIT, ZC_BODY_NONE, BACKGROUND, 0, "since wait", zc_change_handle, NULL },
};

/**
 * zc_routes:
 * @n_routes: (out): how many
 *
 * Returns: (transfer none): every operation of this server
 */
const ZcRoute *
zc_routes (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}
