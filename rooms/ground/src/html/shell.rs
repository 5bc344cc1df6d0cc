//! The four frames: public, portal, work, and the bare one for when nothing else can be known.

use maud::{DOCTYPE, Markup, html};

use super::icons;
use super::link::Link;
use super::nav::{Place, place};
use super::page::{Density, Head, demo_line};

/// How wide a public page reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// A page of a site.
    #[default]
    Wide,
    /// One question a page.
    Narrow,
}

/// A page for anyone: serif headings, site navigation, the crisis line in the footer.
#[derive(Clone, Debug, Default)]
pub struct Public {
    /// Whose site this is.
    pub name: String,
    /// Its front page.
    pub home: String,
    /// The places of the site.
    pub nav: Vec<Place>,
    /// Where *Leave this page* goes, for pages that should not be found open.
    pub leave: Option<String>,
    /// Lines of the footer.
    pub foot: Vec<Markup>,
    /// The same page in the other language.
    pub other_lang: Option<Link>,
    /// How wide it reads.
    pub width: Width,
}

/// A page for a client: one question, one column.
#[derive(Clone, Debug, Default)]
pub struct Portal {
    /// The practice, by the name its clients know.
    pub name: String,
    /// The portal's first page.
    pub home: String,
    /// The places of the portal.
    pub nav: Vec<Place>,
    /// Lines of the footer.
    pub foot: Vec<Markup>,
    /// The same page in the other language.
    pub other_lang: Option<Link>,
}

/// The rail: places, the one thing that can be made, the person.
#[derive(Clone, Debug)]
pub struct Rail {
    /// The places, most used first: a phone shows the first four.
    pub places: Vec<Place>,
    /// What can be made from anywhere.
    pub new: Option<Link>,
    /// The person's name, and their own page.
    pub person: Link,
    /// Help, always in the same place (WCAG 3.2.6).
    pub help: String,
}

/// A page of the work app.
#[derive(Clone, Debug)]
pub struct Work {
    /// The rail.
    pub rail: Rail,
    /// The practice in view; a link where there are several.
    pub practice: Practice,
    /// The path of the search, and what it looks through.
    pub search: Option<(String, String)>,
    /// The day and the hour, as text.
    pub now: Markup,
}

/// The practice in the bar.
#[derive(Clone, Debug)]
pub enum Practice {
    /// The only one.
    Only(String),
    /// One of several: leads to the choice.
    Of(Link),
}

/// The frame around a page.
#[derive(Clone, Debug)]
pub enum Shell {
    /// For anyone.
    Public(Public),
    /// For a client.
    Portal(Portal),
    /// For those who work here.
    Work(Box<Work>),
    /// When nothing is known, not even who asks.
    Bare,
}

impl Shell {
    /// The whole page.
    pub fn page(&self, head: &Head<'_>, main: Markup) -> Markup {
        debug_assert_eq!(main.0.matches("<h1").count(), 1, "a page has one h1: {}", head.title);

        let words = head.lang.words();
        let error = if head.at_fault { words.error_title } else { "" };
        html! {
            (DOCTYPE)
            html lang=(head.lang.tag()) data-theme=[head.theme.forced()] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title {
                        (error) (head.title) @if head.title != self.name() { " · " (self.name()) }
                    }
                    link rel="stylesheet" href=(head.assets.css);
                    @for js in &head.assets.js { script type="module" src=(js) {} }
                }
                body class=(self.class(head.density)) {
                    a.skip href="#main" { (words.skip) }
                    (demo_line(head))
                    (self.around(head, html! { main #main tabindex="-1" { (main) } }))
                }
            }
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Public(it) => &it.name,
            Self::Portal(it) => &it.name,
            Self::Work(_) | Self::Bare => "Trellis",
        }
    }

    fn class(&self, density: Density) -> &'static str {
        match self {
            Self::Public(it) if it.width == Width::Narrow => "public narrow serif size-client",
            Self::Public(_) => "public serif size-client",
            Self::Portal(_) => "portal serif size-client",
            Self::Work(_) if density == Density::Compact => "work size-work dense",
            Self::Work(_) => "work size-work",
            Self::Bare => "public alone serif size-client",
        }
    }

