"""Lives that chance draws, as an array program: the peer of the bench that numpy is good at.

The same model as the engine's: weekly Poisson inquiries, thinning, a queue, classes by stay, the
cap, outcomes, departures, money and hours by month, bands. Lives are the axis that is vectorized;
weeks follow each other. It is written to be fast: what two independent trials decide together is
one draw, and all that is linear waits until the end. It draws other numbers than the engine does,
so its bands agree with the engine's within sampling error, and the bench checks that they do.
"""

from __future__ import annotations

import copy

import numpy as np

BANDS = {"p05": 5, "p25": 25, "p50": 50, "p75": 75, "p95": 95}
TAX = {"ss_bp": 1240, "medicare_bp": 290, "net_bp": 9235, "ss_base_cents": 18_450_000, "floor_cents": 40_000}


def drawn_inputs(scenario: dict, uncertain: list[dict], rng: np.random.Generator, lives: int) -> dict:
    """The scenario with an array of lives in place of each uncertain number."""
    scenario = copy.deepcopy(scenario)
    for it in uncertain:
        *parents, name = it["path"].strip("/").split("/")
        at = scenario
        for part in parents:
            at = at[int(part)] if isinstance(at, list) else at[part]
        is_flat = it["low"] == it["high"]
        at[name] = it["mode"] if is_flat else rng.triangular(it["low"], it["mode"], it["high"], lives)
    return scenario


def grown(ramp: dict, since: np.ndarray) -> np.ndarray:
    shape = ramp.get("shape", "none")
    if shape == "exponential":
        curve = 1 - np.exp(-(since + 0.5) / ramp["tau_weeks"])
    elif shape == "logistic":
        curve = 1 / (1 + np.exp(-(since + 0.5 - ramp["mid_week"]) / ramp["scale_weeks"]))
    else:
        curve = np.ones(len(since))
    return np.where(since < 0, 0, curve)


def weekly_flows(s: dict, weeks: np.ndarray, rng: np.random.Generator, lives: int) -> dict[str, np.ndarray]:
    """What takes place in each working week (rows) of each life (columns)."""
    leads, seen, capacity = s["leads"], s["attendance"], s["capacity_per_week"]
    # An inquiry is accepted when it is offered and taken: one thinning serves both.
    p_accepted = leads["p_offer_bp"] * leads["p_accept_bp"] / 1e8
    p_started, p_kept = leads["p_start_bp"] / 1e4, leads.get("wait_keep_bp", 0) / 1e4
    share = np.array([it["share_bp"] / 1e4 for it in s["episodes"]])
    visits = np.array([float(it["visits_per_week"]) for it in s["episodes"]])
    mean_visits = share @ visits
    p_leave = [1 / it["mean_weeks"] for it in s["episodes"]]
    classes = range(len(share))

    late, missed = seen.get("late_cancel_bp", 0) / 1e4, seen.get("no_show_bp", 0) / 1e4
    in_time = max(0.0, 1 - seen["attended_bp"] / 1e4 - late - missed)
    # A refilled hour is held: of a booking, held, missed (either way), or lost are one draw each.
    held = seen["attended_bp"] / 1e4 + in_time * seen.get("refill_bp", 0) / 1e4
    p_missed = min(1.0, (late + missed) / (1 - held)) if held < 1 else 0.0

    share_left = 1 - np.concatenate([[0], np.cumsum(share)[:-1]])
    p_class = [min(1.0, share[k] / share_left[k]) for k in classes]
    clients = np.array([np.full(lives, it.get("start_clients", 0)) for it in s["episodes"]])
    waiting = np.zeros(lives, dtype=np.int64)
    names = ("inquiries", "accepted", "admitted", "demand", "active", "booked", "attended", "missed")
    flows = {name: np.empty((len(weeks), lives)) for name in names}
    growth = grown(leads.get("ramp", {}), weeks - leads.get("start_week", 0))
    for w in range(len(weeks)):
        inquiries = rng.poisson(leads["per_week"] * growth[w], lives)
        accepted = rng.binomial(inquiries, p_accepted)
        want = rng.binomial(accepted, p_started) + waiting
        free = np.maximum(0, capacity - visits @ clients)
        room = np.floor(free / mean_visits + 1e-9).astype(np.int64) if mean_visits else 0
        admitted = np.minimum(want, room)
        waiting = rng.binomial(want - admitted, p_kept)
        left = admitted
        for k in classes[:-1]:
            joins = rng.binomial(left, p_class[k])
            clients[k] += joins
            left = left - joins
        clients[-1] += left
        booked = np.zeros(lives, dtype=np.int64)
        for k in classes:
            whole, part = int(visits[k]), visits[k] % 1
            booked += clients[k] * whole + (rng.binomial(clients[k], part) if part else 0)
        booked = np.minimum(booked, int(capacity))
        attended = rng.binomial(booked, held)
        row = (inquiries, accepted, admitted, visits @ clients, clients.sum(axis=0), booked, attended,
               rng.binomial(booked - attended, p_missed))
        for name, values in zip(names, row):
            flows[name][w] = values
        for k in classes:
            clients[k] = 0 if np.all(p_leave[k] == 1) else clients[k] - rng.binomial(clients[k], p_leave[k])
    return flows


