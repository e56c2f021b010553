"""The legal calendar again, in another language: python3 desk_clocks_oracle.py SOURCE HYGIE WALKS

Reads lib/desk/data/routes/*.json and lib/desk/tests/clock_cases.csv, plays each case by the words
of docs/desk-routes.md with Python's own calendar, and compares last day, state and effect. Then
WALKS histories of chance on every route with clocks: after each step `hygie desk clocks` and this
must say the same of every clock, on that day and later. What hygie refuses is not taken.
Easter Sundays are a table, not a formula; holidays are the eleven of the Code du travail.
"""
import calendar
import csv
import datetime as dt
import io
import json
import pathlib
import random
import subprocess
import sys

EASTER = {int(d[:4]): dt.date.fromisoformat(d) for d in """2023-04-09 2024-03-31 2025-04-20
2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13 2032-03-28""".split()}
FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
DAY = dt.timedelta(1)


def works(day):
    easter = EASTER[day.year]
    movable = {easter + n * DAY for n in (1, 39, 50)}
    return day.weekday() < 5 and (day.month, day.day) not in FIXED and day not in movable


def add(day, n, unit):
    if unit.startswith("working"):
        while n > 0:
            day += DAY
            n -= works(day)
        return day
    if unit.startswith(("month", "year")):
        months = day.month - 1 + n * (12 if unit.startswith("year") else 1)
        year, month = day.year + months // 12, months % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return day + n * DAY * (7 if unit.startswith("week") else 1)


def delay(text):
    n, unit = text.split(" ", 1)
    return int(n), unit


class Clock:
    def __init__(self, rule):
        self.rule, self.status, self.last, self.end = rule, "idle", None, None

    def settle(self, last):
        if self.rule.get("two_working_days") and (last - self.start).days >= 2:
            last = max(last, add(self.start, 2, "working days"))
        while self.rule["roll_to_working_day"] and not works(last):
            last += DAY
        return last

    def run(self):
        self.status = "running"
        if self.rule["length"] == "until":
            self.last = self.settle(self.until + self.shift * DAY)
            return
        n, unit = delay(self.rule["length"])
        extension = self.rule.get("extension", {})
        if extension.get("from") != "expiry" and self.extended:
            n += self.extended * delay(extension["length"])[0]
        if unit.startswith("working"):
            self.last = self.settle(add(self.segment, n - self.used, unit))
            return
        self.last = add(self.start, n, unit)
        for _ in range(self.extended if extension.get("from") == "expiry" else 0):
            self.last = add(self.last, *delay(extension["length"]))
        self.last = self.settle(self.last + self.shift * DAY)

    def begin(self, day, until):
        self.start = self.segment = day
        self.used = self.shift = self.extended = 0
        self.until, self.end = until, None
        self.run()

    def pause(self, day):
        if self.status != "running":
            return
        self.status, self.paused, self.last = "paused", day, None
        self.used += sum(works(self.segment + i * DAY)
                         for i in range(1, (day - self.segment).days + 1))

    def resume(self, day):
        if self.status != "paused":
            return
        self.segment = day
        if self.rule.get("resume") == "restart":
            self.start, self.used, self.shift = day, 0, 0
        else:
            self.shift += (day - self.paused).days
        self.run()


class Application:
    def __init__(self, route):
        self.route = route
        self.state = route["states"][0]["id"]
        self.clocks = {c["id"]: Clock(c) for c in route["clocks"]}
        self.opinion = None  # (word, express)

    def change(self, c, day, until=None):
        def named(key):
            return self.clocks if c.get(key) == ["*"] else c.get(key, [])
        for name in named("stop"):
            if self.clocks[name].status in ("running", "paused"):
                self.clocks[name].status = "stopped"
        for name in named("pause"):
            self.clocks[name].pause(day)
        for name in named("resume"):
            self.clocks[name].resume(day)
        for name in named("start"):
            self.clocks[name].begin(day, until)
        if "extend" in c:
            clock = self.clocks[c["extend"]]
            clock.extended += 1
            clock.until = until
            clock.run()
        self.state = c.get("to", self.state)

    def favourable(self):
        return self.opinion and self.opinion[1] and \
            self.opinion[0] in self.route.get("expressly_favourable", [])

    def silence(self, today):
        while True:
            over = [c for c in self.clocks.values() if c.status == "running" and
                    c.rule.get("expiry") and c.last < today]
            if not over:
                return
            clock = min(over, key=lambda c: c.last)
            ending = next(e for e in clock.rule["expiry"] if "if" not in e or self.favourable())
            clock.status, clock.effect = "expired", ending["effect"]
            if "opinion" in ending:
                self.opinion = (ending["opinion"], False)
            self.change(ending, clock.last)

    def take(self, do, word, day):
        self.silence(day)
        for step in self.route["steps"]:
            when = step.get("when")
            if step["do"] != do or (step["from"] != ["*"] and self.state not in step["from"]) or \
                    (when and word not in next(iter(when.values()))):
                continue
            if step.get("takes_opinion"):
                self.opinion = (word, True)
            self.change(step, day, dt.date.fromisoformat(word) if word[:2] == "20" else None)
            return
        raise AssertionError(f"{do} in {self.state}")


