//! A mail server: as much of SMTP as a sender needs, and it may be cut off at the worst moment.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail server on a port of its own.
pub struct Smtp {
    listener: TcpListener,
}

impl Smtp {
    /// Listens.
    pub async fn listen() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    /// What a sender sets to reach it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.listener.local_addr().unwrap())
    }

    /// Takes one letter whole, lets `before_answer` happen, and only then says that it was taken.
    /// Gives the letter as it came.
    pub async fn take(&self, before_answer: impl FnOnce()) -> String {
        let (stream, _) = self.listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        say(&mut stream, "220 post.example").await;
        loop {
            let line = hear(&mut stream).await;
            match line.split_whitespace().next().unwrap_or_default() {
                "DATA" => break,
                "EHLO" => say(&mut stream, "250 post.example").await,
                _ => say(&mut stream, "250 ok").await,
            }
        }
        say(&mut stream, "354 go on").await;
        let mut letter = String::new();
        loop {
            let line = hear(&mut stream).await;
            if line == ".\r\n" {
                break;
            }
            letter.push_str(&line);
        }
        before_answer();
        say(&mut stream, "250 taken").await;
        letter
    }
}

async fn hear(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    line
}

/// The sender may be gone: then nobody hears.
async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    let _ = stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).await;
}

/// The Message-ID of a letter.
pub fn message_id(letter: &str) -> &str {
    letter.lines().find_map(|line| line.strip_prefix("Message-ID: ")).expect("it has one")
}
