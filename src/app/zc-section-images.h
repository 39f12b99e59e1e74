/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zc-draft.h"

GListModel *zc_section_images_new        (ZcDraft         *draft,
                                          const ZcSection *section);
guint       zc_section_images_find       (GListModel      *images,
                                          const char      *sha256);
gboolean    zc_section_images_find_place (ZcDraft         *draft,
                                          const ZcSection *section,
                                          const char      *sha256,
                                          char           **entry,
                                          const char     **field);