def check(case, routes):
    a = Application(routes[case["route"]])
    for one in case["events"].split():
        what, day = one.split("@")
        do, _, word = what.partition(":")
        a.take(do, word, dt.date.fromisoformat(day))
    today = dt.date.fromisoformat(case["on"])
    a.silence(today)
    clock = a.clocks[case["clock"]]
    effect = {"expired": getattr(clock, "effect", ""), "stopped": "express",
              "paused": "paused"}.get(clock.status, "")
    if clock.status == "running" and clock.last < today:
        effect = "late"
    return a.state, str(clock.last or ""), effect


source = pathlib.Path(sys.argv[1])
routes = {}
for file in (source / "lib/desk/data/routes").glob("*.json"):
    route = json.loads(file.read_text())
    routes[route["route"]] = route
failed = checked = 0
with open(source / "lib/desk/tests/clock_cases.csv", newline="") as file:
    for number, case in enumerate(csv.DictReader(file), 2):
        says = check(case, routes)
        checked += 1
        if says != (case["state"], case["last_day"], case["effect"]):
            failed += 1
            print(f"line {number}: {says}, not {case['state']}, {case['last_day']}, "
                  f"{case['effect']}: {case['events']}")
print(f"{checked} cases, {failed} differ")


def ask(route, start, events, today):
    """What hygie says: {clock: (status, last day)}; None: it refuses the last event."""
    args = [sys.argv[2], "desk", "clocks", "--route", route, "--start", str(start), "--at",
            str(today), "--format", "csv"]
    for event in events:
        args += ["--event", event]
    done = subprocess.run(args, capture_output=True, text=True)
    if done.returncode == 4:
        return None
    assert done.returncode == 0, done.stderr
    return {row["clock"]: (row["status"], row["last_day"])
            for row in csv.DictReader(io.StringIO(done.stdout))}


def mine(route, events, today):
    a = Application(route)
    for event in events:
        what, day = event.split("@")
        do, _, word = what.partition(":")
        a.take(do, word, dt.date.fromisoformat(day))
    a.silence(today)
    return a, {name: ("late" if c.status == "running" and c.last < today else c.status,
                      str(c.last or "")) for name, c in a.clocks.items() if c.status != "idle"}


def word_for(step, route, day, dice):
    if step.get("takes_opinion") and "when" not in step:
        return dice.choice(["favourable", "favourable_with_recommendations", "reserved",
                            "unfavourable"])
    if "when" in step:
        return dice.choice(next(iter(step["when"].values())))
    dated = [c for c in step.get("start", []) + [step.get("extend")] if c and
             next(r for r in route["clocks"] if r["id"] == c)["length"] == "until"]
    return str(day + dice.randint(30, 500) * DAY) if dated else ""


def walk(route, seed):
    """Steps that were compared."""
    dice = random.Random(f"{route['route']} {seed}")
    year = 2029 if route["route"].startswith("ehds") else 2024
    start = day = dt.date(year, 4, 1) + dice.randint(0, 300) * DAY
    events = [f"submit@{start}"]
    compared = 0
    for _ in range(9):
        a, _ = mine(route, events, day)
        steps = [s for s in route["steps"] if (a.state in s["from"]) and s["do"] != "submit" and
                 any(s.get(key) for key in ("start", "stop", "pause", "resume", "extend", "to"))
                 and (s["do"] not in ("withdraw", "reorient", "close_incomplete")
                      or dice.random() < 0.05)]
        if steps:
            step = dice.choice(steps)
            word = word_for(step, route, day, dice)
            event = f"{step['do']}{':' + word if word else ''}@{day}"
            if ask(route["route"], start, events[1:] + [event], day) is not None:
                events.append(event)
        today = day + dice.choice([0, 1, 7, 33, 95]) * DAY
        says = ask(route["route"], start, events[1:], today)
        _, own = mine(route, events, today)
        says = {k: v for k, v in says.items() if v[0] != "idle"}
        assert says == own, f"{route['route']} {events} on {today}:\n{says}\n{own}"
        compared += 1
        day += dice.choice([0, 1, 3, 10, 20, 29]) * DAY
    return compared


compared = 0
clocked = [r for name, r in sorted(routes.items()) if r["clocks"]]
for seed in range(int(sys.argv[3])):
    compared += walk(clocked[seed % len(clocked)], seed)
print(f"{compared} moments of {sys.argv[3]} histories: the same")
sys.exit(1 if failed or checked < 80 or compared < 5 * int(sys.argv[3]) else 0)
