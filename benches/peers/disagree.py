"""Where the program and the plain model disagree, on inputs that nobody chose.

Seeded random inputs of every kind, corners included, go to both `trellis worth run` and
`plain.py`; every difference is listed under the tolerance rule (whole numbers, texts and nulls
exactly; reals within 1e-9 · max(1, |expected|)), and its case is printed so that it can be kept
as a judged one. It ends with 1 when there is a difference. Zones whose clocks were changed by law
after the year of this machine's zone database are left out: the program brings its own.

    cargo build && python3 benches/peers/disagree.py --cases 500 --seed 1
    python3 benches/peers/disagree.py --kinds actuals,forecast --cases 5000 --seed 7
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from random import Random

import plain

ZONES = ("America/New_York America/Chicago America/Phoenix America/Anchorage Pacific/Honolulu "
         "America/Puerto_Rico America/St_Johns Africa/Cairo America/Santiago Europe/London "
         "Asia/Kathmandu Asia/Beirut Australia/Lord_Howe Pacific/Auckland Pacific/Apia UTC").split()
UNITS = ("month year once session booked claim inquiry client_payment bp_collected bp_plan "
         "bp_client").split()
METRICS = ("kept_cents effective_hour_cents effective_split_collected steady.kept_year_cents "
           "steady.effective_hour_cents steady.hours_year steady.caseload").split()
# Numbers of a scenario that may be varied alone, with the ends between which they stay valid.
PATHS = [("/leads/per_week", 0, 20), ("/capacity_per_week", 0, 60), ("/hours/note_min", 0, 60),
         ("/hours/missed_min", 0, 60), ("/payers/0/allowed_cents", 30_000, 60_000),
         ("/payers/0/plan_loss_bp", 0, 10_000), ("/episodes/0/mean_weeks", 1, 90),
         ("/model/split_bp", 0, 10_000), ("/leads/p_offer_bp", 0, 10_000),
         ("/model/stipend_cents_month", 0, 500_000), ("/hours/marketing_h_wk", 0, 10),
         ("/attendance/refill_bp", 0, 10_000), ("/leads/wait_keep_bp", 0, 10_000),
         ("/discount_annual_bp", 0, 3_000)]


class Draw(Random):
    """Chance with a liking for corners."""

    def one_in(self, n: int) -> bool:
        return self.randrange(n) == 0

    def real(self, low: float, high: float) -> float:
        """An end, a whole number or any real between; and zero more often than chance has it."""
        roll = self.randrange(10)
        if roll == 0:
            return low
        if roll == 1:
            return high
        if roll < 5 and high >= low + 1:
            return self.randint(math.ceil(low), math.floor(high))
        return min(high, max(low, round(self.uniform(low, high), self.randint(1, 12))))

    def bp(self, high: int = 10_000) -> int:
        return self.choice([0, high, self.randint(0, high), self.randint(0, min(high, 900))])

    def shares(self, n: int) -> list[int]:
        """n shares of one whole; now and then all of it is one's."""
        if self.one_in(5):
            own = self.randrange(n)
            return [10_000 if i == own else 0 for i in range(n)]
        cuts = sorted(self.randint(0, 10_000) for _ in range(n - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, 10_000])]

    def some(self, values: dict, keep: int = 3) -> dict:
        """Leaves out what may be missing, one field in so many."""
        return {k: v for k, v in values.items() if not self.one_in(keep)}


def ramp(r: Draw) -> dict:
    shape = r.choice(["none", "exponential", "logistic"])
    if shape == "exponential":
        return {"shape": shape, "tau_weeks": r.real(0.1, 60)}
    if shape == "logistic":
        return {"shape": shape, "mid_week": r.real(-10, 80), "scale_weeks": r.real(0.05, 20)}
    return {"shape": shape}


def lines(r: Draw, hidden: bool, months: int) -> list[dict]:
    out = []
    for _ in range(r.choice([0, 1, 2, 5])):
        unit = r.choice([u for u in UNITS if not (hidden and u.startswith("bp_"))])
        line = {"unit": unit, "name": "a line"}
        line |= {"bp": r.bp(2_000)} if unit.startswith("bp_") else {"cents": r.bp(200_000)}
        if r.one_in(3):
            line["from_month"] = r.randint(0, months + 3)
        out.append(line)
    return out


