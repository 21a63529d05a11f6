//! A small blocking HTTP/1.1 client with one kept-alive connection and a cookie jar: a browser as
//! far as the server can tell, at a fraction of the CPU of a full client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// One browser.
pub struct Browser {
    stream: BufReader<TcpStream>,
    /// Host and, for posts, origin: what the server is configured to be called.
    host: String,
    /// Sent as `X-Forwarded-For`: each browser is on a network of its own.
    network: String,
    cookies: Vec<(String, String)>,
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub body: Vec<u8>,
}

impl Browser {
    /// Connects to `server`, which is called `host`; `number` tells browsers apart.
    pub fn connect(server: SocketAddr, host: &str, number: usize) -> Result<Self> {
        let stream = TcpStream::connect(server)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            stream: BufReader::with_capacity(32 * 1024, stream),
            host: host.to_owned(),
            network: format!("198.51.{}.{}", 100 + number / 250, 1 + number % 250),
            cookies: Vec::new(),
        })
    }

    /// Forgets all cookies: the next person at this browser.
    pub fn forget(&mut self) {
        self.cookies.clear();
    }

    /// `GET path`.
    pub fn get(&mut self, path: &str) -> Result<Reply> {
        self.send("GET", path, "")
    }

    /// `POST path` with a form, as from a page of the same origin.
    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Result<Reply> {
        let form: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.send("POST", path, &form)
    }

    fn send(&mut self, method: &str, path: &str, form: &str) -> Result<Reply> {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nX-Forwarded-For: {}\r\nAccept: text/html\r\n\
             Accept-Encoding: gzip, br\r\nUser-Agent: script/bench\r\nSec-Fetch-Site: same-origin\r\n",
            self.host, self.network
        );
        if !self.cookies.is_empty() {
            let pairs: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head += &format!("Cookie: {}\r\n", pairs.join("; "));
        }
        if method == "POST" {
            head += &format!(
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                form.len()
            );
        }
        head += "\r\n";
        head += form;
        self.stream.get_mut().write_all(head.as_bytes())?;
        self.read().with_context(|| format!("{method} {:.80}", path))
    }

    fn read(&mut self) -> Result<Reply> {
        let mut line = String::new();
        self.line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status line")?;
        let mut reply = Reply { status, location: None, body: Vec::new() };
        let (mut length, mut chunked) = (0, false);
        loop {
            self.line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse()?,
                "transfer-encoding" => chunked = value == "chunked",
                "location" => reply.location = Some(value.to_owned()),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        if !chunked {
            reply.body.resize(length, 0);
            self.stream.read_exact(&mut reply.body)?;
            return Ok(reply);
        }
        loop {
            self.line(&mut line)?;
            let length = usize::from_str_radix(&line, 16).context("no chunk length")?;
            let start = reply.body.len();
            reply.body.resize(start + length, 0);
            self.stream.read_exact(&mut reply.body[start..])?;
            self.line(&mut line)?;
            if length == 0 {
                return Ok(reply);
            }
        }
    }

    fn line(&mut self, line: &mut String) -> Result<()> {
        line.clear();
        if self.stream.read_line(line)? == 0 {
            bail!("the server closed the connection");
        }
        line.truncate(line.trim_end().len());
        Ok(())
    }

    fn keep(&mut self, set_cookie: &str) {
        let pair = set_cookie.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.retain(|(kept, _)| kept != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

impl Reply {
    /// The page must be the one that posts a SAML response to the SP.
    pub fn must_carry_a_response(&self) -> Result<()> {
        let needle = b"SAMLResponse";
        if self.status != 200 || !self.body.windows(needle.len()).any(|window| window == needle) {
            bail!("no SAML response but {}: {}", self.status, self.start());
        }
        Ok(())
    }

    /// The reply must be a redirect; the path it leads to.
    pub fn must_lead_on(&self) -> Result<String> {
        match &self.location {
            Some(location) if (300..400).contains(&self.status) => {
                // An absolute address leads to the same server under its public name.
                let path =
                    location.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
                Ok(path.unwrap_or(location).to_owned())
            }
            _ => bail!("no redirect but {}: {}", self.status, self.start()),
        }
    }

    /// What the page says, without its head and markup, for a message.
    fn start(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let body = text.find("<main").map_or(&*text, |at| &text[at..]);
        let mut inside = false;
        let plain: String = body
            .chars()
            .filter(|c| {
                let was_inside = inside;
                inside = (inside || *c == '<') && *c != '>';
                !was_inside && !inside
            })
            .collect();
        plain.split_whitespace().take(40).collect::<Vec<_>>().join(" ")
    }
}
