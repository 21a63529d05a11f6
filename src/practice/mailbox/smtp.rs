//! The mail server: as much of RFC 5321 as a client needs to hand mail in, and SMTPUTF8. No TLS and
//! no login: it listens on loopback.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::Mailbox;

/// Bytes of a command, its end included: RFC 5321 4.5.3.1.4 and room for SMTPUTF8.
const LINE: u64 = 2_048;
/// Bytes of a line of a mail that are read at once.
const PIECE: u64 = 64 * 1024;
/// Bytes of a mail.
const LARGEST: usize = 1024 * 1024;
/// Recipients of a mail.
const RECIPIENTS: usize = 100;
/// How long a client may say nothing (RFC 5321 4.5.3.2.7).
const SILENCE: Duration = Duration::from_secs(300);

/// Takes connections until the runtime ends.
pub async fn serve(listener: TcpListener, mailbox: Mailbox) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let mailbox = mailbox.clone();
                tokio::spawn(async move {
                    if let Err(error) = talk(stream, mailbox).await {
                        tracing::debug!(%error, "a practice mail connection broke off");
                    }
                });
            }
            Err(error) => {
                tracing::warn!(%error, "the practice mail server did not accept a connection");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn talk(stream: TcpStream, mailbox: Mailbox) -> io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut session = Session::default();
    write.write_all(b"220 mailbox.localhost ESMTP practice\r\n").await?;
    while let Some(line) = line(&mut read, LINE).await? {
        let reply = session.command(&line);
        write.write_all(reply.text().as_bytes()).await?;
        match reply {
            Reply::Bye => break,
            Reply::Data => {
                let Some(mail) = contents(&mut read).await? else { break };
                let said = match mail {
                    Ok(mail) => {
                        mailbox.put(std::mem::take(&mut session.to), &mail);
                        "250 2.0.0 taken\r\n"
                    }
                    Err(TooLarge) => "552 5.3.4 too large\r\n",
                };
                session.reset();
                write.write_all(said.as_bytes()).await?;
            }
            Reply::Say(_) => {}
        }
    }
    Ok(())
}

/// A mail of more than [`LARGEST`] bytes.
struct TooLarge;

/// What follows DATA, to the line with the dot, without its dots stuffed in (RFC 5321 4.5.2). None
/// when the client went away.
async fn contents(read: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Result<Vec<u8>, TooLarge>>> {
    let mut mail = Vec::new();
    let mut too_large = false;
    let mut begins = true;
    while let Some(piece) = line(read, PIECE).await? {
        if begins && piece == b".\r\n" {
            return Ok(Some(if too_large { Err(TooLarge) } else { Ok(mail) }));
        }
        let stuffed = begins && piece.starts_with(b".");
        begins = piece.ends_with(b"\n");
        if mail.len() + piece.len() > LARGEST {
            too_large = true;
            mail.clear();
        }
        if !too_large {
            mail.extend_from_slice(&piece[usize::from(stuffed)..]);
        }
    }
    Ok(None)
}

/// A line with its end, or as much of one as `most` bytes hold. None at the connection's end.
async fn line(read: &mut (impl AsyncBufRead + Unpin), most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let reading = async { read.take(most).read_until(b'\n', &mut line).await };
    match tokio::time::timeout(SILENCE, reading).await {
        Ok(Ok(0)) => Ok(None),
        Ok(read) => read.map(|_| Some(line)),
        Err(_) => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// What the server says to a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Say(&'static str),
    /// The mail is to follow.
    Data,
    Bye,
}

impl Reply {
    fn text(self) -> String {
        let text = match self {
            Self::Say(text) => text,
            Self::Data => "354 go on, and end with a dot",
            Self::Bye => "221 2.0.0 bye",
        };
        format!("{text}\r\n")
    }
}

/// Where a client stands.
#[derive(Debug, Default)]
pub(super) struct Session {
    greeted: bool,
    sender: bool,
    to: Vec<String>,
}

impl Session {
    /// Takes one command, its end included.
    pub(super) fn command(&mut self, line: &[u8]) -> Reply {
        let Some(line) = line.strip_suffix(b"\n").map(|line| line.strip_suffix(b"\r").unwrap_or(line)) else {
            return Reply::Say("500 5.5.2 too long");
        };
        let Ok(line) = std::str::from_utf8(line) else { return Reply::Say("500 5.5.2 no UTF-8") };
        if line.chars().any(char::is_control) {
            return Reply::Say("501 5.5.2 a control character");
        }
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "HELO" | "EHLO" if rest.is_empty() => Reply::Say("501 5.5.4 who?"),
            "HELO" => self.greet("250 mailbox.localhost"),
            "EHLO" => self.greet(
                "250-mailbox.localhost\r\n250-SIZE 1048576\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES",
            ),
            "MAIL" => self.mail(rest),
            "RCPT" => self.rcpt(rest),
            "DATA" if self.to.is_empty() => Reply::Say("503 5.5.1 to whom?"),
            "DATA" => Reply::Data,
            "RSET" => {
                self.reset();
                Reply::Say("250 2.0.0 forgotten")
            }
            "NOOP" => Reply::Say("250 2.0.0 yes"),
            "QUIT" => Reply::Bye,
            _ => Reply::Say("502 5.5.1 not here"),
        }
    }

    fn greet(&mut self, reply: &'static str) -> Reply {
        self.reset();
        self.greeted = true;
        Reply::Say(reply)
    }

    fn mail(&mut self, rest: &str) -> Reply {
        match path(rest, "FROM:") {
            None => Reply::Say("501 5.5.4 from whom?"),
            Some(_) if !self.greeted || self.sender => Reply::Say("503 5.5.1 not now"),
            Some(_) => {
                self.sender = true;
                Reply::Say("250 2.1.0 go on")
            }
        }
    }

    fn rcpt(&mut self, rest: &str) -> Reply {
        match path(rest, "TO:") {
            None | Some("") => Reply::Say("501 5.5.4 to whom?"),
            Some(_) if !self.sender => Reply::Say("503 5.5.1 from whom?"),
            Some(_) if self.to.len() >= RECIPIENTS => Reply::Say("452 4.5.3 too many"),
            Some(to) => {
                self.to.push(to.to_owned());
                Reply::Say("250 2.1.5 go on")
            }
        }
    }

    fn reset(&mut self) {
        self.sender = false;
        self.to.clear();
    }
}

/// The address in `FROM:<…>` or `TO:<…>`; what follows it does not matter here.
fn path<'a>(rest: &'a str, word: &str) -> Option<&'a str> {
    let (head, tail) = rest.split_at_checked(word.len())?;
    let (path, _) = tail.trim_start().strip_prefix('<')?.split_once('>')?;
    (head.eq_ignore_ascii_case(word) && path.len() <= 320).then_some(path)
}