    fn around(&self, head: &Head<'_>, main: Markup) -> Markup {
        match self {
            Self::Public(it) => html! {
                (masthead(head, &it.name, &it.home, &it.nav, it.leave.as_deref()))
                (main)
                (footer(head, &it.foot, it.other_lang.as_ref()))
            },
            Self::Portal(it) => html! {
                (masthead(head, &it.name, &it.home, &it.nav, None))
                (main)
                (footer(head, &it.foot, it.other_lang.as_ref()))
            },
            Self::Work(it) => html! { (rail(head, &it.rail)) (bar(it)) (main) },
            Self::Bare => html! {
                (masthead(head, "Trellis", "/", &[], None))
                (main)
                (footer(head, &[], None))
            },
        }
    }
}

fn masthead(head: &Head<'_>, name: &str, home: &str, nav: &[Place], leave: Option<&str>) -> Markup {
    let words = head.lang.words();
    let class = if nav.len() > 2 { "masthead long" } else { "masthead" };
    html! {
        header class=(class) {
            (Link::to(home, name).with_class("wordmark"))
            @if !nav.is_empty() || leave.is_some() {
                nav aria-label=(words.main_nav) {
                    ul {
                        @for it in nav { li { (place(it, None)) } }
                        @if let Some(away) = leave {
                            li {
                                a href=(away) data-does="leave" rel="noreferrer" { (words.leave) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn footer(head: &Head<'_>, lines: &[Markup], other: Option<&Link>) -> Markup {
    html! {
        footer.footer {
            ul {
                @for line in lines { li { (line) } }
                @if let Some(link) = other { li lang=(head.lang.other().tag()) { (link) } }
                li.keep { (head.lang.words().danger) " " a href="tel:988" { "988" } }
            }
        }
    }
}

/// How many places a thumb finds at the bottom of a phone; *More* is the fifth.
const AT_THE_THUMB: usize = 4;

fn rail(head: &Head<'_>, rail: &Rail) -> Markup {
    let words = head.lang.words();
    let rest = rail.places.get(AT_THE_THUMB..).unwrap_or_default();
    let here = if rest.iter().any(|it| it.here) { "holds-here" } else { "" };
    html! {
        nav.rail aria-label=(words.main_nav) {
            (Link::to("/", "Trellis").with_class("wordmark"))
            ul {
                @for (at, it) in rail.places.iter().enumerate() {
                    li.rest[AT_THE_THUMB <= at] { (place(it, Some("place"))) }
                }
                @if let Some(new) = &rail.new { li.new { (new) } }
                li.more {
                    details {
                        summary class=(here) { (words.more) }
                        div.more-places {
                            @for it in rest { (place(it, None)) }
                            @if let Some(new) = &rail.new { (new) }
                            (rail.person)
                            (Link::to(&rail.help, words.help))
                        }
                    }
                }
            }
            div.foot {
                (rail.person.with_class("person"))
                (Link::to(&rail.help, words.help))
            }
        }
    }
}

fn bar(work: &Work) -> Markup {
    html! {
        header.bar {
            div.practice {
                @match &work.practice {
                    Practice::Only(name) => (name),
                    Practice::Of(link) => (link),
                }
            }
            @if let Some((to, through)) = &work.search {
                form.find.of-wide role="search" action=(to) {
                    (icons::SEARCH)
                    input.input type="search" name="q" aria-label=(through) placeholder=(through);
                }
                a.to-search.of-phone href=(to) aria-label=(through) { (icons::SEARCH) }
            }
            div.now.of-wide { (work.now) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::{Assets, DemoBanner, Heading};
    use super::super::purity::impurities;
    use super::super::typed::Faults;
    use super::super::words::Lang;
    use super::*;

    fn shells() -> Vec<Shell> {
        let nav = vec![Place::new("/a", "A"), Place::new("/b", "B").here()];
        let places = (0..7).map(|at| Place::new(format!("/{at}"), "Today").count(at)).collect();
        let person = Link::to("/me", "Ada Reyes, PsyD");
        let rail =
            Rail { places, new: Some(Link::to("/new", "New")), person, help: "/help".into() };
        let practice = Practice::Only("Elm Street Practice".into());
        let search = Some(("/search".into(), "Search people".into()));
        vec![
            Shell::Public(Public {
                name: "Elm".into(),
                home: "/".into(),
                nav,
                ..Public::default()
            }),
            Shell::Portal(Portal { name: "Elm".into(), home: "/".into(), ..Portal::default() }),
            Shell::Work(Box::new(Work { rail, practice, search, now: html! { "9:42 AM" } })),
            Shell::Bare,
        ]
    }

    fn assets() -> Assets {
        Assets { css: "/assets/look.css".into(), js: vec!["/assets/once.js".into()] }
    }

    #[test]
    fn every_shell_has_one_h1_one_main_and_opens_with_the_skip_link() {
        let assets = assets();
        for shell in shells() {
            let html =
                shell.page(&Head::new(&assets, "Today"), html! { (Heading::new("Today")) }).0;

            assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{html}");
            assert_eq!(html.matches("<h1").count(), 1);
            assert_eq!(html.matches("<main id=\"main\"").count(), 1);
            let body = html.split_once("<body").unwrap().1.split_once('>').unwrap().1;
            assert!(body.starts_with("<a class=\"skip\" href=\"#main\">"), "{body}");
            assert!(html.contains("<script type=\"module\" src=\"/assets/once.js\"></script>"));
            assert!(html.contains("<title>Today · "));
            assert_eq!(impurities(&html), Vec::<String>::new());
        }
    }

    #[test]
    fn strangers_and_clients_always_find_the_crisis_line() {
        let assets = assets();
        for shell in shells().iter().filter(|it| !matches!(it, Shell::Work(_))) {
            let page = shell.page(&Head::new(&assets, "Fees"), html! { h1 { "Fees" } });
            assert!(page.0.contains("<a href=\"tel:988\">988</a>"));
        }
    }

    #[test]
    fn a_page_at_fault_a_chosen_theme_and_a_language_are_said_at_the_top() {
        let assets = assets();
        let faults = Faults::none().and("name", "Enter your name");
        let head = Head::new(&assets, "Su nombre")
            .lang(Lang::Es)
            .theme(super::super::page::Theme::Dark)
            .faults(&faults);

        let html = Shell::Bare.page(&head, html! { h1 { "Su nombre" } }).0;

        assert!(html.contains("<html lang=\"es\" data-theme=\"dark\">"), "{html}");
        assert!(html.contains("<title>Error: Su nombre · Trellis</title>"), "{html}");
        assert!(html.contains("Ir al contenido"));
    }

    #[test]
    fn the_demo_line_comes_first_and_turns_the_day_only_where_it_may() {
        let assets = assets();
        let demo =
            |next_day| DemoBanner { text: "All made up.", next_day, to: "/demo/day", once: "k" };

        let page = |next_day| {
            let head = Head::new(&assets, "Today").demo(Some(demo(next_day)));
            Shell::Bare.page(&head, html! { h1 { "Today" } }).0
        };

        assert!(page(true).contains("action=\"/demo/day\""));
        assert!(!page(false).contains("<form"));
        assert!(page(false).find("All made up.") < page(false).find("<header"));
    }

    #[test]
    fn a_phone_shows_four_places_and_keeps_the_rest_under_more() {
        let assets = assets();
        let work = &shells()[2];
        let html = work.page(&Head::new(&assets, "Today"), html! { h1 { "Today" } }).0;

        assert_eq!(html.matches("<li class=\"rest\">").count(), 3, "{html}");
        assert_eq!(html.matches("class=\"place\"").count(), 7);
    }
}
