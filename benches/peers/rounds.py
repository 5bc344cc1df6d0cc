"""Times a peer's own loop, round by round, for the bench that started it.

    python rounds.py plain|vectorized SEVEN.json

SEVEN.json holds the seven models of the public comparison. Each line on standard input is a round,
`{"ask": "project" | "lives" | "compare", "times": n}`; the answer is one line, `{"seconds": …}`,
with the `bands` where there are any: seconds of the processor. Starting Python, importing and
reading are in no round.
"""

import json
import sys
import time
from pathlib import Path

SEED = 24
LIVES_OF_COMPARISON = 200


def plain():
    import plain as model

    def lives(seven, times):
        return [model.montecarlo(it["scenario"], SEED, times, it["uncertain"]) for it in seven]

    def project(seven, times):
        for _ in range(times):
            for it in seven:
                model.project(it["scenario"])

    def compare(seven, times):
        for _ in range(times):
            project(seven, 1)
            lives(seven, LIVES_OF_COMPARISON)

    return {"lives": lives, "project": project, "compare": compare}


def vectorized():
    import numpy as np
    import vectorized as model

    rng = np.random.default_rng(SEED)

    def lives(seven, times):
        return [model.monte_carlo(it["scenario"], it["uncertain"], times, rng) for it in seven]

    def compare(seven, times):
        for _ in range(times):
            lives(seven, LIVES_OF_COMPARISON)

    return {"lives": lives, "compare": compare}


def main():
    asks = {"plain": plain, "vectorized": vectorized}[sys.argv[1]]()
    seven = json.loads(Path(sys.argv[2]).read_text())
    for line in sys.stdin:
        round_ = json.loads(line)
        began = time.process_time()
        bands = asks[round_["ask"]](seven, round_["times"])
        seconds = time.process_time() - began
        print(json.dumps({"seconds": seconds, "bands": bands}), flush=True)


if __name__ == "__main__":
    main()
