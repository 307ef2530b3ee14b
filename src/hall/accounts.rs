//! Who somebody is: of an account of this machine, or of a key whose signature was verified.

use super::Hall;
use crate::domain::{Lang, PersonId, Reading};
use crate::locales as w;
use crate::session::read_said;
use crate::text::printable;

impl Hall {
    /// Finds the person to whom a public key is bound.
    pub(super) fn keyholder(&self, key: &str) -> Option<PersonId> {
        // A record that does not read lets nobody in.
        self.shelf.keyholder(key).ok().flatten()
    }

    /// Finds the person of an account of this machine, or says why nobody of it is let in.
    ///
    /// What somebody claims is believed of one account alone, which the operator has named: several persons share it,
    /// and the system's own log-in has told them apart. Whoever is of the owner's account is the owner: nothing keeps
    /// two processes of one account apart.
    pub(super) fn account(&self, uid: u32, claim: Option<&str>, lang: Lang) -> Result<PersonId, String> {
        let name = uzers::get_user_by_uid(uid)
            .map_or_else(|| uid.to_string(), |user| user.name().to_string_lossy().into_owned());
        let shown = printable(&name).into_owned();
        let house = self.shelf.house().map_err(|fault| read_said(&fault, lang))?;
        let claimed = claim.map(crate::config::handle);
        if let Some(person) = claimed.as_ref().filter(|_| self.settings.account.as_deref() == Some(&*name)) {
            let known = house.persons.contains_key(person);
            return known.then(|| person.clone()).ok_or_else(|| w::DOOR_CLAIM_UNKNOWN.fill(lang, &[person]));
        }
        let own = uid == rustix::process::getuid().as_raw();
        let person = match house.login(&name) {
            Some(person) => person.clone(),
            None if own => self.owner.clone(),
            None => Some(PersonId(name))
                .filter(|person| house.persons.contains_key(person))
                .ok_or_else(|| w::DOOR_UNKNOWN.fill(lang, &[&shown]))?,
        };
        // Who asks for another person than the account's is told so, and does not act as somebody else unawares.
        match claimed.filter(|claimed| *claimed != person) {
            None => Ok(person),
            Some(claimed) => Err(w::DOOR_CLAIM.fill(lang, &[&shown, &person, &claimed])),
        }
    }
}
