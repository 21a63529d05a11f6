//! Debian's Chromium, headless, driven through chromedriver: a fresh profile a test, and nothing
//! of Chromium's own on the network.

use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long a page may take to appear. Generous: other tests run beside this one.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(100);

/// The accessibility judge, from npm (tests/peers).
static AXE: LazyLock<String> = LazyLock::new(|| {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../peers/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).expect("axe-core: script/peers installs it")
});

/// Two Chromiums at a time: each waits for the server and for its own drawing about half of the time.
static TURN: Semaphore = Semaphore::const_new(2);

/// The screen a story is seen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Light.
    Desktop,
    /// 390 x 844 CSS pixels, touch, dark.
    DarkPhone,
    /// Light, this wide and high in CSS pixels.
    Light(u32, u32),
    /// Dark, this wide and high in CSS pixels.
    Dark(u32, u32),
}

impl Screen {
    /// Width, height, and whether it is a phone's.
    fn size(self) -> Option<(u32, u32, bool)> {
        match self {
            Self::Desktop => None,
            Self::DarkPhone => Some((390, 844, true)),
            Self::Light(width, height) | Self::Dark(width, height) => Some((width, height, false)),
        }
    }

    fn is_dark(self) -> bool {
        matches!(self, Self::DarkPhone | Self::Dark(..))
    }
}

/// A running browser with one window, and its profile in a folder of its own.
pub struct Browser {
    /// Never dropped: that would wait two minutes for a chromedriver which is gone by then.
    driver: ManuallyDrop<WebDriver>,
    chromedriver_url: String,
    chromedriver: Child,
    profile: tempfile::TempDir,
    _turn: SemaphorePermit<'static>,
    story: &'static str,
    shots: std::cell::Cell<u32>,
}

