"""link_review.py MODE HYGIE ARGS...: a reader at a terminal, for link_review_test.sh.

keys KEYS   type KEYS one by one, each once the screen stands still
kill KEYS   the same, then SIGKILL

Prints all that the terminal got. The screen is 80 x 24.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

mode, keys, command = sys.argv[1], sys.argv[2], sys.argv[3:]
names = {"L": b"\033[D", "R": b"\033[C", "D": b"\033[B", "U": b"\033[A", "C": b"\003"}
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
before = termios.tcgetattr(terminal)
seen = b""


def listen(quiet, most):
    """What comes until it has been quiet for so long; False at the end."""
    global seen
    end = time.monotonic() + most
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], quiet)
        if not ready:
            if b"\033[J" in seen or quiet >= most:
                return True
            continue
        try:
            got = os.read(terminal, 65536)
        except OSError:
            return False
        if not got:
            return False
        seen += got
    return True


listen(0.2, 30)
for key in keys:
    os.write(terminal, names.get(key, key.encode()))
    if not listen(0.15, 10):
        break
if mode == "kill":
    os.kill(child, signal.SIGKILL)
elif mode == "term":
    os.kill(child, signal.SIGTERM)
while listen(5, 5) and select.select([terminal], [], [], 0)[0]:
    pass
_, status = os.waitpid(child, 0)
after = termios.tcgetattr(terminal) if mode != "kill" else before
sys.stdout.buffer.write(seen)
sys.stdout.flush()
if after[3] & (termios.ECHO | termios.ICANON) != before[3] & (termios.ECHO | termios.ICANON):
    sys.exit(99)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
