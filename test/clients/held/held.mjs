// Begins a session, says where, and waits until it is killed.
import { setTimeout as after } from 'node:timers/promises';

const { Sandbox } = await import(`${process.env.ESOZ_FIXTURE}/esoz-sandbox.mjs`);
const { url } = await (await Sandbox.start()).session('held');
process.stdout.write(`${url}\n`);
await after(600_000);
throw new Error('nobody has killed it');
