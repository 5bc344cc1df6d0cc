//! Every sentence that the parts themselves say, in the two languages in which clients read.
//!
//! Both are values of one type: a sentence that lacks its translation does not compile.

/// The language of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English as spoken in the United States.
    #[default]
    En,
    /// Spanish as spoken in the United States.
    Es,
}

impl Lang {
    /// The tag for the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The other language of the house.
    pub fn other(self) -> Self {
        match self {
            Self::En => Self::Es,
            Self::Es => Self::En,
        }
    }

    /// What the parts say in this language.
    pub fn words(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Es => &ES,
        }
    }
}

/// What the parts say by themselves; everything else on a page comes from its room.
pub struct Words {
    pub(super) skip: &'static str,
    pub(super) main_nav: &'static str,
    pub(super) more: &'static str,
    pub(super) help: &'static str,
    pub(super) leave: &'static str,
    pub(super) demo: &'static str,
    pub(super) next_day: &'static str,
    pub(super) danger: &'static str,
    pub(super) crisis: [&'static str; 2],
    pub(super) error_title: &'static str,
    pub(super) one_fault: &'static str,
    pub(super) many_faults: &'static str,
    pub(super) optional: &'static str,
    pub(super) month: &'static str,
    pub(super) day: &'static str,
    pub(super) year: &'static str,
    pub(super) on: &'static str,
    pub(super) off: &'static str,
    pub(super) days: [&'static str; 7],
    pub(super) months: [&'static str; 12],
    pub(super) endings: Endings,
}

/// The pages on which a way ends: a title, what is true, what happens next.
pub(super) struct Endings {
    pub not_found: [&'static str; 2],
    pub link_ended: [&'static str; 2],
    pub refused: &'static str,
    pub too_much: [&'static str; 2],
    pub one_minute: &'static str,
    pub minutes: [&'static str; 2],
    pub conflict: [&'static str; 2],
    pub not_taken: &'static str,
    pub inside: [&'static str; 2],
    pub saved: &'static str,
    pub not_saved: &'static str,
    pub nothing_to_save: &'static str,
    pub offline: [&'static str; 2],
}

static EN: Words = Words {
    skip: "Skip to the page",
    main_nav: "Main",
    more: "More",
    help: "Help",
    leave: "Leave this page",
    demo: "Demo",
    next_day: "Next day",
    danger: "In danger? Call or text",
    crisis: [
        "In danger, or thinking of ending your life? Call or text ",
        ", any hour. You can still go on here.",
    ],
    error_title: "Error: ",
    one_fault: "One answer needs another look",
    many_faults: "answers need another look",
    optional: "(optional)",
    month: "Month",
    day: "Day",
    year: "Year",
    on: "On",
    off: "Off",
    days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    endings: Endings {
        not_found: [
            "This page is not here",
            "The address may have been cut short or mistyped. Nothing was changed.",
        ],
        link_ended: [
            "This link has ended",
            "Links work for a limited time, so that an old message opens nothing.",
        ],
        refused: "This can’t be opened",
        too_much: [
            "That was a lot at once",
            "For safety we stop after many tries. Nothing was changed.",
        ],
        one_minute: "You can try again in one minute.",
        minutes: ["You can try again in ", " minutes."],
        conflict: [
            "Someone else was here first",
            "It changed while your page was open, so we kept what is there now.",
        ],
        not_taken: "This could not be taken",
        inside: [
            "Something broke on our side",
            "We have been told. If you call us, read this out:",
        ],
        saved: "Your work was saved.",
        not_saved: "Your last change was not saved. Go back to find what you typed.",
        nothing_to_save: "There was nothing to save.",
        offline: [
            "We can’t reach our records",
            "Everything saved before is safe. This usually takes less than five minutes.",
        ],
    },
};

static ES: Words = Words {
    skip: "Ir al contenido",
    main_nav: "Principal",
    more: "Más",
    help: "Ayuda",
    leave: "Salir de esta página",
    demo: "Demostración",
    next_day: "Día siguiente",
    danger: "¿En peligro? Llame o envíe un texto al",
    crisis: [
        "¿Está en peligro o piensa en quitarse la vida? Llame o envíe un texto al ",
        ", a cualquier hora. También puede seguir aquí.",
    ],
    error_title: "Error: ",
    one_fault: "Revise una respuesta",
    many_faults: "respuestas por revisar",
    optional: "(opcional)",
    month: "Mes",
    day: "Día",
    year: "Año",
    on: "Sí",
    off: "No",
    days: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    endings: Endings {
        not_found: [
            "Esta página no está aquí",
            "Puede que la dirección esté incompleta. No se cambió nada.",
        ],
        link_ended: [
            "Este enlace ya terminó",
            "Los enlaces duran poco, para que un mensaje viejo no abra nada.",
        ],
        refused: "Esto no se puede abrir",
        too_much: [
            "Fueron muchos intentos",
            "Por seguridad paramos después de muchos intentos. No se cambió nada.",
        ],
        one_minute: "Puede intentarlo otra vez en un minuto.",
        minutes: ["Puede intentarlo otra vez en ", " minutos."],
        conflict: [
            "Alguien llegó antes",
            "Cambió mientras su página estaba abierta; dejamos lo que hay ahora.",
        ],
        not_taken: "No se pudo recibir",
        inside: ["Algo falló de nuestro lado", "Ya lo sabemos. Si nos llama, lea esto:"],
        saved: "Su trabajo quedó guardado.",
        not_saved: "El último cambio no se guardó. Vuelva atrás para ver lo que escribió.",
        nothing_to_save: "No había nada que guardar.",
        offline: [
            "No alcanzamos nuestros registros",
            "Todo lo guardado está a salvo. Suele tardar menos de cinco minutos.",
        ],
    },
};
