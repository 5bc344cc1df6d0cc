//! The site of the proof: small pages under a strict policy, each good or with one planted fault.

use axum::extract::Path;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use tokio::net::TcpListener;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'";

/// Serves the site until the test ends, and answers its address.
pub async fn open() -> String {
    let site = Router::new()
        .route("/", get(async || page("good")))
        .route("/{page}", get(async |Path(name): Path<String>| page(&name)))
        .route("/thanks", get(async || page("thanks")).post(thanks))
        .route("/sign-in", get(async || page("sign-in")).post(sign_in))
        .route("/who", get(who))
        .route("/faulty-form", get(async || (StatusCode::UNPROCESSABLE_ENTITY, page("care"))))
        .route("/foreign-without-policy", get(async || Html(FOREIGN)))
        .route("/file", get(async || ([("content-disposition", "attachment")], "a file")))
        .route("/no-content", get(async || StatusCode::NO_CONTENT))
        .route("/style/{name}", get(style))
        .route("/script/{name}", get(script));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, site).await });
    address
}

/// A whole page around `body`, in plain style and in that of its own name.
fn written(name: &str, body: &str) -> Response {
    let title = if name == "thanks" { "Thank you" } else { "A page" };
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>\
         <meta name=viewport content='width=device-width'><link rel=stylesheet href=/style/plain>\
         <link rel=stylesheet href='/style/{name}'><body>{body}"
    );
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}

