/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zc-notebook.h"
#include "zc-phrases.h"

/* A reviewer's note at one place (P9): a reason, words, and the usual phrases of the body. What is typed stands in the notebook at
 * once: closing the dialog in whatever way loses nothing. Keys: Ctrl+Enter done, Alt+1 to Alt+9 the first phrases.
 * Actions: note.done, note.remove, note.keep (the words as a usual phrase), note.use and note.forget (uint32: position of a phrase). */
#define ZC_TYPE_NOTE_DIALOG (zc_note_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ZcNoteDialog, zc_note_dialog, ZC, NOTE_DIALOG, AdwDialog)

/* note: one of the notebook, or one that says nothing yet and tells the place. phrases (nullable): the server knows none. */
AdwDialog *zc_note_dialog_new (ZcNotebook *notebook,
                               ZcPhrases  *phrases,
                               ZcNote     *note,
                               const char *place);
