import { java } from './java.js';
import { mono } from './mono.js';
import { node } from './node.js';
import { php } from './php.js';
import type { Program, RuntimeName } from './program.js';
import { python } from './python.js';

export const PROGRAMS: Readonly<Record<RuntimeName, Program>> = { node, python, php, java, mono };
