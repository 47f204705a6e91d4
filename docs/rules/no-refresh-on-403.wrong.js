export async function poll(url, tokens) {
  await sleep(3000);
  let answer = await fetch(url, { headers: tokens.headers() });
  if ([401, 403].includes(answer.status) && (await tokens.refresh())) {
    await sleep(1000);
    answer = await fetch(url, { headers: tokens.headers() }); // the scope is the same
  }
  return answer;
}
