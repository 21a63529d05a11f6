//! What surrounds every page of a site: its name, the way back to its help centre, and the pages at
//! its dead ends.

use axum::http::StatusCode;
use axum::response::Response;

use super::views::{Notice, NoticePage};
use crate::sites::{self, ServiceProvider, Site, SiteStatus};
use crate::web::{LanguageMenu, Shell, Visitor};

/// The SP of a site whose customers can sign in; otherwise the page that says why they cannot.
#[allow(clippy::result_large_err, reason = "the error is the page to show, made once a request")]
pub fn open_for_sign_in<'a>(visitor: &Visitor, site: &'a Site) -> Result<&'a ServiceProvider, Response> {
    if site.status == SiteStatus::Uninstalled {
        return Err(notice(visitor, site, StatusCode::GONE, Notice::SiteGone));
    }
    site.service_provider
        .as_ref()
        .ok_or_else(|| notice(visitor, site, StatusCode::CONFLICT, Notice::NotConfigured))
}

/// A dead end with a way on: back to the site's help centre.
pub fn notice(visitor: &Visitor, site: &Site, status: StatusCode, notice: Notice) -> Response {
    let page = NoticePage {
        shell: shell(visitor, site),
        kind: notice,
        continue_url: Some(help_centre(site)),
        account_url: (notice == Notice::Finished).then(|| super::purpose::account(site.id, "")),
    };
    visitor.page(status, &page)
}

/// Where the site's customers come from.
pub fn help_centre(site: &Site) -> String {
    format!("{}/servicedesk/customer/portals", site.display_url.trim_end_matches('/'))
}

/// What the site is called on its pages.
pub fn site_name(site: &Site) -> String {
    sites::name(&site.display_url)
}

/// The frame around every page.
pub fn shell(visitor: &Visitor, site: &Site) -> Shell {
    let menu = LanguageMenu { action: format!("/sites/{}/language", site.id), back: visitor.path.clone() };
    Shell { language_menu: Some(menu), ..momentary_shell(visitor, site) }
}

/// The frame around a page that nobody can come back to.
pub fn momentary_shell(visitor: &Visitor, site: &Site) -> Shell {
    Shell::new(visitor, site_name(site))
}