def benefit_lines(r: Draw, months: int) -> list[dict]:
    out = []
    for _ in range(r.choice([0, 0, 1, 3])):
        unit = r.choice(["month", "year", "week_off", "bp_pay"])
        line = {"unit": unit, **({"bp": r.bp(2_000)} if unit == "bp_pay" else
                                 {"cents": r.bp(200_000)})}
        if r.one_in(2):
            line["cash"] = r.one_in(2)
        if r.one_in(3):
            line["from_month"] = r.randint(0, months + 3)
        out.append(line)
    return out


def payers(r: Draw, hidden: bool) -> list[dict]:
    n = r.choice([1, 1, 2, 3])
    unseen = r.randrange(n) if hidden else None
    out = []
    for i, share in enumerate(r.shares(n)):
        allowed = r.choice([0, r.randint(0, 30_000)])
        row = {
            "client_share_cents": r.choice([0, allowed, r.randint(0, int(allowed))]),
            "plan_loss_bp": r.bp(), "client_loss_bp": r.bp(), "first_denial_bp": r.bp(),
            "lag_weeks": r.choice([0, r.randint(0, 12), 208]), "claim": r.one_in(2),
            "late_fee_cents": r.bp(15_000), "late_fee_collect_bp": r.bp(),
            "pay_cents": r.choice([0, 0, r.randint(0, 15_000)]),
        }
        row = r.some(row, 5) | {"share_bp": share, "allowed_cents": allowed}
        if i == unseen:
            row["allowed_cents"] = None
        out.append(row)
    return out


def scenario(r: Draw, months: int | None = None, whole: bool = False) -> dict:
    months = months or r.choice([1, 2, 3, 6, 12, 13, 24, 24, 36, 60, 600 if r.one_in(25) else 18])
    hidden = r.one_in(6)
    held = r.choice([0, 10_000, r.randint(5_000, 10_000)])
    late = r.choice([0, r.randint(0, 10_000 - held)])
    n = r.choice([1, 1, 2, 3, 4])
    clients = (lambda: r.choice([0, 0, r.randint(0, 20)] if whole else [0, 0, r.real(0, 20)]))
    episodes = [{"share_bp": share, "mean_weeks": r.choice([1, 1.0, r.real(1, 60), 5_200]),
                 "visits_per_week": r.choice([0, 1, 1.0, 0.8, 0.5, 2, r.real(0, 3)]),
                 "start_clients": clients()} for share in r.shares(n)]
    s = {
        "horizon_months": months, "capacity_per_week": r.choice([r.real(0, 40), 24, 7.5]),
        "session_minutes": r.choice([50, 53, 60, r.real(1, 120)]),
        "discount_annual_bp": r.bp(2_000),
        "weeks_off": r.sample(range(52), r.choice([0, 0, 3, 6, 26, 51])),
        "leads": r.some({
            "per_week": r.choice([0, r.real(0, 8)]), "ramp": ramp(r),
            "start_week": r.choice([0, 0, r.randint(0, 20), 400]),
            "p_offer_bp": r.bp(), "p_accept_bp": r.bp(), "p_start_bp": r.bp(),
            "wait_keep_bp": r.bp()}, 8),
        "episodes": episodes,
        "attendance": r.some({"attended_bp": held, "late_cancel_bp": late, "refill_bp": r.bp(),
                              "no_show_bp": r.choice([0, 10_000 - held - late])}, 8),
        "payers": payers(r, hidden),
        "model": r.some({
            "kind": "any", "worker": r.choice(["self", "self", "w2"]), "split_bp": r.bp(),
            "split_of": "none" if hidden else r.choice(["collected", "collected", "allowed",
                                                        "none"]),
            "late_fee_share_bp": r.bp(), "missed_pay_cents": r.bp(5_000),
            "pay_lag_weeks": r.choice([0, r.randint(0, 9), 208]),
            "admin_paid_h_wk": r.real(0, 10), "admin_cents_per_hour": r.bp(5_000),
            "stipend_cents_month": r.bp(100_000)}, 6),
        "fees": lines(r, hidden, months), "overhead": lines(r, hidden, months),
        "benefits": benefit_lines(r, months),
        "hours": r.some({
            **{k: r.real(0, 45) for k in (
                "note_min", "first_note_extra_min", "missed_min", "claim_min", "denial_min",
                "inquiry_min", "consult_min", "schedule_min_per_booking",
                "message_min_per_client_week")},
            **{k: r.real(0, 6) for k in ("marketing_h_wk", "marketing_full_h_wk",
                                         "supervision_h_wk", "other_h_wk")},
            "ce_h_year": r.real(0, 40), "setup_h": r.real(0, 60)}, 4),
    }
    if r.one_in(4):
        s["caseload"] = {"mode": "curve", "sessions_per_week": r.real(0, 40), "ramp": ramp(r),
                         "turnover_bp_week": r.bp()}
    if r.one_in(5):
        s["tax"] = r.some({"ss_bp": r.bp(2_000), "medicare_bp": r.bp(500), "net_bp": r.bp(),
                           "ss_base_cents": r.bp(20_000_000), "floor_cents": r.bp(900_000)})
    optional = ("discount_annual_bp", "weeks_off", "leads", "fees", "overhead", "benefits",
                "hours", "attendance")
    for name in optional:
        if r.one_in(12):
            del s[name]
    return s


