//! Slots of a wording, such as `{n}`: stub until the real one is merged.
use super::Lang;
/// Lists the slots of a template.
pub fn slots(template: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for rest in template.split('{').skip(1) {
        if let Some((slot, _)) = rest.split_once('}')
            && !found.contains(&slot)
        {
            found.push(slot);
        }
    }
    found
}
/// Fills slots.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_owned(), |text, (slot, value)| {
        text.replace(&format!("{{{slot}}}"), value)
    })
}
/// Names a slot.
pub fn slot_name(slot: &str, _lang: Lang) -> String {
    slot.to_owned()
}
