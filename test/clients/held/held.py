"""Begins a session, says where, and waits until it is killed."""
import sys
import time

from esoz_sandbox import Sandbox

sandbox = Sandbox.start()
print(sandbox.session('held').url, flush=True)
time.sleep(600)
sys.exit('nobody has killed it')
