export async function poll(url, tokens) {
  await sleep(3000);
  let answer = await fetch(url, { headers: tokens.headers() });
  if (answer.status === 401 && (await tokens.refresh())) {
    await sleep(1000);
    answer = await fetch(url, { headers: tokens.headers() });
  }
  if (answer.status === 403) throw new Error(`not allowed: ${await answer.text()}`);
  return answer;
}
