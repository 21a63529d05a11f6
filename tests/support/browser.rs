//! A browser as far as a server can tell: a cookie jar over the real router, which follows
//! redirects and sends forms as the page says.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use tower::ServiceExt;

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    origin: String,
    pub cookies: BTreeMap<String, String>,
    pub address: SocketAddr,
    /// Whoever sits at it saves fresh backup codes at once, where a page offers some.
    pub saves_codes: bool,
    /// Where several methods can be set up, this one is taken at once; none: the page is left to the story.
    pub picks: Option<&'static str>,
    /// `Accept-Language`, if it sends one.
    pub languages: Option<&'static str>,
    /// `User-Agent`, if it sends one.
    pub agent: Option<&'static str>,
}

/// What a browser shows.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Browser {
    pub fn new(router: Router, origin: &str) -> Self {
        let address = SocketAddr::from(([198, 51, 100, 7], 40_000));
        Self {
            router,
            origin: origin.to_owned(),
            cookies: BTreeMap::new(),
            address,
            saves_codes: true,
            picks: Some("totp"),
            languages: None,
            agent: None,
        }
    }

    /// The same person at another network.
    pub fn at(mut self, address: [u8; 4]) -> Self {
        self.address = SocketAddr::from((address, 40_000));
        self
    }

    /// Opens an address and follows where it leads.
    pub async fn get(&mut self, url: &str) -> Page {
        let page = self.send(Method::GET, url, None, "none").await;
        self.follow(page).await
    }

    /// Opens an address and does not follow.
    pub async fn get_once(&mut self, url: &str) -> Page {
        self.send(Method::GET, url, None, "none").await
    }

    /// Asks for the head of an address only, as link checkers do.
    pub async fn head(&mut self, url: &str) -> Page {
        self.send(Method::HEAD, url, None, "none").await
    }

    /// Sends a form of this site and follows where it leads.
    pub async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.send(Method::POST, url, Some(fields), "same-origin").await;
        self.follow(page).await
    }

    /// Sends a form from another site: the Lax cookies stay at home.
    pub async fn post_cross_site(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        let kept = std::mem::take(&mut self.cookies);
        let page = self.send(Method::POST, url, Some(fields), "cross-site").await;
        let fresh = std::mem::replace(&mut self.cookies, kept);
        self.cookies.extend(fresh);
        self.follow(page).await
    }

    /// Sends the first form of `page` with `fields` typed in.
    pub async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let action = page.attribute("form", "action").expect("a form on the page");
        let mut page = self.post(&action, fields).await;
        if let (Some(method), Some(choose)) =
            (self.picks, page.attribute("main > form[action$='enrol/choose']", "action"))
        {
            page = self.post(&choose, &[("method", method)]).await;
        }
        if self.saves_codes && page.form() == "codes" {
            let action = page.attribute("form", "action").expect("a form on the page");
            return self.post(&action, &[("saved", "on")]).await;
        }
        page
    }

    async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..5 {
            let Some(to) = page.headers.get(header::LOCATION) else { return page };
            assert_eq!(page.status, StatusCode::SEE_OTHER, "redirects are 303");
            let to = to.to_str().unwrap().to_owned();
            assert!(to.starts_with('/'), "a redirect to our own origin only: {to}");
            page = self.send(Method::GET, &to, None, "none").await;
        }
        panic!("a redirect loop at {}", page.path);
    }

    async fn send(&mut self, method: Method, url: &str, form: Option<&[(&str, &str)]>, site: &str) -> Page {
        let path = url.strip_prefix(&self.origin).unwrap_or(url).to_owned();
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(&path)
            .header(header::HOST, self.origin.split("//").nth(1).unwrap())
            .header("sec-fetch-site", site)
            .extension(ConnectInfo(self.address));
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(languages) = self.languages {
            request = request.header(header::ACCEPT_LANGUAGE, languages);
        }
        if let Some(agent) = self.agent {
            request = request.header(header::USER_AGENT, agent);
        }
        let body = match form {
            Some(fields) => {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                let mut form = form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(fields);
                Body::from(form.finish())
            }
            None => Body::empty(),
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let body = body.collect().await.unwrap().to_bytes();
        Page {
            status: parts.status,
            path,
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).expect("pages are UTF-8"),
        }
    }

    fn keep(&mut self, set_cookie: &str) {
        let (pair, attributes) = set_cookie.split_once(';').unwrap_or((set_cookie, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name");
        let attributes = attributes.to_ascii_lowercase();
        for wanted in ["secure", "httponly", "samesite=lax", "path=/"] {
            assert!(attributes.contains(wanted), "{set_cookie} lacks {wanted}");
        }
        assert!(name.starts_with("__Host-"), "{name}");
        if value.is_empty() || attributes.contains("max-age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Page {
    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// The text of the first element that matches, spaces collapsed.
    pub fn text(&self, selector: &str) -> Option<String> {
        let selector = Selector::parse(selector).unwrap();
        let text: String = self.html().select(&selector).next()?.text().collect();
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The texts of all elements that match.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let html = self.html();
        html.select(&selector).map(|element| element.text().collect::<String>().trim().to_owned()).collect()
    }

    /// The address of the form whose address ends so.
    pub fn action(&self, end: &str) -> String {
        self.attribute(&format!("form[action$='{end}']"), "action")
            .unwrap_or_else(|| panic!("no form to {end} on {self:?}"))
    }

    /// An attribute of the first element that matches.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let selector = Selector::parse(selector).unwrap();
        self.html().select(&selector).find_map(|element| element.attr(name).map(str::to_owned))
    }

    pub fn title(&self) -> String {
        self.text("title").unwrap_or_default()
    }

    /// The step the page belongs to, by the form it shows.
    pub fn form(&self) -> String {
        let action = self.attribute("main form", "action").unwrap_or_default();
        action.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// What an auto-posting page carries: (ACS, SAMLResponse, RelayState).
    pub fn response(&self) -> (String, String, Option<String>) {
        let acs = self.attribute("form", "action").expect("a form to the SP");
        let message = self
            .attribute("input[name=SAMLResponse]", "value")
            .unwrap_or_else(|| panic!("no response on {self:?}"));
        (acs, message, self.attribute("input[name=RelayState]", "value"))
    }
}
