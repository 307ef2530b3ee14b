//! `tijian ledger` and `tijian overdue`: rectification items as a table, as CSV and as JSON, however many there are.

use std::ops::{ControlFlow, Range};

use super::Outcome;
use super::args::{LedgerArgs, OverdueArgs, SortArg, WhichArgs};
use super::keep::Keep;
use super::out::Out;
use crate::config::World;
use crate::domain::{BranchId, Day, LedgerFinding, LedgerLine, RectId, RoundId, Severity, Standing, State};
use crate::locales::{self as w, Lang};
use crate::report::{LedgerItem, LedgerReader, csv_row};
use crate::session::SystemClock;
use crate::text::{Ambiguous, Needle, fold, pad, printable, width};

/// The form in which items are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Table,
    Csv { bom: bool },
    Json,
}

/// Which days are looked for.
#[derive(Clone, Copy)]
struct Days {
    overdue: bool,
    within: Option<u16>,
}

/// Runs `ledger`.
pub fn run(world: &World, args: &LedgerArgs) -> Result<String, Outcome> {
    let form = match (args.csv, args.json) {
        (true, _) => Form::Csv { bom: args.bom },
        (false, true) => Form::Json,
        (false, false) => Form::Table,
    };
    let keep = Keep::look(world)?;
    let days = Days { overdue: args.overdue, within: args.due_within };
    let listed = list(&keep, &args.which, days, args.sort, args.limit.unwrap_or(usize::MAX), form);
    keep.close()?;
    listed.map(|_| String::new())
}

/// Runs `overdue`.
pub fn overdue(world: &World, args: &OverdueArgs) -> Result<String, Outcome> {
    let form = if args.json { Form::Json } else { Form::Table };
    let keep = Keep::look(world)?;
    let days = Days { overdue: true, within: args.within };
    let listed = list(&keep, &args.which, days, Some(SortArg::Due), usize::MAX, form);
    keep.close()?;
    match listed? {
        0 => Ok(String::new()),
        found if args.exit_code => Err(Outcome::Overdue(found)),
        _ => Ok(String::new()),
    }
}

/// Prints the items that are looked for; answers how many there were.
fn list(
    keep: &Keep,
    which: &WhichArgs,
    days: Days,
    sort: Option<SortArg>,
    limit: usize,
    form: Form,
) -> Result<usize, Outcome> {
    let now = SystemClock::stamp();
    let reader = LedgerReader::new(keep.reading(), now.china_day(), keep.lang)?.at(now);
    let filter = Filter::new(keep, which, days, &reader)?;
    let mut printer = Printer { reader: &reader, form, out: Out::new(), count: 0, lang: keep.lang };
    printer.head()?;
    match sort {
        None if limit == 0 => {}
        None => filter.each(&mut |item| {
            let read = printer.item(&item)?;
            Ok(if printer.count >= limit { ControlFlow::Break(()) } else { read })
        })?,
        Some(sort) => {
            for id in sorted(&reader, &filter, sort, limit)? {
                if let Some(item) = reader.again(id)?
                    && printer.item(&item)?.is_break()
                {
                    break;
                }
            }
        }
    }
    printer.end()
}