def rates_of(s: dict) -> dict:
    """What one session held, or missed, is worth over all payers; arrays where an input is one."""
    model, r = s["model"], dict.fromkeys(
        ("plan", "client", "claims", "client_payments", "denials", "late", "pay"), 0.0)
    split, lag_pay = model.get("split_bp", 0) / 1e4, model.get("pay_lag_weeks", 0)
    r["arrivals"] = []
    for p in s["payers"]:
        q, allowed, share = p["share_bp"] / 1e4, p.get("allowed_cents") or 0, p.get("client_share_cents", 0)
        plan = (allowed - share) * (1 - p.get("plan_loss_bp", 0) / 1e4) * q
        client = share * (1 - p.get("client_loss_bp", 0) / 1e4) * q
        r["plan"], r["client"] = r["plan"] + plan, r["client"] + client
        if p.get("claim"):
            r["claims"] += q
            r["denials"] += q * p.get("first_denial_bp", 0) / 1e4
        if 0 < share:
            r["client_payments"] += q
        r["late"] += q * p.get("late_fee_cents", 0) * p.get("late_fee_collect_bp", 0) / 1e4
        own = {"collected": ((lag_pay, split * client), (lag_pay + p.get("lag_weeks", 0), split * plan)),
               "allowed": ((lag_pay, split * allowed * q),)}.get(model.get("split_of", "none"), ())
        for lag, cents in ((lag_pay, p.get("pay_cents", 0) * q), *own):
            r["arrivals"].append((lag, cents))
            r["pay"] = r["pay"] + cents
    r["missed"] = r["late"] * model.get("late_fee_share_bp", 0) / 1e4 + model.get("missed_pay_cents", 0)
    return r


def costs(lines: list[dict], r: dict, by_month: dict, months: int):
    """Cost lines of every month and life."""
    total, month = 0.0, np.arange(months)[:, None]
    for line in lines:
        price = line["bp"] / 1e4 if "bp" in line else line["cents"]
        counts = month >= line.get("from_month", 0)
        held = by_month["attended"]
        total = total + counts * {
            "month": lambda: price, "year": lambda: price / 12,
            "once": lambda: price * (month == line.get("from_month", 0)),
            "session": lambda: held * price, "booked": lambda: by_month["booked"] * price,
            "claim": lambda: held * (price * r["claims"]),
            "inquiry": lambda: by_month["inquiries"] * price,
            "client_payment": lambda: held * (price * r["client_payments"]),
            "bp_collected": lambda: held * (price * (r["plan"] + r["client"])),
            "bp_plan": lambda: held * (price * r["plan"]),
            "bp_client": lambda: held * (price * r["client"]),
        }[line["unit"]]()
    return total


def half_tax(tax: dict, net: np.ndarray) -> np.ndarray:
    base = np.maximum(0, net) * (tax["net_bp"] / 1e4)
    both = np.minimum(base, tax["ss_base_cents"]) * tax["ss_bp"] + base * tax["medicare_bp"]
    return np.where(base < tax["floor_cents"], 0, both / 2e4)


