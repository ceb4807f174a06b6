"""The command line; see `__init__.py`."""

import sys

import cli
import dist
from programs import Failed

from . import __doc__ as usage
from . import build, release


def main(arguments: list) -> int:
    try:
        if len(arguments) == 2 and arguments[0] == "build":
            print(build.build(arguments[1]))
        elif len(arguments) == 2 and arguments[0] == "archive":
            print(release.archive(arguments[1]))
        elif arguments == ["dist"]:
            release.archives()
        elif arguments[:1] == ["run"]:
            from . import run

            return run.run(arguments[1:])
        else:
            print(usage.strip(), file=sys.stderr)
            return 2
    except (Failed, dist.Failed, cli.Missing, OSError) as error:
        sys.stdout.flush()
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
