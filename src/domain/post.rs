//! Posts (崗位): the list of the house, in which every post that a command names has to stand.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Refusal, care};

/// The longest name of a post, in characters.
pub const POST_LIMIT: usize = 40;
/// The most posts of a house.
pub const POSTS_LIMIT: u16 = 500;

/// The posts that every house begins with, in the order of lists.
const USUAL: [&str; 11] = [
    "支部書記",
    "副書記",
    "組織委員",
    "宣傳委員",
    "紀檢委員",
    "黨小組組長",
    "班子成員",
    "黨委書記",
    "督查組",
    "機關黨委",
    "機關紀委",
];

/// The posts that a house knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posts(BTreeSet<String>);

impl Default for Posts {
    /// The usual posts; a house may add its own and take these out.
    fn default() -> Self {
        Self(USUAL.into_iter().map(str::to_owned).collect())
    }
}

impl Posts {
    /// Says whether the house knows a post.
    pub fn knows(&self, post: &str) -> bool {
        self.0.contains(post)
    }

    /// Lists the posts: the usual ones first, in their order, then those of the house.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let own = self.0.iter().map(String::as_str).filter(|post| !USUAL.contains(post));
        USUAL.into_iter().filter(|post| self.knows(post)).chain(own)
    }

    /// Checks a post that a command names in a field: its length and cleanness, and that the house knows it.
    ///
    /// No post is no fault here, and one that `stood` in the field before is not asked about again: who corrects a day
    /// is not refused for a post that has left the list.
    pub fn check(&self, field: &'static str, post: &str, stood: &str) -> Result<(), Refusal> {
        care::check(field, post, POST_LIMIT)?;
        if post.trim().is_empty() || post == stood || self.knows(post) {
            return Ok(());
        }
        Err(Refusal::NoSuchPost { field, post: post.to_owned(), known: Box::new(self.clone()) })
    }

    /// Decides whether a post can be entered.
    pub(super) fn entered(&self, post: &str) -> Result<(), Refusal> {
        care::check_needed("post", post, POST_LIMIT)?;
        if self.knows(post) {
            return Err(Refusal::NothingChanged);
        }
        if self.0.len() >= usize::from(POSTS_LIMIT) {
            return Err(Refusal::OutOfRange { field: "posts", low: 0, high: POSTS_LIMIT.into() });
        }
        Ok(())
    }

    /// Decides whether a post can be taken out.
    pub(super) fn removed(&self, post: &str) -> Result<(), Refusal> {
        if self.knows(post) {
            return Ok(());
        }
        Err(Refusal::NoSuchPost { field: "post", post: post.to_owned(), known: Box::new(self.clone()) })
    }

    /// Enters a post or takes it out.
    pub fn set(&mut self, post: &str, known: bool) {
        if known {
            self.0.insert(post.to_owned());
        } else {
            self.0.remove(post);
        }
    }
}