def monte_carlo(scenario: dict, uncertain: list[dict], lives: int, rng: np.random.Generator) -> dict:
    """Bands of `lives` lives: what `economics::monte_carlo` answers."""
    s = drawn_inputs(scenario, uncertain, rng, lives)
    months = s["horizon_months"]
    every = np.arange((52 * months + 11) // 12)
    is_off = np.isin(every % 52, s.get("weeks_off", []))
    weeks = every[~is_off]
    month_of, months_off = 12 * weeks // 52, 12 * every[is_off] // 52
    flows = weekly_flows(s, weeks, rng, lives)
    into_months = (month_of == np.arange(months)[:, None]).astype(float)
    by_month = {name: into_months @ rows for name, rows in flows.items()}
    worked = into_months.sum(axis=1)[:, None]

    r, model, h = rates_of(s), s["model"], s["hours"]
    held, missed = by_month["attended"], by_month["missed"]
    pay = held * r["pay"] + missed * r["missed"]
    admin = worked * model.get("admin_paid_h_wk", 0) * model.get("admin_cents_per_hour", 0)
    admin = admin + model.get("stipend_cents_month", 0)
    out = costs(s.get("fees", []), r, by_month, months) + costs(s.get("overhead", []), r, by_month, months)
    off = np.bincount(months_off, minlength=months)[:, None]
    benefits, benefits_cash = 0.0, 0.0
    for it in s.get("benefits", []):
        value = {"month": lambda: it["cents"], "year": lambda: it["cents"] / 12,
                 "week_off": lambda: it["cents"] * off, "bp_pay": lambda: it["bp"] / 1e4 * held * r["pay"],
                 }[it["unit"]]() * (np.arange(months)[:, None] >= it.get("from_month", 0))
        benefits = benefits + value
        benefits_cash = benefits_cash + (value if it.get("cash") else 0)
    net = pay + admin - out
    if model.get("worker") == "w2":
        tax = np.zeros_like(net)
    else:
        rules = TAX | s.get("tax", {})
        years = [half_tax(rules, np.cumsum(net[at:at + 12], axis=0)) for at in range(0, months, 12)]
        tax = np.concatenate([np.diff(year, axis=0, prepend=0) for year in years])

    arrived = np.zeros_like(net)
    lags = [*r["arrivals"], (model.get("pay_lag_weeks", 0), None)]
    for lag in {lag for lag, _ in lags}:
        cents = sum(cents for at, cents in r["arrivals"] if at == lag)
        into = ((12 * (weeks + lag) // 52 == np.arange(months)[:, None]) & (weeks + lag < len(every))).astype(float)
        arrived += into @ flows["attended"] * cents
        if lag == model.get("pay_lag_weeks", 0):
            arrived += into @ flows["missed"] * r["missed"]
    cash = (arrived + admin + benefits_cash - out - tax).sum(axis=0)

    is_full = (0 < s["capacity_per_week"]) & (0.9 * s["capacity_per_week"] - 1e-9 <= flows["demand"])
    marketing = np.where(is_full, h["marketing_full_h_wk"], h["marketing_h_wk"]).sum(axis=0)
    n = {name: rows.sum(axis=0) for name, rows in by_month.items()}
    minutes = (n["attended"] * (s["session_minutes"] + h["note_min"] + r["claims"] * h["claim_min"]
                                + r["denials"] * h["denial_min"])
               + n["missed"] * h["missed_min"] + n["admitted"] * h["first_note_extra_min"]
               + n["inquiries"] * h["inquiry_min"] + n["accepted"] * h["consult_min"]
               + n["booked"] * h["schedule_min_per_booking"] + n["active"] * h["message_min_per_client_week"])
    hours = (minutes / 60 + marketing + len(weeks) * (h["supervision_h_wk"] + h["other_h_wk"])
             + months * h["ce_h_year"] / 12 + h["setup_h"])
    kept = (net + benefits - tax).sum(axis=0)
    return {"share_breaking_even": float(np.mean(cash >= -1e-6)), "kept_cents": band(kept),
            "effective_hour_cents": band(kept / hours), "attended": band(n["attended"]),
            "hours_total": band(hours)}


def band(values: np.ndarray) -> dict:
    at = np.percentile(values, list(BANDS.values()))
    return {"mean": float(values.mean()), "sd": float(values.std()), **dict(zip(BANDS, map(float, at)))}
