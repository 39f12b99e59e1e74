/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-server"

#include "config.h"

#include "zc-account-json.h"
#include "zc-code.h"
#include "zc-handlers.h"
#include "zc-id.h"
#include "zc-identity.h"
#include "zc-person.h"
#include "zc-problems.h"
#include "zc-text.h"

/* POST /v1/accounts: registering. What is slow and what can be judged without the store is done in
 * prepare; that an ID number, a mobile and an e-mail are there once is the work of unique indexes
 * (S1.6). */

static const ZcJsonMember members[] = {
  { "notice_version", ZC_JSON_STRING, FALSE },
  { "name", ZC_JSON_STRING, TRUE },
  { "id_kind", ZC_JSON_STRING, TRUE },
  { "id_number", ZC_JSON_STRING, TRUE },
  { "birth_date", ZC_JSON_STRING, FALSE },
  { "sex", ZC_JSON_STRING, FALSE },
  { "mobile", ZC_JSON_STRING, TRUE },
  { "email", ZC_JSON_STRING, TRUE },
  { "password", ZC_JSON_STRING, TRUE },
  { "questions", ZC_JSON_ARRAY, TRUE },
  { "sms_code", ZC_JSON_STRING, TRUE },
  { "email_code", ZC_JSON_STRING, TRUE },
};
static const ZcJsonMember question_members[] = {
  { "question", ZC_JSON_STRING, TRUE },
  { "answer", ZC_JSON_STRING, TRUE },
};

#define N_QUESTIONS 3
#define MAX_QUESTION_CHARACTERS 60
#define MAX_ANSWER_CHARACTERS 60

typedef struct
{
  char *id_number; /* normal forms */
  char *mobile;
  char *email;
  char *birth_date;
  char *sex;
  char *password_hash; /* NULL: the codes looked wrong, nothing was hashed */
  char *answers_hash;
} Registration;

static void
registration_free (Registration *registration)
{
  g_free (registration->id_number);
  g_free (registration->mobile);
  g_free (registration->email);
  g_free (registration->birth_date);
  g_free (registration->sex);
  g_free (registration->password_hash);
  g_free (registration->answers_hash);
  g_free (registration);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Registration, registration_free)

/* Birth date and sex come from the number; where it does not tell them they are asked, else they
 * must not be sent (S1.4). */
static void
check_identity (const ZcJsonValue *body,
                ZcTime now,
                Registration *registration,
                GPtrArray *problems)
{
  const char *birth_date = zc_json_get_string (body, "birth_date");
  const char *sex = zc_json_get_string (body, "sex");
  ZcIdentityKind kind;
  ZcProblemCode code;
  char told_birth[11] = "";
  ZcSex told_sex = ZC_SEX_UNKNOWN;

  if (!zc_identity_kind_from_string (zc_json_get_string (body, "id_kind"), &kind))
    {
      zc_problems_add (problems, "id_kind", ZC_PROBLEM_NOT_A_CHOICE);
      return;
    }
  code = zc_identity_check (kind, registration->id_number, now, told_birth, &told_sex);
  zc_problems_add (problems, "id_number", code);
  if (code != ZC_PROBLEM_NONE)
    return;
  if (told_birth[0] != '\0')
    {
      zc_problems_add (problems, "birth_date",
                       birth_date != NULL ? ZC_PROBLEM_UNKNOWN_FIELD : ZC_PROBLEM_NONE);
      zc_problems_add (problems, "sex", sex != NULL ? ZC_PROBLEM_UNKNOWN_FIELD : ZC_PROBLEM_NONE);
      registration->birth_date = g_strdup (told_birth);
      registration->sex = g_strdup (told_sex == ZC_SEX_MALE ? "male" : "female");
      return;
    }
  if (birth_date == NULL || sex == NULL)
    {
      zc_problems_add (problems, birth_date == NULL ? "birth_date" : "sex", ZC_PROBLEM_REQUIRED);
      return;
    }
  zc_problems_add (problems, "birth_date",
                   zc_birth_date_is_valid (birth_date, now) ? ZC_PROBLEM_NONE : ZC_PROBLEM_DATE);
  zc_problems_add (problems, "sex",
                   g_str_equal (sex, "male") || g_str_equal (sex, "female")
                       ? ZC_PROBLEM_NONE
                       : ZC_PROBLEM_NOT_A_CHOICE);
  registration->birth_date = g_strdup (birth_date);
  registration->sex = g_strdup (sex);
}

static gboolean
is_text (const char *text, glong most)
{
  return !zc_text_is_blank (text) && !zc_text_has_control (text, FALSE)
         && g_utf8_strlen (text, -1) <= most;
}

