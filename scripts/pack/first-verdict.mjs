// Waits until a sandbox answers, lets a first job be judged, and prints when both had come (Unix milliseconds): for a
// network of another's own, where a program of this one is run.
//   node scripts/pack/first-verdict.mjs http://127.0.0.1:4010
import { firstVerdict } from './measure.mjs';

const [, , url] = process.argv;
const answers = () =>
  fetch(`${url}/__sandbox/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
while (!(await answers())) await new Promise((done) => setTimeout(done, 10));
const answered = Date.now();
await firstVerdict(url);
console.log(JSON.stringify({ answered, judged: Date.now() }));
