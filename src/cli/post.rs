//! `tijian post`: the posts that can be named here.

use super::Outcome;
use super::args::PostVerb;
use super::keep::Keep;
use super::outcome;
use crate::config::World;
use crate::domain::{Command, HouseCommand, Reading};
use crate::locales as w;

/// Runs it.
pub fn run(world: &World, verb: &PostVerb) -> Result<String, Outcome> {
    let looks = matches!(verb, PostVerb::List { .. });
    let mut keep = if looks { Keep::look(world)? } else { Keep::open(world)? };
    let said = match verb {
        PostVerb::List { json } => list(&keep, *json),
        PostVerb::Add { posts } => add(&mut keep, posts),
        PostVerb::Remove { post } => remove(&mut keep, post),
    };
    keep.close()?;
    said
}

fn list(keep: &Keep, json: bool) -> Result<String, Outcome> {
    let mut out = String::new();
    for post in keep.reading().house()?.posts.iter() {
        if json {
            out.push_str(&format!("{}\n", serde_json::json!({ "post": post })));
        } else {
            out.push_str(&format!("{post}\n"));
        }
    }
    if out.is_empty() && !json {
        return Ok(format!("{}\n", w::POSTS_NONE.say(keep.lang)));
    }
    Ok(out)
}

fn add(keep: &mut Keep, posts: &[String]) -> Result<String, Outcome> {
    let house = keep.reading().house()?;
    // The other script is the same post: it is not entered twice.
    let posts: Vec<String> = posts.iter().map(|post| keep.post(post)).collect::<Result<_, _>>()?;
    let known: Vec<&str> = posts.iter().map(String::as_str).filter(|post| house.posts.knows(post)).collect();
    if !known.is_empty() {
        return Err(Outcome::Refused(w::POSTS_KNOWN.fill(keep.lang, &[&known.join(" ")])));
    }
    outcome::warn_of_persons(posts.iter().map(|post| Some(post.as_str())), keep.lang);
    keep.submit(house.rev, Command::House(HouseCommand::AddPosts(posts)))?;
    Ok(outcome::done(keep.lang))
}

fn remove(keep: &mut Keep, post: &str) -> Result<String, Outcome> {
    let (saw, post) = (keep.reading().house()?.rev, keep.post(post)?);
    keep.submit(saw, Command::House(HouseCommand::RemovePost(post)))?;
    Ok(outcome::done(keep.lang))
}
