import type { Entry } from '../conformance/clients.mjs';

export const SDKS: Entry[];
