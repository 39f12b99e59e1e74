/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-local-store.h"
#include "zc-problem-text.h"
#include "zc-refusal-text.h"
#include "zc-time-text.h"

/* Why something was refused, said to the person (N12): what happened, what to do next, and who can lift
 * it. The one place that words ZcRefusal; the English of an error is for logs alone. */

typedef struct
{
  const char *what;
  const char *next;
} RefusalText;

static const RefusalText texts[ZC_REFUSAL_LAST] = {
  [ZC_REFUSAL_BAD_REQUEST] = { N_ ("The server did not understand this program."),
                               N_ ("Please update the program and try again.") },
  [ZC_REFUSAL_BAD_JSON] = { N_ ("The server could not read what was sent."),
                            N_ ("Please update the program and try again.") },
  [ZC_REFUSAL_INVALID] = { N_ ("Some of what was filled in is not right."),
                           N_ ("Please correct the items that are marked.") },
  [ZC_REFUSAL_SIGNED_OUT]
  = { N_ ("You are no longer signed in."),
      N_ ("Please sign in again; what you typed is kept and the work goes on.") },
  [ZC_REFUSAL_WRONG_PASSWORD] = { N_ ("Account or password is wrong."),
                                  N_ ("Please check both, or use the code by SMS.") },
  [ZC_REFUSAL_WRONG_CODE] = { N_ ("The verification code is wrong or has expired."),
                              N_ ("Please check it, or ask for a new one.") },
  [ZC_REFUSAL_LOCKED] = { N_ ("There were too many wrong tries."),
                          N_ ("Please wait a while and try again, or get the password back.") },
  [ZC_REFUSAL_TOO_MANY] = { N_ ("That was too often within a short time."),
                            N_ ("Please wait a while and try again.") },
  [ZC_REFUSAL_IMAGES_UNNAMED]
  = { N_ ("Too many images have been sent that no section holds yet."),
      N_ ("They wait on this computer and are sent later by themselves; what is typed goes on.") },
  [ZC_REFUSAL_FORBIDDEN] = { N_ ("Your role does not allow this."),
                             N_ ("If it should, please ask the administrator of your body.") },
  [ZC_REFUSAL_OWN_DOSSIER] = { N_ ("This is your own dossier; nobody reviews their own."),
                               N_ ("Please hand it to a colleague.") },
  [ZC_REFUSAL_ONESELF] = { N_ ("Nobody changes their own rights."),
                           N_ ("Please ask another leader of your body.") },
  [ZC_REFUSAL_SECOND_FACTOR]
  = { N_ ("Acting for a body needs the code of your authenticator as well."),
      N_ ("Please enter the code that it shows now.") },
  [ZC_REFUSAL_STEP_UP] = { N_ ("Signed in by a code alone, this cannot be done."),
                           N_ ("Please sign out, sign in with your password, and do it then.") },
  [ZC_REFUSAL_NO_FACTOR] = { N_ ("Acting for a body needs an authenticator, and you have none yet."),
                             N_ ("Please set it up; it takes two minutes.") },
  [ZC_REFUSAL_NOT_FOUND] = { N_ ("This no longer exists, or you may not see it."),
                             N_ ("Please go back to the list and load it again.") },
  [ZC_REFUSAL_METHOD] = { N_ ("The server does not offer this."),
                          N_ ("Please update the program and try again.") },
  [ZC_REFUSAL_NOTICE]
  = { N_ ("The registration notice has changed meanwhile."),
      N_ ("Please read the present notice to its end, then register again.") },
  [ZC_REFUSAL_ID_TAKEN]
  = { N_ ("This ID number is already registered."),
      N_ ("Please sign in with it; if it was not you, tell the operator of the platform.") },
  [ZC_REFUSAL_MOBILE_TAKEN]
  = { N_ ("This mobile number is already registered."),
      N_ ("Please sign in with it, or register with another number of yours.") },
  [ZC_REFUSAL_EMAIL_TAKEN]
  = { N_ ("This e-mail address is already registered."),
      N_ ("Please sign in, or register with another address of yours.") },
  [ZC_REFUSAL_ONE_SERIES]
  = { N_ ("Within one year only one series can be applied for, and you have a dossier of this year."),
      N_ ("Please go on with that one, or delete its draft first.") },
  [ZC_REFUSAL_ONE_OPEN] = { N_ ("You have begun one already, and it is not done with."),
                            N_ ("Please go on with that one, or delete its draft first.") },
  [ZC_REFUSAL_CREDIT_CODE_TAKEN]
  = { N_ ("A unit with this unified social credit code is registered already."),
      N_ ("Please ask its leader for an invitation; if nobody knows one, tell the operator of the "
          "platform.") },
  [ZC_REFUSAL_NO_HEAD]
  = { N_ ("No unit on the platform has the credit code that was given as the head's."),
      N_ ("Please look at it again; a head that is not registered yet must register first.") },
  [ZC_REFUSAL_HEAD_BELOW]
  = { N_ ("The unit with this credit code is this unit itself, or a branch below it."),
      N_ ("Please look at the credit code again: the head must stand above the unit.") },
  [ZC_REFUSAL_NOT_LEADER]
  = { N_ ("Only a leader of the unit may ask for this."),
      N_ ("Please choose a unit that you are a leader of, or ask one of its leaders to file it.") },
  [ZC_REFUSAL_WINDOW_CLOSED]
  = { N_ ("The filing window is closed."),
      N_ ("Please ask the title reform office of the committee about the next window.") },
  [ZC_REFUSAL_TARGET] = { N_ ("This combination of unit, series, level and committee cannot be filed."),
                          N_ ("Please choose again.") },
  [ZC_REFUSAL_EXAM_ONLY] = { N_ ("Titles of this level are gained by the national exam alone; nobody evaluates them."),
                             N_ ("Please choose another level, or take the national exam.") },
  [ZC_REFUSAL_NO_COMMITTEE]
  = { N_ ("This committee does not evaluate this series at this level."),
      N_ ("Please choose another committee, or ask its title reform office.") },
  [ZC_REFUSAL_DEPARTMENT]
  = { N_ ("There is no such department, or this person may not act there any more."),
      N_ ("Please choose department and person again.") },
  [ZC_REFUSAL_COLLEAGUE] = { N_ ("This person cannot take the dossier up: they do not act for this body, or it is their own."),
                             N_ ("Please choose another colleague.") },
  [ZC_REFUSAL_NOT_EDITABLE]
  = { N_ ("What has been submitted can no longer be changed."),
      N_ ("Withdraw it first; once its review has begun, ask whoever has it now to return it.") },
  [ZC_REFUSAL_FORM_CURRENT] = { N_ ("This dossier uses the newest form already."),
                                N_ ("Nothing needs to be done.") },
  [ZC_REFUSAL_NOT_ALLOWED] = { N_ ("The dossier has moved on; this cannot be done at its stage."),
                               N_ ("Please look at its progress.") },
  [ZC_REFUSAL_ALREADY_ACCEPTED]
  = { N_ ("Your unit has begun the review; it can no longer be withdrawn."),
      N_ ("Please ask the staff of your unit to return it, then you can change it.") },
  [ZC_REFUSAL_WITH_DEPARTMENT]
  = { N_ ("The department has it for review; it can no longer be withdrawn."),
      N_ ("Please ask the staff of the department to return it, then you can change it.") },
  [ZC_REFUSAL_WITH_OFFICE]
  = { N_ ("The title reform office has it for review; it can no longer be withdrawn."),
      N_ ("Please ask the staff of the title reform office to return it, then you can change it.") },
  [ZC_REFUSAL_WITH_COMMITTEE]
  = { N_ ("The committee has it for review; it can no longer be withdrawn."),
      N_ ("Please ask the staff of the committee to return it, then you can change it.") },
  [ZC_REFUSAL_EXAMINED]
  = { N_ ("The papers have been examined; the dossier can no longer be withdrawn or returned."),
      N_ ("Please look at its progress; what comes next stands there.") },
  [ZC_REFUSAL_HELD] = { N_ ("A colleague has accepted this dossier."),
                        N_ ("They or a leader can release it.") },
  [ZC_REFUSAL_NOT_HELD] = { N_ ("This dossier has not been accepted yet."),
                            N_ ("Please accept it before deciding.") },
  [ZC_REFUSAL_STALE] = { N_ ("The dossier has changed meanwhile."),
                         N_ ("The present state is shown now; please look and decide again.") },
  [ZC_REFUSAL_INCOMPLETE] = { N_ ("Something required is missing or not right."),
                              N_ ("Please complete the items listed, then submit again.") },
  [ZC_REFUSAL_UNIT_PART] = { N_ ("The unit's own part of this dossier is not complete."),
                             N_ ("Please complete the items listed, then approve it again.") },
  [ZC_REFUSAL_PUBLIC_NOTICE]
  = { N_ ("The unit's public notice is not complete: it must run for its working days and be recorded "
          "with dates, place and result."),
      N_ ("Please complete the items listed, then approve it again.") },
  [ZC_REFUSAL_NOTICE_RUNNING] = { N_ ("The unit's public notice is still running."),
                                  N_ ("The dossier can be sent on from the day after its last day.") },
  [ZC_REFUSAL_CALENDAR]
  = { N_ ("The working days of the public notice cannot be counted: the calendar of one of its years is not there."),
      N_ ("Please check the dates; if they are right, the operator of the platform is to provide that calendar.") },
  [ZC_REFUSAL_OPINION] = { N_ ("This decision needs an opinion."),
                           N_ ("Please write why, so that the applicant knows what to do.") },
  [ZC_REFUSAL_NOTES_UNSEEN]
  = { N_ ("Some notes stand in the unit's own part, which the applicant does not see."),
      N_ ("Please leave them out, or return it one stage, where they are seen.") },
  [ZC_REFUSAL_PRECONDITION]
  = { N_ ("This section was changed on another computer meanwhile."),
      N_ ("Both versions are kept; please look at the items marked.") },
  [ZC_REFUSAL_NO_PRECONDITION] = { N_ ("The server did not understand this program."),
                                   N_ ("Please update the program and try again.") },
  [ZC_REFUSAL_KEY_REUSED] = { N_ ("The server took this for another request."),
                              N_ ("Please do it once more.") },
  [ZC_REFUSAL_KEY_RUNNING] = { N_ ("The server is still working on the same request."),
                               N_ ("Please wait a moment; do not press again.") },
  [ZC_REFUSAL_NO_KEY] = { N_ ("The server did not understand this program."),
                          N_ ("Please update the program and try again.") },
  [ZC_REFUSAL_TOO_LARGE] = { N_ ("What was sent is too large."),
                             N_ ("Please shorten the text, or have the image made to fit.") },
  [ZC_REFUSAL_MEDIA_TYPE] = { N_ ("Only JPEG images can be sent."),
                              N_ ("Please save the image as JPEG first.") },
  [ZC_REFUSAL_IMAGE] = { N_ ("The image was not taken."),
                         N_ ("Please choose another one, or have it made to fit.") },
  [ZC_REFUSAL_GONE] = { N_ ("The list is out of date."), N_ ("It is being loaded again.") },
  [ZC_REFUSAL_BUSY] = { N_ ("The server has much to do at the moment."),
                        N_ ("Nothing is lost; please try again in a moment.") },
  [ZC_REFUSAL_STORAGE] = { N_ ("The server cannot store anything at the moment."),
                           N_ ("What you typed is kept on this computer; please try again later.") },
  [ZC_REFUSAL_TIMEOUT] = { N_ ("The connection is too slow at the moment."),
                           N_ ("Nothing is lost; please try again.") },
  [ZC_REFUSAL_HEADERS] = { N_ ("The server did not understand this program."),
                           N_ ("Please update the program and try again.") },
  [ZC_REFUSAL_INTERNAL] = { N_ ("Something failed in the server."),
                            N_ ("What you typed is kept on this computer; please try again later.") },
  [ZC_REFUSAL_OFFLINE]
  = { N_ ("The server cannot be reached."),
      N_ ("Filling in goes on without a network and is sent by itself later; this needs the network.") },
};

