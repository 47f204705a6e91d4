// The examples that docs/fast.md is about, and how each is run.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIBRARIES = ['System.Net.Http', 'System.Runtime.Serialization', 'System.Xml.Linq'];

/** @param built a folder for what has to be compiled */
export function clientsIn(built) {
  return {
    javascript: { title: 'JavaScript, Node', command: ['node', 'examples/javascript/poller.mjs'] },
    php: { title: 'PHP', command: ['php', 'examples/php/poller.php'] },
    python: { title: 'Python', command: ['python3', 'examples/python/poller.py'] },
    java: {
      title: 'Java',
      prepare: () => run('javac', ['-d', built, 'examples/java/Poller.java']),
      command: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', built, 'Poller'],
    },
    csharp: {
      title: 'C#, Mono',
      prepare: () => {
        const references = LIBRARIES.map((name) => `-r:${name}.dll`);
        const out = `-out:${join(built, 'Poller.exe')}`;
        return run('mcs', [out, ...references, 'examples/csharp/Poller.cs']);
      },
      command: ['mono', join(built, 'Poller.exe')],
    },
  };
}
