//! Which items somebody has to see to: what a home screen lists of all that waits.

use super::{Followed, Rectification, Standing, Waiting, gates};
use crate::domain::{Actor, Day, Gate, Role};

/// Lists whom items may wait for so that somebody sees to them, in the order of an item's life.
pub fn duties(actor: &Actor<'_>) -> &'static [Waiting] {
    use Waiting::{Answer, Approve, Branch, Issue, Verify};
    match actor.role() {
        Role::Admin => &Waiting::ALL,
        Role::Inspector => &[Issue, Branch, Verify],
        Role::Approver => &[Approve, Answer],
        Role::Branch => &[Branch],
        Role::Viewer => &[],
    }
}

/// Says whether what an item waits for is somebody's to see to today.
///
/// What is with a branch is the branch's; others see to it once its day has passed. What somebody may not judge, because
/// it is of their own branch (回避) or because they took the step before, waits for others. The one local user sees to all
/// of it.
pub fn is_duty(
    actor: &Actor<'_>,
    gate: Gate,
    waiting: Waiting,
    (followed, item): (&Followed, &Rectification),
    today: Day,
) -> bool {
    if actor.alone {
        return true;
    }
    let judges = |earlier| {
        gates::stranger(actor, followed.id.branch).is_ok() && gates::another(gate, actor, "", earlier).is_ok()
    };
    match waiting {
        Waiting::Issue => true,
        Waiting::Branch => actor.role() == Role::Branch || matches!(item.standing(today), Standing::Overdue(_)),
        Waiting::Verify => judges(item.requested.as_ref()),
        Waiting::Approve => judges(item.requested.as_ref()) && judges(item.checked.as_ref()),
        Waiting::Answer => judges(item.asked.as_ref().map(|asked| &asked.hand)),
    }
}
