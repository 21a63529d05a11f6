//! Customers are imported in the frame: from a file, chosen or dropped, and from Jira's lists; with a broken
//! line, batch by batch, on every width; axe on every step.

use sqlx::PgPool;
use vestibule::jobs;
use vestibule::practice::jira::Viewer;

use super::Demo;
use super::admin::axe;
use super::chromium::{Browser, Screen};

/// The page where an import begins.
async fn begin(pool: PgPool, story: &'static str) -> (Demo, Browser) {
    let demo = Demo::open(pool).await;
    let browser = Browser::start(story, Screen::Light(1280, 900)).await;
    demo.administer(&browser, "vestibule-customers", Viewer::Ada).await;
    browser.sees("Customers").await;
    browser.press("Import").await;
    browser.sees("Import customers").await;
    browser.awaits("#desk", "All 4 service desks").await;
    (demo, browser)
}

/// Drops a file of that text onto the field.
async fn drop(browser: &Browser, name: &str, text: &str) {
    browser
        .run(&format!(
            "const data = new DataTransfer();
             data.items.add(new File([{text:?}], {name:?}));
             const init = {{ dataTransfer: data, bubbles: true, cancelable: true }};
             const field = document.querySelector('[data-drop]');
             field.dispatchEvent(new DragEvent('dragover', init));
             if (!field.classList.contains('over')) throw new Error('not marked');
             field.dispatchEvent(new DragEvent('drop', init));
             return 1"
        ))
        .await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_file_is_imported_batch_by_batch_and_taken_back(pool: PgPool) {
    let (demo, browser) = begin(pool, "import-file").await;
    axe(&browser, "where an import begins").await;
    browser.shoot("begin").await;
    drop(&browser, "empty.csv", "").await;
    browser.awaits("#file-error", "The file is empty").await;
    drop(&browser, "book.xlsx", "PK\u{3}\u{4}").await;
    browser.awaits("#file-error", "This is a workbook").await;
    assert_eq!(browser.focused().await, "file");
    axe(&browser, "a file that is none").await;
    browser.shoot("workbook").await;

    // A real file, by the chooser; the first try of its first piece is lost on the way.
    let mut file = String::from("User name;email;Organisation;Password\n");
    for number in 0..120 {
        file.push_str(&format!("Given{number} Family;c{number:03}@customer.example;Harbour, Inc.;pass\n"));
    }
    file.push_str("Nobody;no address;;\nTwice Over;c000@customer.example;;\n");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kunden.csv");
    std::fs::write(&path, file).unwrap();
    browser
        .run(
            "const real = window.fetch; let lost = false;
             window.fetch = (url, request) => {
               if (!lost && String(url).includes('/pieces/')) { lost = true; return Promise.reject(new TypeError('lost')); }
               return real(url, request);
             };
             return 1",
        )
        .await;
    browser.attach("file", &path).await;
    browser.awaits("h2", "What is in each column?").await;
    axe(&browser, "the columns").await;
    browser.shoot("columns").await;
    browser.press("Preview").await;
    browser.awaits("#import", "Reading the file").await;
    axe(&browser, "the file is read").await;
    browser.shoot("reading").await;
    browser.run("document.querySelector('button[hx-post$=\"/cancel\"]').focus(); return 1").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".tabs [aria-current]", "New 120").await;
    axe(&browser, "the preview").await;
    browser.shoot("preview").await;
    browser.follow("Refused 2").await;
    browser.awaits("#rows tbody", "The same email address stands in row 2.").await;
    axe(&browser, "what is refused").await;
    browser.press("Download the refused rows").await;
    browser.awaits("#rows [role=status]", "Downloaded").await;
    browser.shoot("refused").await;

    browser.run("document.getElementById('mode-safe').click(); return 1").await;
    browser.press("Import 120 customers").await;
    browser.awaits("#import", "0 of 120 customers done.").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".card", "50 added, 0 changed. 70 customers are left.").await;
    axe(&browser, "between two batches").await;
    browser.shoot("waiting").await;
    browser.press("Import the next 50").await;
    browser.awaits("#import", "50 of 120 customers done.").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".card", "20 customers are left").await;
    browser.press("Import all that are left").await;
    browser.awaits("#import", "100 of 120 customers done.").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".card", "120 added, 0 changed, 0 unchanged, 2 refused.").await;
    axe(&browser, "an import that is done").await;
    browser.shoot("done").await;

    browser.press("Undo the import").await;
    browser.awaits("dialog[open]", "The 120 customers who came in are deleted again").await;
    axe(&browser, "whether to undo it").await;
    browser.press_in("dialog[open]", "Undo the import").await;
    browser.awaits("#import", "0 of 120 customers looked at.").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".card", "120 removed, 0 as before, 0 kept.").await;
    browser.follow("Import customers").await;
    browser.awaits("tbody", "Undone").await;
    axe(&browser, "imports so far").await;
    browser.shoot("history").await;
    browser.look_on(Screen::Dark(320, 700)).await;
    browser.axe("where an import begins, 320 wide").await;
    browser.shoot("begin-phone").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn an_upload_that_broke_off_goes_on(pool: PgPool) {
    let (_demo, browser) = begin(pool, "import-broken").await;
    let text = format!("Name,Email\n{}", "Ann Bee,ann@customer.example\n".repeat(50_000));
    let folder = tempfile::tempdir().unwrap();
    let [path, other] = ["a.csv", "b.csv"].map(|name| folder.path().join(name));
    std::fs::write(&path, text).unwrap();
    std::fs::write(&other, "Name,Email\n").unwrap();
    // The second piece never arrives: the browser is closed meanwhile.
    browser
        .run(
            "const real = window.fetch;
             window.fetch = (url, request) =>
               String(url).endsWith('/pieces/1') ? new Promise(() => {}) : real(url, request);
             return 1",
        )
        .await;
    browser.attach("file", &path).await;
    browser.awaits("[data-upload-said]", "72 % uploaded").await;
    axe(&browser, "an upload").await;
    browser.shoot("uploading").await;
    browser.leave_frame().await;
    browser.reload().await;
    browser.enter_frame().await;
    browser.awaits("[data-upload-stopped]", "is not finished").await;
    axe(&browser, "an upload that broke off").await;
    browser.shoot("broken").await;
    browser.attach("file", &other).await;
    browser.awaits("#file-error", "This is another file").await;
    browser.attach("file", &path).await;
    browser.awaits("h2", "What is in each column?").await;
    browser.look_on(Screen::Dark(320, 700)).await;
    browser.axe("the columns, 320 wide").await;
    browser.shoot("columns-phone").await;
    browser.quit().await;
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_list_is_fetched_searched_chosen_and_imported(pool: PgPool) {
    let (demo, browser) = begin(pool, "import-jira").await;
    browser.choose("desk", "Facilities").await;
    browser.press("Fetch customers").await;
    browser.awaits("#import", "0 customers fetched").await;
    axe(&browser, "the list is fetched").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits("h2", "Who is to be imported?").await;
    browser.awaits("#chosen", "0 of 1,100 customers chosen").await;
    axe(&browser, "who is to be imported").await;
    browser.shoot("choose").await;
    browser.press("Preview").await;
    browser.awaits("[role=alert]", "Choose at least one customer").await;

    browser.run("document.querySelector('#list tbody input').focus(); return 1").await;
    browser.keys(" ").await;
    browser.awaits("#chosen", "1 of 1,100 customers chosen").await;
    browser.fill("search", "kovacs").await;
    browser.awaits("#list .bulk", "that match").await;
    browser.run("document.querySelector('#list .bulk button').focus(); return 1").await;
    browser.awaits("#list tbody", "Kovács").await;
    let matching =
        browser.run("return document.querySelector('#list .pager').innerText.match(/\\d+/)[0]").await;
    let matching: u64 = matching.as_str().unwrap().parse().unwrap();
    browser.press(&format!("Choose the {matching} that match")).await;
    browser.awaits("#chosen", &format!("{} of 1,100 customers chosen", matching + 1)).await;
    browser.shoot("chosen").await;
    browser.press("Preview").await;
    browser.awaits("#import", "Comparing").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".tabs [aria-current]", "New").await;
    axe(&browser, "the preview").await;
    browser.shoot("preview").await;
    browser.press("Back").await;
    browser.awaits("#chosen", &format!("{} of 1,100 customers chosen", matching + 1)).await;
    browser.look_on(Screen::Dark(320, 700)).await;
    browser.axe("who is to be imported, 320 wide").await;
    browser.shoot("choose-phone").await;
    browser.look_on(Screen::Light(1280, 900)).await;
    browser.press("Preview").await;
    browser.awaits("#import", "Comparing").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".tabs [aria-current]", "New").await;
    browser.run("document.querySelector('form button[type=submit]').click(); return 1").await;
    browser.awaits("#import", "Importing").await;
    jobs::run_due(&demo.app).await.unwrap();
    browser.awaits(".card .lozenge", "Done").await;
    browser.press("Show customers").await;
    browser.awaits(".tabs [aria-current]", "All Customers").await;
    browser.awaits(".customers tbody", "Kovács").await;
    browser.quit().await;
}
