/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "zc-app"

#include "config.h"

#include <glib/gi18n.h>

#include "zc-rule-text.h"

/* What each rule says and where it comes from: one place, so that a rule reads alike wherever it stops somebody (N12). Which
 * refusal stands for which rule is said in core (zc_refusal_rule()). */

#define MANUAL N_ ("The manual of this platform")
#define PLATFORM N_ ("Rules of this platform")
#define SAFETY N_ ("Safety rules of this platform")
#define EVALUATION N_ ("Interim Provisions on the Evaluation of Professional Titles (Ministry of Human Resources and Social Security, Order No. 40)")
#define HOLIDAYS N_ ("Public holidays as the General Office of the State Council arranges them each year")
#define CREDIT N_ ("Coding rule of the unified social credit identifier (GB 32100)")
#define PIPL N_ ("Personal Information Protection Law")

static const ZcRuleText rules[] = {
  { "valid-values", N_ ("What a form may hold"),
    N_ ("Each item has a kind, a length and limits of its own. What does not keep to them is not taken, on "
        "this computer and on the server alike."),
    PLATFORM },
  { "session", N_ ("Signing in"),
    N_ ("What belongs to a person is shown and changed only while that person is signed in. For staff some "
        "time without input ends it."),
    SAFETY },
  { "credentials", N_ ("Account and password"),
    N_ ("Account and password must belong together. Which of the two was wrong is not told, so that nobody "
        "can find out who has an account."),
    SAFETY },
  { "verification-code", N_ ("Verification codes"),
    N_ ("A code holds for a few minutes, for one purpose and for one number, and can be used once."),
    SAFETY },
  { "wrong-tries", N_ ("Wrong tries"),
    N_ ("After several wrong tries an account waits before it can be tried again, so that nobody can guess "
        "it."),
    SAFETY },
  { "request-rate", N_ ("How often"),
    N_ ("What burdens the server or others, such as sending codes, can be done so often within a time and no "
        "more."),
    SAFETY },
  { "role", N_ ("Who may do what"),
    N_ ("Everybody does what their role in their body allows. Roles are given by a leader of the body."),
    PLATFORM },
  { "nobody-on-their-own", N_ ("Nobody in their own matter"),
    N_ ("Nobody reviews their own dossier, and nobody gives or takes rights of their own."),
    PLATFORM },
  { "second-factor", N_ ("Authenticator of staff"),
    N_ ("Whoever acts for a body proves who they are twice: by password and by the code of an authenticator."),
    SAFETY },
  { "password", N_ ("What needs the password"),
    N_ ("What protects an account can be changed only by whoever signed in with the password, not by a code "
        "alone."),
    SAFETY },
  { "notice-accepted", N_ ("Registration notice"),
    N_ ("An account is made only by whoever has read and accepted the registration notice as it is now."),
    PIPL },
  { "one-account-per-id-number", N_ ("One person, one account"),
    N_ ("An ID number has one account."),
    PLATFORM },
  { "one-account-per-mobile", N_ ("A mobile number has one account"),
    N_ ("A mobile number that is bound to an account cannot be bound to another."),
    PLATFORM },
  { "one-account-per-email", N_ ("An e-mail address has one account"),
    N_ ("An e-mail address that is bound to an account cannot be bound to another."),
    PLATFORM },
  { "one-series-per-year", N_ ("One series a year"),
    N_ ("Within one year of evaluation one person applies for one series only. Deleting the draft or giving "
        "it up makes room; what was not passed or ran out does not."),
    PLATFORM },
  { "one-open-per-person", N_ ("One at a time"),
    N_ ("Of this business a person has one that is not done with."),
    PLATFORM },
  { "one-body-per-credit-code", N_ ("One unit, one registration"),
    N_ ("A unified social credit code belongs to one unit and is registered once."),
    CREDIT },
  { "head-is-registered", N_ ("The head is registered first"),
    N_ ("A branch can be put under a head that is on this platform already."),
    PLATFORM },
  { "head-is-above", N_ ("A head stands above its branches"),
    N_ ("A unit cannot be put under itself, nor under a branch of its own."), PLATFORM },
  { "leader-of-the-unit", N_ ("Who speaks for a unit"),
    N_ ("What changes a unit itself is asked for by a leader of that unit."),
    PLATFORM },
  { "filing-window", N_ ("Filing window"),
    N_ ("An application is filled in and submitted within the window that its committee or office has opened."
        " It ends at the minute that is told, by the clock of the server."),
    PLATFORM },
  { "target", N_ ("What can be filed together"),
    N_ ("Unit, series, level and committee must fit together as the directory of the platform says."),
    PLATFORM },
  { "national-exam", N_ ("Titles by national exam"),
    N_ ("Where a level is gained by a national exam alone, it is neither evaluated nor recognized."),
    PLATFORM },
  { "committee-scope", N_ ("Scope of a committee"),
    N_ ("A committee evaluates the series, specialities and levels that it was set up for, and no others."),
    EVALUATION },
  { "department-and-person", N_ ("To whom a dossier is sent"),
    N_ ("It is sent to a department that is on this platform and to a person who acts there now."),
    PLATFORM },
  { "colleague-of-the-body", N_ ("Who can be asked to take it up"),
    N_ ("A dossier is given to somebody who acts for the same body and whose own dossier it is not."),
    PLATFORM },
  { "edit-before-submission", N_ ("After submitting nothing is changed"),
    N_ ("What has been submitted stays as it is while it is reviewed. It can be changed again when it was "
        "withdrawn or returned."),
    MANUAL },
  { "newest-form", N_ ("Newest form"),
    N_ ("A draft goes over to a newer form where there is one."),
    PLATFORM },
  { "stage-and-state", N_ ("What can be done when"),
    N_ ("What can be done depends on the stage that a dossier has reached."),
    PLATFORM },
  { "withdraw-before-acceptance", N_ ("Withdrawing"),
    N_ ("An applicant can withdraw while nobody at the first reviewing stage has accepted the dossier. Once "
        "it is accepted only a return opens it again; if the acceptance is released, it can be withdrawn "
        "again."),
    MANUAL },
  { "holder-decides", N_ ("Who has accepted decides"),
    N_ ("Whoever has accepted a dossier decides on it. They or a leader of the body can release it for "
        "others."),
    PLATFORM },
  { "accept-before-deciding", N_ ("Accepting comes first"),
    N_ ("A dossier is accepted before it is decided on, so that everybody sees who has it in hand."),
    PLATFORM },
  { "present-version", N_ ("Deciding on what is there now"),
    N_ ("What was changed meanwhile is looked at before it is overwritten or decided on. Nothing is replaced "
        "unseen."),
    PLATFORM },
  { "complete-before-submission", N_ ("Complete before submitting"),
    N_ ("An application is submitted when everything required is there and keeps to its limits."),
    MANUAL },
  { "unit-part-before-sending-on", N_ ("The unit's own part"),
    N_ ("A unit sends a dossier on when its own sections are complete."),
    PLATFORM },
  { "public-notice-before-sending-on", N_ ("The unit's public notice"),
    N_ ("Before a unit reports material it shows it to its people for a number of working days, and records "
        "dates, place and result. How many days, the business says."),
    EVALUATION },
  { "published-calendar", N_ ("Counting working days"),
    N_ ("Working days are counted by the published calendar of holidays and make-up days. While the calendar "
        "of a year is not published, no date in it can be counted for certain."),
    HOLIDAYS },
  { "opinion", N_ ("A decision against somebody gives its reason"),
    N_ ("Whoever returns or refuses an application says why, in writing."),
    PLATFORM },
  { "notes-where-they-are-seen", N_ ("Notes are for whoever gets the dossier back"),
    N_ ("What goes back to the applicant carries notes at the applicant's sections only; the unit's own are not shown to them."),
    PLATFORM },
  { "size", N_ ("How large"),
    N_ ("What is sent at once has a largest size, so that one request cannot hold up the others."),
    PLATFORM },
  { "images-unnamed", N_ ("Images that stand nowhere"),
    N_ ("Of one person a number of images can lie at the server that no section names yet. Sections that name theirs make room."),
    PLATFORM },
  { "image-rules", N_ ("What an image must be"),
    N_ ("JPEG, within the number, size and pixels that stand at its place."),
    MANUAL },
};

/**
 * zc_rule_text_find:
 * @rule: an id of zc_refusal_rule()
 *
 * Returns: (transfer none) (nullable): the rule, its texts to be translated; %NULL where there is none of that id
 */
const ZcRuleText *
zc_rule_text_find (const char *rule)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i].id, rule) == 0)
      return &rules[i];
  return NULL;
}
