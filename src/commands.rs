//! What each command does.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;
use axum::serve::ListenerExt as _;
use ground::config::{Database, Settings};
use ground::{db, web};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::connections::{Port, WITHIN};
use crate::found::{self, Told};
use crate::start::{self, Access, Started};
use crate::terminal::say;
use crate::{demo, doctor, house};

/// Serves until told to stop.
pub fn serve(settings: &Settings, with_worker: bool) -> anyhow::Result<ExitCode> {
    let began = Instant::now();
    start::log(settings)?;
    let runtime = start::runtime()?;
    // The port first: one that is taken is said at once, before a database is made.
    let listener = runtime.block_on(TcpListener::bind(settings.listen)).with_context(|| {
        format!("{} is taken or not ours; set TRELLIS_LISTEN to another port", settings.listen)
    })?;
    let origin = settings.origin_at(listener.local_addr()?.port());
    let started = Started::open(&runtime, settings, Access::Hold, origin.clone())?;
    runtime.block_on(async {
        let stop = stop_signal()?;
        let worker = with_worker.then(|| {
            let (house, stop) = (started.house.clone(), stop.clone());
            tokio::spawn(async move { house::work(&house).work(&house, told(stop)).await })
        });
        let took = began.elapsed().as_millis();
        say(&format!("Trellis is ready after {took} ms. Open {origin}"));
        if started.house.demo().is_some() {
            say(&format!("This is a demo. Come in as anybody at {origin}/demo"));
        } else if settings.smtp_url.is_none() {
            tracing::warn!("no mail server is set (TRELLIS_SMTP_URL): letters wait");
        }
        let app = web::app(started.house.clone(), house::routes(&started.house));
        // Who connects is told to the handlers: sign-in counts tries by place.
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        let port = Port::of(listener, WITHIN).tap_io(|_| {});
        axum::serve(port, app).with_graceful_shutdown(told(stop)).await?;
        if let Some(worker) = worker {
            worker.await?;
        }
        started.house.close().await;
        anyhow::Ok(())
    })?;
    say("Trellis has stopped. Nothing is lost.");
    Ok(ExitCode::SUCCESS)
}

/// Works on events and jobs until told to stop.
pub fn work(settings: &Settings) -> anyhow::Result<ExitCode> {
    start::log(settings)?;
    let runtime = start::runtime()?;
    let origin = settings.origin_at(settings.listen.port());
    let started = Started::open(&runtime, settings, Access::Attach, origin)?;
    runtime.block_on(async {
        let stop = stop_signal()?;
        say("Trellis works on events and jobs.");
        house::work(&started.house).work(&started.house, told(stop)).await;
        started.house.close().await;
        anyhow::Ok(ExitCode::SUCCESS)
    })
}

/// Brings the schema up to date and says what was done.
pub fn migrate(settings: &Settings) -> anyhow::Result<ExitCode> {
    start::log(settings)?;
    let runtime = start::runtime()?;
    match start::migrate(&runtime, settings)? {
        0 => say("The database was up to date."),
        1 => say("1 migration was applied."),
        count => say(&format!("{count} migrations were applied.")),
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what makes the roles.
pub fn print_roles() -> anyhow::Result<ExitCode> {
    say(db::ROLES);
    Ok(ExitCode::SUCCESS)
}

/// Founds the operator or a practice.
pub fn found(settings: &Settings, told: &Told) -> anyhow::Result<ExitCode> {
    start::log(settings)?;
    let runtime = start::runtime()?;
    let origin = settings.origin_at(settings.listen.port());
    let started = Started::open(&runtime, settings, Access::Join, origin)?;
    runtime.block_on(async {
        let link = found::found(&started.house, told).await;
        started.house.close().await;
        say(&format!("It is founded. Its owner comes in by this link, once: {}", link?));
        anyhow::Ok(ExitCode::SUCCESS)
    })
}

/// Makes a demo in an empty house.
pub fn demo(settings: &Settings) -> anyhow::Result<ExitCode> {
    start::log(settings)?;
    let began = Instant::now();
    let runtime = start::runtime()?;
    let origin = settings.origin_at(settings.listen.port());
    let started = Started::open_for_demo(&runtime, settings, origin)?;
    runtime.block_on(async {
        let made = demo::make(&started.house, &started.stores).await;
        started.house.close().await;
        made?;
        say(&format!("The demo is ready after {} s.", began.elapsed().as_secs()));
        anyhow::Ok(ExitCode::SUCCESS)
    })
}

/// Says what is missing or unsafe.
pub fn doctor(settings: &Settings) -> anyhow::Result<ExitCode> {
    let runtime = start::runtime()?;
    let findings = runtime.block_on(doctor::look(settings));
    let mut code = ExitCode::SUCCESS;
    for finding in &findings {
        say(&finding.to_string());
        if finding.must_be_mended() {
            code = ExitCode::FAILURE;
        }
    }
    if settings.database == Database::Private {
        say("A private cluster is backed up with the data folder while Trellis is stopped.");
    }
    Ok(code)
}

/// `true` once the program was told to stop.
fn stop_signal() -> anyhow::Result<watch::Receiver<bool>> {
    let (send, receive) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        // Nobody listens any more only where the program is ending anyway.
        let _ = send.send(true);
    });
    Ok(receive)
}

async fn told(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone: then it is time to stop as well.
    let _ = stop.wait_for(|told| *told).await;
}
