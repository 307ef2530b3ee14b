//! The organisation that the store belongs to.

use serde::{Deserialize, Serialize};

use super::{Refusal, Rev, care};

/// The organisation and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct House {
    /// How often it was changed.
    pub rev: Rev,
    /// Its name, or empty before somebody has entered it; at most 40 characters.
    pub name: String,
}

/// What happened to the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HouseChange {
    /// It was named.
    Named {
        /// The name before.
        was: String,
        /// The name now.
        now: String,
    },
}

/// What somebody wants of the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HouseCommand {
    /// Name it.
    Name(String),
}

/// Decides what a command means for the organisation, or why it cannot be.
pub fn decide_house(house: &House, command: HouseCommand) -> Result<Vec<HouseChange>, Refusal> {
    let HouseCommand::Name(now) = command;
    care::check_needed("name", &now, 40)?;
    if now == house.name {
        return Err(Refusal::NothingChanged);
    }
    Ok(vec![HouseChange::Named { was: house.name.clone(), now }])
}

/// Applies what happened; never fails.
pub fn apply_house(house: &mut House, rev: Rev, change: &HouseChange) {
    let HouseChange::Named { now, .. } = change;
    house.name.clone_from(now);
    house.rev = rev;
}
