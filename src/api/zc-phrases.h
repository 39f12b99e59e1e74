/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-client.h"
#include "zc-list-base.h"

/* The usual phrases of the body that the session acts for (P9): what is there by the server's word, a GListModel of ZcPhrase.
 * Properties: loading: boolean; error: GError boxed (nullable): why they could not be loaded, or the last change was not taken. */
#define ZC_TYPE_PHRASE (zc_phrase_get_type ())
G_DECLARE_FINAL_TYPE (ZcPhrase, zc_phrase, ZC, PHRASE, GObject)
/* Properties: id, text, code: string ("" where absent). */
const char *zc_phrase_get_text  (ZcPhrase   *self);
const char *zc_phrase_get_code  (ZcPhrase   *self);

#define ZC_TYPE_PHRASES (zc_phrases_get_type ())
G_DECLARE_FINAL_TYPE (ZcPhrases, zc_phrases, ZC, PHRASES, ZcListBase)

ZcPhrases  *zc_phrases_new      (ZcClient   *client);
void        zc_phrases_load     (ZcPhrases  *self);
gboolean    zc_phrases_has      (ZcPhrases  *self,
                                 const char *text);
void        zc_phrases_add      (ZcPhrases  *self,
                                 const char *text,
                                 const char *code); /* (nullable): of zc-reason.h */
void        zc_phrases_remove   (ZcPhrases  *self,
                                 ZcPhrase   *phrase);
gboolean    zc_phrases_get_loading (ZcPhrases *self);
const GError *zc_phrases_get_error (ZcPhrases *self); /* (nullable) */
