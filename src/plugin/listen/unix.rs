//! A Unix socket: go-plugin's transport everywhere except on Windows.

use std::{
    fs,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf, absolute},
};

use tokio::net::{UnixListener, UnixStream};

use crate::plugin::environment::SocketSettings;

/// The number of names to try in one directory. The names are random, so the first one is free
/// unless someone guesses it.
const ATTEMPTS: usize = 8;
/// Only the user may connect.
const PRIVATE: u32 = 0o600;

/// A listening socket. Dropping it removes its file.
pub(crate) struct UnixSocket {
    listener: UnixListener,
    file: SocketFile,
}

/// The file of a socket. Dropping this removes the file.
struct SocketFile(String);

/// An error when creating a Unix socket.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnixSocketError {
    #[error("could not create a Unix socket in `{}`: {source}", directory.display())]
    Bind {
        directory: PathBuf,
        source: io::Error,
    },
    #[error(
        "`{}` cannot be the directory of the Unix socket: its path must be UTF-8 without `|` or \
         line breaks", .0.display()
    )]
    Path(PathBuf),
    #[error("could not make the Unix socket private: {0}")]
    Permissions(#[source] io::Error),
}

impl UnixSocket {
    /// Listens in the first directory that works. If none does, returns the error of the first one.
    pub(super) fn bind(settings: &SocketSettings) -> Result<Self, UnixSocketError> {
        let mut first_error = None;
        for directory in &settings.directories {
            match bind_in(directory) {
                Ok(socket) => {
                    socket.restrict()?;
                    return Ok(socket);
                }
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or_else(|| UnixSocketError::Bind {
            directory: PathBuf::new(),
            source: io::ErrorKind::NotFound.into(),
        }))
    }

    /// The socket's absolute path.
    pub(super) fn path(&self) -> &str {
        &self.file.0
    }

    /// Waits for the next connection.
    pub(super) async fn accept(&self) -> io::Result<UnixStream> {
        let (stream, _) = self.listener.accept().await?;
        Ok(stream)
    }

    /// Allows only the user to connect, whatever the umask.
    fn restrict(&self) -> Result<(), UnixSocketError> {
        fs::set_permissions(self.path(), fs::Permissions::from_mode(PRIVATE))
            .map_err(UnixSocketError::Permissions)
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn bind_in(directory: &Path) -> Result<UnixSocket, UnixSocketError> {
    let failed = |source| UnixSocketError::Bind {
        directory: directory.to_owned(),
        source,
    };
    let mut attempt = 1;
    loop {
        let path = absolute(directory.join(random_name())).map_err(failed)?;
        let path = path
            .into_os_string()
            .into_string()
            .ok()
            .filter(|path| !path.contains(['|', '\n', '\r']))
            .ok_or_else(|| UnixSocketError::Path(directory.to_owned()))?;
        match UnixListener::bind(&path) {
            Ok(listener) => {
                return Ok(UnixSocket {
                    listener,
                    file: SocketFile(path),
                });
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && attempt < ATTEMPTS => {
                attempt += 1;
            }
            Err(error) => return Err(failed(error)),
        }
    }
}

/// A name that nobody can predict: the operating system seeds the hasher of `std`.
fn random_name() -> String {
    format!("plugin{:016x}", RandomState::new().build_hasher().finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_socket_is_private_and_goes_with_its_listener() {
        let directory = tempfile::tempdir().unwrap();
        let settings = SocketSettings {
            directories: vec![directory.path().to_owned()],
            directory_asked: true,
        };
        let socket = UnixSocket::bind(&settings).unwrap();
        let path = PathBuf::from(socket.path());
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, PRIVATE);
        drop(socket);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_path_that_would_break_the_handshake_line_is_passed_over() {
        let directory = tempfile::tempdir().unwrap();
        let odd = directory.path().join("a|b");
        fs::create_dir(&odd).unwrap();
        let error = bind_in(&odd).err().unwrap();
        assert!(matches!(error, UnixSocketError::Path(_)), "{error}");
    }
}
