//! A Unix socket: go-plugin's transport everywhere but on Windows.

use std::{
    fs,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    io,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf, absolute},
};

use tokio::net::{UnixListener, UnixStream};

use crate::plugin::environment::SocketSettings;

/// Attempts at a free name in one directory. The names are random, so that a second one is needed
/// only if somebody guesses them.
const ATTEMPTS: usize = 8;
/// The user alone may connect.
const PRIVATE: u32 = 0o600;
/// The user and the group that was asked for may connect.
const SHARED: u32 = 0o660;

/// A socket that listens; its file is removed when it is dropped.
pub(crate) struct UnixSocket {
    listener: UnixListener,
    file: SocketFile,
}

/// Removes the file of a socket when it is dropped.
struct SocketFile(String);

/// Why there is no Unix socket.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnixSocketError {
    #[error("no Unix socket could be made in `{}`: {source}", directory.display())]
    Bind {
        directory: PathBuf,
        source: io::Error,
    },
    #[error(
        "`{}` cannot be the directory of the Unix socket: its path must be UTF-8 without `|` and \
         line ends", .0.display()
    )]
    Path(PathBuf),
    #[error(
        "`PLUGIN_UNIX_SOCKET_GROUP` is `{0}`, which is neither a number nor a group in `/etc/group`"
    )]
    Group(String),
    #[error("the Unix socket could not be given to its users: {0}")]
    Permissions(#[source] io::Error),
}

impl SocketSettings {
    /// Whether a listener of another kind would not be what was asked for.
    pub(crate) fn are_binding(&self) -> bool {
        self.directory_asked || self.group.is_some()
    }
}

impl UnixSocket {
    /// Listens in the first directory in which that works; if none, the error is the first one's.
    pub(super) fn bind(settings: &SocketSettings) -> Result<Self, UnixSocketError> {
        let mut first_error = None;
        for directory in &settings.directories {
            match bind_in(directory) {
                Ok(socket) => {
                    socket.restrict(settings.group.as_deref())?;
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

    /// Lets the user connect, and `group` if there is one, whatever the umask.
    fn restrict(&self, group: Option<&str>) -> Result<(), UnixSocketError> {
        let mut mode = PRIVATE;
        if let Some(group) = group {
            let id = group_id(group).ok_or_else(|| UnixSocketError::Group(group.to_owned()))?;
            chown(self.path(), None, Some(id)).map_err(UnixSocketError::Permissions)?;
            mode = SHARED;
        }
        fs::set_permissions(self.path(), fs::Permissions::from_mode(mode))
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

/// A name that nobody can take beforehand: std's hasher is seeded by the operating system.
fn random_name() -> String {
    format!("plugin{:016x}", RandomState::new().build_hasher().finish())
}

/// The number of a group, looked up where a static binary can: in the file itself.
fn group_id(group: &str) -> Option<u32> {
    group.parse().ok().or_else(|| {
        let groups = fs::read_to_string("/etc/group").ok()?;
        group_id_in(&groups, group)
    })
}

/// Looks a group up in the text of `/etc/group`: `name:password:number:members`.
fn group_id_in(groups: &str, group: &str) -> Option<u32> {
    groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == group).then(|| fields.nth(1)?.parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(directory: &Path, group: Option<&str>) -> SocketSettings {
        SocketSettings {
            directories: vec![directory.to_owned()],
            directory_asked: true,
            group: group.map(str::to_owned),
        }
    }

    #[test]
    fn a_group_is_found_by_its_whole_name() {
        let groups = "root:x:0:\ndocker-old:x:7:\ndocker:x:998:me,you\nbroken\n";
        assert_eq!(group_id_in(groups, "docker"), Some(998));
        assert_eq!(group_id_in(groups, "dock"), None);
        assert_eq!(group_id_in(groups, "broken"), None);
    }

    #[tokio::test]
    async fn the_socket_is_private_and_goes_with_its_listener() {
        let directory = tempfile::tempdir().unwrap();
        let settings = settings(directory.path(), None);
        let socket = UnixSocket::bind(&settings).unwrap();
        let path = PathBuf::from(socket.path());
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, PRIVATE);
        drop(socket);
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn a_group_may_connect_when_asked_for() {
        let directory = tempfile::tempdir().unwrap();
        let own_group = fs::metadata(directory.path())
            .map(|metadata| std::os::unix::fs::MetadataExt::gid(&metadata))
            .unwrap();
        let own = settings(directory.path(), Some(&own_group.to_string()));
        let socket = UnixSocket::bind(&own).unwrap();
        let mode = fs::metadata(socket.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, SHARED);

        let unknown = settings(directory.path(), Some("no-such-group"));
        let error = UnixSocket::bind(&unknown).err().unwrap();
        assert!(error.to_string().contains("`no-such-group`"), "{error}");
        drop(socket);
        let left = fs::read_dir(directory.path()).unwrap().count();
        assert_eq!(left, 0, "a socket that is refused leaves no file");
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
