//! What is known of a terminal by its name.

/// Says whether a terminal of this name may have a clipboard. A console has none, and shows what it does not understand.
pub fn takes_clipboard(term: &str) -> bool {
    const CONSOLES: [&str; 2] = ["linux", "cons25"];
    !monochrome(term) && !term.is_empty() && !CONSOLES.iter().any(|console| term.starts_with(console))
}

/// Says whether a terminal of this name has no colours: video terminals of DEC and their kin, and what says so itself.
pub fn monochrome(term: &str) -> bool {
    const COLOURED: [&str; 3] = ["vt340", "vt525", "vt241"];
    const PLAIN: [&str; 10] = ["dumb", "unknown", "sun", "wy50", "wyse", "adm", "tvi", "hp2", "ibm3", "regent"];
    let vt = term.strip_prefix("vt").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let named = term.split(['-', '.', '+']).skip(1).any(|part| matches!(part, "m" | "mono" | "monochrome"));
    named || vt && !COLOURED.iter().any(|known| term.starts_with(known)) || PLAIN.iter().any(|p| term.starts_with(p))
}