/* Three different ones, each with an answer. */
static gboolean
questions_are_good (const ZcJsonValue *questions)
{
  if (zc_json_size (questions) != N_QUESTIONS)
    return FALSE;
  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      const char *question = zc_json_get_string (zc_json_at (questions, i), "question");

      if (!is_text (question, MAX_QUESTION_CHARACTERS)
          || !is_text (zc_json_get_string (zc_json_at (questions, i), "answer"),
                       MAX_ANSWER_CHARACTERS))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (g_str_equal (question, zc_json_get_string (zc_json_at (questions, j), "question")))
          return FALSE;
    }
  return TRUE;
}

static gboolean
expect_questions (const ZcJsonValue *questions, GError **error)
{
  for (guint i = 0; i < zc_json_size (questions); i++)
    {
      g_autoptr (GError) shape = NULL;

      if (!zc_json_expect (zc_json_at (questions, i), question_members,
                           G_N_ELEMENTS (question_members), &shape))
        {
          zc_refusal_set (error, ZC_REFUSAL_BAD_JSON, "questions: %s", shape->message);
          return FALSE;
        }
    }
  return TRUE;
}

/* Numbers and addresses are judged in their normal forms: an input method that writes full-width
 * digits makes them no other numbers (decisions 12). */
static gboolean
check_fields (const ZcRequest *request, Registration *registration, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  const char *name = zc_json_get_string (body, "name");
  g_autoptr (GPtrArray) problems = zc_problems_new ();

  registration->id_number = zc_normal_id_number (zc_json_get_string (body, "id_number"));
  registration->mobile = zc_normal_mobile (zc_json_get_string (body, "mobile"));
  registration->email = zc_normal_email (zc_json_get_string (body, "email"));
  zc_problems_add (problems, "name", zc_name_check (name));
  check_identity (body, request->received, registration, problems);
  zc_problems_add (problems, "mobile", zc_mobile_check (registration->mobile));
  zc_problems_add (problems, "email", zc_email_check (registration->email));
  zc_problems_add (problems, "password",
                   zc_password_check (zc_json_get_string (body, "password"), name,
                                      registration->id_number, registration->mobile));
  zc_problems_add (problems, "questions",
                   questions_are_good (zc_json_get (body, "questions")) ? ZC_PROBLEM_NONE
                                                                        : ZC_PROBLEM_QUESTIONS);
  return zc_problems_check (problems, error);
}

/* The server refuses whoever has not accepted the notice of the present version (S1.3). */
static gboolean
check_notice (const ZcRequest *request, ZcStore *store, GError **error)
{
  const char *version = zc_json_get_string (zc_request_body (request), "notice_version");
  g_autoptr (ZcRows) rows
      = zc_store_query (store, "SELECT value FROM setting WHERE name = 'notice_version'");
  gboolean accepted = zc_rows_next (rows) && g_strcmp0 (version, zc_rows_text (rows, 0)) == 0;

  if (!zc_rows_end (rows, error))
    return FALSE;
  if (!accepted)
    zc_refusal_set (error, ZC_REFUSAL_NOTICE, "the notice of this version was not accepted");
  return accepted;
}

typedef struct
{
  ZcCodeFor sms;
  ZcCodeFor email;
  ZcCodeVerdict sms_verdict;
  ZcCodeVerdict email_verdict;
} Codes;

static gboolean
judge_codes (const ZcRequest *request,
             ZcStore *store,
             const Registration *registration,
             Codes *codes,
             GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);

  codes->sms = (ZcCodeFor){ "register", "sms", registration->mobile };
  codes->email = (ZcCodeFor){ "register", "email", registration->email };
  return zc_code_judge (request->server, store, &codes->sms, zc_json_get_string (body, "sms_code"),
                        request->received, &codes->sms_verdict, error)
         && zc_code_judge (request->server, store, &codes->email,
                           zc_json_get_string (body, "email_code"), request->received,
                           &codes->email_verdict, error);
}

/* One slow hash over the three answers, each trimmed, in small letters and told its length: they
 * are asked together. */
static char *
join_answers (const ZcJsonValue *questions)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < zc_json_size (questions); i++)
    {
      g_autofree char *normal = g_utf8_normalize (
          zc_json_get_string (zc_json_at (questions, i), "answer"), -1, G_NORMALIZE_NFKC);
      g_autofree char *folded = g_utf8_casefold (g_strstrip (normal), -1);

      g_string_append_printf (joined, "%" G_GSIZE_FORMAT ":%s,", strlen (folded), folded);
    }
  return g_string_free_and_steal (joined);
}

