//! Connections that end: whoever connects and asks too slowly is let go.
//!
//! A request that has arrived is answered within seconds, so a connection that nothing was written
//! to for longer than [`WITHIN`] has somebody at its other end who asks a byte at a time, or nobody.
//! Without a limit a few hundred of them keep everybody else out, and the program from stopping.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep};

/// How long nothing may be written to a connection: twice as long as an answer takes at most.
pub const WITHIN: Duration = Duration::from_secs(30);

/// A port whose connections end.
pub struct Port {
    listener: TcpListener,
    within: Duration,
}

impl Port {
    /// The connections of this listener.
    pub fn of(listener: TcpListener, within: Duration) -> Self {
        Self { listener, within }
    }
}

impl Listener for Port {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, from) = Listener::accept(&mut self.listener).await;
        let until = Box::pin(sleep(self.within));
        (Connection { stream, within: self.within, until }, from)
    }

    fn local_addr(&self) -> Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that can be read from until some time after the last answer.
pub struct Connection {
    stream: TcpStream,
    within: Duration,
    until: Pin<Box<Sleep>>,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        if self.until.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(Error::from(ErrorKind::TimedOut)));
        }
        Pin::new(&mut self.stream).poll_read(context, bytes)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        if matches!(written, Poll::Ready(Ok(_))) {
            let until = Instant::now() + self.within;
            self.until.as_mut().reset(until);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::extract::ConnectInfo;
    use axum::routing::get;
    use axum::serve::ListenerExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const SHORT: Duration = Duration::from_millis(300);

    async fn serve() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let who = async |ConnectInfo(from): ConnectInfo<SocketAddr>| from.ip().to_string();
        let app = Router::new().route("/", get(who));
        let app = app.into_make_service_with_connect_info::<SocketAddr>();
        let port = Port::of(listener, SHORT).tap_io(|_| {});
        tokio::spawn(async move { axum::serve(port, app).await });
        at
    }

    #[tokio::test]
    async fn whoever_asks_a_byte_at_a_time_is_let_go() {
        let mut slow = TcpStream::connect(serve().await).await.unwrap();
        let began = Instant::now();
        let is_open = async {
            for byte in b"GET / HTTP/1.1\r\nx-slow: 1".iter().cycle() {
                if slow.write_all(&[*byte]).await.is_err() {
                    return;
                }
                sleep(SHORT / 10).await;
            }
        };

        assert!(tokio::time::timeout(SHORT * 20, is_open).await.is_ok(), "it is open still");
        assert!(SHORT <= began.elapsed());
    }

    #[tokio::test]
    async fn whoever_is_answered_stays_and_is_known_by_where_they_connect_from() {
        let mut stream = TcpStream::connect(serve().await).await.unwrap();
        for _ in 0..4 {
            stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
            let mut answer = [0; 1_024];
            let length = stream.read(&mut answer).await.unwrap();
            let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
            assert!(answer.ends_with("127.0.0.1"), "{answer:?}");
            sleep(SHORT / 2).await;
        }
    }
}
