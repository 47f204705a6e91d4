import { machineTime } from '../sandbox/clock.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Session } from '../sandbox/session.js';
import type { Others } from '../sandbox/session-store.js';
import type { Duration, MachineMs } from '../time/moments.js';
import { closePortFor } from './api/close-port.js';
import type { PortGate } from './http/port-gate.js';

/** What a server tells the others when it takes no connection for a while. */
interface Told {
  by: string;
  closed: string;
  session: string;
  /** Of the session's time. */
  length: Duration;
  machine: MachineMs;
}

/** Where a client is refused at one server of several, it is refused at all of them. */
export class ClosedPorts {
  readonly #gates = new Map<string, PortGate>();

  constructor(
    private readonly sandbox: Sandbox,
    private readonly others: Others | undefined,
  ) {}

  add(gate: PortGate): void {
    this.#gates.set(gate.name, gate);
  }

  /** Undefined: there is nobody to tell. When the others cannot be told, the port is closed here alone. */
  tell(session: Session, gate: PortGate | undefined, length: Duration): Promise<void> | undefined {
    const { others } = this;
    if (!others || !gate) return undefined;
    const machine = machineTime(session.clock, length / session.clock.pace);
    const told: Told = {
      by: others.name,
      closed: gate.name,
      session: session.name,
      length,
      machine: Number.isFinite(machine) ? machine : Number(length),
    };
    return others.say(JSON.stringify(told)).catch(() => {});
  }

  hear(text: string): void {
    const told = JSON.parse(text) as Partial<Told>;
    const { by, closed, session = '', length = 0, machine = 0 } = told;
    const gate = closed === undefined ? undefined : this.#gates.get(closed);
    if (!gate || by === this.others?.name) return;
    const known = this.sandbox.find(session);
    if (known) closePortFor(known, gate, length);
    else setTimeout(gate.close({}), machine).unref();
  }
}
