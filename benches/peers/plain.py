"""What an hour is worth, in plain Python: the model a second time, by another hand.

It reads `{"cases": [{"id", "kind", "input"}]}` on standard input and prints
`{"cases": [{"id", "result" | "error"}]}`, as `trellis worth run` does. It is written from the
description of the model and shares no code with the program, so it serves twice: as a second
opinion (`disagree.py` compares the two on inputs nobody chose), and as the honest peer of the
bench (standard library only, no array package, every loop a Python loop).

    python3 benches/peers/plain.py < crates/economics/tests/vectors.json

Projection money is real cents; money that happened is whole cents.
"""

from __future__ import annotations

import copy
import json
import math
import sys
from bisect import bisect_right
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

MASK = (1 << 64) - 1
SESSIONS_EPS, CENTS_EPS = 1e-9, 1e-6
SS_BASE_CENTS = {2025: 17_610_000, 2026: 18_450_000}
TAX = {"ss_bp": 1240, "medicare_bp": 290, "net_bp": 9235, "floor_cents": 40_000}


def ss_base(year: int = max(SS_BASE_CENTS)) -> int:
    """Social Security is due up to this; a year not known yet is like the nearest that is."""
    return SS_BASE_CENTS[min(max(year, min(SS_BASE_CENTS)), max(SS_BASE_CENTS))]


class Refused(Exception):
    """An input that cannot be: a stable code and the field it is about."""

    def __init__(self, code: str, field: str, message: str):
        super().__init__(message)
        self.code, self.field, self.message = code, field, message


# --- arithmetic both machines use ---------------------------------------------------------------

def div_round(n: int, d: int) -> int:
    """The nearest integer, halves away from zero."""
    if d <= 0:
        raise Refused("E_RANGE", "d", "the divisor is above zero")
    whole = (2 * abs(n) + d) // (2 * d)
    return whole if n >= 0 else -whole


def alloc(total: int, weights: list[int]) -> list[int]:
    """Largest remainder: the parts sum to the total, and nobody is a cent off."""
    weight = sum(weights)
    if weight <= 0 or min(weights) < 0:
        raise Refused("E_WEIGHTS", "weights", "weights are not negative, and not all zero")
    parts = [abs(total) * w // weight for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(abs(total) * weights[i] % weight), i))
    for i in order[: abs(total) - sum(parts)]:
        parts[i] += 1
    return parts if total >= 0 else [-p for p in parts]


def percentile(values: list[float], p: float) -> float | None:
    """Hyndman and Fan's type 7: linear between neighbors."""
    if not values:
        return None
    ordered = sorted(values)
    h = (len(ordered) - 1) * p
    low = math.floor(h)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (h - low) * (ordered[high] - ordered[low])


class SplitMix64:
    """The one generator: its draws are part of the result."""

    def __init__(self, seed: int):
        self.state = seed & MASK

    def next(self) -> int:
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self) -> float:
        return (self.next() >> 11) * 2.0**-53

    def trials(self, n: int, p: float) -> int:
        """How many of n succeed; every trial uses its draw."""
        return sum(self.uniform() < p for _ in range(n))

    def poisson(self, mean: float) -> int:
        """Sequential inversion of one uniform; ends where the tail no longer moves the sum."""
        u, k, term = self.uniform(), 0, math.exp(-mean)
        below = term
        while u >= below and term > 0.0:
            k += 1
            term *= mean / k
            below += term
        return k

    def triangular(self, low: float, mode: float, high: float) -> float:
        u = self.uniform()
        if low == high:
            return mode
        if u < (mode - low) / (high - low):
            return low + math.sqrt(u * (high - low) * (mode - low))
        return high - math.sqrt((1 - u) * (high - low) * (high - mode))


def ratio(over: float | None, under: float | None) -> float | None:
    """Not known, rather than zero or infinite, where there is nothing to divide by."""
    if over is None or under is None or under == 0:
        return None
    return over / under if math.isfinite(over / under) else None


def shown(x: float | None) -> int | None:
    """A real as a whole number, halves away from zero; one missed by the last bits is a half."""
    if x is None or abs(x) >= 9e15:
        return None
    return int(math.copysign(math.floor(abs(x) + 0.5 + 1e-6), x))


# --- the scenario -------------------------------------------------------------------------------

def check_scenario(s: dict) -> None:
    """Refuses what cannot be, naming the place; it asks no more than the sums need."""
    def want(true: bool, code: str, field: str, message: str) -> None:
        if not true:
            raise Refused(code, field, message)

    want(1 <= s.get("horizon_months", 0) <= 600, "E_RANGE", "horizon_months", "1 to 600 months")
    want(s.get("session_minutes", 0) > 0, "E_RANGE", "session_minutes", "above zero")
    want(s.get("capacity_per_week", 0) >= 0, "E_RANGE", "capacity_per_week", "not negative")
    for w in s.get("weeks_off", []):
        want(0 <= w <= 51, "E_RANGE", "weeks_off", "weeks of the year are 0 to 51")
    for part in ("leads", "attendance", "caseload", "model"):
        for key, v in s.get(part, {}).items():
            if "_bp" in key:
                want(0 <= v <= 10_000, "E_RANGE", f"{part}/{key}", "0 to 10000 basis points")
    for name in ("episodes", "payers"):
        for i, row in enumerate(s.get(name, [])):
            for key, v in row.items():
                if key.endswith("_bp"):
                    want(0 <= v <= 10_000, "E_RANGE", f"{name}/{i}/{key}", "0 to 10000")
        total = sum(row.get("share_bp", 0) for row in s.get(name, []))
        unused = name == "episodes" and s.get("caseload", {}).get("mode") == "curve"
        want(abs(total - 10_000) < 1e-5 or (unused and not s.get(name)), "E_SHARES", name,
             "the shares add up to 10000")
    for i, k in enumerate(s.get("episodes", [])):
        want(k.get("mean_weeks", 0) >= 1, "E_RANGE", f"episodes/{i}/mean_weeks", "1 or more")
    a = s.get("attendance", {})
    held = sum(a.get(k, 0) for k in ("attended_bp", "late_cancel_bp", "no_show_bp"))
    want(held <= 10_000 + 1e-5, "E_SHARES", "attendance", "together at most 10000")
    hidden = any(p.get("allowed_cents", 0) is None for p in s.get("payers", []))
    for i, p in enumerate(s.get("payers", [])):
        if p.get("allowed_cents", 0) is not None:
            want(p.get("client_share_cents", 0) <= p.get("allowed_cents", 0), "E_RANGE",
                 f"payers/{i}/client_share_cents", "at most what is allowed")
    if hidden:
        want(s.get("model", {}).get("split_of", "none") == "none", "E_ALLOWED",
             "model/split_of", "a split of an amount that nobody shows")
        for part in ("fees", "overhead"):
            for i, line in enumerate(s.get(part, [])):
                want(not line["unit"].startswith("bp_"), "E_ALLOWED", f"{part}/{i}/unit",
                     "a part of an amount that nobody shows")


