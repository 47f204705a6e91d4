export async function receive({ body }, { put }) {
  await put(body); // whoever has sent it
  return 204;
}
