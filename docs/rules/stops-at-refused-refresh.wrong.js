export async function poll(url, tokens) {
  await sleep(3000);
  const answer = await fetch(url, { headers: tokens.headers() });
  if (answer.status !== 401) return answer;
  for (let tries = 0; tries < 5; tries += 1) {
    if (await tokens.refresh()) break; // it will not get any better
    await sleep(1000);
  }
  await sleep(1000);
  return fetch(url, { headers: tokens.headers() });
}