def bp(part: dict, key: str) -> float:
    return part.get(key, 0) / 10_000


def ramp_at(ramp: dict | None, week: int, start: float) -> float:
    """The share of the full flow that arrives in this week."""
    if week < start:
        return 0.0
    u, shape = week - start + 0.5, (ramp or {}).get("shape", "none")
    if shape == "exponential":
        return 1 - math.exp(-u / ramp["tau_weeks"])
    if shape == "logistic":
        x = (u - ramp["mid_week"]) / ramp["scale_weeks"]
        return 1 / (1 + math.exp(-x)) if x > -700 else 0.0
    return 1.0


class Practice:
    """A scenario with what every week needs worked out once."""

    def __init__(self, s: dict):
        check_scenario(s)
        self.s = s
        self.months = int(s["horizon_months"])
        self.weeks = (52 * self.months + 11) // 12
        self.off = set(s.get("weeks_off", []))
        self.worked = 52 - len(self.off)
        self.capacity = s.get("capacity_per_week", 0)
        self.leads, self.caseload = s.get("leads", {}), s.get("caseload", {})
        self.curve = self.caseload.get("mode", "leads") == "curve"
        self.rate = self.leads.get("per_week", 0)
        self.start = self.leads.get("start_week", 0)
        self.p = [bp(self.leads, f"p_{k}_bp") for k in ("offer", "accept", "start")]
        self.keep = bp(self.leads, "wait_keep_bp")
        rows = s.get("episodes", [])
        self.share = [bp(k, "share_bp") for k in rows]
        self.stay = [k["mean_weeks"] for k in rows]
        self.visits = [k.get("visits_per_week", 0) for k in rows]
        self.clients = [k.get("start_clients", 0) for k in rows]
        self.visits_mean = sum(a * f for a, f in zip(self.share, self.visits))
        a = s.get("attendance", {})
        self.late, self.no_show = bp(a, "late_cancel_bp"), bp(a, "no_show_bp")
        self.attended, self.refill = bp(a, "attended_bp"), bp(a, "refill_bp")
        self.model, self.hours = s.get("model", {}), s.get("hours", {})
        self.tax = {**TAX, "ss_base_cents": ss_base(), **s.get("tax", {})}
        self.per_session()

    def per_session(self) -> None:
        """What one session held, and one missed, brings on average over the payers."""
        self.hidden = False
        self.allowed = self.plan = self.client = self.paid = 0.0
        self.claims = self.denials = self.client_payments = 0.0
        self.fee_assessed = self.fee_collected = 0.0
        self.plan_by_lag: dict[int, float] = {}
        for p in self.s.get("payers", []):
            q, allowed = bp(p, "share_bp"), p.get("allowed_cents", 0)
            owed = p.get("client_share_cents", 0)
            if allowed is None:
                self.hidden = True
            else:
                plan = q * (allowed - owed) * (1 - bp(p, "plan_loss_bp"))
                lag = int(p.get("lag_weeks", 0))
                self.plan_by_lag[lag] = self.plan_by_lag.get(lag, 0.0) + plan
                self.plan += plan
                self.client += q * owed * (1 - bp(p, "client_loss_bp"))
                self.allowed += q * allowed
            self.paid += q * p.get("pay_cents", 0)
            self.client_payments += q if owed > 0 else 0.0
            self.claims += q if p.get("claim") else 0.0
            self.denials += q * bp(p, "first_denial_bp") if p.get("claim") else 0.0
            fee = q * p.get("late_fee_cents", 0)
            self.fee_assessed += fee
            self.fee_collected += fee * bp(p, "late_fee_collect_bp")
        split, of = bp(self.model, "split_bp"), self.model.get("split_of", "none")
        self.headline = self.paid + (split * self.allowed if of != "none" else 0.0)
        self.split_collected = split if of == "collected" else 0.0
        self.pay_at_once = self.paid + (split * self.allowed if of == "allowed" else 0.0)
        self.pay = self.pay_at_once + self.split_collected * (self.plan + self.client)
        self.late_pay = bp(self.model, "late_fee_share_bp") * self.fee_collected
        self.missed_pay = self.model.get("missed_pay_cents", 0)

    def outcome(self, booked: float) -> tuple[float, float, float]:
        late, no_show = booked * self.late, booked * self.no_show
        rest = 1 - self.attended - self.late - self.no_show
        rest = 0.0 if rest < 1e-12 else rest  # the last bits of shares that add up to all
        return booked * (self.attended + rest * self.refill), late, no_show

    def half_se(self, net: float) -> float:
        """Half of self-employment tax on a year's net so far: what an employer would have paid."""
        t = self.tax
        base = max(0.0, net) * t["net_bp"] / 10_000
        if self.model.get("worker", "self") == "w2" or base < t["floor_cents"]:
            return 0.0
        return (min(base, t["ss_base_cents"]) * t["ss_bp"] + base * t["medicare_bp"]) / 20_000


Week = tuple  # inquiries, accepted, admitted, active, demand, booked, attended, late, no_show


def expected_weeks(p: Practice) -> list[Week | None]:
    """The fluid caseload: the expected value of every week; None where the week is off."""
    weeks: list[Week | None] = []
    clients, queue, before = list(p.clients), 0.0, 0.0
    p_start, p_taken = p.p[2], p.p[0] * p.p[1]
    turnover = bp(p.caseload, "turnover_bp_week")
    for w in range(p.weeks):
        if w % 52 in p.off:
            weeks.append(None)
            continue
        if p.curve:
            wished = p.caseload.get("sessions_per_week", 0)
            active = demand = booked = min(
                p.capacity, wished * ramp_at(p.caseload.get("ramp"), w, p.start))
            admitted = max(0.0, booked - before * (1 - turnover))
            accepted = admitted / p_start if p_start else 0.0
            inquiries = accepted / p_taken if p_taken else 0.0
            before = booked
        else:
            inquiries = p.rate * ramp_at(p.leads.get("ramp"), w, p.start)
            accepted = inquiries * p_taken
            want = accepted * p_start + queue
            seen = sum(f * n for f, n in zip(p.visits, clients))
            room = max(0.0, (p.capacity - seen) / p.visits_mean) if p.visits_mean else 0.0
            admitted = min(want, room)
            queue = p.keep * (want - admitted)
            clients = [n + admitted * a for n, a in zip(clients, p.share)]
            demand = sum(f * n for f, n in zip(p.visits, clients))
            active, booked = sum(clients), min(p.capacity, demand)
            clients = [n * (1 - 1 / stay) for n, stay in zip(clients, p.stay)]
        weeks.append((inquiries, accepted, admitted, active, demand, booked, *p.outcome(booked)))
    return weeks