static gboolean
hash_secrets (const ZcRequest *request, Registration *registration, GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  g_autofree char *answers = join_answers (zc_json_get (body, "questions"));
  ZcPasswords *passwords = request->server->passwords;

  registration->password_hash
      = zc_password_hash (passwords, zc_json_get_string (body, "password"), error);
  if (registration->password_hash == NULL)
    return FALSE;
  registration->answers_hash = zc_password_hash (passwords, answers, error);
  return registration->answers_hash != NULL;
}

gboolean
zc_prepare_account_post (ZcRequest *request, ZcStore *store, GError **error)
{
  g_autoptr (Registration) registration = g_new0 (Registration, 1);
  Codes codes;

  if (!zc_request_expect (request, members, G_N_ELEMENTS (members), error)
      || !expect_questions (zc_json_get (zc_request_body (request), "questions"), error)
      || !check_notice (request, store, error) || !check_fields (request, registration, error)
      || !judge_codes (request, store, registration, &codes, error))
    return FALSE;
  if (codes.sms_verdict != ZC_CODE_WRONG && codes.email_verdict != ZC_CODE_WRONG
      && !hash_secrets (request, registration, error))
    return FALSE;
  zc_request_set_prepared (request, g_steal_pointer (&registration),
                           (GDestroyNotify)registration_free);
  return TRUE;
}

/* Refused, but counted: a reply keeps what was written, an error would undo it. */
static ZcReply *
refuse_codes (ZcRequest *request, ZcStore *store, const Codes *codes, GError **error)
{
  GPtrArray *problems = zc_problems_new ();
  g_autoptr (GError) refusal = zc_refusal_new (ZC_REFUSAL_INVALID, "wrong verification code");
  gboolean ok = TRUE;

  if (codes->sms_verdict != ZC_CODE_RIGHT)
    zc_problems_add (problems, "sms_code", ZC_PROBLEM_CODE);
  if (codes->email_verdict != ZC_CODE_RIGHT)
    zc_problems_add (problems, "email_code", ZC_PROBLEM_CODE);
  zc_refusal_take_problems (refusal, problems);
  if (codes->sms_verdict == ZC_CODE_WRONG)
    ok = zc_code_count_wrong (request->server, store, &codes->sms, error);
  if (ok && codes->email_verdict == ZC_CODE_WRONG)
    ok = zc_code_count_wrong (request->server, store, &codes->email, error);
  return ok ? zc_reply_error (refusal, request) : NULL;
}

static gboolean
refuse_taken (ZcStore *store,
              const guint8 *id_index,
              const Registration *registration,
              GError **error)
{
  g_autoptr (ZcRows) rows
      = zc_store_query (store,
                        "SELECT EXISTS (SELECT 1 FROM account WHERE id_index = $1), EXISTS (SELECT "
                        "1 FROM account WHERE mobile_normal = $2),"
                        " EXISTS (SELECT 1 FROM account WHERE email_normal = $3)",
                        ZC_BLOB (id_index, ZC_SEAL_INDEX_BYTES), ZC_TEXT (registration->mobile),
                        ZC_TEXT (registration->email));
  static const ZcRefusal refusals[]
      = { ZC_REFUSAL_ID_TAKEN, ZC_REFUSAL_MOBILE_TAKEN, ZC_REFUSAL_EMAIL_TAKEN };
  int taken = -1;

  if (zc_rows_next (rows))
    for (int i = 2; i >= 0; i--)
      if (zc_rows_integer (rows, i) != 0)
        taken = i;
  if (!zc_rows_end (rows, error))
    return FALSE;
  if (taken >= 0)
    zc_refusal_set (error, refusals[taken], "registered already");
  return taken < 0;
}

static char *
list_questions (const ZcJsonValue *questions)
{
  GString *text = g_string_new (NULL);
  ZcJsonWriter writer;

  zc_json_writer_init (&writer, text);
  zc_json_begin_array (&writer, NULL);
  for (guint i = 0; i < zc_json_size (questions); i++)
    zc_json_add_string (&writer, NULL, zc_json_get_string (zc_json_at (questions, i), "question"));
  zc_json_end_array (&writer);
  return g_string_free_and_steal (text);
}

/* As typed, with its large letters, unless mail would not come to it. */
static gboolean
is_deliverable (const char *email)
{
  return zc_email_check (email) == ZC_PROBLEM_NONE;
}

