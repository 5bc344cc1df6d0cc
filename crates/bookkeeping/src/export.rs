//! The same books for other programs: journals of hledger and of Beancount.
//!
//! Both read plain text. An account's name is its class, the practice's own code and name for the
//! title and, where it is kept by party, the party. Memorandum accounts balance by themselves and
//! are written under equity, where both programs let them stand. A file ends with what every
//! account holds by our own sums, as assertions: the other program checks them as it reads.
//!
//! What is written is what `bookkeeping` knows, and that is no name of a client and nothing of
//! care. Of what people can name (a chart's lines, parties, the heading) only letters, digits and
//! dashes reach an account, and one line a comment.

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use jiff::civil::Date;

use crate::{Account, Chart, Class, Entry, rule};

/// What every line of a string is written with.
const WRITTEN: &str = "a string takes all that is written";
/// Longest heading, in signs.
const HEADING_MAX: usize = 200;
/// Longest part of an account's name, in signs.
const COMPONENT_MAX: usize = 60;

/// A journal of all entries that hledger reads (hledger manual, *Journal format*).
pub fn hledger(entries: &[Entry], chart: &Chart) -> String {
    Export::new(entries, chart).hledger()
}

/// A file of all entries that Beancount reads (Beancount Language Syntax).
pub fn beancount(entries: &[Entry], chart: &Chart) -> String {
    Export::new(entries, chart).beancount()
}

/// What is to be written down for another program: all entries, or those of some days.
#[derive(Debug, Clone)]
pub struct Export<'a> {
    entries: &'a [Entry],
    chart: &'a Chart,
    parties: BTreeMap<Account, String>,
    heading: String,
    from: Option<Date>,
    through: Option<Date>,
}

/// What of the entries is written, and what was before.
struct Extent<'a> {
    entries: Vec<&'a Entry>,
    brought_forward: BTreeMap<Account, Sum>,
    held: BTreeMap<Account, Sum>,
    names: BTreeMap<Account, String>,
    first_day: Date,
    last_day: Date,
}

/// A sum of cents in 128 bits, which no number of entries fills.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sum(i128);

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let (dollars, cents) = (size.div_euclid(100), size.rem_euclid(100));
        write!(f, "{sign}{dollars}.{cents:02}")
    }
}

impl<'a> Export<'a> {
    /// All entries under a practice's chart, each party by its number.
    pub fn new(entries: &'a [Entry], chart: &'a Chart) -> Self {
        let (parties, heading) = (BTreeMap::new(), String::new());
        Self { entries, chart, parties, heading, from: None, through: None }
    }

    /// With what the parties of some accounts are called.
    #[must_use]
    pub fn calling(self, parties: BTreeMap<Account, String>) -> Self {
        Self { parties, ..self }
    }

    /// With a line at the head, as a comment.
    #[must_use]
    pub fn headed(self, heading: &str) -> Self {
        Self { heading: one_line(heading), ..self }
    }

    /// Only entries posted on this day or later, after one that brings forward what was before.
    #[must_use]
    pub fn from(self, day: Date) -> Self {
        Self { from: Some(day), ..self }
    }

    /// Only entries posted on this day or earlier.
    #[must_use]
    pub fn through(self, day: Date) -> Self {
        Self { through: Some(day), ..self }
    }

    /// A journal that hledger reads, in strict mode too.
    pub fn hledger(&self) -> String {
        let it = self.extent();
        let mut text = self.comment();
        text.push_str("decimal-mark .\ncommodity 1000.00 USD\n");
        for name in it.names.values() {
            writeln!(text, "account {name}").expect(WRITTEN);
        }
        if !it.brought_forward.is_empty() {
            writeln!(text, "\n{} balances brought forward", it.first_day).expect(WRITTEN);
            for (account, sum) in &it.brought_forward {
                writeln!(text, "    {}  {sum} USD", it.names[account]).expect(WRITTEN);
            }
        }
        for entry in &it.entries {
            writeln!(text, "\n{} ({}) {}", entry.on, entry.id, words(entry)).expect(WRITTEN);
            for posting in &entry.postings {
                let name = &it.names[&posting.account];
                writeln!(text, "    {name}  {} USD", posting.cents).expect(WRITTEN);
            }
        }
        if !it.held.is_empty() {
            writeln!(text, "\n{} what the books hold", it.last_day).expect(WRITTEN);
            for (account, sum) in &it.held {
                writeln!(text, "    {}  0.00 USD = {sum} USD", it.names[account]).expect(WRITTEN);
            }
        }
        text
    }

    /// A file that Beancount reads.
    pub fn beancount(&self) -> String {
        let it = self.extent();
        let mut text = self.comment();
        text.push_str("option \"operating_currency\" \"USD\"\n");
        if !it.names.is_empty() {
            text.push('\n');
        }
        for name in it.names.values() {
            writeln!(text, "{} open {name} USD", it.first_day).expect(WRITTEN);
        }
        if !it.brought_forward.is_empty() {
            writeln!(text, "\n{} * \"balances brought forward\"", it.first_day).expect(WRITTEN);
            for (account, sum) in &it.brought_forward {
                writeln!(text, "  {}  {sum} USD", it.names[account]).expect(WRITTEN);
            }
        }
        for entry in &it.entries {
            writeln!(text, "\n{} * \"{}\" ^{}", entry.on, words(entry), entry.id).expect(WRITTEN);
            for posting in &entry.postings {
                let name = &it.names[&posting.account];
                writeln!(text, "  {name}  {} USD", posting.cents).expect(WRITTEN);
            }
        }
        // Beancount looks at a balance in the morning: ours are of the evening before.
        if let (Ok(morning), false) = (it.last_day.tomorrow(), it.held.is_empty()) {
            text.push('\n');
            for (account, sum) in &it.held {
                let name = &it.names[account];
                writeln!(text, "{morning} balance {name}  {sum} USD").expect(WRITTEN);
            }
        }
        text
    }

