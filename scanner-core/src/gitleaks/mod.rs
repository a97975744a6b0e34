/*!
Configuration files of [gitleaks](https://github.com/gitleaks/gitleaks), as its version 8.30 reads
them.

Text in, values out: rules and allowlists whose patterns are written in the syntax of rule files
here, and [`Remark`]s on what silently goes wrong in such files. A callback supplies the files that
a file extends.

```
use tokensieve_core::gitleaks::Gitleaks;

let text = "[[rules]]\nid = 'acme'\nregex = 'acme_[0-9a-f]{16}'\nkeywords = ['acme_']\n";
let gitleaks = Gitleaks::read(".gitleaks.toml", text, &|_| None)?;
assert_eq!(gitleaks.rules()[0].id, "acme");
assert!(!gitleaks.extends_builtin());
# Ok::<(), tokensieve_core::Error>(())
```
*/

mod config;
mod convert;
mod dialect;
mod extend;
mod lint;
mod model;
mod rules;
mod values;

pub use self::convert::Native;
pub use self::dialect::Pattern;
pub use self::extend::Gitleaks;
pub use self::model::{GitleaksAllowlist, GitleaksRule, Remark, Required};

/// Whether a text is a configuration of this program: it has a `version`, which no file of gitleaks
/// has.
///
/// ```
/// use tokensieve_core::gitleaks::is_native;
///
/// assert!(is_native("version = 1\nonly = ['gitlab']\n"));
/// assert!(!is_native("title = 'ours'\nminVersion = 'v8.25.0'\n"));
/// ```
#[must_use]
pub fn is_native(text: &str) -> bool {
    match toml::de::DeTable::parse(text) {
        Ok(table) => table.get_ref().contains_key("version"),
        // The program that it was meant for reports its errors.
        Err(_) => {
            let meant = text
                .lines()
                .map(str::trim_start)
                .find(|line| !line.is_empty() && !line.starts_with('#'));
            meant.is_some_and(|line| line.starts_with("version"))
        }
    }
}