impl Browser {
    /// Starts one; `story` names its screenshots in `target/screenshots`.
    pub async fn start(story: &'static str, screen: Screen) -> Self {
        let turn = TURN.acquire().await.unwrap();
        let (chromedriver, port) = chromedriver().await;
        let profile = tempfile::Builder::new().prefix("chromium-").tempdir_in(target("")).unwrap();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-sync",
            "--disable-component-update",
            "--disable-quic",
            "--no-first-run",
            "--window-size=1100,900",
            &format!("--user-data-dir={}", profile.path().display()),
        ] {
            capabilities.add_arg(argument).unwrap();
        }
        let chromedriver_url = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(chromedriver_url.as_str(), capabilities).await.unwrap();
        let browser = Self {
            driver: ManuallyDrop::new(driver),
            chromedriver_url,
            chromedriver,
            profile,
            _turn: turn,
            story,
            shots: std::cell::Cell::new(0),
        };
        browser.look_on(screen).await;
        browser
    }

    /// Changes the screen.
    pub async fn look_on(&self, screen: Screen) {
        if let Some((width, height, mobile)) = screen.size() {
            let scale = if mobile { 2 } else { 1 };
            let size =
                json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
            self.devtools("Emulation.setDeviceMetricsOverride", size).await;
        }
        let scheme = if screen.is_dark() { "dark" } else { "light" };
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", scheme).await;
    }

    /// Runs a script in the page; its value.
    pub async fn run(&self, script: &str) -> serde_json::Value {
        self.driver.execute(script, vec![]).await.unwrap().convert().unwrap()
    }

    /// Asks axe about the page (or the page in the frame) as it stands: it must find nothing.
    #[track_caller]
    pub fn axe(&self, what: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        let what = what.to_owned();
        async move {
            if self.run("return typeof window.axe").await != "object" {
                self.driver.execute(AXE.as_str(), vec![]).await.unwrap();
            }
            // Colours that are still changing are nobody's colours; what moves without end has no end to
            // go to.
            let script = "const done = arguments[arguments.length - 1];
                for (const one of document.getAnimations()) {
                    one.effect.getComputedTiming().endTime === Infinity ? one.cancel() : one.finish();
                }
                axe.run(document, { resultTypes: ['violations'] }).then(
                    (found) => done(found.violations.map((one) =>
                        `${one.id} (${one.impact}): ${one.nodes.map((node) => node.html + ' | ' + node.failureSummary).join('; ')}`)),
                    (error) => done([String(error)]));";
            let found: Vec<String> =
                self.driver.execute_async(script, vec![]).await.unwrap().convert().unwrap();
            if !found.is_empty() {
                self.shoot(&format!("axe {what}")).await;
                panic!("{caller}: axe on {what}:\n{}", found.join("\n"));
            }
        }
    }

    /// Sends keys to whatever has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver.action_chain().send_keys(keys).perform().await.unwrap();
    }

    /// Tabs on until the focused element's text, name or id is `wanted`; fails after a hundred.
    #[track_caller]
    pub fn tabs_to(&self, wanted: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        let wanted = wanted.to_owned();
        async move {
            let mut met = Vec::new();
            for _ in 0..100 {
                self.keys(Key::Tab + "").await;
                let focused = self
                    .run("const e = document.activeElement; return [e.id, e.name || '', (e.textContent || '').trim().replace(/\\s+/g, ' ')]")
                    .await;
                if focused.as_array().unwrap().iter().any(|text| text.as_str() == Some(wanted.as_str())) {
                    return;
                }
                met.push(focused.to_string());
            }
            panic!("{caller}: never reached {wanted:?}: {met:?}");
        }
    }

    /// By keyboard: on to the button or link called `label`, and Enter.
    #[track_caller]
    pub fn goes(&self, label: &str) -> impl Future<Output = ()> {
        let reached = self.tabs_to(label);
        async move {
            reached.await;
            self.enter_focused().await;
        }
    }

    /// By keyboard: on to the field `id`, if it has not the focus already, and `text`.
    #[track_caller]
    pub fn types(&self, id: &str, text: &str) -> impl Future<Output = ()> {
        let (id, text, reached) = (id.to_owned(), text.to_owned(), self.tabs_to(id));
        async move {
            if self.focused().await != id {
                reached.await;
            }
            self.keys(text).await;
        }
    }

    /// From here on pages run no script of their own.
    pub async fn forbid_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    /// A command of Chromium's own protocol, through chromedriver: thirtyfour is built without it.
    async fn devtools(&self, method: &str, parameters: serde_json::Value) {
        let command = json!({ "cmd": method, "params": parameters });
        self.command(reqwest::Method::POST, "goog/cdp/execute", command).await;
    }

    /// A WebDriver command that thirtyfour lacks: `path` below the session's address. Its value.
    pub async fn command(
        &self,
        method: reqwest::Method,
        path: &str,
        body: serde_json::Value,
    ) -> serde_json::Value {
        let session = self.driver.session_id();
        let url = format!("{}/session/{session}/{path}", self.chromedriver_url);
        let client = reqwest::Client::builder().build().unwrap();
        let mut request = client.request(method.clone(), url);
        if method == reqwest::Method::POST {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let answer: serde_json::Value = answer.json().await.unwrap();
        assert!(status.is_success(), "{path}: {answer}");
        answer["value"].clone()
    }

    pub async fn open(&self, url: &str) {
        self.driver.goto(url).await.unwrap();
    }

    pub async fn back(&self) {
        self.driver.back().await.unwrap();
    }

    pub async fn reload(&self) {
        self.driver.refresh().await.unwrap();
    }

    /// Waits for the page whose first heading is `heading`, checks what every page must keep, and
    /// takes a screenshot.
    #[track_caller]
    pub fn sees(&self, heading: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        let path = format!("//h1[normalize-space()=\"{heading}\"]");
        async move {
            let found = self.driver.query(By::XPath(path)).wait(PATIENCE, POLL).first().await;
            if found.is_err() {
                self.shoot("unexpected").await;
                let (url, text) = (self.driver.current_url().await, self.text().await);
                panic!("{caller}: no heading {heading:?} at {url:?}:\n{text}");
            }
            self.shoot(heading).await;
            self.check_page(caller).await;
        }
    }

    /// The style sheet arrived, nothing is wider than the screen, and one heading leads.
    async fn check_page(&self, caller: &std::panic::Location<'_>) {
        let script = "return [getComputedStyle(document.body).marginTop, \
                      document.documentElement.scrollWidth - document.documentElement.clientWidth, \
                      document.querySelectorAll('h1').length, document.title !== '']";
        let found: serde_json::Value = self.driver.execute(script, vec![]).await.unwrap().convert().unwrap();
        assert_eq!(found, json!(["0px", 0, 1, true]), "{caller}: margin, overflow, headings, title");
    }

    /// All that can be read.
    pub async fn text(&self) -> String {
        self.driver.find(By::Tag("body")).await.unwrap().text().await.unwrap()
    }

    /// The text of the first element that `css` matches, shown or folded away.
    pub async fn hidden_text(&self, css: &str) -> String {
        let element = self.driver.find(By::Css(css)).await.unwrap();
        element.prop("textContent").await.unwrap().unwrap_or_default()
    }

    pub async fn title(&self) -> String {
        self.driver.title().await.unwrap()
    }

    /// From here on looks into the page's one frame.
    pub async fn enter_frame(&self) {
        self.driver.query(By::Tag("iframe")).wait(PATIENCE, POLL).exists().await.unwrap();
        self.driver.enter_frame(0).await.unwrap();
    }

    /// From here on looks at the page around the frame again.
    pub async fn leave_frame(&self) {
        self.driver.enter_default_frame().await.unwrap();
    }

    /// Waits for an element that `css` matches.
    pub async fn awaits_element(&self, css: &str) {
        let found = self.driver.query(By::Css(css)).wait(PATIENCE, POLL).exists().await.unwrap();
        if !found {
            self.shoot("unexpected").await;
            panic!("no {css} at {}:\n{}", self.address().await, self.text().await);
        }
    }

    /// Waits until an element that `css` matches shows `text`. The page itself watches, so that an
    /// element which is replaced meanwhile is no fault; a page that is left is looked at anew.
    pub async fn awaits(&self, css: &str, text: &str) {
        let script = "const [css, text, done] = arguments;
            const shown = (element) => element.innerText.replace(/\\s+/g, ' ').includes(text);
            const holds = () => [...document.querySelectorAll(css)].some(shown);
            if (holds()) return done(true);
            const watch = new MutationObserver(() => holds() && (watch.disconnect(), done(true)));
            watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });";
        self.driver.set_script_timeout(PATIENCE).await.unwrap();
        for _ in 0..3 {
            let found = self.driver.execute_async(script, vec![json!(css), json!(text)]).await;
            if found.is_ok() {
                return;
            }
        }
        self.shoot("unexpected").await;
        panic!("no {text:?} in {css} at {}:\n{}", self.address().await, self.text().await);
    }

    /// The address of the page, whichever frame is looked into.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.unwrap().into()
    }

    /// Waits until the address of the page that is looked at ends so.
    pub async fn awaits_address(&self, end: &str) {
        let watch = "const [end, done] = arguments; const look = () => \
            location.href.endsWith(end) ? done(true) : requestAnimationFrame(look); look();";
        self.driver.execute_async(watch, vec![end.into()]).await.unwrap();
    }

    /// What the field `id` holds.
    pub async fn value(&self, id: &str) -> String {
        let field = self.driver.find(By::Id(id)).await.unwrap();
        field.prop("value").await.unwrap().unwrap_or_default()
    }

    /// The id of the element that has the focus.
    pub async fn focused(&self) -> String {
        self.driver.active_element().await.unwrap().id().await.unwrap().unwrap_or_default()
    }

    /// Types into the field `id`, replacing what is there.
    pub async fn fill(&self, id: &str, text: &str) {
        let field = self.driver.find(By::Id(id)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses a file of this machine in the field `id`.
    pub async fn attach(&self, id: &str, path: &std::path::Path) {
        let field = self.driver.find(By::Id(id)).await.unwrap();
        field.send_keys(path.to_str().unwrap()).await.unwrap();
    }

    /// Chooses in the list `id` what begins with `start`.
    pub async fn choose(&self, id: &str, start: &str) {
        let path = format!("//select[@id='{id}']/option[starts-with(normalize-space(), \"{start}\")]");
        self.driver.find(By::XPath(path)).await.unwrap().click().await.unwrap();
    }

    /// Presses the button, link, summary or label called `label`.
    pub async fn press(&self, label: &str) {
        let path = format!(
            "//*[self::button or self::a or self::summary or self::label][normalize-space()=\"{label}\"]"
        );
        self.driver.find(By::XPath(path)).await.unwrap().click().await.unwrap();
    }

    /// Presses the button called `label` within the element that `css` matches.
    pub async fn press_in(&self, css: &str, label: &str) {
        let path = format!(".//button[normalize-space()=\"{label}\"]");
        let within = self.driver.find(By::Css(css)).await.unwrap();
        within.find(By::XPath(path)).await.unwrap().click().await.unwrap();
    }

    /// Takes one of the methods to choose from, by its word.
    pub async fn press_way(&self, word: &str) {
        let way = By::Css(format!("button[name=method][value={word}]"));
        self.driver.find(way).await.unwrap().click().await.unwrap();
    }

    /// The window that is looked at.
    pub async fn window(&self) -> WindowHandle {
        self.driver.window().await.unwrap()
    }

    /// Opens another window and looks at it.
    pub async fn new_window(&self) {
        let window = self.driver.new_window().await.unwrap();
        self.driver.switch_to_window(window).await.unwrap();
    }

    /// Looks at the window that is not `this`, of two.
    pub async fn look_beside(&self, this: &WindowHandle) {
        let windows = self.driver.windows().await.unwrap();
        assert_eq!(windows.len(), 2, "windows");
        let other = windows.into_iter().find(|window| window != this).unwrap();
        self.driver.switch_to_window(other).await.unwrap();
    }

    /// Follows the first link that reads `label`.
    pub async fn follow(&self, label: &str) {
        let path = format!("//a[normalize-space()=\"{label}\"]");
        self.driver.find(By::XPath(path)).await.unwrap().click().await.unwrap();
    }

    /// Closes the window that is looked at, for another.
    pub async fn close_window(&self, back_to: WindowHandle) {
        self.driver.close_window().await.unwrap();
        self.driver.switch_to_window(back_to).await.unwrap();
    }

    /// Presses Enter in the field `id`.
    pub async fn enter(&self, id: &str) {
        let field = self.driver.find(By::Id(id)).await.unwrap();
        field.send_keys(Key::Enter + "").await.unwrap();
    }

    /// Keys held together with Control, on whatever has the focus.
    pub async fn with_control(&self, key: &str) {
        self.driver.active_element().await.unwrap().send_keys(Key::Control + key).await.unwrap();
    }

    /// Presses Enter on whatever has the focus, and lets the page go on by it.
    pub async fn enter_focused(&self) {
        self.driver.active_element().await.unwrap().send_keys(Key::Enter + "").await.unwrap();
    }

    /// Keeps a picture of the window: `target/screenshots/<story>-<number>-<what>.png`.
    pub async fn shoot(&self, what: &str) {
        let number = self.shots.get() + 1;
        self.shots.set(number);
        let what: String = what.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let name = format!("{}-{number:02}-{}.png", self.story, what.to_lowercase());
        self.driver.screenshot(&target("screenshots").join(name)).await.unwrap();
    }

    /// As [`shoot`](Self::shoot), of the page from its top, for the docs.
    pub async fn shoot_as(&self, name: &str) {
        self.leave_frame().await;
        self.run("scrollTo(0, 0); return 1").await;
        self.shoot_here(name).await;
        self.enter_frame().await;
    }

    /// As [`shoot_as`](Self::shoot_as), wherever the page is scrolled to.
    pub async fn shoot_here(&self, name: &str) {
        let path = target("screenshots").join(format!("{}-{name}.png", self.story));
        self.driver.screenshot(&path).await.unwrap();
    }

    /// Ends it, in order.
    pub async fn quit(self) {
        WebDriver::clone(&self.driver).quit().await.unwrap();
    }
}

impl Drop for Browser {
    /// After a failed story neither would end by itself: a Chromium outlives its driver.
    fn drop(&mut self) {
        self.chromedriver.start_kill().ok();
        let profile = self.profile.path().to_str().unwrap_or_default().as_bytes();
        for process in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(id) = process.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let command = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            if command.windows(profile.len()).any(|part| part == profile) {
                // SAFETY: a signal to a process of this browser; no memory is involved.
                unsafe { libc::kill(id, libc::SIGKILL) };
            }
        }
    }
}

/// A chromedriver on a port of its own choice. It picks one that is free for IPv4 and ends when that is
/// taken for IPv6: then another picks again.
async fn chromedriver() -> (Child, u16) {
    for _ in 0..8 {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver: Debian's package chromium-driver");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // "ChromeDriver was started successfully on port 41231."
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some((_, port)) = line.split_once("successfully on port ") {
                return (child, port.trim_end_matches('.').parse().unwrap());
            }
        }
    }
    panic!("no chromedriver says its port");
}

/// A folder below `target`, made when missing.
fn target(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("..").join(name);
    std::fs::create_dir_all(&path).unwrap();
    path.canonicalize().unwrap()
}