fn page(name: &str) -> Response {
    match PAGES.iter().find(|(page, _)| *page == name) {
        Some((_, body)) => written(name, body),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Says what was sent, in the order of the fields.
async fn thanks(Form(sent): Form<Vec<(String, String)>>) -> Response {
    let sent: Vec<String> = sent.into_iter().map(|(_, value)| value).collect();
    let sent = sent.join(" ");
    written("thanks", &format!("<main><h1>Thank you</h1><p>{sent}<p><a href=/>Back</a></main>"))
}

async fn sign_in(Form(sent): Form<Vec<(String, String)>>) -> Response {
    ([(SET_COOKIE, format!("name={}", sent[0].1))], Redirect::to("/who")).into_response()
}

async fn who(headers: HeaderMap) -> Response {
    let name = headers[COOKIE].to_str().unwrap().trim_start_matches("name=");
    written("who", &format!("<main><h1>You are {name}</h1></main>"))
}

async fn style(Path(name): Path<String>) -> impl IntoResponse {
    let style = STYLES.iter().find(|(page, _)| *page == name).map_or("", |(_, style)| style);
    ([(CONTENT_TYPE, "text/css")], style)
}

async fn script(Path(name): Path<String>) -> impl IntoResponse {
    let script = SCRIPTS.iter().find(|(page, _)| *page == name).map_or("", |(_, script)| script);
    ([(CONTENT_TYPE, "text/javascript")], script)
}

const FOREIGN: &str =
    "<main><h1>Foreign</h1><img alt='' src=http://elsewhere.example/pixel.png></main>";

const PAGES: [(&str, &str); 27] = [
    (
        "good",
        "<a class=skip href=#main>Skip to content</a><header><p>The bar of the site</header>
        <main id=main><h1>A good page</h1><p><a href=/care>Ask for care</a>
        <h2>Fees</h2><div class=region role=region aria-label=Fees tabindex=0><table><caption>Fees
        <tr><th scope=col>Kind of visit, as it is written on the bill<th scope=col>What it costs you
        <tr><td>First<td>150 dollars</table></div><div class=long></div>
        <p><a href=/thanks>Last</a></main>",
    ),
    (
        "care",
        "<main><h1>Ask for care</h1><form method=post action=/thanks>
        <p><label>First name <input name=n></label>
        <p><label>Date of birth <input type=date name=d></label>
        <p><label for=w>What brings you here?</label> <textarea id=w name=w></textarea>
        <fieldset><legend>How do you want to meet?</legend>
        <p><input type=radio id=v name=m value=video><label for=v>By video</label>
        <p><input type=radio id=o name=m value=office><label for=o>In the office</label></fieldset>
        <p class=styled><input type=checkbox id=t name=t value=mornings>
        <label for=t>Mornings</label>
        <p><label><input type=checkbox name=e value=evenings> Evenings</label>
        <p><label>State <select name=s><option>Ohio<option value=NY>New York</select></label>
        <p><button>Continue</button></form></main>",
    ),
    ("thanks", "<main><h1>Thank you</h1><p><a href=/>Back</a></main>"),
    (
        "odd",
        "<main id=main><h1>Odd links</h1><p><a href=#main>Within the page</a>
        <p><a href=/good target=_blank>In another tab</a><p><a href=mailto:a@b.example>By mail</a>
        <p><a href=/file>As a file</a><p><a href=/no-content>To no content</a></main>",
    ),
    (
        "late",
        "<main><h1>Late</h1><button id=show>Show</button><p id=place></p></main>
        <script src=/script/late></script>",
    ),
    (
        "sign-in",
        "<main><h1>Sign in</h1><form method=post><label>Name <input name=n></label>
        <button>Sign in</button></form></main>",
    ),
    (
        "rows",
        "<main><h1>Offers</h1><table><caption>Offers</caption>
        <tr><th scope=row>Sam R.<td><form method=post action=/thanks><input type=hidden name=a
        value='Accepted: Sam'><button>Accept</button></form>
        <a href='/thanks?of=sam'>Why</a>
        <tr><th scope=row>Kit B.<td><form method=post action=/thanks><input type=hidden name=a
        value='Accepted: Kit'><button>Accept</button></form>
        <a href='/thanks?of=kit'>Why</a></table></main>",
    ),
    ("covered", "<main><h1>Covered</h1><button>Send</button><div class=bar></div></main>"),
    ("disabled", "<main><h1>Disabled</h1><button disabled>Send</button></main>"),
    ("nameless", "<main><h1>Nameless</h1><button><img src=/send.png></button></main>"),
    (
        "screen",
        "<main><p><span class=dark>dark</span><span class=light>light</span>
        <span class=narrow>narrow</span><span class=roomy>wide</span>
        <span class=still>still</span><span class=moving>moving</span>
        <span class=screen>on screen</span><span class=paper>on paper</span></main>",
    ),
    ("mute", "<main><h1>Mute</h1><p>Name <input name=\"n\"></main>"),
    ("pale", "<main><h1>Pale</h1><p class=pale>Who can read this?</main>"),
    ("pale-at-night", "<main><h1>Pale</h1><p class=pale>Who can read this?</main>"),
    ("tiny", "<main><h1>Tiny</h1><button>a</button><button>b</button><button>c</button></main>"),
    ("foreign", FOREIGN),
    ("inline", "<main><h1>Inline</h1><script>document.title = 'run'</script></main>"),
    ("throws", "<main><h1>Throws</h1></main><script src=/script/throws></script>"),
    ("murmurs", "<main><h1>Murmurs</h1></main><script src=/script/murmurs></script>"),
    ("asks", "<main><h1>Asks</h1></main><script src=/script/asks></script>"),
    ("lacks", "<main><h1>Lacks</h1><img alt='' src=/missing.png></main>"),
    ("wide", "<main><h1>Wide</h1><table class=claims><tr><td>One claim</table></main>"),
    (
        "wide-in-a-region",
        "<main><h1>Wide</h1><div class=region><table class=claims><tr><td>One</table></div></main>",
    ),
    ("unseen", THREE),
    ("unseen-clear", THREE),
    (
        "under-a-bar",
        "<main><h1>Bar</h1><a href=/a>First</a><div class=long></div>
        <p class=low><a href=/b>Last</a></main><div class=bottom>The bar</div>",
    ),
    (
        "trap",
        "<main><h1>Trap</h1><a href=/a>First</a><p><label>Second <input id=trap></label>
        <p><a href=/c>Third</a></main><script src=/script/trap></script>",
    ),
];

const THREE: &str =
    "<main><h1>Three</h1><p><a href=/a>First</a><p><a class=second href=/b>Second</a>
    <p><a href=/c>Third</a></main>";

const STYLES: [(&str, &str); 10] = [
    (
        "plain",
        ":root { color-scheme: light dark; font: 1.25rem/1.5 sans-serif }
        :root { background: Canvas; color: CanvasText }
        .skip { position: absolute; left: -100rem } .skip:focus { position: static }
        header { position: sticky; top: 0; background: Canvas } :root { scroll-padding-top: 6rem }
        .long { height: 1500px } .region { overflow-x: auto } td, th { min-width: 12rem }
        .styled input { position: absolute; opacity: 0; width: 0; height: 0 }
        .styled label { padding: .5rem; border: 1px solid }
        .styled input:focus-visible + label { outline: 3px solid; transition: outline 2s }",
    ),
    ("covered", ".bar { position: fixed; inset: 0 }"),
    (
        "screen",
        "span { display: none } .paper { display: none }
        @media (prefers-color-scheme: dark) { .dark { display: inline } }
        @media (prefers-color-scheme: light) { .light { display: inline } }
        @media (width < 600px) { .narrow { display: inline } }
        @media (width >= 600px) { .roomy { display: inline } }
        @media (prefers-reduced-motion) { .still { display: inline } }
        @media (prefers-reduced-motion: no-preference) { .moving { display: inline } }
        @media screen { .screen { display: inline } } @media print { .paper { display: inline } }",
    ),
    ("pale", ".pale { color: #bbb; background: #fff }"),
    (
        "pale-at-night",
        "@media (prefers-color-scheme: dark) { .pale { color: #444; background: #000 } }",
    ),
    ("tiny", "button { width: 12px; height: 12px; padding: 0; font-size: 8px }"),
    ("wide", ".claims { width: 640px }"),
    ("unseen", ".second { outline: none }"),
    ("unseen-clear", ".second:focus { outline: 3px solid transparent }"),
    (
        "under-a-bar",
        ".bottom { position: fixed; inset: auto 0 0; height: 8rem; background: Canvas }",
    ),
];

const SCRIPTS: [(&str, &str); 5] = [
    (
        "late",
        "show.onclick = () => {
            place.textContent = 'Soon'
            setTimeout(() => {
                const done = document.createElement('button')
                done.textContent = 'Done'
                done.onclick = () => { place.textContent = 'All done' }
                place.replaceChildren('Here it is', done)
            }, 200)
        }",
    ),
    ("throws", "throw new Error('planted')"),
    ("murmurs", "console.warn('planted')"),
    ("asks", "alert('planted')"),
    ("trap", "trap.onkeydown = event => { if (event.key === 'Tab') event.preventDefault() }"),
];