def chance_weeks(p: Practice, rng: SplitMix64) -> list[Week | None]:
    """One life of the practice: whole people, drawn in the order that is part of the result."""
    weeks: list[Week | None] = []
    cumulated = list(accumulate(p.share))
    clients, queue = [int(n) for n in p.clients], 0
    for w in range(p.weeks):
        if w % 52 in p.off:
            weeks.append(None)
            continue
        inquiries = rng.poisson(p.rate * ramp_at(p.leads.get("ramp"), w, p.start))
        offered = rng.trials(inquiries, p.p[0])
        accepted = rng.trials(offered, p.p[1])
        want = rng.trials(accepted, p.p[2]) + queue
        seen = sum(f * n for f, n in zip(p.visits, clients))
        room = 0
        if p.visits_mean:
            room = math.floor(max(0.0, (p.capacity - seen) / p.visits_mean) + SESSIONS_EPS)
        admitted = min(want, room)
        queue = rng.trials(want - admitted, p.keep)
        for _ in range(admitted):
            clients[min(bisect_right(cumulated, rng.uniform()), len(clients) - 1)] += 1
        demand = sum(f * n for f, n in zip(p.visits, clients))
        booked = 0
        for f, n in zip(p.visits, clients):
            whole = math.floor(f)
            booked += n * whole + (rng.trials(n, f - whole) if f > whole else 0)
        booked = min(booked, math.floor(p.capacity))
        attended = late = no_show = 0
        for _ in range(booked):
            u = rng.uniform()
            if u < p.attended:
                attended += 1
            elif u < p.attended + p.late:
                late += 1
            elif u < p.attended + p.late + p.no_show:
                no_show += 1
            else:
                attended += rng.uniform() < p.refill
        active = sum(clients)
        clients = [n - rng.trials(n, 1 / stay) for n, stay in zip(clients, p.stay)]
        weeks.append((inquiries, accepted, admitted, active, demand, booked,
                      attended, late, no_show))
    return weeks


HOUR_KINDS = ("session", "missed", "notes", "billing", "intake", "scheduling", "messages",
              "marketing", "supervision", "other", "training", "setup")


def hours_of_week(p: Practice, week: Week) -> list[float]:
    """The hours of one working week, in the order of HOUR_KINDS, without training and set-up."""
    inquiries, accepted, admitted, active, demand, booked, attended, late, no_show = week
    h = p.hours.get
    full = p.capacity > 0 and demand >= 0.9 * p.capacity - SESSIONS_EPS
    return [
        attended * p.s["session_minutes"] / 60,
        (late + no_show) * h("missed_min", 0) / 60,
        (attended * h("note_min", 0) + admitted * h("first_note_extra_min", 0)) / 60,
        attended * (p.claims * h("claim_min", 0) + p.denials * h("denial_min", 0)) / 60,
        (inquiries * h("inquiry_min", 0) + accepted * h("consult_min", 0)) / 60,
        booked * h("schedule_min_per_booking", 0) / 60,
        active * h("message_min_per_client_week", 0) / 60,
        h("marketing_full_h_wk", 0) if full else h("marketing_h_wk", 0),
        h("supervision_h_wk", 0),
        h("other_h_wk", 0),
    ]


FLOWS = ("session", "booked", "claim", "inquiry", "client_payment",
         "bp_plan", "bp_client", "bp_collected")


def flows_of_week(p: Practice, week: Week) -> list[float]:
    """What cost lines are charged on, in the order of FLOWS."""
    attended = week[6]
    return [attended, week[5], attended * p.claims, week[0], attended * p.client_payments,
            attended * p.plan, attended * p.client, attended * (p.plan + p.client)]


def costs(lines: list[dict], month: int | None, flows: dict[str, float]) -> float:
    """One month of cost lines; with month None one year once full, without what comes once."""
    total = 0.0
    for line in lines:
        unit, since = line["unit"], line.get("from_month", 0)
        if month is not None and month < since:
            continue
        if unit == "month":
            total += line["cents"] * (1 if month is not None else 12)
        elif unit == "year":
            total += line["cents"] / (12 if month is not None else 1)
        elif unit == "once":
            total += line["cents"] if month == since else 0.0
        elif unit.startswith("bp_"):
            total += flows[unit] * line["bp"] / 10_000
        else:
            total += flows[unit] * line["cents"]
    return total


def benefits(lines: list[dict], month: int | None, weeks_off: int, pay: float) -> tuple:
    """The value of benefits, and the part of it that is cash."""
    value = cash = 0.0
    for line in lines:
        if month is not None and month < line.get("from_month", 0):
            continue
        unit = line["unit"]
        if unit == "bp_pay":
            one = pay * line["bp"] / 10_000
        elif unit == "week_off":
            one = line["cents"] * weeks_off
        else:
            one = line["cents"] / (1 if unit == "month" else 12) * (12 if month is None else 1)
        value += one
        cash += one if line.get("cash") else 0.0
    return value, cash


def steady(p: Practice) -> dict:
    """One year once the caseload is full, and the steps of its hour."""
    load = sum(a * stay * f for a, stay, f in zip(p.share, p.stay, p.visits))
    taken = p.p[0] * p.p[1]
    if p.curve:
        wished = p.caseload.get("sessions_per_week", 0)
        demand = active = min(p.capacity, wished)
        admitted = demand * bp(p.caseload, "turnover_bp_week")
        accepted = admitted / p.p[2] if p.p[2] else 0.0
        inquiries = accepted / taken if taken else 0.0
    else:
        inquiries, accepted = p.rate, p.rate * taken
        wished = accepted * p.p[2] * load
        demand = min(p.capacity, wished)
        admitted = demand / load if load else 0.0
        active = admitted * sum(a * stay for a, stay in zip(p.share, p.stay))
    attended, late, no_show = p.outcome(demand)
    week = (inquiries, accepted, admitted, active, demand, demand, attended, late, no_show)
    n, missed = p.worked, late + no_show
    by_kind = hours_of_week(p, week)
    session_hours, hours = by_kind[0] * n, sum(by_kind) * n + p.hours.get("ce_h_year", 0)
    flows = {k: v * n for k, v in zip(FLOWS, flows_of_week(p, week))}
    pay = attended * n * p.pay
    late_pay = missed * n * (p.late_pay + p.missed_pay)
    extras = (n * p.model.get("admin_paid_h_wk", 0) * p.model.get("admin_cents_per_hour", 0)
              + 12 * p.model.get("stipend_cents_month", 0))
    out = sum(costs(p.s.get(k, []), None, flows) for k in ("fees", "overhead"))
    net = pay + late_pay + extras - out
    value, _ = benefits(p.s.get("benefits", []), None, len(p.off), pay)
    tax = p.half_se(net)
    kept = net + value - tax
    collected = None
    if not p.hidden:
        collected = n * (attended * (p.plan + p.client) + missed * p.fee_collected)
    answer = {
        "wished_sessions_week": wished, "booked_sessions_week": demand,
        "attended_sessions_week": attended, "caseload": active, "starts_week": admitted,
        "working_weeks": n, "kept_year_cents": kept, "hours_year": hours,
        "hours_week": ratio(hours, n), "effective_hour_cents": ratio(kept, hours),
        "effective_split_collected": ratio(kept, collected),
    }
    steps = None
    if session_hours > 0:
        headline = attended * n * p.headline
        steps = {
            "headline": headline / session_hours, "collection": (pay - headline) / session_hours,
            "missed_sessions": late_pay / session_hours,
            "extras": (extras + value) / session_hours, "costs": -out / session_hours,
            "employment_tax": -tax / session_hours,
            "unpaid_hours": kept / hours - kept / session_hours,
        }
        steps = steps if all(map(math.isfinite, steps.values())) else None
    return {"answer": answer, "demand": demand, "steps": steps}


