//! The press: typst, with one page of instructions, three fonts, and nothing else within reach.

use std::fmt;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::Document;
use crate::values;

/// How a document looks.
static INSTRUCTIONS: LazyLock<Source> =
    LazyLock::new(|| Source::detached(include_str!("paper.typ")));

/// The fonts that are used, of those that come with the typesetter: a serif for reading, and one
/// that has the letters which the serif lacks.
const USED: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let is_used = |font: &Font| {
        let info = font.info();
        let upright = info.variant.style == typst::text::FontStyle::Normal;
        let weight = info.variant.weight.to_number();
        USED.contains(&info.family.as_str()) && upright && weight < 700
    };
    let all = typst_assets::fonts().flat_map(|bytes| Font::iter(Bytes::new(bytes)));
    let fonts: Vec<Font> = all.filter(is_used).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// Whether every weight of text can show a letter: by its own font, or by the one for the rest.
pub fn has(letter: char) -> bool {
    let mut fonts = FONTS.fonts.iter();
    fonts.any(|it| it.info().coverage.contains(u32::from(letter)))
}

/// Why nothing was printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document cannot be set: {}", self.0)
    }
}

impl std::error::Error for Error {}

impl Error {
    fn of(list: impl IntoIterator<Item = SourceDiagnostic>) -> Self {
        let says: Vec<String> = list.into_iter().map(|it| it.message.to_string()).collect();
        Self(says.join("; "))
    }
}

/// A document as PDF.
pub fn print(document: &Document) -> Result<Vec<u8>, Error> {
    let mut inputs = Dict::new();
    inputs.insert("document".into(), values::of(document).into_value());
    let library = Library::builder().with_inputs(inputs).build();
    let press = Press { library: LazyHash::new(library) };
    let set = typst::compile::<PagedDocument>(&press).output.map_err(Error::of);
    let printed = set.and_then(|it| pdf(&it));
    // What was worked out for one reader is not kept for the next.
    comemo::evict(0);
    printed
}

/// By the rules of PDF/UA-1; what somebody typed may break one of them that we do not know of, and
/// is still worth its document, tagged as well.
fn pdf(document: &PagedDocument) -> Result<Vec<u8>, Error> {
    let creator = typst::foundations::Smart::Custom(Some("Trellis".to_owned()));
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1]);
    let accessible = accessible.map_err(|error| Error(error.message().to_string()))?;
    let options = PdfOptions { creator, standards: accessible, ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).or_else(|_| {
        let options = PdfOptions { standards: PdfStandards::default(), ..options };
        typst_pdf::pdf(document, &options).map_err(Error::of)
    })
}

/// What typst may ask for. Beside its instructions and fonts there is nothing.
struct Press {
    library: LazyHash<Library>,
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        INSTRUCTIONS.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == INSTRUCTIONS.id() {
            Ok(INSTRUCTIONS.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// What an answer says of a PDF that is to be kept as a file: kind, and name.
pub fn as_file(name: &str) -> [(&'static str, String); 2] {
    let is_plain = |it: &char| it.is_ascii_alphanumeric() || "-.".contains(*it);
    let name: String = name.chars().filter(is_plain).collect();
    [
        ("content-type", "application/pdf".to_owned()),
        ("content-disposition", format!("attachment; filename=\"{name}\"")),
    ]
}
