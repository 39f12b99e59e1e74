/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zc-draft.h"

/* What the files of the draft share. */

struct _ZcDraftSection
{
  GObject parent_instance;

  /* told as properties */
  char     *id;
  char     *title;
  char     *hint;
  gboolean  repeats;
  gboolean  visible;
  int       state;        /* ZcSectionState */
  gboolean  confirmed;
  guint     n_problems;
  int       sync_state;   /* ZcSyncState */

  const ZcSection *definition;
  guint            index;        /* its place in the business */
  gboolean         kept;         /* in the store: this session's side fills it in; others are only shown */

  JsonNode   *document;          /* as on the screen */
  ZcJson     *snapshot;          /* (nullable): the same for zc_check(); NULL: to be made anew */
  GHashTable *rules;             /* "ENTRY\nFIELD" → what its conditions answered last, plus one */
  GPtrArray  *problems;          /* ZcProblem */
  GListStore *entries;           /* ZcDraftEntry */

  char     *stored;              /* (nullable): the text last given to the store or read from it */
  gint64    revision;            /* the store's */
  gint64    base_version;        /* the server's version below it; 0 where it never told */
  gboolean  dirty;               /* by the store's word */
  gboolean  unsaved;             /* the screen holds more than was given to the store */
  guint     writing;             /* writes under way */
  char     *server_state;        /* (nullable) */
  guint     server_problems;
  char     *conflicts;           /* (nullable): JSON */
  int       n_conflicts;         /* told as a property */
};

struct _ZcDraftEntry
{
  GObject parent_instance;

  char  *id;
  char  *title;
  guint  n_problems;
};

struct _ZcDraftImage
{
  GObject parent_instance;

  char     *sha256;
  char     *name;
  gint64    bytes;
  int       width;
  int       height;
  int       sync_state; /* ZcSyncState */
  gboolean  here;
};

struct _ZcDraft
{
  GObject parent_instance;

  ZcLocalStore *store;           /* (nullable): a view writes nothing */
  ZcSync       *sync;            /* (nullable) */
  ZcClient     *client;          /* (nullable): where images come from that are not here */
  ZcBusiness   *business;
  ZcDossier    *dossier;
  ZcFills       fills;           /* whose sections are filled in here */
  ZcJson       *target;          /* ids, as zc_check() takes them */
  GListStore   *sections;        /* ZcDraftSection */
  GHashTable   *image_lists;     /* "SECTION\nENTRY\nFIELD" → GListStore of ZcDraftImage */
  GHashTable   *images_here;     /* digests whose file is on this computer */
  GQueue        flushes;         /* GTask: wait until all is written */
  GError       *store_error;     /* (nullable) */
  ZcPast       *past;            /* (nullable) */
  int           past_asked;      /* the revision last asked for; 0: none */
  gulong        past_id;         /* handler: keeps it up to date; 0: nobody asked */
  gint64        recovered_at;

  guint    write_id;             /* timer */
  gint64   unsaved_since;        /* monotonic; 0: nothing is unsaved */
  guint    check_id;             /* timer */
  gboolean reading;              /* the store is being asked for the sections' rows */
  gboolean read_again;
  gboolean editable;
  int      state;                /* ZcSyncState */
  int      n_conflicts;
};

enum
{
  ZC_DRAFT_VALUE_CHANGED,
  ZC_DRAFT_APPLIES_CHANGED,
  ZC_DRAFT_PROBLEMS_CHANGED,
  ZC_DRAFT_RELOADED,
  ZC_DRAFT_CONFLICT,
  ZC_DRAFT_N_SIGNALS
};
extern guint zc_draft_signals[ZC_DRAFT_N_SIGNALS];

/* items */
ZcDraftSection *zc_draft_section_new     (const ZcSection *definition,
                                          guint            index);
ZcDraftEntry   *zc_draft_entry_new       (const char *id);
ZcDraftImage   *zc_draft_image_new       (JsonNode   *value);
/* Sets a told member and notifies when it differs. */
void            zc_draft_set_number      (gpointer    object,
                                          const char *property,
                                          int        *member,
                                          int         value);
void            zc_draft_set_string      (gpointer    object,
                                          const char *property,
                                          char      **member,
                                          const char *value);

/* documents */
char           *zc_draft_value_text      (JsonNode        *value);   /* (nullable); (transfer full) */
JsonNode       *zc_draft_empty_document  (const ZcSection *definition);
/* Takes document over as what is on the screen; entries and images follow. */
void            zc_draft_take_document   (ZcDraft        *self,
                                          ZcDraftSection *section,
                                          JsonNode       *document); /* (transfer full) */
void            zc_draft_refresh_images  (ZcDraft        *self,
                                          const char     *section);  /* (nullable): all */

/* the whole */
guint           zc_draft_n_sections      (ZcDraft        *self);
ZcDraftSection *zc_draft_section_at      (ZcDraft        *self,
                                          guint           index);    /* (transfer none) */
/* What the dossier says now: where it is to go, and whether it can be edited. */
void            zc_draft_take_dossier    (ZcDraft        *self);

/* An empty draft of what business and dossier say; sections are added by the caller. (transfer full) */
ZcDraft        *zc_draft_new             (ZcBusiness     *business,
                                          ZcDossier      *dossier);
ZcDraftSection *zc_draft_add_section     (ZcDraft        *self,
                                          guint           index,     /* its place in the business */
                                          gboolean        kept);     /* (transfer none) */
/* What is filled in goes to the store (nullable: nothing is), and from there to the server by sync (nullable), whose client it shares. */
void            zc_draft_be_kept         (ZcDraft        *self,
                                          ZcLocalStore   *store,
                                          ZcSync         *sync);
/* The first reading of a kept section from the store. */
void            zc_draft_take_first      (ZcDraft        *self,
                                          const ZcStoredSection *row);
/* Once, of a draft with a store, its sections taken: what store, sync and dossier do changes it from now on. */
void            zc_draft_follow          (ZcDraft        *self);
/* Something on the screen changed: write and check soon. */
void            zc_draft_touch           (ZcDraft        *self,
                                          ZcDraftSection *section);
void            zc_draft_emit_value      (ZcDraft        *self,
                                          const char     *section,
                                          const char     *entry,
                                          const char     *field);

/* rules */
void            zc_draft_check_soon      (ZcDraft *self);
void            zc_draft_check_now       (ZcDraft *self);
/* What is known of a section after a write, an answer or a check: its states, and those of the whole. */
void            zc_draft_update_states   (ZcDraft *self);

/* the store */
void            zc_draft_write_now       (ZcDraft    *self);       /* what is unsaved, without waiting for its time */
void            zc_draft_read_again      (ZcDraft    *self);       /* the store's rows */

/* conflicts */
int             zc_conflicts_count       (const char *json);       /* (nullable) */