    fn comment(&self) -> String {
        if self.heading.is_empty() { String::new() } else { format!("; {}\n\n", self.heading) }
    }

    fn extent(&self) -> Extent<'a> {
        let is_in_time = |entry: &&Entry| self.through.is_none_or(|day| entry.on <= day);
        let is_before = |entry: &&Entry| self.from.is_some_and(|day| entry.on < day);
        let in_time: Vec<&Entry> = self.entries.iter().filter(is_in_time).collect();
        let (before, mut entries): (Vec<&Entry>, Vec<&Entry>) =
            in_time.iter().copied().partition(is_before);
        entries.sort_by_key(|entry| entry.on);
        let held = sums(&in_time);
        let mut brought_forward = sums(&before);
        brought_forward.retain(|_, sum| sum.0 != 0);
        let days = || entries.iter().map(|entry| entry.on);
        let first_day = self.from.or_else(|| days().min()).unwrap_or(Date::ZERO);
        let last_day = self.through.or_else(|| days().max()).unwrap_or(first_day);
        let names = self.names(&held);
        let last_day = last_day.max(first_day);
        Extent { entries, brought_forward, held, names, first_day, last_day }
    }

    /// A name for each account, none for two. Those that would be called alike get their code or
    /// their party's number too.
    fn names(&self, held: &BTreeMap<Account, Sum>) -> BTreeMap<Account, String> {
        let mut shared: BTreeMap<String, usize> = BTreeMap::new();
        let plain: Vec<(Account, String)> =
            held.keys().map(|account| (*account, self.name(*account))).collect();
        for (_, name) in &plain {
            let count = shared.entry(name.to_lowercase()).or_default();
            *count = count.saturating_add(1);
        }
        let own = |(account, name): (Account, String)| {
            let is_shared = shared.get(&name.to_lowercase()).is_some_and(|count| 1 < *count);
            let title = account.title().standard_code();
            let name = match (is_shared, account.party()) {
                (false, _) => name,
                (true, Some(party)) => format!("{name}-of-{title}-{party:x}"),
                (true, None) => format!("{name}-of-{title}"),
            };
            (account, name)
        };
        plain.into_iter().map(own).collect()
    }

    fn name(&self, account: Account) -> String {
        let title = account.title();
        let root = match title.class() {
            Class::Asset => "Assets",
            Class::Liability => "Liabilities",
            Class::Equity => "Equity",
            Class::Income => "Income",
            Class::Expense => "Expenses",
            Class::Memorandum => "Equity:Memorandum",
        };
        let line = self.chart.line(title);
        let own = component(&format!("{} {}", line.code, line.name));
        let own = own.unwrap_or_else(|| title.standard_code().to_owned());
        let Some(party) = account.party() else { return format!("{root}:{own}") };
        let called = self.parties.get(&account).and_then(|name| component(name));
        format!("{root}:{own}:{}", called.unwrap_or_else(|| format!("P{party:x}")))
    }
}

fn sums(entries: &[&Entry]) -> BTreeMap<Account, Sum> {
    let mut sums: BTreeMap<Account, Sum> = BTreeMap::new();
    for posting in entries.iter().flat_map(|entry| &entry.postings) {
        let sum = sums.entry(posting.account).or_default();
        // 2^64 postings of 2^63 cents fit.
        sum.0 = sum.0.saturating_add(i128::from(posting.cents.0));
    }
    sums
}

fn words(entry: &Entry) -> String {
    let event = rule(entry.cause.rule).event;
    let mut words = match entry.reverses {
        Some(of) => format!("reversal of {of}: {event}"),
        None => event.to_owned(),
    };
    if let Some(old) = entry.adjusts {
        write!(words, ", adjusts {old} of {}", entry.belongs_to).expect(WRITTEN);
    }
    words
}

/// Text without what would end a comment or stand for something in one.
fn one_line(text: &str) -> String {
    let plain = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign });
    plain.take(HEADING_MAX).collect::<String>().trim().to_owned()
}

/// Letters, digits and dashes only, the first a capital or a digit: what both programs accept.
/// None where nothing is left.
fn component(name: &str) -> Option<String> {
    let mut text = String::new();
    for sign in name.chars() {
        match sign {
            'a'..='z' if text.is_empty() => text.push(sign.to_ascii_uppercase()),
            'a'..='z' | 'A'..='Z' | '0'..='9' => text.push(sign),
            '\'' | '’' => {}
            _ if text.ends_with('-') || text.is_empty() => {}
            _ => text.push('-'),
        }
        if COMPONENT_MAX <= text.len() {
            break;
        }
    }
    let text = text.trim_end_matches('-');
    (!text.is_empty()).then(|| text.to_owned())
}
