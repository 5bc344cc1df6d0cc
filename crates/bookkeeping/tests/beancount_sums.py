"""What Beancount makes of each account of a file: one line for each, with its sum."""

import sys
from collections import defaultdict
from beancount import loader
from beancount.core import data
entries, errors, options = loader.load_file(sys.argv[1])
if errors:
    sys.exit(str(errors[0]))
sums = defaultdict(int)
for entry in entries:
    if isinstance(entry, data.Transaction):
        for posting in entry.postings:
            sums[posting.account] += posting.units.number
for account in sorted(sums):
    print(f'{account},{sums[account]}')
