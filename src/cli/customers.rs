//! `vestibule customers ...`: adding and listing customers from the shell.

use std::io::{Read, Write};

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use super::sites;
use crate::app::App;
use crate::audit::Actor;
use crate::customers::{self, AddForm, Customer, password};

/// The subcommands.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Add a customer to a site's directory.
    ///
    /// Prints the new customer's id. Without --password-stdin the customer has no password yet and
    /// cannot sign in.
    Add(Add),
    /// List a site's customers, newest first.
    List(List),
}

/// `vestibule customers add`.
#[derive(Debug, clap::Args)]
pub struct Add {
    /// The site's id, client key or host name
    #[arg(long)]
    site: String,
    /// The email address: what Jira knows the customer by
    #[arg(long)]
    email: String,
    /// A name to sign in with besides the email address
    #[arg(long)]
    username: Option<String>,
    /// First name
    #[arg(long, default_value = "", hide_default_value = true)]
    given_name: String,
    /// Last name
    #[arg(long, default_value = "", hide_default_value = true)]
    family_name: String,
    /// Read the password from standard input: its first line, or all of it without a line break
    ///
    /// There is no option that takes the password itself: every user of the machine can read a
    /// running command's arguments.
    #[arg(long)]
    password_stdin: bool,
}

/// `vestibule customers list`.
#[derive(Debug, clap::Args)]
pub struct List {
    /// The site's id, client key or host name
    #[arg(long)]
    site: String,
    /// How many at most
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

/// Runs one.
pub async fn run(app: &App, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Add(command) => {
            let site = sites::find(app, &command.site).await?.id;
            let form = command.form(std::io::stdin())?;
            let id = customers::add(app, site, form, Actor::Operator).await?;
            println!("{id}");
        }
        Command::List(command) => list(app, &command, std::io::stdout().lock()).await?,
    }
    Ok(())
}

impl Add {
    fn form(self, stdin: impl Read) -> anyhow::Result<AddForm> {
        let password = if self.password_stdin { Some(read_password(stdin)?) } else { None };
        let Self { email, username, given_name, family_name, .. } = self;
        Ok(AddForm { email, username, given_name, family_name, password })
    }
}

/// The first line of `stdin`, whose end of line is the shell's and not the password's.
fn read_password(stdin: impl Read) -> anyhow::Result<Zeroizing<String>> {
    // Room for a longest password before it is normalised, and its line break.
    let room = password::MAX_BYTES * 4;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room + 1));
    stdin.take(room as u64 + 1).read_to_end(&mut bytes).context("cannot read the password")?;
    if bytes.len() > room {
        bail!("standard input is far too long for a password");
    }
    let text = std::str::from_utf8(&bytes).context("the password is not UTF-8")?;
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    if !rest.is_empty() {
        bail!("standard input holds more than one line: a password cannot hold a line break");
    }
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        bail!("standard input is empty: send the password, or leave --password-stdin out");
    }
    Ok(Zeroizing::new(line.to_owned()))
}

/// Pages through the directory, a tab-separated line a customer.
async fn list(app: &App, command: &List, mut out: impl Write) -> anyhow::Result<()> {
    const PAGE: u32 = 500;
    let site = sites::find(app, &command.site).await?.id;
    let mut left = command.limit;
    let mut after = None;
    while left > 0 {
        let page = {
            let mut conn = app.db.acquire().await?;
            customers::store::list(&mut conn, site, after, left.min(PAGE)).await?
        };
        let Some(last) = page.last() else { break };
        after = Some((last.created_at, last.id));
        left = left.saturating_sub(u32::try_from(page.len())?);
        for customer in &page {
            writeln!(out, "{}", line(customer))?;
        }
    }
    Ok(())
}

/// Id, email, username, name, and whether there is a password. Names hold no control characters
/// (`customers::names`), so nothing here can break the line or steer the terminal.
fn line(customer: &Customer) -> String {
    let name = format!("{} {}", customer.given_name, customer.family_name);
    let password = if customer.password_set_at.is_some() { "password" } else { "no password" };
    let username = customer.username.as_deref().unwrap_or("-");
    [&customer.id.to_string(), customer.email.as_str(), username, name.trim(), password].join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_standard_input_is_the_password() {
        for (input, password) in [
            ("correct horse\n", "correct horse"),
            ("correct horse\r\n", "correct horse"),
            (" spaces stay \n", " spaces stay "),
            ("no line break", "no line break"),
            ("pässwört\n", "pässwört"),
        ] {
            assert_eq!(read_password(input.as_bytes()).unwrap().as_str(), password);
        }
    }

    #[test]
    fn says_what_is_wrong_with_standard_input() {
        for (input, error) in [
            (b"".as_slice(), "is empty"),
            (b"\n", "is empty"),
            (b"two\nlines\n", "more than one line"),
            (b"\xff\xfe", "not UTF-8"),
        ] {
            let said = read_password(input).unwrap_err().to_string();
            assert!(said.contains(error), "{said}");
        }
        let said = read_password(std::io::repeat(0xC3)).unwrap_err().to_string();
        assert!(said.contains("too long"), "{said}");
    }
}