static const RefusalText unknown
    = { N_ ("That did not work."), N_ ("What you typed is kept; please try again.") };

static const RefusalText store_texts[] = {
  [ZC_LOCAL_STORE_ERROR_IN_USE] = { N_ ("The program is already running with this account."),
                                    N_ ("Please use the window that is open.") },
  [ZC_LOCAL_STORE_ERROR_NEWER]
  = { N_ ("The data on this computer were written by a newer version of the program."),
      N_ ("Please update the program; the data stay untouched.") },
  [ZC_LOCAL_STORE_ERROR_DISK]
  = { N_ ("Not saved: the disk of this computer is full or broken."),
      N_ ("Please free some space and keep this window open; saving goes on by itself.") },
  [ZC_LOCAL_STORE_ERROR_REPLACED]
  = { N_ ("This section was changed on another computer meanwhile."),
      N_ ("Both versions are kept; please look at the items marked.") },
  [ZC_LOCAL_STORE_ERROR_MISSING] = { N_ ("This file is not on this computer."),
                                     N_ ("It can be seen again when the server is reached.") },
  [ZC_LOCAL_STORE_ERROR_CLOSED] = { N_ ("This account has been signed out."),
                                    N_ ("Please sign in again.") },
};

static const RefusalText *
find_text (const GError *error)
{
  if (error->domain == ZC_REFUSAL_ERROR && error->code >= 0 && error->code < ZC_REFUSAL_LAST
      && texts[error->code].what != NULL)
    return &texts[error->code];
  if (error->domain == ZC_LOCAL_STORE_ERROR && error->code >= 0
      && error->code < (int) G_N_ELEMENTS (store_texts))
    return &store_texts[error->code];
  return &unknown;
}

