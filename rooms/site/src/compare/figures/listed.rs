//! The list itself. Sources are public; what rests on no source says that it is an estimate.

use super::Group::{Attendance, Contracts, Costs, Filling, Hours, Insurance, Practice, Staying};
use super::Unit::{Dollars, Number, Percent, Whole};
use super::{Figure, Key, YEAR, figure};

const EST: &str = "Estimate.";
const CHORE: &str = "Estimate. All of it is yours where nobody else does it.";
const MIX: &str = "Between two sources: 34% never return after the first visit (Simon et al., \
    Psychiatric Services 2012;63:705), and 32% of clients use 77% of sessions (American Journal \
    of Psychiatry 1989;146:775).";
const PATH: &str = "Practices report that 12 to 85% of those who ask begin (therapieseo.com; \
    Psychiatric Services 2010;61:684). These three make 41%. Estimate.";
const OFFICE: &str = "An office costs $500 to $2,500 a month, telehealth none \
    (bookkeepingdallas.org). The same wherever you bring your own room.";

/// Every figure, in the order of [`Key`] and of the form.
#[rustfmt::skip]
pub(in super::super) const FIGURES: &[Figure] = &[
    figure(Key::Calls, Practice, ("calls", "Calls a week that could be for you"), Number, (280, 50, 800),
        "Estimate: no public figure exists. Your own count is the one to use. The same in every model."),
    figure(Key::Open, Practice, ("open", "Session hours that you open a week"), Number, (2_400, 400, 4_000),
        "Yours to say. Psychologists reported 18.4 hours of direct care a week (APA survey of 2015).").within(100, 8_000),
    figure(Key::Weeks, Practice, ("weeks", "Weeks that you work in a year"), Whole, (4_600, 4_000, YEAR), "Yours to say.")
        .within(100, YEAR),
    figure(Key::Fee, Practice, ("fee", "Your fee for a session"), Dollars, (14_300, 6_500, 25_000),
        "Mean of listed fees (Zhu et al., Health Affairs Scholar 2024;2(9):qxae110). By license: LPC $147, LCSW $151, \
         LMFT $166, psychologist $216 (Heard, 2025)."),
    figure(Key::Direct, Practice, ("direct", "Clients who pay you directly, %"), Percent, (2_000, 0, 10_000),
        "Estimate. About a third of private practitioners take no insurance (Zhu et al., 2024)."),
    figure(Key::Allowed, Practice, ("allowed", "What a plan allows for a session"), Dollars, (11_100, 7_000, 16_000),
        "Mean of more than 3,000 therapists (Heard, Financial State of Private Practice 2025).").of_plans(),
    figure(Key::Copay, Practice, ("copay", "Of that, the client’s own part"), Dollars, (3_000, 0, 6_000), EST).of_plans(),
    figure(Key::Months, Practice, ("months", "Months to look ahead"), Whole, (2_400, 1_200, 6_000), "Yours to say.")
        .within(600, 12_000),

    figure(Key::Bring, Filling, ("bring", "Clients who come with you"), Whole, (0, 0, 4_000), "Yours to say.").within(0, 8_000),
    figure(Key::Delay, Filling, ("delay", "Weeks until the first call can become a client"), Whole, (1_000, 0, 1_700),
        "Plans take 60 to 120 days to enroll somebody (growingourpractice.com). The same in every model."),
    figure(Key::Ramp, Filling, ("ramp", "Weeks from then until nine tenths of the calls come"), Number, (3_700, 1_400, 9_200),
        "Estimate. Alone in a new town a full week took about two years (growingourpractice.com)."),
    figure(Key::Fit, Filling, ("fit", "Calls that reach you and fit, %"), Percent, (7_000, 4_000, 9_500), PATH),
    figure(Key::Take, Filling, ("take", "Of those, the ones that you take, %"), Percent, (9_000, 5_000, 10_000), PATH),
    figure(Key::Begin, Filling, ("begin", "Of those, who come to a first session, %"), Percent, (6_500, 4_000, 9_000), PATH),
    figure(Key::Wait, Filling, ("wait", "Who wait another week when you are full, %"), Percent, (9_000, 0, 10_000), EST),

    figure(Key::MixOnce, Staying, ("once", "Clients who come once, %"), Percent, (2_200, 1_000, 4_000), MIX),
    figure(Key::MixShort, Staying, ("some", "Clients who stay some weeks, %"), Percent, (4_300, 2_000, 6_000), MIX),
    figure(Key::MixLong, Staying, ("long", "Clients who stay long, %"), Percent, (3_500, 1_000, 6_000), MIX),
    figure(Key::ShortWeeks, Staying, ("some-weeks", "How many weeks some stay"), Number, (1_200, 400, 2_600), EST).within(100, 52_000),
    figure(Key::LongWeeks, Staying, ("long-weeks", "How many weeks the long ones stay"), Number, (5_200, 2_600, 15_600), EST)
        .within(100, 52_000),
    figure(Key::LongVisits, Staying, ("long-visits", "Their visits in a week"), Number, (80, 25, 100), EST).within(0, 700),

    figure(Key::Kept, Attendance, ("kept", "Booked sessions that take place, %"), Percent, (8_600, 7_000, 9_500),
        "Estimate. The rest, beside the next two, is canceled in time."),
    figure(Key::Late, Attendance, ("late", "Canceled too late, %"), Percent, (400, 0, 1_000), EST),
    figure(Key::NoShow, Attendance, ("no-show", "Missed without a word, %"), Percent, (500, 200, 3_000),
        "Estimate for private practice; clinics have 20 to 30%."),
    figure(Key::Refill, Attendance, ("refill", "Of those canceled in time, filled again, %"), Percent, (2_500, 0, 6_000), EST),
    figure(Key::LateFee, Attendance, ("late-fee", "What a missed session costs a client"), Dollars, (7_500, 0, 15_000), EST),
    figure(Key::LateDirect, Attendance, ("late-direct", "Of that, collected from direct payers, %"), Percent, (5_000, 0, 9_000),
        "Estimate. One group calls it rare (overcomewithus.com, 2026)."),
    figure(Key::LatePlan, Attendance, ("late-plan", "Of that, collected from those with a plan, %"), Percent, (3_000, 0, 6_000), EST)
        .of_plans(),

    figure(Key::DirectLoss, Insurance, ("direct-loss", "Direct payments that never come, %"), Percent, (100, 0, 500), EST),
    figure(Key::CopayLoss, Insurance, ("copay-loss", "Copays that never come, %"), Percent, (500, 0, 1_500), EST).of_plans(),
    figure(Key::Loss, Insurance, ("plan-loss", "Of the plan’s part, lost in the end, %"), Percent, (400, 100, 1_200), EST).of_plans(),
    figure(Key::Denial, Insurance, ("denied", "Claims denied at first, %"), Percent, (900, 500, 1_500),
        "Estimate; 5 to 12% is reported, more by those who sell help (opusehr.com).").of_plans(),
    figure(Key::Lag, Insurance, ("lag", "Weeks until a plan pays"), Whole, (500, 200, 1_000),
        "A plan takes 45 to 60 days to review a claim (support.helloalma.com).").within(0, 10_000).of_plans(),
    figure(Key::ClaimMin, Insurance, ("claim", "Minutes for a claim"), Number, (500, 200, 1_000),
        "From 2 to 5 hours a week at 20 to 25 clients (growwithcoral.com, 2026).").of_plans(),
    figure(Key::DenialMin, Insurance, ("denial", "Minutes for a denied claim"), Number, (3_000, 1_000, 6_000),
        "Reworking a claim takes 30 minutes (proactivechart.com).").of_plans(),
    figure(Key::Biller, Insurance, ("biller", "A billing service, of what plans pay, %"), Percent, (700, 500, 1_000),
        "5 to 10%, or $3 to $5 a claim (medicalbillingz.com).").of_plans(),

    figure(Key::Session, Hours, ("session", "Minutes of a session"), Number, (5_300, 3_800, 6_000), "Yours to say.").within(1_000, 24_000),
    figure(Key::Note, Hours, ("note", "Minutes for a note"), Number, (1_300, 500, 2_500),
        "10 to 16 according to makers of note tools, who gain by high numbers (Eleos; galenie.com)."),
    figure(Key::FirstNote, Hours, ("first-note", "More minutes for a first note"), Number, (3_000, 0, 6_000), EST),
    figure(Key::Missed, Hours, ("missed", "Minutes spent on a missed session"), Number, (1_500, 0, 5_300), EST),
    figure(Key::Inquiry, Hours, ("inquiry", "Minutes for a call"), Number, (1_200, 200, 3_000), CHORE),
    figure(Key::Consult, Hours, ("consult", "Minutes of a first talk with somebody you take"), Number, (2_000, 0, 4_500),
        "Estimate. Yours in every model."),
    figure(Key::Schedule, Hours, ("schedule", "Minutes of scheduling for a booking"), Number, (200, 0, 500), CHORE),
    figure(Key::Messages, Hours, ("messages", "Minutes of messages for a client in a week"), Number, (300, 0, 1_000),
        "Estimate. Yours in every model."),
    figure(Key::Marketing, Hours, ("marketing", "Hours of marketing a week while filling"), Number, (400, 0, 1_000), CHORE).within(0, 6_000),
    figure(Key::MarketingFull, Hours, ("marketing-full", "The same once full"), Number, (150, 0, 500), CHORE).within(0, 6_000),
    figure(Key::Supervision, Hours, ("consultation", "Hours of supervision and consultation a week"), Number, (100, 0, 400), EST)
        .within(0, 6_000),
    figure(Key::Other, Hours, ("other", "Other hours a week"), Number, (150, 0, 600),
        "Estimate; 7.4 hours of administration a week in the APA survey of 2015.").within(0, 6_000),
    figure(Key::Training, Hours, ("training", "Hours of training a year"), Number, (2_400, 1_000, 6_000), EST),
    figure(Key::Setup, Hours, ("setup", "Hours to set up a practice, once"), Number, (6_000, 1_000, 15_000), EST),
    figure(Key::Rest, Hours, ("rest", "Of a chore that somebody else does, still yours, %"), Percent, (1_500, 0, 5_000),
        "Estimate. Calls, scheduling, claims, marketing and setting up; the same in every model, ours too."),

    figure(Key::Rent, Costs, ("rent", "A room, a month"), Dollars, (65_000, 0, 250_000), OFFICE),
    figure(Key::Records, Costs, ("records", "Records and video, a month"), Dollars, (9_900, 2_900, 15_000), EST),
    figure(Key::Ads, Costs, ("ads", "Directories and advertising, a month"), Dollars, (21_000, 0, 50_000), EST),
    figure(Key::Phone, Costs, ("phone", "Phone, mail, software, a month"), Dollars, (9_000, 2_000, 20_000), EST),
    figure(Key::Malpractice, Costs, ("malpractice", "Malpractice insurance, a year"), Dollars, (30_000, 30_000, 150_000),
        "$300 to $1,500 (privatepracticesuccessllc.com; bookkeepingdallas.org)."),
    figure(Key::License, Costs, ("license", "License and training, a year"), Dollars, (90_000, 30_000, 200_000), EST),
    figure(Key::Accountant, Costs, ("accountant", "An accountant, a year"), Dollars, (100_000, 0, 200_000), EST),
    figure(Key::Cards, Costs, ("cards", "Cards, of what clients pay, %"), Percent, (315, 250, 350), "Usual terms of a card processor."),
    figure(Key::CardFixed, Costs, ("card", "And for each payment"), Dollars, (30, 10, 50), "Usual terms of a card processor."),
    figure(Key::Start, Costs, ("start", "To start a practice, once"), Dollars, (250_000, 0, 1_000_000), EST).within(0, 9_999_999),

    figure(Key::JobSplit, Contracts, ("job-split", "Group, employed: your split, %"), Percent, (5_000, 4_000, 6_000),
        "40 to 60% of what is collected, “in most areas” (growingourpractice.com)."),
    figure(Key::JobBenefits, Contracts, ("benefits", "Its benefits, of your pay, %"), Percent, (0, 0, 3_000),
        "Ask for them. Many small groups give next to none; 30% is the mean of all private industry (BLS, ECEC)."),
    figure(Key::JobPaid, Contracts, ("paid-hours", "Its paid hours outside sessions, a week"), Number, (0, 0, 500), "Ask for them.")
        .within(0, 6_000),
    figure(Key::JobWage, Contracts, ("wage", "What it pays for such an hour"), Dollars, (2_200, 1_500, 4_000), EST),
    figure(Key::GroupSplit, Contracts, ("group-split", "Group, contractor: your split, %"), Percent, (6_000, 5_000, 8_000),
        "Estimate, from advertisements."),
    figure(Key::HighSplit, Contracts, ("high-split", "High split, low support: your split, %"), Percent, (8_000, 7_000, 9_500),
        "Estimate, from advertisements. Calls and chores are your own."),
    figure(Key::GroupLate, Contracts, ("group-late", "Of a late fee, yours in any group, %"), Percent, (5_000, 0, 10_000),
        "One pays half of it (help.withours.com)."),
    figure(Key::Rate, Contracts, ("rate", "What a network pays you for a session"), Dollars, (10_300, 4_000, 14_500),
        "Networks do not publish rates. One fell from $144.27 to $103 (clearhealthcosts.com, 2024); associates of \
         another get $39.50 to $50.50 (applicants-help.talkspace.com).").of_plans(),
    figure(Key::PayLag, Contracts, ("pay-lag", "Weeks until a group or network pays you"), Whole, (200, 0, 800), EST).within(0, 5_200),
];
