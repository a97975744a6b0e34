//! `tokensieve token service-account token`

use anyhow::{Result, bail};
use clap::Args as ClapArgs;

use crate::cli::commands::token::create::{
    MakeArgs, Order, PlaceArgs, RightsArgs, advice, make, target,
};
use crate::cli::output::exit::Exit;
use crate::gitlab::rotate::Fill;

/// Scopes that narrower ones could stand for.
const BROAD: [&str; 3] = ["api", "sudo", "admin_mode"];

/// The token of a service account. The file of the secret is on the disk before the one call.
#[derive(ClapArgs, Debug)]
pub(super) struct AccountTokenArgs {
    /// The service account, by id or user name.
    #[arg(long, value_name = "ACCOUNT")]
    account: String,

    #[command(flatten)]
    place: PlaceArgs,

    /// What it may do. Repeatable, or parted by commas.
    #[arg(long, value_name = "SCOPES", value_delimiter = ',', required = true)]
    scopes: Vec<String>,

    /// Let it have api, sudo or admin_mode, which narrower scopes could stand for.
    #[arg(long)]
    broad_scopes: bool,

    /// For how many days. There is no token without an end.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=400))]
    days: u32,

    /// The last day, instead of --days.
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "days")]
    expires_at: Option<jiff::civil::Date>,

    #[command(flatten)]
    make: MakeArgs,
}

pub(super) fn run(args: &AccountTokenArgs) -> Result<Exit> {
    let broad = args.scopes.iter().find(|scope| BROAD.contains(&scope.as_str()));
    if let Some(scope) = broad.filter(|_| !args.broad_scopes) {
        bail!(
            "the scope {scope} is broad: read_api, a scope of repositories, registries or runners \
             may do; --broad-scopes allows it"
        );
    }
    let rights =
        RightsArgs { scopes: args.scopes.clone(), role: None, expires_at: args.expires_at };
    let target = target(&rights, &args.place, &args.make.name);
    let advice = advice("service_account_token", &target, args.days)?;
    let fill =
        Fill { place: args.place.place(), account: Some(args.account.clone()), ..Fill::default() };
    make(&Order { advice, fill, make: &args.make })
}
