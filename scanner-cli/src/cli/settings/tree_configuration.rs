//! What files of the scanned tree take away from a scan. Whoever writes the tree writes them, too,
//! so reports and the summary name them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tokensieve_core::coverage::TreeConfiguration;
use tokensieve_core::{Confidence, DEFAULT_DECODE_DEPTH, Redactor};

use crate::cli::args::CommonArgs;
use crate::cli::settings::config::{Chosen, Loaded};
use crate::cli::settings::suppressions::TreeFiles;
use crate::pipeline::matcher::SuppressionKind;
use crate::pipeline::{Options, shown_path};

/// Which files have replaced, changed or taken out built-in rules.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ReplacedRules {
    pub(crate) by_configuration: bool,
    pub(crate) by_gitleaks: bool,
}

/// A kind of what a file takes away, in the order of reports.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Taken {
    Paths,
    Rules,
    Confidence,
    Decoding,
    Sizes,
    Suppression(SuppressionKind),
}

impl Taken {
    fn as_str(self) -> &'static str {
        match self {
            Self::Paths => "paths",
            Self::Rules => "rules",
            Self::Confidence => "confidence",
            Self::Decoding => "decoding",
            Self::Sizes => "sizes",
            Self::Suppression(SuppressionKind::Allowlist) => "allowlists",
            Self::Suppression(SuppressionKind::IgnoreFile) => "ignored places",
            Self::Suppression(kind) => kind.as_str(),
        }
    }
}

/// What each file takes away, by its name.
pub(crate) struct ByFile(BTreeMap<String, BTreeSet<Taken>>);

/// Works out what the files of the tree take away. What the command line overrides takes nothing.
pub(crate) fn of(
    args: &CommonArgs,
    loaded: &Loaded,
    files: &TreeFiles,
    options: &Options,
    replaced: ReplacedRules,
) -> ByFile {
    let mut by_file: BTreeMap<String, BTreeSet<Taken>> = BTreeMap::new();
    let mut trees: Vec<&str> = files.names().collect();
    if let Some(name) = loaded.name.as_ref().filter(|_| loaded.chosen == Chosen::ByTree) {
        trees.push(name);
        by_file.insert(name.clone(), of_configuration(args, loaded, replaced));
    }
    if let Some(gitleaks) =
        loaded.gitleaks.as_ref().filter(|_| loaded.gitleaks_chosen == Chosen::ByTree)
    {
        trees.push(gitleaks.file());
        trees.extend(loaded.gitleaks_allow.iter().map(|allow| allow.file.as_str()));
        if replaced.by_gitleaks {
            by_file.entry(gitleaks.file().to_owned()).or_default().insert(Taken::Rules);
        }
    }
    for (file, kind) in options.suppressions.files() {
        if trees.contains(&file) {
            by_file.entry(file.to_owned()).or_default().insert(Taken::Suppression(kind));
        }
    }
    by_file.retain(|_, taken| !taken.is_empty());
    ByFile(by_file)
}

fn of_configuration(
    args: &CommonArgs,
    loaded: &Loaded,
    replaced: ReplacedRules,
) -> BTreeSet<Taken> {
    let config = &loaded.config;
    let rules = &args.rules;
    let chooses_rules = rules.only.is_empty() && !config.only.is_empty();
    let is_less_sure = config.min_confidence.is_some_and(|least| least > Confidence::Possible);
    let is_shallower = loaded.decode_depth.is_some_and(|depth| depth < DEFAULT_DECODE_DEPTH);
    let taken = [
        (Taken::Paths, !loaded.exclude_paths.is_empty()),
        (
            Taken::Rules,
            chooses_rules || !config.exclude_rules.is_empty() || replaced.by_configuration,
        ),
        (Taken::Confidence, rules.min_confidence.is_none() && is_less_sure),
        (Taken::Decoding, rules.decode_depth.is_none() && is_shallower),
        (Taken::Sizes, loaded.limits_sizes()),
    ];
    taken.into_iter().filter(|(_, is_taken)| *is_taken).map(|(taken, _)| taken).collect()
}

impl ByFile {
    /// The form of reports: files are named from the root that they are in, and redacted.
    pub(crate) fn named_from_root(
        self,
        roots: &[PathBuf],
        redactor: &Redactor,
    ) -> Vec<TreeConfiguration> {
        let from_root = |file: &str| {
            let below = roots.iter().find_map(|root| Path::new(file).strip_prefix(root).ok());
            let shown = below.map_or_else(|| file.to_owned(), |below| below.display().to_string());
            shown_path(redactor, shown.as_bytes())
        };
        let named = self.0.iter().map(|(file, taken)| TreeConfiguration {
            file: from_root(file),
            takes_away: taken.iter().map(|taken| taken.as_str()).collect(),
        });
        let mut named: Vec<TreeConfiguration> = named.collect();
        named.sort();
        named
    }
}