/**
 * zc_refusal_what:
 * @error: an error of ZC_REFUSAL_ERROR or ZC_LOCAL_STORE_ERROR; any other gets a general sentence
 *
 * Returns: (transfer none): what happened
 */
const char *
zc_refusal_what (const GError *error)
{
  return _ (find_text (error)->what);
}

/**
 * zc_refusal_next:
 *
 * Returns: (transfer none): what to do next
 */
const char *
zc_refusal_next (const GError *error)
{
  return _ (find_text (error)->next);
}

/**
 * zc_refusal_who:
 *
 * Returns: (transfer none) (nullable): who can lift it, where the rule names somebody
 */
const char *
zc_refusal_who (const GError *error)
{
  static const struct
  {
    const char *id;
    const char *text;
  } people[] = {
    { "applicant", N_ ("You can lift this yourself.") },
    { "holder", N_ ("Whoever has the dossier now can lift this.") },
    { "body", N_ ("The body that you act for can lift this.") },
    { "unit", N_ ("Your unit can lift this.") },
    { "department", N_ ("The department can lift this.") },
    { "office", N_ ("The title reform office can lift this.") },
    { "committee", N_ ("The committee can lift this.") },
    { "nobody", N_ ("Nobody can lift this any more.") },
    { "time", N_ ("This passes by itself after some time.") },
    { "operator", N_ ("The operator of the platform can lift this.") },
  };
  const char *id;

  if (error->domain != ZC_REFUSAL_ERROR || error->code < 0 || error->code >= ZC_REFUSAL_LAST)
    return NULL;
  id = zc_refusal_lifted_by ((ZcRefusal) error->code);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_strcmp0 (people[i].id, id) == 0)
      return _ (people[i].text);
  return NULL;
}