def calm(r: Draw, months: int, whole: bool = False) -> dict:
    """A scenario of which any one number can be varied; its hours may be missing all the same."""
    while True:
        s = scenario(r, months, whole)
        full = all(s.get(k) for k in ("leads", "attendance", "model", "hours"))
        shown = all(p["allowed_cents"] is not None for p in s["payers"])
        held = s["attendance"].get("attended_bp", 0) > 0 if full else False
        if full and shown and held and s["payers"][0].get("client_share_cents", 0) <= 30_000:
            if r.one_in(8):
                del s["hours"]
            return s


def comparison(r: Draw) -> dict:
    months = r.choice([1, 6, 24])
    a = scenario(r, months)
    b = a if r.one_in(6) else scenario(r, months)
    return {"a": a, "b": b}


def solution(r: Draw) -> dict:
    path, low, high = r.choice(PATHS)
    a = calm(r, r.choice([6, 12, 24]))
    lo, hi = sorted([r.choice([low, r.uniform(low, high)]), r.choice([high, r.uniform(low, high)])])
    question = {"a": a, "path": path, "lo": lo, "hi": hi, "metric": r.choice(METRICS)}
    if r.one_in(2):
        return question | {"b": calm(r, a["horizon_months"])}
    try:
        reached = plain.metric_of(plain.project(plain.put(a, {path: r.uniform(lo, hi)})),
                                  question["metric"])
    except plain.Refused:
        reached = None
    return question | {"target": r.choice([5_000.0, 0, reached or 0])}


def swings(r: Draw) -> dict:
    s = calm(r, r.choice([6, 24]))
    params = [{"path": p, "low": r.uniform(low, high), "high": r.uniform(low, high)}
              for p, low, high in r.sample(PATHS, r.randint(0, 6))]
    return {"scenario": s, "metric": r.choice(METRICS), "params": params}


def triangles(r: Draw) -> list[dict]:
    out = []
    for path, low, high in r.sample(PATHS, r.choice([0, 1, 3])):
        a, b, c = sorted(r.uniform(low, high) for _ in range(3))
        if r.one_in(5):
            a = b = c
        elif r.one_in(4):
            b = r.choice([a, c])
        out.append({"path": path, "low": a, "mode": b, "high": c})
    return out


def bands(r: Draw) -> dict:
    out = {"scenario": calm(r, r.choice([1, 6, 12, 24]), whole=True),
           "seed": r.choice([0, 1, r.getrandbits(64)]), "reps": r.choice([1, 2, 5, 20])}
    return out | ({"uncertain": triangles(r)} if r.one_in(2) else {})


def odds(r: Draw) -> dict:
    months = r.choice([1, 6, 12])
    a = calm(r, months, whole=True)
    b = a if r.one_in(4) else calm(r, months, whole=True)
    return {"a": a, "b": b, "seed": r.getrandbits(64), "reps": r.choice([1, 5, 10]),
            "metric": r.choice(METRICS), "uncertain_a": triangles(r), "uncertain_b": triangles(r)}


