/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"

void zc_client_take_calendar   (ZcClient            *self,
                                ZcCalendar          *calendar); /* (transfer full) */
void zc_client_send_expecting (ZcClient            *self,
                               const ZcRequest     *request,
                               const char          *expected, /* (nullable): SHA-256 that the answer's bytes must have */
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
