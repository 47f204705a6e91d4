export async function receive({ body }, { readResult }) {
  await readResult(JSON.parse(body)); // twice, when it comes twice
  return 204;
}
