import pc from 'picocolors';
import { FAULT_NAMES, FAULTS } from '../faults/index.js';
import { DEFAULT_CHAOS_FAULTS } from '../sandbox/chaos.js';
import { t } from '../texts/spoken.js';

const READ: Readonly<Record<'yes' | 'maybe' | 'no', string>> = {
  yes: 'can be read',
  maybe: 'can be read by some clients',
  no: 'cannot be read',
};

/** Lists what can happen to an answer. */
export function listFaults({ json = false }: { json?: boolean }): void {
  const faults = FAULT_NAMES.map((name) => {
    const { answer, read, title, settings } = FAULTS[name];
    return { name, answer, read, title, settings, chaos: DEFAULT_CHAOS_FAULTS.includes(name) };
  });
  if (json) {
    process.stdout.write(`${JSON.stringify(faults, null, 2)}\n`);
    return;
  }
  const width = Math.max(...FAULT_NAMES.map((name) => name.length));
  for (const { name, title, read, settings } of faults) {
    const measures = settings.length > 0 ? t`; measured by ${settings.join(', ')}` : '';
    process.stdout.write(`${pc.bold(name.padEnd(width))}  ${t(title)}\n`);
    process.stdout.write(`${' '.repeat(width)}  ${pc.dim(t(READ[read]) + measures)}\n`);
  }
}