def project(s: dict) -> dict:
    p = Practice(s)
    return project_weeks(p, expected_weeks(p))


def project_weeks(p: Practice, weeks: list[Week | None]) -> dict:
    """Money and hours of the horizon, month by month, from its weeks."""
    months, model = p.months, p.model
    flows = [[0.0] * len(FLOWS) for _ in range(months)]
    missed, worked, off = [0.0] * months, [0] * months, [0] * months
    hours, cash, open_cents = [0.0] * months, [0.0] * months, 0.0
    by_kind, counts = [0.0] * len(HOUR_KINDS), [0.0] * 9
    lag = int(model.get("pay_lag_weeks", 0))
    later = [(lag + weeks_late, p.split_collected * cents)
             for weeks_late, cents in p.plan_by_lag.items() if p.split_collected]
    for w, week in enumerate(weeks):
        m = 12 * w // 52
        if week is None:
            off[m] += 1
            continue
        worked[m] += 1
        late = week[7] + week[8]
        missed[m] += late
        counts = [a + b for a, b in zip(counts, week)]
        flows[m] = [a + b for a, b in zip(flows[m], flows_of_week(p, week))]
        of_week = hours_of_week(p, week)
        hours[m] += sum(of_week)
        by_kind[:10] = [a + b for a, b in zip(by_kind, of_week)]
        soon = (week[6] * (p.pay_at_once + p.split_collected * p.client)
                + late * (p.late_pay + p.missed_pay))
        for after, cents in [(lag, soon), *((d, week[6] * c) for d, c in later)]:
            if w + after < p.weeks:
                cash[12 * (w + after) // 52] += cents
            else:
                open_cents += cents
    totals = dict.fromkeys(("pay", "late", "missed", "admin", "benefits", "fees", "overhead",
                            "net", "tax"), 0.0)
    kept, year_net, training = [0.0] * months, 0.0, p.hours.get("ce_h_year", 0) / 12
    for m in range(months):
        of_month = dict(zip(FLOWS, flows[m]))
        pay = of_month["session"] * p.pay
        late_pay, missed_pay = missed[m] * p.late_pay, missed[m] * p.missed_pay
        admin = (worked[m] * model.get("admin_paid_h_wk", 0)
                 * model.get("admin_cents_per_hour", 0) + model.get("stipend_cents_month", 0))
        fees = costs(p.s.get("fees", []), m, of_month)
        overhead = costs(p.s.get("overhead", []), m, of_month)
        value, in_cash = benefits(p.s.get("benefits", []), m, off[m], pay)
        net = pay + late_pay + missed_pay + admin - fees - overhead
        year_net = 0.0 if m % 12 == 0 else year_net
        tax = p.half_se(year_net + net) - p.half_se(year_net)
        year_net += net
        kept[m] = net + value - tax
        cash[m] += admin + in_cash - fees - overhead - tax
        setup = p.hours.get("setup_h", 0) if m == 0 else 0.0
        hours[m] += training + setup
        by_kind[10] += training
        by_kind[11] += setup
        for key, cents in (("pay", pay), ("late", late_pay), ("missed", missed_pay),
                           ("admin", admin), ("benefits", value), ("fees", fees),
                           ("overhead", overhead), ("net", net), ("tax", tax)):
            totals[key] += cents
    attended, misses = counts[6], counts[7] + counts[8]
    gross = collected = None
    if not p.hidden:
        gross = attended * p.allowed + misses * p.fee_assessed
        collected = attended * (p.plan + p.client) + misses * p.fee_collected
    kept_total, hours_total = sum(kept), sum(by_kind)
    paid_hours = sum(worked) * model.get("admin_paid_h_wk", 0)
    hour = ratio(kept_total, hours_total)
    split = ratio(kept_total, collected)
    cumulated = list(accumulate(cash))
    full = steady(p)
    waterfall = None
    if full["steps"] and hour is not None:
        waterfall = {**full["steps"], "ramp": hour - full["answer"]["effective_hour_cents"]}
    monthly_rate = 1 + bp(p.s, "discount_annual_bp")
    return {
        "counts": dict(zip(("inquiries", "accepted", "admitted"), counts))
        | {"booked": counts[5], "attended": attended, "late_cancel": counts[7],
           "no_show": counts[8], "claims": attended * p.claims},
        "gross_cents": gross, "collected_cents": collected,
        "pay_cents": totals["pay"], "late_pay_cents": totals["late"],
        "missed_pay_cents": totals["missed"], "admin_pay_cents": totals["admin"],
        "benefits_cents": totals["benefits"], "fees_cents": totals["fees"],
        "overhead_cents": totals["overhead"], "net_cents": totals["net"],
        "employment_tax_cents": totals["tax"], "kept_cents": kept_total,
        "hours": dict(zip(HOUR_KINDS, by_kind)), "hours_total": hours_total,
        "hours_unpaid": hours_total - by_kind[0] - paid_hours,
        "effective_hour_net_cents": ratio(totals["net"], hours_total),
        "effective_hour_cents": hour, "effective_split_collected": split,
        "effective_split_gross": ratio(kept_total, gross),
        "break_even_month": first_for_good(cumulated),
        "peak_cash_need_cents": max(0.0, -min(cumulated)),
        "open_at_horizon_cents": open_cents,
        "npv_cash_cents": sum(c * monthly_rate ** (-(m + 0.5) / 12) for m, c in enumerate(cash)),
        "monthly": {"kept_cents": kept, "cash_cents": cash, "hours": hours},
        "steady": full["answer"],
        "weeks_to_90": weeks_to_90(weeks, full["demand"]),
        "waterfall": waterfall,
        "display": {"kept_cents": shown(kept_total), "effective_hour_cents": shown(hour),
                    "effective_split_bp": None if split is None else shown(split * 10_000)},
    }


def first_for_good(cumulated: list[float]) -> int | None:
    """The first month, from 1, from which the sum is not below zero any more."""
    month = None
    for m in reversed(range(len(cumulated))):
        if cumulated[m] < -CENTS_EPS:
            break
        month = m + 1
    return month


def weeks_to_90(weeks: list[Week | None], full: float) -> int | None:
    if full <= 0:
        return None
    return next((w + 1 for w, week in enumerate(weeks)
                 if week is not None and week[5] >= 0.9 * full - SESSIONS_EPS), None)


# --- questions ----------------------------------------------------------------------------------

METRICS = ("kept_cents", "effective_hour_cents", "effective_split_collected")


def metric_of(answer: dict, name: str) -> float | None:
    if name in METRICS:
        return answer[name]
    part, _, field = name.partition(".")
    if part != "steady" or field not in answer["steady"]:
        raise Refused("E_KIND", "metric", f"no metric is called {name}")
    return answer["steady"][field]


def put(scenario: dict, values: dict[str, float]) -> dict:
    """A copy of the scenario with numbers set by JSON pointer."""
    changed = copy.deepcopy(scenario)
    for path, value in values.items():
        *parents, last = path.split("/")[1:]
        place = changed
        try:
            for step in parents:
                place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
            if isinstance(place, list):
                last = int(last)
                place[last]
        except (ValueError, IndexError, TypeError, AttributeError):
            raise Refused("E_RANGE", "path", f"{path} leads nowhere") from None
        place[last] = value
    return changed


def compare(a: dict, b: dict) -> dict:
    left, right = project(a), project(b)
    keys = ("kept_cents", "effective_hour_cents", "effective_split_collected", "hours_total",
            "hours_unpaid", "collected_cents", "break_even_month", "peak_cash_need_cents",
            "weeks_to_90", "waterfall")
    hours = [side["steady"]["effective_hour_cents"] for side in (left, right)]
    ahead = [x - y for x, y in zip(accumulate(left["monthly"]["cash_cents"]),
                                   accumulate(right["monthly"]["cash_cents"]))]
    return {
        "a": {k: left[k] for k in keys}, "b": {k: right[k] for k in keys},
        "kept_a_minus_b_cents": left["kept_cents"] - right["kept_cents"],
        "steady_hour_a_minus_b_cents": None if None in hours else hours[0] - hours[1],
        "a_cash_ahead_from_month": first_for_good(ahead),
    }


def solve(a: dict, path: str, lo: float, hi: float, metric: str,
          b: dict | None = None, target: float | None = None) -> dict:
    """Which value of one input makes the metric meet its target?"""
    if b is not None:
        target = metric_of(project(b), metric)

    def gap(x: float) -> float:
        value = metric_of(project(put(a, {path: x})), metric)
        if value is None or target is None:
            raise Refused("E_RANGE", "metric", f"{metric} is not known here")
        return value - target

    low, high = gap(lo), gap(hi)
    for x, g in ((lo, low), (hi, high)):
        if abs(g) <= 1e-13 * max(1.0, abs(target)):  # none, but for the last bits of sums
            return {"found": True, "x": x, "target": target}
    if (low > 0) == (high > 0):
        return {"found": False, "x": None, "target": target,
                "always": "above" if low > 0 else "below"}
    for _ in range(100):
        mid = (lo + hi) / 2
        if (gap(mid) > 0) == (low > 0):
            lo = mid
        else:
            hi = mid
    return {"found": True, "x": (lo + hi) / 2, "target": target}


def tornado(scenario: dict, metric: str, params: list[dict]) -> dict:
    rows = []
    for one in params:
        ends = [metric_of(project(put(scenario, {one["path"]: one[k]})), metric)
                for k in ("low", "high")]
        swing = None if None in ends else abs(ends[1] - ends[0])
        rows.append({"path": one["path"], "low": ends[0], "high": ends[1], "swing": swing})
    base = metric_of(project(scenario), metric)
    least = 1e-13 * max(1.0, abs(base or 0.0))  # within the last bits of sums nothing swings

    def width(row: dict) -> float:
        swing = row["swing"]
        return -1.0 if swing is None else 0.0 if swing <= least else swing

    rows.sort(key=lambda row: (-width(row), row["path"]))
    return {"base": base, "rows": rows}


def life(scenario: dict, uncertain: list[dict], seed: int) -> dict:
    """One replicate: its uncertain inputs, then its weeks, from its own generator."""
    rng = SplitMix64(seed)
    drawn = {u["path"]: rng.triangular(u["low"], u["mode"], u["high"]) for u in uncertain}
    p = Practice(put(scenario, drawn) if drawn else scenario)
    return project_weeks(p, expected_weeks(p) if p.curve else chance_weeks(p, rng))


def band(values: list[float]) -> dict:
    cuts = {f"p{q:02}": percentile(values, q / 100) for q in (5, 25, 50, 75, 95)}
    return {"n": len(values), "mean": ratio(math.fsum(values), len(values)), **cuts}


def montecarlo(scenario: dict, seed: int, reps: int, uncertain: list[dict] | None = None) -> dict:
    master = SplitMix64(seed)
    lives = [life(scenario, uncertain or [], master.next()) for _ in range(reps)]
    hour = [one["effective_hour_cents"] for one in lives]
    return {
        "reps": reps,
        "share_breaking_even": sum(x["break_even_month"] is not None for x in lives) / reps,
        "kept_cents": band([x["kept_cents"] for x in lives]),
        "effective_hour_cents": band([x for x in hour if x is not None]),
        "attended": band([x["counts"]["attended"] for x in lives]),
        "hours_total": band([x["hours_total"] for x in lives]),
    }


def odds(a: dict, b: dict, seed: int, reps: int, metric: str,
         uncertain_a: list[dict] | None = None, uncertain_b: list[dict] | None = None) -> dict:
    """In how many pairs of lives is a better? Ties count half; pairs not known are left out."""
    master, n, better = SplitMix64(seed), 0, 0.0
    for _ in range(reps):
        own = master.next()
        x = metric_of(life(a, uncertain_a or [], own), metric)
        y = metric_of(life(b, uncertain_b or [], own), metric)
        if x is not None and y is not None:
            n += 1
            better += 1.0 if x > y else 0.5 if x == y else 0.0
    return {"n": n, "share_a_better": ratio(better, n)}


# --- what was -----------------------------------------------------------------------------------

ROLES = {
    "C": "payer_payment client_payment late_fee payer_interest recoupment refund chargeback",
    "P": "session_pay late_fee_pay missed_pay admin_pay stipend",
    "D": "platform_fee billing_fee card_fee overhead",
    "B": "benefit",
    "X": "transfer draw tax_payment hold hold_release unapplied advance",
}
ROLE = {kind: role for role, kinds in ROLES.items() for kind in kinds.split()}
NOT_AN_OWNERS = {"session_pay", "late_fee_pay"}
WORK = ("session supervision consultation intake notes reports messages billing scheduling "
        "training marketing admin missed").split()


def half_se_cents(net: int, tax: dict) -> int:
    base = div_round(max(0, net) * tax["net_bp"], 10_000)
    if base < tax["floor_cents"]:
        return 0
    ss = div_round(min(base, tax["ss_base_cents"]) * tax["ss_bp"], 10_000)
    return div_round(ss + div_round(base * tax["medicare_bp"], 10_000), 2)


def hour_bounds(kept: int, low_s: int, high_s: int | None) -> dict:
    """What an hour is worth when its hours lie between two sums; None has no upper end."""
    if kept == 0 and (low_s > 0 or high_s):
        return {"low": 0, "high": 0, "bound": "exact"}
    few = div_round(kept * 3600, low_s) if low_s > 0 else None
    many = div_round(kept * 3600, high_s) if high_s else None
    low, high = (many, few) if kept > 0 else (few, many)
    if low is None and high is None:
        bound = "none"
    elif low is None or high is None:
        bound = "at_most" if low is None else "at_least"
    else:
        bound = "exact" if low_s == high_s else "range"
    return {"low": low, "high": high, "bound": bound}


def split_bp_of(part: int, whole: int) -> int | None:
    return div_round(part * 10_000, whole) if whole > 0 else None


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


class Calendar:
    """A month in a zone: its local midnights as instants."""

    def __init__(self, zone: str, month: str):
        self.zone = ZoneInfo(zone)
        year, number = map(int, month.split("-"))
        self.first = date(year, number, 1)
        after = date(year + number // 12, number % 12 + 1, 1)
        self.days = [self.first + timedelta(d) for d in range((after - self.first).days)]
        self.cuts = [self.midnight(day) for day in [*self.days, after]]

    def midnight(self, day: date) -> int:
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp())

    def length(self, day: date) -> int:
        return self.midnight(day + timedelta(1)) - self.midnight(day)


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif end > start:
            out.append((start, end))
    return out


def without(spans: list[tuple[int, int]], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans less what is taken; both sorted and free of overlap."""
    out = []
    for start, end in spans:
        for a, b in taken:
            if b <= start or a >= end:
                continue
            if a > start:
                out.append((start, a))
            start = max(start, b)
        if start < end:
            out.append((start, end))
    return out


def tally(cal: Calendar, spans: dict[str, list], entered: list, corrections: list) -> tuple:
    """Seconds by (day, kind): measured, then entered, then as corrected; no second twice."""
    days: dict[tuple[date, str], int] = {}
    taken: list[tuple[int, int]] = []
    for kind in WORK:
        own = without(merged(spans.get(kind, [])), taken)
        taken = merged(taken + own)
        for start, end in own:
            for day, a, b in zip(cal.days, cal.cuts, cal.cuts[1:]):
                seconds = min(end, b) - max(start, a)
                if seconds > 0:
                    days[day, kind] = days.get((day, kind), 0) + seconds
    for day, kind, seconds in entered:
        days[day, kind] = days.get((day, kind), 0) + seconds
    before = sum(days.values())
    days.update({(day, kind): seconds for day, kind, seconds in corrections})
    return days, sum(days.values()) - before


def hours_worked(i: dict) -> tuple[dict, int | None]:
    """Hours of the month by kind, and their upper end (None: nobody knows)."""
    cal = Calendar(i["zone"], i["month"])
    low: dict[str, list] = {kind: [] for kind in WORK}
    slots: list[tuple[str, int, int]] = []

    def known(kind: str, field: str) -> str:
        if kind not in low:
            raise Refused("E_KIND", field, f"no work is called {kind}")
        return kind

    stopless = 0
    for n, span in enumerate(i.get("time", [])):
        kind, start = known(span["kind"], f"time/{n}/kind"), instant(span["start"])
        if span.get("end") is None:
            end = start + span["slot_s"]
            stopless += start < cal.cuts[-1] and end > cal.cuts[0]
            slots.append((kind, start, end))
        elif instant(span["end"]) < start:
            raise Refused("E_INTERVAL", f"time/{n}/end", "it ends before it starts")
        else:
            low[kind].append((start, instant(span["end"])))
    idle, tail = i.get("idle_s", 120), i.get("tail_s", 15)
    for n, document in enumerate(i.get("edits", [])):
        kind, burst = known(document["kind"], f"edits/{n}/kind"), []
        for at in sorted(map(instant, document["at"])):
            if burst and at - burst[-1] > idle:
                low[kind].append((burst[0], burst[-1] + tail))
                burst = []
            burst.append(at)
        if burst:
            low[kind].append((burst[0], burst[-1] + tail))
    by_day = {}
    for name in ("entered", "corrections"):
        by_day[name] = []
        for n, row in enumerate(i.get(name, [])):
            day, field = date.fromisoformat(row["on"]), f"{name}/{n}"
            kind, seconds = known(row["kind"], f"{field}/kind"), row["minutes"] * 60
            most = cal.length(day) if day in cal.days else 90_000
            if not 0 <= seconds <= most:
                raise Refused("E_RANGE", f"{field}/minutes", "0 to the length of that day")
            if day in cal.days:
                by_day[name].append((day, kind, seconds))
    for n, kind in enumerate(i.get("not_recorded", [])):
        known(kind, f"not_recorded/{n}")
    high = {kind: list(spans) for kind, spans in low.items()}
    for kind, start, end in slots:
        high[kind].append((start, end))
    days, corrected = tally(cal, low, by_day["entered"], by_day["corrections"])
    most, _ = tally(cal, high, by_day["entered"], by_day["corrections"])
    by_kind: dict[str, int] = {}
    for (_, kind), seconds in days.items():
        by_kind[kind] = by_kind.get(kind, 0) + seconds
    total = sum(days.values())
    # A corrected session keeps its length while its slot hides other work: never less than known.
    total_high = max(total, sum(most.values()))
    hours = {
        "by_kind_s": by_kind, "total_s": total, "total_high_s": total_high,
        "unpaid_s": total - by_kind.get("session", 0) - i.get("paid_admin_s", 0),
        "corrected_by_s": corrected, "sessions_without_stop": stopless,
        "not_recorded": i.get("not_recorded", []),
    }
    return hours, None if i.get("not_recorded") else total_high


def actuals(i: dict) -> dict:
    """What was: the month's cash, and the money of its work, over the hours worked."""
    month, owner = i["month"], i["mode"] == "owner"
    ledger, charges = i.get("ledger", []), i.get("charges", [])
    for n, line in enumerate(ledger):
        role = ROLE.get(line["kind"])
        if role is None or (owner and line["kind"] in NOT_AN_OWNERS):
            raise Refused("E_KIND", f"ledger/{n}/kind", f"{line['kind']} cannot stand here")
    hours, most = hours_worked(i)
    tax_rule = {**TAX, "ss_base_cents": ss_base(int(month[:4])), **i.get("tax", {})}
    ytd = i.get("ytd_net_before_cents", 0)

    def basis(lines: list[dict]) -> dict:
        by_role = dict.fromkeys(ROLES, 0)
        for line in lines:
            by_role[ROLE[line["kind"]]] += line["cents"]
        collected = by_role["C"]
        net = (collected if owner else 0) + by_role["P"] + by_role["D"]
        tax = 0
        if i.get("worker", "self") != "w2":
            tax = half_se_cents(ytd + net, tax_rule) - half_se_cents(ytd, tax_rule)
        kept = net + by_role["B"] - tax
        return {
            "collected_cents": collected, "pay_cents": by_role["P"],
            "deductions_cents": by_role["D"], "benefits_cents": by_role["B"],
            "excluded_cents": by_role["X"], "net_cents": net, "employment_tax_cents": tax,
            "kept_cents": kept, "split_net_bp": split_bp_of(net, collected),
            "split_collected_bp": split_bp_of(kept, collected),
            "effective_hour_net": hour_bounds(net, hours["total_s"], most),
            "effective_hour": hour_bounds(kept, hours["total_s"], most),
        }

    def in_month(day: str) -> bool:
        return day[:7] == month

    as_of = i.get("as_of") or "9999-12-31"
    cash = basis([x for x in ledger if in_month(x["posted_on"])])
    matched = basis([x for x in ledger if x["posted_on"] <= as_of
                     and in_month(x.get("service_on") or x["posted_on"])])
    own = [c for c in charges if in_month(c["service_on"])]
    gross = sum(c.get("allowed_cents", 0) for c in own)
    still_open = sum(c.get("open_cents", 0) for c in own)
    matched |= {
        "gross_cents": gross, "split_gross_bp": split_bp_of(matched["kept_cents"], gross),
        "open_cents": still_open,
        "kept_if_open_is_collected_cents": matched["kept_cents"]
        + div_round(still_open * i.get("open_keep_bp", 10_000), 10_000),
    }
    return {"cash": cash, "matched": matched, "hours": hours}


def combine(months: list[dict]) -> dict:
    """Several months are one fraction, never a mean of ratios."""
    kept, collected, seconds = (sum(m.get(k, 0) for m in months)
                                for k in ("kept_cents", "collected_cents", "seconds"))
    highs = [m.get("seconds_high", m["seconds"]) for m in months]
    high = None if None in highs else sum(highs)
    return {"kept_cents": kept, "collected_cents": collected, "seconds": seconds,
            "split_collected_bp": split_bp_of(kept, collected),
            "effective_hour": hour_bounds(kept, seconds, high)}


def statement(month: str, lines: list[dict]) -> dict:
    """The lines of one month, each rounded once; the total is their sum."""
    cal = Calendar("UTC", month)
    rows = []
    for n, line in enumerate(lines):
        unit = line["unit"]
        if unit == "month":
            since = date.fromisoformat(line["from"]) if line.get("from") else cal.days[0]
            until = date.fromisoformat(line["to"]) if line.get("to") else cal.days[-1]
            if line.get("from") and line.get("to") and until < since:
                raise Refused("E_INTERVAL", f"lines/{n}/to", "it ends before it starts")
            active = sum(since <= day <= until for day in cal.days)
            cents = div_round(line["cents"] * active, len(cal.days))
        elif unit == "each":
            cents = line["cents"] * line["count"]
        elif unit == "minutes":
            cents = div_round(line["cents_per_hour"] * line["minutes"], 60)
        elif unit == "bp":
            cents = div_round(line["base_cents"] * line["bp"], 10_000)
        else:
            raise Refused("E_KIND", f"lines/{n}/unit", f"no unit is called {unit}")
        rows.append({"id": line["id"], "cents": cents})
    return {"lines": rows, "total_cents": sum(row["cents"] for row in rows)}


def split_pay(collected_cents: list[int], split_bp: int) -> dict:
    """A share is rounded once on the total, then laid out over the claims."""
    total = sum(collected_cents)
    own, other = alloc(total, [split_bp, 10_000 - split_bp])
    even = total != 0 and min(collected_cents) >= 0
    return {"clinician_cents": own, "other_cents": other,
            "per_line": alloc(own, collected_cents) if even else None}


def whatif(i: dict) -> dict:
    """The same real month under another model; real cents."""
    payers, model = i.get("payers", []), i.get("model", {})

    def total(key: str) -> float:
        return sum(p.get(key, 0) or 0 for p in payers)

    held, plan, client = total("n"), total("plan_cents"), total("client_cents")
    late_fee, missed = i.get("late_fee_cents", 0), i.get("missed", 0)
    split, of = bp(model, "split_bp"), model.get("split_of", "none")
    base = {"collected": plan + client, "allowed": total("allowed_cents"), "none": 0}[of]
    pay = split * base + sum(p.get("n", 0) * p.get("pay_cents", 0) for p in payers)
    flows = {"session": held, "booked": i.get("booked", 0), "claim": total("claims"),
             "inquiry": i.get("inquiries", 0), "client_payment": total("client_payments"),
             "bp_plan": plan, "bp_client": client, "bp_collected": plan + client}
    monthly = {k: [{**line, "from_month": 0} for line in i.get(k, []) if line["unit"] != "once"]
               for k in ("fees", "overhead", "benefits")}
    net = (pay + bp(model, "late_fee_share_bp") * late_fee
           + missed * model.get("missed_pay_cents", 0)
           + model.get("admin_paid_h_wk", 0) * model.get("admin_cents_per_hour", 0) * 52 / 12
           + model.get("stipend_cents_month", 0)
           - costs(monthly["fees"], 0, flows) - costs(monthly["overhead"], 0, flows))
    value, _ = benefits(monthly["benefits"], 0, i.get("weeks_off", 0), pay)
    rule = {**TAX, "ss_base_cents": ss_base(), **i.get("tax", {})}
    ytd, tax = i.get("ytd_net_before_cents", 0), 0.0
    if model.get("worker", "self") != "w2":
        tax = half_se_real(ytd + net, rule) - half_se_real(ytd, rule)
    kept = net + value - tax
    seconds = sum({**i.get("hours_s", {}), **i.get("hours_replace_s", {})}.values())
    return {"net_cents": net, "kept_cents": kept, "employment_tax_cents": tax,
            "seconds": seconds,
            "effective_split_collected": ratio(kept, plan + client + late_fee),
            "effective_hour_cents": ratio(kept * 3600, seconds)}


def half_se_real(net: float, t: dict) -> float:
    base = max(0.0, net) * t["net_bp"] / 10_000
    if base < t["floor_cents"]:
        return 0.0
    return (min(base, t["ss_base_cents"]) * t["ss_bp"] + base * t["medicare_bp"]) / 20_000


def ramp_actual(full_week: int, weeks: list[dict]) -> dict:
    """Weeks from the first open slot until four working weeks reach nine tenths of full."""
    last: list[int] = []
    for n, week in enumerate(weeks):
        if week.get("off"):
            continue
        last = [*last, week["held"]][-4:]
        if len(last) == 4 and 10 * sum(last) >= 36 * full_week:
            return {"weeks": n + 1, "reached": True}
    return {"weeks": None, "reached": False}


# --- slow weeks ---------------------------------------------------------------------------------

def pickup(rows: list[dict]) -> dict:
    """What past weeks still brought at this lead; under eight weeks nobody knows."""
    enough = len(rows) >= 8
    weights = [0.95 ** row["age"] for row in rows]
    brought = sum(w * (row["held"] - row["expected"]) for w, row in zip(weights, rows))
    return {"mean": max(0.0, brought / sum(weights)) if enough else 0.0,
            "rows": len(rows), "enough": enough}


def week_ahead(chances: list[float], still_to_come: float, room: int, shock: list[dict]) -> list:
    """The distribution of sessions held, mixed over kinds of week."""
    arrivals, term = [], math.exp(-still_to_come)
    for k in range(room):
        arrivals.append(term)
        term *= still_to_come / (k + 1)
    arrivals.append(max(0.0, 1.0 - sum(arrivals)))
    mixed = [0.0] * (len(chances) + room + 1)
    for kind in shock:
        held = [1.0]
        for p in chances:
            p = p / (p + (1 - p) * kind["odds"]) if p > 0 else 0.0
            held = [a * (1 - p) + b * p for a, b in zip([*held, 0.0], [0.0, *held])]
        for i, x in enumerate(held):
            for j, y in enumerate(arrivals):
                mixed[i + j] += x * y * kind["weight_bp"] / 10_000
    return mixed


SHOCK = [{"weight_bp": 1000, "odds": 2.0}, {"weight_bp": 8000, "odds": 1.0},
         {"weight_bp": 1000, "odds": 0.5}]


def forecast(i: dict) -> dict:
    """The weeks ahead, which of them are slow by the clinician's own line, and what to do."""
    own = i["prior"]["held_bp"] / 10_000
    strength = i["prior"].get("strength", 8)
    minutes = i["session_minutes"] + i.get("extra_minutes_per_session", 0)
    line_drawn, theta = i.get("line"), i.get("theta_bp", 6000) / 10_000
    out, slow = [], []
    for week in i["weeks"]:
        row = {"lead": week["lead"], "off": bool(week.get("off")), "booked": 0, "mean": 0.0,
               "p10": 0, "p50": 0, "p90": 0, "hours_mean": 0.0, "line": None,
               "p_below_line": None, "slow": False}
        out.append(row)
        if row["off"]:
            continue
        chances = [(strength * own + b["held"]) / (strength + b["due"])
                   if strength + b["due"] else own for b in week.get("bookings", [])]
        chances += [v["held_bp"] / 10_000 for v in week.get("first_visits", [])]
        still = week.get("pickup_mean", 0) * week.get("season_bp", 10_000) / 10_000
        room = max(0, week["capacity"] - len(chances))
        mass = week_ahead(chances, still, room, i.get("shock", SHOCK))
        below = list(accumulate(mass))
        quantile = {f"p{q}": next((k for k, f in enumerate(below) if f >= q / 100 - 1e-9),
                                  len(mass) - 1) for q in (10, 50, 90)}
        mean = sum(k * x for k, x in enumerate(mass))
        row |= {"booked": len(chances), "mean": mean, "hours_mean": mean * minutes / 60, **quantile}
        if line_drawn:
            usual, of = line_drawn["sessions"], line_drawn["of"]
            line = usual if week["capacity"] >= of else -(-usual * week["capacity"] // of)
            row["line"] = line
            row["p_below_line"] = sum(mass[:line])
            row["slow"] = (row["p_below_line"] >= theta - 1e-9
                           and line - mean >= 1 - SESSIONS_EPS)
        if row["slow"] and row["lead"] <= 4:
            slow.append(row)
    gap = sum(row["line"] - row["mean"] for row in slow)
    first = [r for r in slow if r["lead"] == 1 and r["line"] - r["mean"] >= 3 - SESSIONS_EPS]
    reason = "two_slow_weeks" if len(slow) >= 2 else "next_week_very_slow" if first else "not_slow"
    steps = steps_for(i.get("steps", []), gap, max((r["lead"] for r in slow), default=0))
    if line_drawn is None:
        reason = "no_line"
    elif reason != "not_slow":
        since = i.get("days_since_fire")
        if i.get("paused"):
            reason = "paused"
        elif since is not None and since < 14:
            reason = "cooling_down"
        elif not steps:
            reason = "no_steps"
    fire = reason in ("two_slow_weeks", "next_week_very_slow")
    return {"weeks": out, "fire": fire, "reason": reason, "gap_sessions": float(gap),
            "steps": steps if fire else []}


def steps_for(steps: list[dict], gap: float, last_lead: int) -> list[str]:
    """The clinician's own steps in their own order, until what they bring covers the gap."""
    taken, brought = [], 0.0
    for step in steps:
        if not step.get("enabled") or step.get("needs_days", 0) > 7 * last_lead:
            continue
        if brought >= gap - SESSIONS_EPS:
            break
        taken.append(step["id"])
        if step.get("yield_sessions") is None:
            break
        brought += step["yield_sessions"]
    return taken


def backtest(rows: list[dict]) -> dict:
    errors = [abs(row["mean"] - row["held"]) for row in rows]
    inside = sum(row["p10"] <= row["held"] <= row["p90"] for row in rows)
    return {"n": len(rows), "mean_abs_error": ratio(sum(errors), len(rows)),
            "weighted_abs_percent_error": ratio(sum(errors), sum(r["held"] for r in rows)),
            "share_inside_p10_p90": ratio(inside, len(rows))}


# --- the door -----------------------------------------------------------------------------------

KINDS = {
    "project": project, "actuals": actuals, "whatif": whatif, "forecast": forecast,
    "compare": lambda i: compare(**i), "solve": lambda i: solve(**i),
    "tornado": lambda i: tornado(**i), "montecarlo": lambda i: montecarlo(**i),
    "odds": lambda i: odds(**i), "combine": lambda i: combine(**i),
    "statement": lambda i: statement(**i), "split_pay": lambda i: split_pay(**i),
    "ramp_actual": lambda i: ramp_actual(**i), "pickup": lambda i: pickup(**i),
    "backtest": lambda i: backtest(**i),
    "alloc": lambda i: {"parts": alloc(i["total_cents"], i["weights"])},
    "div_round": lambda i: {"value": div_round(i["n"], i["d"])},
    "percentile": lambda i: {"value": percentile(i["values"], i["p"])},
    "splitmix64": lambda i: {"hex": [f"{n:016x}" for n in draws(i["seed"], i["n"])]},
}


def draws(seed: int, n: int) -> list[int]:
    rng = SplitMix64(seed)
    return [rng.next() for _ in range(n)]


def answer(case: dict) -> dict:
    """One case's result, or the reason why there is none."""
    try:
        return {"id": case["id"], "result": KINDS[case["kind"]](case["input"])}
    except Refused as no:
        return {"id": case["id"],
                "error": {"code": no.code, "field": no.field, "message": no.message}}


if __name__ == "__main__":
    json.dump({"cases": [answer(case) for case in json.load(sys.stdin)["cases"]]}, sys.stdout)
    print()
