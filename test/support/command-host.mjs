// Runs the built command line again and again in one process, as if each run had a process of its own: loading it takes
// longer than most runs. Asked by test/support/command.ts.
import { pathToFileURL } from 'node:url';

const CLI = pathToFileURL('dist/cli.js').href;
const OVER = Symbol('the process would have ended');
const endHost = process.exit.bind(process);

/** What is run now: what it has said, and its exit code once it has ended itself. */
let run;

for (const [name, stream] of Object.entries({ out: process.stdout, err: process.stderr })) {
  stream.write = (text, ...more) => {
    if (run && run.code === undefined) run[name] += Buffer.from(text);
    more.at(-1)?.call?.(stream);
    return true;
  };
}

process.exit = (code = process.exitCode) => {
  if (run) run.code ??= code ?? 0;
  throw OVER;
};

let before = Promise.resolve();
process.on('message', (asked) => {
  before = before.then(() => answer(asked));
});
process.on('disconnect', () => endHost());

async function answer({ id, args, env }) {
  run = { out: '', err: '', code: undefined };
  const forgetOthers = noteListeners();
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.argv[0], 'dist/cli.js', ...args];
  process.exitCode = undefined;
  let failure;
  try {
    // The main file is evaluated anew each time; what it imports is there already.
    await import(`${CLI}?run=${id}`);
  } catch (error) {
    if (error !== OVER && run.code === undefined) failure = String(error?.stack);
  }
  forgetOthers();
  const { out, err, code = process.exitCode ?? 0 } = run;
  process.send({ id, code, out, err, failure });
}

/** Notes who listens to the process and its streams; whoever comes later goes when the run is over. */
function noteListeners() {
  const emitters = [process, process.stdout, process.stderr];
  const listening = () =>
    emitters.flatMap((emitter) =>
      emitter
        .eventNames()
        .flatMap((name) =>
          emitter.rawListeners(name).map((listener) => ({ emitter, name, listener })),
        ),
    );
  const known = new Set(listening().map(({ listener }) => listener));
  return () => {
    for (const { emitter, name, listener } of listening()) {
      if (known.has(listener)) continue;
      if (name === 'exit') listener.call(process, 0);
      emitter.removeListener(name, listener);
    }
  };
}
