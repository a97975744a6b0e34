//! What a misspelt name may be meant for.

/// No name that is typed has more letters; longer ones are not misspelt but something else.
const LONGEST: usize = 60;
/// The most letters that may be wrong, missing or added in a name; in a short name, a third of
/// them.
const MOST_STEPS: usize = 2;

/// Returns the known name that a misspelt one is nearest to, if it is near.
///
/// ```
/// use tokensieve_core::internal::nearest_name;
///
/// assert_eq!(nearest_name("gitlab-pta", &["gitlab-pat", "github-pat"]), Some("gitlab-pat"));
/// assert_eq!(nearest_name("slack", &["gitlab-pat"]), None);
/// ```
#[must_use]
pub fn nearest_name<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    if name.len() > LONGEST {
        return None;
    }
    known
        .iter()
        .filter(|other| other.len().abs_diff(name.len()) <= MOST_STEPS)
        .map(|other| (distance(name.as_bytes(), other.as_bytes()), *other))
        .filter(|(steps, other)| *steps <= MOST_STEPS && steps * 3 <= other.len())
        .min()
        .map(|(_, other)| other)
}

/// How many bytes must be put in, taken out or changed to make the one of the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = core::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let here = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = core::mem::replace(&mut row[j + 1], here);
        }
    }
    row[b.len()]
}
