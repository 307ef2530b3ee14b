//! Words of serving others.

use std::net::SocketAddr;

use clap::Args;

/// How to serve.
#[derive(Clone, Debug, Default, Args)]
pub struct ServeArgs {
    /// End once nobody is in any more, instead of waiting for the next.
    #[arg(long)]
    pub until_empty: bool,
    /// Also let people in by SSH, at this address: each by a key of their own (tijian person key add).
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub ssh: Option<SocketAddr>,
}

/// How to come in.
#[derive(Clone, Debug, Default, Args)]
pub struct AttachArgs {
    /// For whom, where one account is several persons'.
    #[arg(long = "as", value_name = "HANDLE")]
    pub claim: Option<String>,
}
