//! What a list is narrowed to, in words.

use super::analysis::{figure_word, share_word};
use crate::app::{LedgerPage, RoundPage, Signed};
use crate::domain::Counted;
use crate::locales::{self as w, Lang};

/// Says to which number of the analysis the ledger is narrowed; nothing where all of it is shown.
pub fn narrow_text(page: &LedgerPage, lang: Lang) -> Option<String> {
    let narrowed = page.narrowed.as_ref()?;
    let round = narrowed.narrow.round;
    let round =
        round.map_or_else(|| w::EVERY_ROUND.say(lang), |round| page.rounds.get(&round).map_or("", String::as_str));
    let what = match &narrowed.narrow.counted {
        Counted::Figure(figure, share) => {
            format!("{} {}", figure_word(*figure, lang), share_word(*figure, *share).say(lang))
        }
        Counted::Group(branch, _) => {
            let group = narrowed.group.as_ref().map(|(id, name)| format!(" {id} {}", name.pick(lang)));
            format!("{}{}", page.branch(*branch), group.unwrap_or_default())
        }
    };
    Some(format!("[{round} {what}]"))
}

/// Says to which number of the analysis the branches of a round are narrowed; nothing where all of them are shown.
pub fn round_narrow_text(page: &RoundPage, lang: Lang) -> Option<String> {
    let (narrow, _) = page.narrowed.as_deref()?;
    let what = match &narrow.signed {
        Signed::All => w::SIGNED.say(lang).to_owned(),
        Signed::Applies(item) => format!("{item} {}", w::JUDGED.say(lang)),
        Signed::Failed(item) => format!("{item} {}", w::V_FAIL.say(lang)),
    };
    Some(format!("[{what}]"))
}