def actuals(r: Draw) -> dict:
    year, number = r.choice([2024, 2025, 2026, 2026, 2028]), r.choice([2, 3, 4, 9, 10, 11, 12, 1])
    first = datetime(year, number, 1, tzinfo=UTC)
    span = 32 * 86_400

    def instant(second: int) -> str:
        return (first + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def day(back: int = 40, on: int = 60) -> str:
        return (first.date() + timedelta(days=r.randint(-back, on))).isoformat()

    owner = r.one_in(2)
    kinds = [k for k in plain.ROLE if not (owner and k in plain.NOT_AN_OWNERS)]
    ledger = []
    for n in range(r.choice([0, 3, 12, 40])):
        row = {"id": n, "posted_on": day(), "kind": r.choice(kinds),
               "cents": r.choice([r.randint(-30_000, 90_000), r.randint(-9, 9), 15_000_000
                                  if r.one_in(9) else 8_213])}
        if not r.one_in(3):
            row["service_on"] = r.choice([day(), day(3, 33), None])
        ledger.append(row)
    time = []
    hot = r.randint(0, span)
    for _ in range(r.choice([0, 2, 10, 40])):
        start = r.choice([r.randint(-86_400, span), hot + r.randint(-4_000, 4_000)])
        row = {"kind": r.choice(plain.WORK), "start": instant(start),
               "end": instant(start + r.choice([0, 1, 3_180, r.randint(0, 9_000), 90_000
                                                if r.one_in(5) else 60]))}
        if r.one_in(6):
            row |= {"kind": "session", "end": None, "slot_s": r.choice([0, 3_000, 86_400])}
        time.append(row)
    edits = []
    for _ in range(r.choice([0, 1, 4])):
        at, now = [], r.choice([hot, r.randint(-9_000, span)])
        for _ in range(r.choice([0, 1, 5, 30])):
            now += r.choice([0, 1, 20, 119, 120, 121, r.randint(0, 4_000)])
            at.append(instant(now))
        r.shuffle(at)
        edits.append({"kind": r.choice(plain.WORK), "at": at})

    def said(n: int, most: int) -> list[dict]:
        return [{"kind": r.choice(plain.WORK), "on": day(3, 33), "minutes": r.choice(
            [0, r.randint(0, most), r.randint(0, 90)])} for _ in range(n)]

    case = {
        "zone": r.choice(ZONES), "month": f"{year}-{number:02}",
        "mode": "owner" if owner else "paid", "worker": r.choice(["self", "self", "w2"]),
        "ledger": ledger, "time": time, "edits": edits,
        "charges": [{"service_on": day(), "allowed_cents": r.randint(0, 30_000),
                     "open_cents": r.choice([0, r.randint(0, 30_000)])}
                    for _ in range(r.choice([0, 2, 9]))],
        "entered": said(r.choice([0, 2, 5]), 1_380),
        "corrections": said(r.choice([0, 0, 3, 9]), 1_441 if r.one_in(9) else 1_380),
        "not_recorded": r.sample(plain.WORK, r.choice([0, 0, 1, 2])),
        "ytd_net_before_cents": r.choice([0, -50_000, 1_843_211, 18_900_000]),
        "open_keep_bp": r.bp(), "paid_admin_s": r.choice([0, r.randint(0, 40_000)]),
        "as_of": r.choice([None, day(10, 90)]),
    }
    required = {k: case[k] for k in ("zone", "month", "mode")}
    return required | r.some(case, 12)


def combination(r: Draw) -> dict:
    months = []
    for _ in range(r.choice([0, 1, 3, 12])):
        row = {"kept_cents": r.randint(-90_000, 900_000), "collected_cents": r.choice(
            [0, r.randint(-9_000, 900_000)]), "seconds": r.choice([0, r.randint(0, 700_000)])}
        if r.one_in(3):
            row["seconds_high"] = r.choice([None, row["seconds"] + r.randint(0, 9_000)])
        months.append(row)
    if r.one_in(6) and months:
        months[0]["kept_cents"] -= sum(m["kept_cents"] for m in months)
    return {"months": months}


def statement(r: Draw) -> dict:
    first = date(r.choice([2026, 2028, 2100]), r.choice([1, 2, 4, 12]), 1)
    out = []
    for n in range(r.randint(0, 9)):
        unit = r.choice(["month", "bp", "each", "minutes"])
        line = {"id": f"line {n}", "unit": unit}
        if unit == "month":
            line["cents"] = r.randint(-90_000, 900_000)
            if r.one_in(2):
                line["from"] = (first + timedelta(days=r.randint(-9, 40))).isoformat()
            if r.one_in(3):
                line["to"] = (first + timedelta(days=r.randint(-9, 40))).isoformat()
        elif unit == "bp":
            line |= {"bp": r.bp(), "base_cents": r.randint(-900_000, 900_000)}
        elif unit == "each":
            line |= {"cents": r.randint(-900, 9_000), "count": r.randint(0, 400)}
        else:
            line |= {"cents_per_hour": r.randint(-900, 9_001), "minutes": r.randint(0, 5_000)}
        out.append(line)
    return {"month": first.isoformat()[:7], "lines": out}


def split(r: Draw) -> dict:
    low = r.choice([0, 0, -5_000])
    return {"collected_cents": [r.choice([0, 1, r.randint(low, 30_000)])
                                for _ in range(r.choice([0, 1, 4, 30]))], "split_bp": r.bp()}


def other_terms(r: Draw) -> dict:
    rows = [r.some({"n": r.randint(0, 60), "allowed_cents": r.choice([None, r.bp(900_000)]),
                    "plan_cents": r.randint(-9_000, 600_000), "claims": r.randint(0, 60),
                    "client_cents": r.randint(-9_000, 300_000), "pay_cents": r.bp(12_000),
                    "client_payments": r.randint(0, 60)}, 6) for _ in range(r.randint(0, 3))]
    hidden = any(row.get("allowed_cents", 0) is None for row in rows)
    seconds = (lambda: {k: r.randint(0, 90_000) for k in r.sample(plain.WORK, r.randint(0, 6))})
    return {
        "payers": rows, "late_fee_cents": r.bp(30_000), "missed": r.randint(0, 9),
        "booked": r.randint(0, 90), "inquiries": r.randint(0, 12),
        "model": r.some({"worker": r.choice(["self", "w2"]), "split_bp": r.bp(),
                         "split_of": r.choice(["collected", "none" if hidden else "allowed"]),
                         "late_fee_share_bp": r.bp(), "missed_pay_cents": r.bp(5_000),
                         "admin_paid_h_wk": r.real(0, 9), "admin_cents_per_hour": r.bp(5_000),
                         "stipend_cents_month": r.bp(90_000)}),
        "fees": lines(r, False, 12), "overhead": lines(r, False, 12),
        "benefits": benefit_lines(r, 12), "weeks_off": r.choice([0, 1, 2]),
        "hours_s": seconds(), "hours_replace_s": seconds(),
        "ytd_net_before_cents": r.choice([0, -90_000, 1_843_211, 20_000_000])}


def ramp_weeks(r: Draw) -> dict:
    rows = [{"held": min(30, max(0, n + r.randint(-4, 4))), "off": r.one_in(7)}
            for n in range(r.randint(0, 40))]
    return {"full_week": r.randint(1, 30), "weeks": rows}


def ahead(r: Draw) -> dict:
    def week(lead: int) -> dict:
        if r.one_in(9):
            return {"lead": lead, "off": True}
        due = [r.randint(0, 40) for _ in range(r.randint(0, 16))]
        out = {"lead": lead, "capacity": r.randint(0, 30), "pickup_mean": r.real(0, 6),
               "bookings": [{"held": r.choice([d, r.randint(0, d)]), "due": d} for d in due]}
        if r.one_in(3):
            out["first_visits"] = [{"held_bp": r.bp()} for _ in range(r.randint(0, 3))]
        if r.one_in(3):
            out["season_bp"] = r.randint(0, 15_000)
        return out

    of = r.randint(1, 30)
    shock = [{"weight_bp": w, "odds": r.real(0.05, 5)} for w in r.shares(r.randint(1, 4))]
    steps = [{"id": f"step {n}", "enabled": not r.one_in(4), "needs_days": r.randint(0, 30),
              "yield_sessions": r.choice([None, r.real(0, 4)])} for n in range(r.randint(0, 5))]
    return {
        "prior": {"held_bp": r.bp(), **({"strength": r.real(0, 20)} if r.one_in(2) else {})},
        "session_minutes": r.choice([50, 53, 60]), "weeks": [week(n + 1) for n in range(6)],
        "line": None if r.one_in(8) else {"sessions": r.randint(0, of), "of": of},
        "steps": steps,
        **r.some({"shock": shock, "theta_bp": r.bp(), "extra_minutes_per_session": r.real(0, 30),
                  "paused": r.one_in(4),
                  "days_since_fire": r.choice([None, 0, 13, 14, r.randint(0, 40)])}, 2)}


def past(r: Draw) -> dict:
    return {"rows": [{"age": n, "expected": r.real(0, 20), "held": r.randint(0, 22)}
                     for n in range(r.choice([0, 7, 8, 26]))]}


def record(r: Draw) -> dict:
    rows = []
    for _ in range(r.choice([0, 1, 12])):
        p10 = r.randint(0, 12)
        rows.append({"mean": r.real(0, 20), "p10": p10, "p90": p10 + r.randint(0, 8),
                     "held": r.choice([0, r.randint(0, 20)])})
    return {"rows": rows}


KINDS = {
    "project": scenario, "compare": comparison, "solve": solution, "tornado": swings,
    "montecarlo": bands, "odds": odds, "actuals": actuals, "combine": combination,
    "statement": statement, "split_pay": split, "whatif": other_terms, "ramp_actual": ramp_weeks,
    "pickup": past, "forecast": ahead, "backtest": record,
    "alloc": lambda r: {"total_cents": r.randint(-10**9, 10**9),
                        "weights": [r.bp() for _ in range(r.randint(0, 9))]},
    "div_round": lambda r: {"n": r.choice([r.randint(-60, 60), r.randint(-2**62, 2**62)]),
                            "d": r.choice([r.randint(1, 20), r.randint(1, 2**40), 0])},
    "percentile": lambda r: {"values": [r.real(-50, 50) for _ in range(r.randint(0, 30))],
                             "p": r.choice([0, 1, 0.5, r.random()])},
    "splitmix64": lambda r: {"seed": r.getrandbits(64), "n": r.randint(0, 20)},
}
# A case of these costs many projections: fewer of them are asked.
COSTLY = {"solve": 8, "tornado": 3, "montecarlo": 5, "odds": 10}


def differences(expected, given, at: str = "", size: float = 1.0) -> list[str]:
    """Every place where two answers differ by more than the tolerance."""
    if isinstance(expected, dict) and isinstance(given, dict):
        names = sorted(set(expected) | set(given))
        if at.endswith("/waterfall"):  # a small step between large sums has their last bits
            size = max(1.0, *map(abs, expected.values()))
        return [line for k in names
                for line in differences(expected.get(k, "absent"), given.get(k, "absent"),
                                        f"{at}/{k}", size)]
    if isinstance(expected, list) and isinstance(given, list) and len(expected) == len(given):
        return [line for i, (x, y) in enumerate(zip(expected, given))
                for line in differences(x, y, f"{at}/{i}")]
    numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in (expected, given))
    if numbers and (isinstance(expected, float) or isinstance(given, float)):
        if abs(expected - given) <= 1e-9 * max(size, abs(expected)):
            return []
    elif type(expected) is type(given) and expected == given:
        return []
    return [f"{at}: {expected} in Python, {given} in the program"]