/// Lists the items that pass in an order; only what they are sorted by is kept in memory.
fn sorted(reader: &LedgerReader<'_>, filter: &Filter<'_>, sort: SortArg, limit: usize) -> Result<Vec<RectId>, Outcome> {
    let mut keys: Vec<(u32, Day, RectId)> = Vec::new();
    let most = limit.saturating_mul(2).max(1024);
    filter.each(&mut |item| {
        keys.push((rank(reader, &item, sort), item.line.due, item.id));
        if keys.len() > most {
            keys.sort_unstable();
            keys.truncate(limit);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    keys.sort_unstable();
    keys.truncate(limit);
    Ok(keys.into_iter().map(|(_, _, id)| id).collect())
}

fn rank(reader: &LedgerReader<'_>, item: &LedgerItem, sort: SortArg) -> u32 {
    match sort {
        SortArg::Due => 0,
        SortArg::Branch => {
            let place = reader.tree.place(item.id.finding.branch);
            place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
        }
        SortArg::Severity => match item.finding.severity {
            Severity::Critical => 0,
            Severity::Major => 1,
            Severity::Minor => 2,
            Severity::None => 3,
        },
        SortArg::State => (0u32..).zip(State::ALL).find(|(_, state)| *state == item.line.state).map_or(0, |(at, _)| at),
    }
}

/// What is looked for.
struct Filter<'a> {
    which: &'a WhichArgs,
    days: Days,
    round: Option<RoundId>,
    branches: Option<Range<usize>>,
    needle: Option<Needle>,
    today: Day,
    reader: &'a LedgerReader<'a>,
    keep: &'a Keep,
}

impl<'a> Filter<'a> {
    fn new(keep: &'a Keep, which: &'a WhichArgs, days: Days, reader: &'a LedgerReader<'a>) -> Result<Self, Outcome> {
        Ok(Self {
            round: which.round.as_deref().map(|code| keep.round(code)).transpose()?.map(|line| line.id),
            branches: which
                .branch
                .as_deref()
                .map(|code| keep.branch(code))
                .transpose()?
                .map(|top| reader.tree.subtree(top)),
            today: SystemClock::stamp().china_day(),
            needle: which.text.as_deref().map(Needle::new),
            which,
            days,
            reader,
            keep,
        })
    }

    /// Visits the items that pass.
    fn each(&self, visit: &mut dyn FnMut(LedgerItem) -> Result<ControlFlow<()>, Outcome>) -> Result<(), Outcome> {
        self.reader.each(self.round.unwrap_or_default(), &mut |id, finding| {
            if self.round.is_some_and(|round| round != id.round) {
                return Ok(ControlFlow::Break(()));
            }
            for (item, line) in (1u8..).zip(&finding.lines) {
                if self.passes(id.branch, &finding, line)
                    && let Some(item) = self.reader.item(id, &finding, item)
                    && self.by_text(&item)
                    && visit(item)?.is_break()
                {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    fn passes(&self, branch: BranchId, finding: &LedgerFinding, line: &LedgerLine) -> bool {
        let stands = |places: &Range<usize>| self.reader.tree.place(branch).is_some_and(|at| places.contains(&at));
        self.of_kind(finding, line)
            && self.by_day(line.standing(self.today))
            && self.branches.as_ref().is_none_or(stands)
            && (!self.which.mine || self.mine(branch, line))
    }

    fn of_kind(&self, finding: &LedgerFinding, line: &LedgerLine) -> bool {
        let WhichArgs { item, state, severity, class, repeat, .. } = self.which;
        item.as_deref().is_none_or(|item| finding.item.0.eq_ignore_ascii_case(item))
            && (state.is_empty() || state.iter().any(|state| state.means(line.state)))
            && (severity.is_empty() || severity.iter().any(|severity| severity.severity() == finding.severity))
            && (class.is_empty() || class.iter().any(|class| class.class() == finding.class))
            && (!repeat || finding.nth > 1)
    }

    fn by_day(&self, standing: Standing) -> bool {
        let Days { overdue, within } = self.days;
        match standing {
            _ if !overdue && within.is_none() => true,
            Standing::Overdue(_) => overdue,
            Standing::Left(left) => within.is_some_and(|within| left <= i32::from(within)),
            Standing::Still | Standing::Exempt(_) => false,
        }
    }

    fn mine(&self, branch: BranchId, line: &LedgerLine) -> bool {
        self.reader.house.actor(&self.keep.person).is_waited_for(line, &self.reader.above(branch))
    }

    fn by_text(&self, item: &LedgerItem) -> bool {
        self.needle.as_ref().is_none_or(|needle| {
            let text = [item.name.as_str(), &item.branch_name, &item.finding.fact, &item.line.post].join(" ");
            needle.matches(&fold(&text))
        })
    }
}

/// Prints items one after another.
struct Printer<'a> {
    reader: &'a LedgerReader<'a>,
    form: Form,
    out: Out,
    count: usize,
    lang: Lang,
}

/// The columns of the table with their widths; the last one goes to the end of the line.
const TABLE: [(&w::Word, usize); 7] = [
    (&w::COL_ID, 26),
    (&w::COL_STATE, 8),
    (&w::COL_DUE, 10),
    (&w::COL_STANDING, 11),
    (&w::COL_SEVERITY, 8),
    (&w::COL_BRANCH, 22),
    (&w::COL_FACT, 48),
];

impl Printer<'_> {
    fn head(&mut self) -> Result<(), Outcome> {
        let text = match self.form {
            Form::Csv { bom } => {
                let mark = if bom { "\u{feff}" } else { "" };
                format!("{mark}{}", csv_row(self.reader.heads()))
            }
            Form::Table | Form::Json => return Ok(()),
        };
        self.out.write(&text).map(|_| ())
    }

    fn item(&mut self, item: &LedgerItem) -> Result<ControlFlow<()>, Outcome> {
        self.count += 1;
        let text = match self.form {
            Form::Json => format!("{}\n", printable(&self.reader.json(item)?.to_string())),
            Form::Csv { .. } => {
                let cells = self.reader.cells(self.count, item)?;
                let cells: Vec<_> = cells.iter().map(|cell| printable(cell)).collect();
                csv_row(cells.iter().map(|cell| &**cell))
            }
            Form::Table => {
                let row = self.row(item);
                if self.count == 1 { format!("{}{row}", line(TABLE.map(|(word, _)| word.say(self.lang)))) } else { row }
            }
        };
        self.out.write(&text)
    }

    fn row(&self, item: &LedgerItem) -> String {
        let LedgerItem { finding, line: of, .. } = item;
        let (due, standing) = (of.due.to_string(), w::standing(item.standing, self.lang));
        let fact = printable(&finding.fact).replace('\n', " ");
        line([
            &printable(&item.name),
            w::state(of.state).say(self.lang),
            &due,
            &standing,
            w::severity(finding.severity).say(self.lang),
            &printable(&item.branch_name),
            &fact,
        ])
    }

    fn end(mut self) -> Result<usize, Outcome> {
        if self.form == Form::Table {
            let said = match self.count {
                0 => w::LEDGER_NONE.say(self.lang).to_owned(),
                count => w::LEDGER_N.fill(self.lang, &[&count]),
            };
            let _ = self.out.write(&format!("{said}\n"))?;
        }
        self.out.finish()?;
        Ok(self.count)
    }
}

/// Lays cells out; a name is never cut, so that it can be handed back.
fn line(cells: [&str; 7]) -> String {
    let mut row = String::new();
    for (at, (cell, (_, cols))) in cells.into_iter().zip(TABLE).enumerate() {
        if at == 0 && width(cell, Ambiguous::Narrow) > cols {
            row.push_str(cell);
        } else {
            row.push_str(&pad(cell, cols, Ambiguous::Narrow));
        }
        row.push_str("  ");
    }
    format!("{}\n", row.trim_end())
}
