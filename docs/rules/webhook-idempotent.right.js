/** `seen` remembers ids for some days: a column with a unique index will do. */
export async function receive({ headers, body }, { readResult, seen }) {
  const id = headers['webhook-id'];
  if (seen.has(id)) return 204; // a copy: taken, and nothing done
  seen.add(id);
  await readResult(JSON.parse(body));
  return 204;
}
