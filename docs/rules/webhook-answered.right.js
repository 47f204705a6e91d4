export async function receive({ body }, { put }) {
  await put(body); // into a queue or a table; another process works on it
  return 204;
}
