export async function receive({ body }, { work }) {
  await work(body); // minutes: the platform has hung up long before, and sends again
  return 204;
}
