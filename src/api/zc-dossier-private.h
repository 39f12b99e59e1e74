/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-dossier.h"

/* What the files of the dossier share. */

struct _ZcDossier
{
  GObject parent_instance;

  ZcJson *document; /* as received: target, actions and resolved are looked up in it */

  char *id;
  char *business;
  char *business_title;
  char *title;
  char *unit;
  char *series;
  char *level;
  char *committee;
  char *office;
  char *sought;
  char *way;
  char *registered_body;
  char *head;
  char *stage_id;
  char *state_id;
  char *applicant_name;
  char *applicant_id_number;
  char *holder_name;
  char *assigned_name;
  char *returned_opinion;
  char *returned_code;
  char *returned_by;
  char *receipt_number;
  char *receipt_digest;

  int revision;
  int year;
  int stage;
  int state;
  int sections_done;
  int sections_total;
  int submissions;
  int returned_revision;
  int waited;
  int wait_limit;

  gint64 version;
  gint64 created_at;
  gint64 updated_at;
  gint64 submitted_at;
  gint64 deadline;
  gint64 returned_at;
  gint64 receipt_at;

  gboolean held;
  gboolean held_by_me;
  gboolean assigned_to_me;
  gboolean detailed;
  gboolean editable;
  gboolean can_submit;
  gboolean can_withdraw;
  gboolean can_delete;
  gboolean can_retarget;
  gboolean can_accept;
  gboolean can_release;
  gboolean can_approve;
  gboolean can_return;
  gboolean can_return_back;
  gboolean can_refuse;
  gboolean can_abandon;

  GListStore *sections;
  GListStore *notes;
  GListStore *kept;
  GListStore *left;
};

/* Takes every property but those of actions from a whole answer: SUMMARY or DOSSIER of the contract. Once, of a new object. */
gboolean zc_dossier_read (ZcDossier         *self,
                          const ZcJsonValue *value,
                          GError           **error);
