/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-request.h"

/* Runs requests by the kind of their route: on readers, on the slow threads, in the writer, or waiting. Each ends with exactly one
 * call of request->answer, from any thread. The engine takes a reference of the request, and answer gives it back. */
void  zc_engine_run     (ZcRequest *request);
/* UPLOAD: whether the body may come; answer is called with NULL when it may. */
void  zc_engine_ask     (ZcRequest *request);
/* UPLOAD: the bytes are in the blob store (or @error says why not): the handler writes its row. Takes a reference. */
void  zc_engine_uploaded (ZcRequest    *request,
                          const GError *error);
/* A waiting request's audience changed, or its wait is over. */
void  zc_engine_wake    (ZcRequest *request);