static gboolean
write_account (const ZcRequest *request,
               ZcStore *store,
               const char *id,
               const guint8 *id_index,
               const Registration *registration,
               GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  const char *email = zc_json_get_string (body, "email");
  g_autofree char *masked = zc_mask_id_number (registration->id_number);
  g_autofree guint8 *identity = NULL;
  gsize size;

  identity = zc_person_seal (request->server, id, registration->id_number, registration->birth_date,
                             registration->sex, &size);
  return zc_store_exec (store, error,
                        "INSERT INTO account (id, name, id_kind, identity, id_index, id_masked, "
                        "mobile, mobile_normal, email,"
                        " email_normal, password, password_at, created_at)"
                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)",
                        ZC_TEXT (id), ZC_TEXT (zc_json_get_string (body, "name")),
                        ZC_TEXT (zc_json_get_string (body, "id_kind")), ZC_BLOB (identity, size),
                        ZC_BLOB (id_index, ZC_SEAL_INDEX_BYTES), ZC_TEXT (masked),
                        ZC_TEXT (registration->mobile), ZC_TEXT (registration->mobile),
                        ZC_TEXT (is_deliverable (email) ? email : registration->email),
                        ZC_TEXT (registration->email),
                        ZC_TEXT (registration->password_hash), ZC_INT (request->received));
}

/* The questions, and the consent: which notice, with the digest of its text, when (S1.3). */
static gboolean
write_consent (const ZcRequest *request,
               ZcStore *store,
               const char *id,
               const Registration *registration,
               GError **error)
{
  const ZcJsonValue *body = zc_request_body (request);
  g_autofree char *questions = list_questions (zc_json_get (body, "questions"));

  return zc_store_exec (
             store, error,
             "INSERT INTO question (account, questions, answers, at) VALUES ($1, $2, $3, $4)",
             ZC_TEXT (id), ZC_TEXT (questions), ZC_TEXT (registration->answers_hash),
             ZC_INT (request->received))
         && zc_store_exec (store, error,
                           "INSERT INTO consent (account, kind, version, digest, at)"
                           " SELECT $1, 'registration', $2, value, CAST ($3 AS BIGINT) FROM "
                           "setting WHERE name = 'notice_digest'",
                           ZC_TEXT (id), ZC_TEXT (zc_json_get_string (body, "notice_version")),
                           ZC_INT (request->received));
}

static gboolean
write_event (const ZcRequest *request, ZcStore *store, const char *id, GError **error)
{
  ZcEvent event
      = { .at = request->received, .act = "register", .account = id, .role = "applicant" };

  return zc_event_append (request->server, store, &event, NULL, error);
}

ZcReply *
zc_handle_account_post (ZcRequest *request, ZcStore *store, GError **error)
{
  const Registration *registration = request->prepared;
  g_autofree char *id = zc_id_new ();
  guint8 id_index[ZC_SEAL_INDEX_BYTES];
  ZcJsonWriter writer;
  ZcReply *reply;
  Codes codes;

  if (!judge_codes (request, store, registration, &codes, error))
    return NULL;
  if (codes.sms_verdict == ZC_CODE_WRONG || codes.email_verdict == ZC_CODE_WRONG
      || registration->password_hash == NULL)
    return refuse_codes (request, store, &codes, error);
  zc_seal_index (request->server->seal, "account.id_number", registration->id_number, id_index);
  if (!refuse_taken (store, id_index, registration, error))
    return NULL;
  if (codes.sms_verdict != ZC_CODE_RIGHT || codes.email_verdict != ZC_CODE_RIGHT)
    return refuse_codes (request, store, &codes, error);
  if (!write_account (request, store, id, id_index, registration, error)
      || !write_consent (request, store, id, registration, error)
      || !write_event (request, store, id, error)
      || !zc_code_spend (request->server, store, &codes.sms, request->received, error)
      || !zc_code_spend (request->server, store, &codes.email, request->received, error))
    return NULL;
  reply = zc_reply_json (201, &writer);
  zc_json_begin_object (&writer, NULL);
  zc_json_add_string (&writer, "id", id);
  zc_json_add_string (&writer, "name", zc_json_get_string (zc_request_body (request), "name"));
  zc_json_end_object (&writer);
  return reply;
}

ZcReply *
zc_handle_me_get (ZcRequest *request, ZcStore *store, GError **error)
{
  ZcJsonWriter writer;
  g_autoptr (ZcReply) reply = zc_reply_json (200, &writer);

  zc_json_begin_object (&writer, NULL);
  if (!zc_account_write_members (request->server, store, request->caller.account, request->received,
                                 &writer, error))
    return NULL;
  zc_json_add_string (&writer, "membership", request->caller.membership);
  zc_json_end_object (&writer);
  return g_steal_pointer (&reply);
}
