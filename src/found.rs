//! Founds the operator or a practice: the one act that the charter leaves to whoever runs the
//! machine, since nobody can be its owner before it is there.

use clap::{Args, ValueEnum};
use ground::db::Error;
use ground::policy::Role;
use ground::{Acting, House};
use ids::InvitationId;
use jiff::tz::TimeZone;
use people::{Address, Founding, Newcomer, PracticeKind};

/// What is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The company that runs the shared services; there is one.
    Operator,
    /// A practice of several clinicians.
    Group,
    /// A practice of one clinician.
    Sole,
}

/// Who and what.
#[derive(Debug, Args)]
pub struct Told {
    /// What is founded.
    #[arg(long)]
    kind: Kind,
    /// The name that people use.
    #[arg(long)]
    name: String,
    /// The name of the legal entity; the same name where it is left out.
    #[arg(long)]
    legal_name: Option<String>,
    /// Its time zone, such as America/Los_Angeles.
    #[arg(long)]
    zone: String,
    /// Its first owner's name.
    #[arg(long)]
    owner: String,
    /// Its first owner's e-mail address.
    #[arg(long)]
    address: String,
}

impl Told {
    fn read(&self) -> anyhow::Result<Founding> {
        let zone = TimeZone::get(&self.zone).map_err(|_| {
            anyhow::anyhow!("--zone {} is no time zone; write one like America/Denver", self.zone)
        })?;
        let address = Address::read(&self.address)
            .ok_or_else(|| anyhow::anyhow!("--address {} is no e-mail address", self.address))?;
        for (option, text) in [("--name", &self.name), ("--owner", &self.owner)] {
            anyhow::ensure!(!text.trim().is_empty(), "{option} is empty");
        }
        Ok(Founding {
            kind: match self.kind {
                Kind::Operator => PracticeKind::Operator,
                Kind::Group => PracticeKind::Group,
                Kind::Sole => PracticeKind::Sole,
            },
            name: self.name.trim().to_owned(),
            legal_name: self.legal_name.as_ref().unwrap_or(&self.name).trim().to_owned(),
            zone,
            founder: Newcomer { name: self.owner.trim().to_owned(), address },
        })
    }
}

/// Founds it, and gives the link by which its first owner comes in.
pub async fn found(house: &House, told: &Told) -> anyhow::Result<String> {
    let founding = told.read()?;
    let founded = match people::found(house, &founding).await {
        Err(Error::Conflict(name)) if name == "operator_pkey" => {
            anyhow::bail!("there is an operator already; there is one in each Trellis")
        }
        founded => founded?,
    };
    let practice = founded.practice;
    let mut tx = house.begin(&Acting::Job { practice }).await?;
    let id: InvitationId = house.new_id();
    let link = people::invite(&mut tx, id, practice, &founding.founder, Role::Owner).await?;
    tx.commit().await?;
    Ok(format!("{}{}", house.origin(), link.path()))
}
