// A client of the API in test/fixtures/pack-outside that polls as it is told to, and reads what it has ordered.
const base = `${process.env.ESOZ_SANDBOX_URL}/v1`;
const pace = Number(process.env.ESOZ_PACE ?? 1);

async function ask(path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const sent = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(base + path, sent);
  return { status: answer.status, body: await answer.json() };
}

/** Until the eta, or a second of the pace where the answer names none. */
async function wait(eta) {
  const left = Date.parse(eta) - Date.now();
  await new Promise((done) => setTimeout(done, left > 0 ? left + 5 : 1000 / pace));
}

let { body: task } = await ask('/orders', { item: 'chair', pieces: 2 });
while (task.progress === 'open') {
  await wait(task.eta);
  ({ body: task } = await ask(`/tasks/${task.task}`));
}
if (task.progress === 'filled') {
  const { body: order } = await ask(`/orders/${task.order}`);
  process.stdout.write(`${order.pieces} of ${order.item}\n`);
} else process.stdout.write(`${task.reason}\n`);
