"""The verdict of each scenario of a record as lines (scenario, ok or FAILED, detail, between tabs).

Arguments: run.json, the number of scenarios that must be there.
"""

import json
import sys


def detail(scenario):
    checks = [check for step in scenario["steps"] for check in step["checks"]]
    passed = sum(check["verdict"] == "pass" for check in checks)
    wrong = [finding for check in checks for finding in check["findings"] if finding["severity"] == "violation"]
    causes = [step["exchange"]["error"] for step in scenario["steps"] if (step.get("exchange") or {}).get("error")]
    text = f"{passed} of {len(checks)} check points"
    for finding in wrong[:1]:
        text += f"; {finding.get('check', '')}: {finding['message']['en']}"
    return "; ".join([text, *causes[:1]])


with open(sys.argv[1], encoding="utf-8") as file:
    scenarios = json.load(file)["scenarios"]
for scenario in scenarios:
    result = "ok" if scenario["verdict"] == "pass" else "FAILED"
    print(scenario["id"], result, " ".join(detail(scenario).split()), sep="\t")
if len(scenarios) != int(sys.argv[2]):
    print("run", "FAILED", f"{len(scenarios)} scenarios were run, not {sys.argv[2]}", sep="\t")
