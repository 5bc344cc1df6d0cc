//! What a person looks at: the size of the screen, light or dark, with script or without.

use chromiumoxide::cdp::browser_protocol::emulation::{
    MediaFeature, SetDeviceMetricsOverrideParams, SetEmulatedMediaParams,
    SetFocusEmulationEnabledParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::network::{
    EmulateNetworkConditionsByRuleParams, NetworkConditions,
};

use super::tab::Tab;

/// A screen, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Width of the page.
    pub width: u32,
    /// Height of what is seen at once.
    pub height: u32,
    /// The person prefers dark.
    pub dark: bool,
    /// Script runs.
    pub javascript: bool,
}

/// A phone held upright.
pub const PHONE: Screen = Screen { width: 390, height: 844, dark: false, javascript: true };

/// A laptop.
pub const DESK: Screen = Screen { width: 1280, height: 900, dark: false, javascript: true };

/// What 1280 pixels are at 400 % zoom: the narrowest page of WCAG 1.4.10.
pub const NARROW: Screen = Screen { width: 320, height: 640, dark: false, javascript: true };

impl Screen {
    /// The same screen for a person who prefers dark.
    pub const fn dark(self) -> Screen {
        Screen { dark: true, ..self }
    }

    /// The same screen where no script runs.
    pub const fn without_script(self) -> Screen {
        Screen { javascript: false, ..self }
    }
}

/// The media features that a page can ask about.
#[derive(Clone, Copy, Debug)]
pub struct Media {
    pub dark: bool,
    pub print: bool,
    /// Still by default: an animation is a race between the page and the test.
    pub reduced_motion: bool,
}

impl Tab {
    /// Changes the width; the page lays itself out anew.
    pub async fn resize(&self, width: u32, height: u32) {
        self.done("resize", self.try_resize(width, height).await).await;
    }

    /// The person switches to dark, or back to light.
    pub async fn prefer_dark(&self, dark: bool) {
        let media = Media { dark, ..self.media() };
        self.done("prefer dark", self.set_media(media).await).await;
    }

    /// The person allows motion, or asks for less of it (which every tab does from the start).
    pub async fn prefer_reduced_motion(&self, reduced_motion: bool) {
        let media = Media { reduced_motion, ..self.media() };
        self.done("prefer reduced motion", self.set_media(media).await).await;
    }

    /// Shows the page as it prints, or again as on a screen.
    pub async fn print_view(&self, print: bool) {
        let media = Media { print, ..self.media() };
        self.done("print view", self.set_media(media).await).await;
    }

    /// The network goes, or comes back.
    pub async fn offline(&self, offline: bool) {
        let everywhere = NetworkConditions::new("", 0.0, -1.0, -1.0);
        let cut = EmulateNetworkConditionsByRuleParams::new(offline, vec![everywhere]);
        self.done("offline", self.ask(cut).await.map(drop)).await;
    }

    pub(super) async fn try_resize(&self, width: u32, height: u32) -> Result<(), String> {
        // Not as "mobile": there a page that is too wide is zoomed out, which hides the fault.
        let size = SetDeviceMetricsOverrideParams::new(width, height, 1.0, false);
        self.ask(size).await.map(drop)
    }

    pub(super) async fn set_media(&self, media: Media) -> Result<(), String> {
        let scheme = if media.dark { "dark" } else { "light" };
        let motion = if media.reduced_motion { "reduce" } else { "no-preference" };
        let features = vec![
            MediaFeature::new("prefers-color-scheme", scheme),
            MediaFeature::new("prefers-reduced-motion", motion),
        ];
        let kind = if media.print { "print" } else { "screen" };
        let asked = SetEmulatedMediaParams { media: Some(kind.into()), features: Some(features) };
        self.ask(asked).await?;
        self.remember_media(media);
        Ok(())
    }

    pub(super) async fn script_runs(&self, runs: bool) -> Result<(), String> {
        self.ask(SetScriptExecutionDisabledParams::new(!runs)).await.map(drop)
    }

    /// Each tab behaves as the one in front: several people have the focus at once.
    pub(super) async fn set_screen(&self, screen: Screen) -> Result<(), String> {
        self.ask(SetFocusEmulationEnabledParams::new(true)).await?;
        self.try_resize(screen.width, screen.height).await?;
        self.set_media(Media { dark: screen.dark, print: false, reduced_motion: true }).await?;
        self.script_runs(screen.javascript).await
    }
}
