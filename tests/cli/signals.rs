//! Signals to processes and process groups. Tests that send them run on Unix only.

use std::process::Command;

#[cfg(unix)]
pub(crate) use self::unix::{in_group_of_its_own, signal_group, signal_process};
#[cfg(not(unix))]
pub(crate) use self::without::{in_group_of_its_own, signal_group, signal_process};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Signal {
    Interrupt,
    Terminate,
    Kill,
}

#[cfg(unix)]
mod unix {
    use std::os::unix::process::CommandExt as _;

    use rustix::process::{self, Pid, kill_process, kill_process_group};

    use super::{Command, Signal};

    pub(crate) fn in_group_of_its_own(command: &mut Command) -> &mut Command {
        command.process_group(0)
    }

    pub(crate) fn signal_group(leader: u32, signal: Signal) {
        kill_process_group(id(leader), number(signal)).unwrap();
    }

    pub(crate) fn signal_process(process: u32, signal: Signal) {
        kill_process(id(process), number(signal)).unwrap();
    }

    fn id(process: u32) -> Pid {
        Pid::from_raw(process.try_into().unwrap()).unwrap()
    }

    fn number(signal: Signal) -> process::Signal {
        match signal {
            Signal::Interrupt => process::Signal::INT,
            Signal::Terminate => process::Signal::TERM,
            Signal::Kill => process::Signal::KILL,
        }
    }
}

#[cfg(not(unix))]
mod without {
    use super::{Command, Signal};

    pub(crate) fn in_group_of_its_own(command: &mut Command) -> &mut Command {
        command
    }

    pub(crate) fn signal_group(_leader: u32, signal: Signal) {
        panic!("no {signal:?} on this system");
    }

    pub(crate) fn signal_process(_process: u32, signal: Signal) {
        panic!("no {signal:?} on this system");
    }
}
