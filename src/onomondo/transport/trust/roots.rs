//! The trusted certificates on systems where they are files.

use std::{
    env,
    error::Error as _,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use rustls::pki_types::CertificateDer;
use rustls_native_certs::load_certs_from_paths;

use super::{Trust, TrustError};

const FILE: &str = "SSL_CERT_FILE";
const DIRECTORIES: &str = "SSL_CERT_DIR";

type Certificates = Vec<CertificateDer<'static>>;

/// The certificates that the environment names, or else the system's, or else the bundled ones.
pub(super) fn load() -> Result<(Certificates, Trust), TrustError> {
    load_from(|variable| env::var_os(variable), of_system)
}

fn load_from(
    variable: impl Fn(&str) -> Option<OsString>,
    of_system: impl FnOnce() -> Certificates,
) -> Result<(Certificates, Trust), TrustError> {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    if let Some(certificates) = named(set(FILE), set(DIRECTORIES))? {
        return Ok((certificates, Trust::Environment));
    }
    let certificates = of_system();
    if !certificates.is_empty() {
        return Ok((certificates, Trust::System));
    }
    let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
    Ok((bundled.to_vec(), Trust::Bundled))
}

/// The certificates that the variables name, which replace the system's. `None` if neither variable
/// is set.
fn named(
    file: Option<OsString>,
    directories: Option<OsString>,
) -> Result<Option<Certificates>, TrustError> {
    if file.is_none() && directories.is_none() {
        return Ok(None);
    }
    let mut certificates = Vec::new();
    if let Some(file) = file.map(PathBuf::from) {
        let found = load_certs_from_paths(Some(&file), None);
        if let Some(error) = found.errors.first() {
            let cause = error.source().map_or_else(String::new, ToString::to_string);
            return Err(unusable(
                FILE,
                &file,
                format!("which cannot be read: {cause}"),
            ));
        }
        if found.certs.is_empty() {
            let problem = "which contains no certificate in PEM format".to_owned();
            return Err(unusable(FILE, &file, problem));
        }
        certificates = found.certs;
    }
    let directories = directories.unwrap_or_default();
    for directory in env::split_paths(&directories).filter(|path| !path.as_os_str().is_empty()) {
        if let Err(error) = fs::read_dir(&directory) {
            let problem = format!("which cannot be read: {error}");
            return Err(unusable(DIRECTORIES, &directory, problem));
        }
        // Such directories usually contain other files too.
        certificates.extend(load_certs_from_paths(None, Some(&directory)).certs);
    }
    if certificates.is_empty() {
        let problem = "which contains no certificate in PEM format".to_owned();
        return Err(unusable(DIRECTORIES, Path::new(&directories), problem));
    }
    Ok(Some(certificates))
}

fn of_system() -> Certificates {
    let places = openssl_probe::probe();
    let mut certificates = load_certs_from_paths(places.cert_file.as_deref(), None).certs;
    for directory in &places.cert_dir {
        certificates.extend(load_certs_from_paths(None, Some(directory)).certs);
    }
    certificates
}

fn unusable(variable: &'static str, path: &Path, problem: String) -> TrustError {
    TrustError::Unusable {
        variable,
        path: path.display().to_string(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_STANDARD};

    use super::*;

    fn pem(name: &str) -> String {
        let root = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        let body = BASE64_STANDARD.encode(root.cert.der());
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }

    fn load_with(
        file: Option<&Path>,
        directories: Option<&OsString>,
    ) -> Result<(Certificates, Trust), TrustError> {
        let variable = |name: &str| match name {
            FILE => file.map(|path| path.as_os_str().to_owned()),
            _ => directories.cloned(),
        };
        load_from(variable, || vec![CertificateDer::from(vec![1])])
    }

    #[test]
    fn the_variables_replace_the_system_s_certificates() {
        let directory = tempfile::tempdir().unwrap();
        let [file, first, second] =
            ["roots.pem", "first", "second"].map(|it| directory.path().join(it));
        fs::write(&file, pem("a.example") + &pem("b.example")).unwrap();
        fs::create_dir(&first).unwrap();
        fs::create_dir(&second).unwrap();
        fs::write(first.join("c.pem"), pem("c.example")).unwrap();
        fs::write(first.join("README"), "no certificate").unwrap();
        let both = env::join_paths([&first, &second]).unwrap();
        for (file, directories, count) in [
            (Some(file.as_path()), None, 2),
            (None, Some(both.clone()), 1),
            (Some(&file), Some(both), 3),
            (Some(&file), Some(second.clone().into()), 2),
            (Some(&file), Some(OsString::new()), 2),
        ] {
            let (certificates, trust) = load_with(file, directories.as_ref()).unwrap();
            assert_eq!((certificates.len(), trust), (count, Trust::Environment));
        }
    }

    #[test]
    fn an_empty_variable_is_not_set() {
        let empty = Some(Path::new(""));
        for (file, directories) in [(None, None), (empty, None), (empty, Some(OsString::new()))] {
            let (certificates, trust) = load_with(file, directories.as_ref()).unwrap();
            assert_eq!((certificates.len(), trust), (1, Trust::System));
        }
    }

    #[test]
    fn an_unusable_path_is_an_error_that_names_variable_and_path() {
        let directory = tempfile::tempdir().unwrap();
        let [missing, text, broken, empty] =
            ["missing", "text.pem", "broken.pem", "empty"].map(|it| directory.path().join(it));
        fs::write(&text, "no certificate").unwrap();
        fs::write(&broken, pem("a.example").replacen("MII", "M?I", 1)).unwrap();
        fs::create_dir(&empty).unwrap();
        for (file, directories, variable, problem) in [
            (Some(&missing), None, FILE, "cannot be read: No such file"),
            (Some(&text), None, FILE, "contains no certificate"),
            (Some(&broken), None, FILE, "cannot be read"),
            (Some(&empty), None, FILE, "cannot be read"),
            (
                None,
                Some(&missing),
                DIRECTORIES,
                "cannot be read: No such file",
            ),
            (
                None,
                Some(&text),
                DIRECTORIES,
                "cannot be read: Not a directory",
            ),
            (None, Some(&empty), DIRECTORIES, "contains no certificate"),
        ] {
            let path = file.or(directories).unwrap();
            let directories = directories.map(|path| path.clone().into_os_string());
            let error = load_with(file.map(PathBuf::as_path), directories.as_ref()).unwrap_err();
            let text = error.to_string();
            for piece in [variable, problem, path.to_str().unwrap()] {
                assert!(text.contains(piece), "{piece:?} not in {text}");
            }
        }
    }

    #[test]
    fn bundled_roots_stand_in_if_the_system_has_none() {
        let (certificates, trust) = load_from(|_| None, Vec::new).unwrap();
        assert_eq!(trust, Trust::Bundled);
        assert!(certificates.len() > 100);
    }
}
