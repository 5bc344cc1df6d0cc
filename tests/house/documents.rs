//! Documents keep their word: their links lead to files.

use super::tree::{files, root};

/// The links of a page that lead to no file.
fn broken(path: &str, text: &str) -> Vec<String> {
    let folder = root().join(path).parent().unwrap().to_path_buf();
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
        .map(|target| target.split('#').next().unwrap_or(target))
        .filter(|target| !folder.join(target).exists())
        .map(|target| format!("{path}: {target} is not there"))
        .collect()
}

#[test]
fn links_in_documents_lead_to_files() {
    let mut pages = files(&["docs", "charter"], ".md");
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"] {
        pages.push((name.into(), std::fs::read_to_string(root().join(name)).unwrap()));
    }
    let faults: Vec<String> = pages.iter().flat_map(|(path, text)| broken(path, text)).collect();

    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    assert_eq!(broken("README.md", "see [this](docs/nowhere.md#part)").len(), 1);
    assert_eq!(broken("README.md", "[this](https://example.org) and [that](#part)").len(), 0);
}
