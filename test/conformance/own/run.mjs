// `node run.mjs [FAULT]`: the good client, or the one with that fault.
import { Client } from './client.mjs';
import { FAULTS } from './faults.mjs';

const [name] = process.argv.slice(2);
const fault = name && FAULTS[name];
if (name && !fault) throw new Error(`there is no fault ${name}`);
await Object.assign(new Client(), fault?.change).run();
