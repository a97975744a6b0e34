//! Opens a repository as git would. Runs no program that it names, uses no repository of somebody
//! else, and reads no file that its settings include.

use std::path::Path;

use crate::git::store::error::GitError;
use crate::git::store::{safe_directory, special_files};

/// Checks the list of commits where a shallow clone ends. gix counts on being able to read it, and
/// a setting can say that it is another file.
pub(super) fn check_border(git: &gix::Repository) -> Result<(), GitError> {
    let path = git.shallow_file().map_err(|error| GitError::new(format!("{error:#}")))?;
    if let Some(special) = special_files::of_border(&path) {
        return Err(GitError::new(special.to_string()));
    }
    git.shallow_commits().map(drop).map_err(|_| {
        GitError::new(format!(
            "{}: it should have an id in each line, so the repository cannot be read: \
             `git fetch --unshallow` in a new clone gets the whole history",
            path.display()
        ))
    })
}

/// Opens a repository if git would use it. `by_environment`: `GIT_DIR` and its like count.
pub(super) fn opened(place: &Path, by_environment: bool) -> Result<gix::Repository, GitError> {
    let careful = without_includes().bail_if_untrusted(true);
    let error = match discover(place, by_environment, careful) {
        // Variables of the environment come after the files, and can take their settings back.
        Ok(git) if safe_directory::is_in_environment() && is_of_others(&git) => {
            if safe_directory::allows(checked_folder(&git)) {
                return Ok(git);
            }
            return Err(belongs_to_others(place));
        }
        Ok(git) => return Ok(git),
        Err(error) => error,
    };
    if is_about_owner(&error) {
        // gix knows nothing of that setting in the environment, and reads no included files of the
        // user here. It is asked for the folder first, which reads no setting of the repository
        // that is not trusted.
        let distrusting = without_includes().filter_config_section(|_| false);
        let folder = discover(place, by_environment, distrusting)
            .map(|git| checked_folder(&git).to_owned())
            .map_err(|error| why_not_opened(place, &error))?;
        if safe_directory::allows(&folder) {
            let allowed = without_includes().filter_config_section(|_| true);
            return discover(place, by_environment, allowed)
                .map_err(|error| why_not_opened(place, &error));
        }
    }
    Err(why_not_opened(place, &error))
}

/// Options that read no file that settings include: whoever writes the settings of a clone would
/// choose what is read, of any size.
fn without_includes() -> gix::open::Options {
    let mut permissions = gix::open::Permissions::default();
    permissions.config.includes = false;
    gix::open::Options::default().permissions(permissions)
}

fn discover(
    place: &Path,
    by_environment: bool,
    options: gix::open::Options,
) -> Result<gix::Repository, gix::Error> {
    let options = gix::sec::trust::Mapping { full: options.clone(), reduced: options };
    let found = if by_environment {
        let lenient = gix::discover::upwards::Options {
            match_ceiling_dir_or_error: false,
            ..Default::default()
        };
        gix::ThreadSafeRepository::discover_with_environment_overrides_opts(place, lenient, options)
    } else {
        gix::ThreadSafeRepository::discover_opts(
            place,
            gix::discover::upwards::Options::default(),
            options,
        )
    };
    Ok(found?.to_thread_local())
}

/// The folder that git compares with `safe.directory`.
fn checked_folder(git: &gix::Repository) -> &Path {
    git.workdir().unwrap_or_else(|| git.git_dir())
}

fn is_of_others(git: &gix::Repository) -> bool {
    let is_own = |path: &Path| {
        gix::sec::Trust::from_path_ownership(path).is_ok_and(|trust| trust == gix::sec::Trust::Full)
    };
    !is_own(git.git_dir()) || git.workdir().is_some_and(|folder| !is_own(folder))
}

fn is_about_owner(error: &gix::Error) -> bool {
    let text = format!("{error:#}").to_lowercase();
    text.contains("unsafe") || text.contains("trust")
}

fn belongs_to_others(place: &Path) -> GitError {
    let folder = place.canonicalize().unwrap_or_else(|_| place.to_owned());
    GitError::new(format!(
        "{}: the repository belongs to somebody else, so git would not use it either. \
         If you trust it: git config --global --add safe.directory {}",
        place.display(),
        folder.display()
    ))
}

fn why_not_opened(place: &Path, error: &gix::Error) -> GitError {
    let shown = place.display();
    if is_about_owner(error) {
        return belongs_to_others(place);
    }
    if !place.exists() {
        return GitError::new(format!("{shown}: there is no such folder"));
    }
    let is_none = !place.ancestors().chain([place]).any(|folder| folder.join(".git").exists())
        && !place.join("objects").is_dir()
        && std::env::var_os("GIT_DIR").is_none();
    if is_none {
        GitError::new(format!("{shown}: not a git repository, nor is any folder above it"))
    } else {
        GitError::new(format!("{shown}: cannot open the git repository: {error:#}"))
    }
}