def answers(program: list[str], cases: list[dict]) -> list[dict]:
    asked = json.dumps({"cases": cases})
    done = subprocess.run(program, input=asked, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(program)} ended with {done.returncode}: {done.stderr[-800:]}")
    return json.loads(done.stdout)["cases"]


def essence(answer: dict) -> dict:
    """The result, or the code alone: sentences and places are each one's own."""
    return {"error": answer["error"]["code"]} if "error" in answer else answer["result"]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--program", default="target/debug/trellis worth run")
    ask.add_argument("--kinds", default=",".join(KINDS), help="separated by commas")
    ask.add_argument("--cases", type=int, default=500, help="of each kind")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--show", type=int, default=3, help="cases to print in full")
    asked = ask.parse_args()
    total = differing = refused = 0
    for kind in asked.kinds.split(","):
        many = max(1, asked.cases // COSTLY.get(kind, 1))
        cases = []
        for n in range(many):
            r = Draw(f"{asked.seed} {kind} {n}")
            cases.append({"id": f"{kind}-{asked.seed}-{n}", "kind": kind, "input": KINDS[kind](r)})
        for case, given in zip(cases, answers(asked.program.split(), cases), strict=True):
            expected = plain.answer(case)
            found = differences(essence(expected), essence(given))
            refused += "error" in expected
            if not found:
                continue
            differing += 1
            print(f"{case['id']}: {len(found)} differences, as {'; '.join(found[:3])}")
            if "error" in given:
                print(f"    {given['error']}")
            if differing <= asked.show:
                print(f"    {json.dumps(case)}")
        total += many
    print(f"{total} cases, {refused} refused by both, {differing} with differences")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
