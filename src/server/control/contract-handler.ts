import { asset } from '../../assets.js';
import { shownDocument } from '../../contract/shown-document.js';
import type { SandboxControl } from '../../sandbox/control/sandbox-control.js';

/** The contract of the control API. */
export const CONTROL_SPEC = asset('spec', 'control', 'openapi.yaml');

/** A document with the addresses of a session. @param name `control`: that of the control API */
export function contractOf(control: SandboxControl, name: string, session: string | undefined) {
  if (name === 'control') return shownDocument(CONTROL_SPEC, [control.controlUrl]);
  const { file, servers } = control.contract(name, session);
  return shownDocument(file, servers);
}
