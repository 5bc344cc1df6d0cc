//! Pictures of a tab, in `target/browser/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chromiumoxide::cdp::browser_protocol::page::CaptureScreenshotParams;

use super::tab::{Tab, pick};

/// Saves the whole page, as long as it is, as `target/browser/<name>.png`, and answers the path.
///
/// # Panics
/// When the picture cannot be taken or written.
pub async fn screenshot(tab: &Tab, name: &str) -> PathBuf {
    let path = folder().join(format!("{name}.png"));
    save(tab, &path).await.unwrap_or_else(|why| panic!("no picture of {name}: {why}"));
    path
}

/// Saves the whole page at `path`.
pub async fn save(tab: &Tab, path: &Path) -> Result<(), String> {
    let capture = CaptureScreenshotParams::builder().capture_beyond_viewport(true).build();
    let picture: String = pick(&tab.ask(capture).await?, "/data")?;
    let picture = STANDARD.decode(picture).map_err(|e| e.to_string())?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| e.to_string())?;
    }
    fs::write(path, picture).map_err(|e| format!("{}: {e}", path.display()))
}

/// The picture of a step that failed is named for the test.
pub(super) async fn of_failure(tab: &Tab) -> Result<PathBuf, String> {
    static TAKEN: AtomicU32 = AtomicU32::new(1);
    let number = TAKEN.fetch_add(1, Ordering::Relaxed);
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("test").replace("::", "-");
    let path = folder().join(format!("failed-{test}-{number}.png"));
    save(tab, &path).await?;
    Ok(path)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("browser")
}