/**
 * zc_refusal_dup_who:
 * @name: (nullable): what the body is called that can lift it
 *
 * Returns: (transfer full) (nullable): the same by name, where that is known
 */
char *
zc_refusal_dup_who (const GError *error,
                    const char *name)
{
  return name != NULL ? g_strdup_printf (_ ("%s can lift this."), name) : g_strdup (zc_refusal_who (error));
}

/* (nullable): how long to wait, where the answer says so */
static char *
dup_wait (const GError *error)
{
  int seconds = error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_retry (error) : 0;

  if (seconds <= 0)
    return NULL;
  if (seconds < 90)
    return g_strdup_printf (_ ("Try again in %d seconds."), seconds);
  return g_strdup_printf (_ ("Try again in %d minutes."), (seconds + 59) / 60);
}

/* What happened, with the dates that the answer tells (S3.1.1a). */
static char *
dup_what (const GError *error)
{
  ZcTime start = 0;
  ZcTime end = 0;
  g_autofree char *minute = NULL;

  if (error->domain != ZC_REFUSAL_ERROR || !zc_refusal_get_window (error, &start, &end))
    return g_strdup (zc_refusal_what (error));
  minute = zc_time_dup_minute (zc_time_now () < start ? start : end);
  if (zc_time_now () < start)
    return g_strdup_printf (_ ("The filing window is not open yet; it opens on %s."), minute);
  return g_strdup_printf (_ ("The filing window closed on %s."), minute);
}

/**
 * zc_refusal_dup_text:
 *
 * Returns: (transfer full): all of it as one text: what happened, for an image why, what to do, how long to wait
 */
char *
zc_refusal_dup_text (const GError *error)
{
  g_autofree char *wait = dup_wait (error);
  g_autofree char *what = dup_what (error);
  GPtrArray *problems = error->domain == ZC_REFUSAL_ERROR ? zc_refusal_get_problems (error) : NULL;

  if (g_error_matches (error, ZC_REFUSAL_ERROR, ZC_REFUSAL_IMAGE) && problems != NULL
      && problems->len > 0)
    {
      g_autofree char *why = zc_problem_dup_text (g_ptr_array_index (problems, 0), NULL);

      return g_strdup_printf (_ ("%s %s"), _ ("The image was not taken."), why);
    }
  return g_strdup_printf (_ ("%s %s"), what,
                          wait != NULL ? wait : zc_refusal_next (error));
}
